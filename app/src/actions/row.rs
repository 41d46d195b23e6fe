//! One action in the list: the cells of a row on a desk, of a card on a phone.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::actions::ActionCard;

use super::address::Address;
use super::clocks::SlaCell;
use super::words::{self, SeverityMark, StatusBadge};
use crate::ui::dates::When;
use crate::ui::icon::Icon;
use crate::ui::numbers::{Code, Num};
use crate::ui::table::Column;

/// The columns of the queue. Their classes place the cells on a phone's card.
pub(super) fn columns(
    locale: Locale,
    as_of: DateTime<Utc>,
    address: &Address,
) -> Vec<Column<ActionCard>> {
    let address = address.clone();
    vec![
        Column::new(
            "reference",
            text!(locale, actions.reference),
            "cell-reference",
            move |card: &ActionCard| {
                view! {
                    <a href=address.href_of(locale, card.id)>
                        <Code text=card.reference.clone()/>
                    </a>
                }
                .into_any()
            },
        )
        .fixed(),
        Column::new(
            "subject",
            text!(locale, actions.subject),
            "cell-subject",
            |card: &ActionCard| view! { <Subject card=card.clone()/> }.into_any(),
        ),
        Column::new(
            "patient",
            text!(locale, actions.patient),
            "cell-patient",
            move |card: &ActionCard| patient(locale, card),
        ),
        Column::new(
            "owner",
            text!(locale, actions.owner),
            "cell-owner",
            move |card: &ActionCard| owner(locale, card),
        ),
        Column::new(
            "severity",
            text!(locale, actions.severity),
            "cell-severity",
            |card: &ActionCard| view! { <SeverityMark severity=card.severity/> }.into_any(),
        )
        .sortable(),
        Column::new("status", text!(locale, actions.status), "cell-status", |card: &ActionCard| {
            view! { <StatusBadge status=card.status/> }.into_any()
        }),
        Column::new("due", text!(locale, actions.sla), "cell-sla", move |card: &ActionCard| {
            view! { <SlaCell card=card.clone() as_of=as_of/> }.into_any()
        })
        .sortable(),
        Column::new(
            "level",
            text!(locale, actions.escalation),
            "cell-level",
            |card: &ActionCard| view! { <EscalationLevel level=card.escalation_level/> }.into_any(),
        ),
        Column::new(
            "opened",
            text!(locale, actions.opened),
            "cell-opened",
            move |card: &ActionCard| view! { <When at=card.opened_at as_of=as_of/> }.into_any(),
        )
        .sortable()
        .extra(),
    ]
}

fn patient(locale: Locale, card: &ActionCard) -> AnyView {
    view! {
        <bdi>{card.patient.pick(locale).to_owned()}</bdi>
        <span class="second-line">
            <bdi>{card.hospital.pick(locale).to_owned()}</bdi>
        </span>
    }
    .into_any()
}

fn owner(locale: Locale, card: &ActionCard) -> AnyView {
    match &card.owner {
        Some(owner) => view! { <bdi>{owner.pick(locale).to_owned()}</bdi> }.into_any(),
        None => view! { <span class="nobody">{text!(locale, actions.no_owner)}</span> }.into_any(),
    }
}

/// What happened, where, and how the patient's own words begin.
#[component]
fn Subject(
    /// The action.
    card: ActionCard,
) -> impl IntoView {
    let locale = crate::texts::current();
    let places = [&card.department, &card.stage]
        .into_iter()
        .flatten()
        .map(|name| view! { <bdi>{name.pick(locale).to_owned()}</bdi> })
        .collect_view();
    view! {
        <span class="subject">
            <span class="subject-kind">{words::kind(locale, card.kind)}</span>
            {card.nps.map(|nps| view! { <NpsAnswer nps=nps/> })}
            <span class="places">{places}</span>
        </span>
        {card.comment.map(|comment| view! { <span class="comment" dir="auto">{comment}</span> })}
    }
}

/// The answer to the question of recommendation: `2/10`.
#[component]
pub(super) fn NpsAnswer(
    /// From 0 to 10.
    nps: u8,
) -> impl IntoView {
    let locale = crate::texts::current();
    view! {
        <span class="nps-answer" class:is-passive=matches!(nps, 7 | 8) class:is-promoter={nps >= 9}>
            <span class="visually-hidden">{text!(locale, actions.nps_answer)}" "</span>
            <Num text=format!("{nps}/10")/>
        </span>
    }
}

/// How far up the ladder, where it climbed at all.
#[component]
pub(super) fn EscalationLevel(
    /// 0 to 3.
    level: u8,
) -> impl IntoView {
    let locale = crate::texts::current();
    match level {
        0 => view! {
            <span class="level-none" aria-hidden="true">"–"</span>
            <span class="visually-hidden">{text!(locale, actions.not_escalated)}</span>
        }
        .into_any(),
        level => view! {
            <span class="level">
                <Icon name="chevrons-up"/>
                {text!(locale, actions.level, level = level)}
            </span>
        }
        .into_any(),
    }
}
