//! One action in the list: a row on a desk, a card on a phone.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use px360_domain::actions::ActionCard;
use px360_domain::paths;

use super::clocks::SlaCell;
use super::words::{self, SeverityMark, StatusBadge};
use crate::ui::icon::Icon;
use crate::ui::numbers::{Code, Num};

/// The line of one action. The roles are repeated because the phone's layout takes them away.
#[component]
pub(super) fn ActionRow(
    /// The action.
    card: ActionCard,
    /// The page's own instant.
    as_of: DateTime<Utc>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let owner = match &card.owner {
        Some(owner) => view! { <bdi>{owner.pick(locale).to_owned()}</bdi> }.into_any(),
        None => view! { <span class="nobody">{text!(locale, actions.no_owner)}</span> }.into_any(),
    };
    view! {
        <tr role="row" class="row" class:row-overdue=card.overdue>
            <th scope="row" role="rowheader" class="cell-reference">
                <a href=paths::action(locale, card.id)>
                    <Code text=card.reference.clone()/>
                </a>
            </th>
            <td role="cell" class="cell-subject">
                <Subject card=card.clone()/>
            </td>
            <td role="cell" class="cell-patient">
                <bdi>{card.patient.pick(locale).to_owned()}</bdi>
                <span class="second-line">
                    <bdi>{card.hospital.pick(locale).to_owned()}</bdi>
                </span>
            </td>
            <td role="cell" class="cell-owner" data-label=text!(locale, actions.owner)>
                {owner}
            </td>
            <td role="cell" class="cell-severity">
                <SeverityMark severity=card.severity/>
            </td>
            <td role="cell" class="cell-status">
                <StatusBadge status=card.status/>
            </td>
            <td role="cell" class="cell-sla">
                <SlaCell card=card.clone() as_of=as_of/>
            </td>
            <td role="cell" class="cell-level">
                <EscalationLevel level=card.escalation_level/>
            </td>
        </tr>
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
        <span class="nps-answer">
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
