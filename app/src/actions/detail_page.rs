//! One action.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use px360_domain::Failure;
use px360_domain::actions::{ActionDetail, ActionNeighbours, RepeatedComplaint};
use px360_domain::ids::ActionId;

use super::address::Address;
use super::clocks::SlaCell;
use super::facts::{Again, Answers, Clocks, PatientFacts};
use super::mutation::{DraftsOfAll, Subject};
use super::neighbours::Neighbours;
use super::next_step::{HeadButtons, NextStep, NoteForm, Resolution};
use super::row::{EscalationLevel, NpsAnswer};
use super::server_fns::{actions_detail, actions_neighbours};
use super::timeline;
use super::words::{self, SeverityMark, StatusBadge};
use crate::loaded::{Loaded, load};
use crate::ui::card::{Card, Skeleton};
use crate::ui::heading::{PageHeading, focus_heading};
use crate::ui::icon::Icon;
use crate::ui::problem::ProblemPage;
use crate::ui::timeline::Timeline;

/// One action: its story on one side, the facts on the other.
#[component]
pub(crate) fn ActionPage() -> impl IntoView {
    let params = use_params_map();
    let id =
        Memo::new(move |_| params.read().get_str("id").and_then(|id| id.parse::<ActionId>().ok()));
    let query = use_query_map();
    let list = Memo::new(move |_| Address::from_query(&query.read()));
    let detail = load(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => actions_detail(id).await,
                None => Err(Failure::not_found("action").into()),
            }
        },
    );
    let beside = load(
        move || (id.get(), list.get().filter),
        |(id, filter)| async move {
            match id {
                Some(id) => actions_neighbours(id, filter).await,
                None => Err(Failure::not_found("action").into()),
            }
        },
    );
    let drafts = DraftsOfAll::new();
    let reloading = StoredValue::new(false);
    let reload = Callback::new(move |()| {
        reloading.set_value(true);
        detail.refetch();
        beside.refetch();
    });
    Effect::new(move || {
        detail.track();
        if reloading.try_update_value(std::mem::take).unwrap_or_default() {
            focus_heading();
        }
    });
    let body = move || {
        beside.wait();
        detail.get().map(|detail| match detail {
            Ok(detail) => {
                let (id, version) = (detail.card.id, detail.version);
                let subject = Subject { id, version, drafts: drafts.of(id), reload };
                let way = Way { list, beside };
                view! { <Whole subject=subject detail=detail way=way/> }.into_any()
            }
            Err(error) => view! { <ProblemPage error=error/> }.into_any(),
        })
    };
    view! { <Transition fallback=|| view! { <Skeleton lines=10/> }>{body}</Transition> }
}

/// The list that one came from, and what stands beside the action there.
#[derive(Clone, Copy)]
struct Way {
    list: Memo<Address>,
    beside: Loaded<ActionNeighbours>,
}

#[component]
fn Whole(
    /// What the forms need.
    subject: Subject,
    /// What is known.
    detail: ActionDetail,
    /// Where one came from.
    way: Way,
) -> impl IntoView {
    let locale = crate::texts::current();
    let live = detail.card.status.is_live();
    let closed_with = (!live).then(|| detail.resolution.clone()).flatten();
    let as_of = detail.as_of;
    let entries = detail.timeline.iter().cloned();
    let happenings = entries.map(|entry| timeline::happening(locale, entry)).collect();
    let repeats = detail.repeats.iter().cloned().enumerate().map(|(before, repeat)| {
        let RepeatedComplaint { at, callback, answers } = repeat;
        let again = Again { number: before + 2, at, callback, as_of };
        view! { <Answers answers=answers again=Some(again)/> }
    });
    let repeats = repeats.collect_view();
    view! {
        <div class="way">
            <nav class="breadcrumb" aria-label=text!(locale, common.breadcrumb_label)>
                <a href=move || way.list.read().href(locale)>
                    <Icon name="chevron-left"/>
                    {text!(locale, actions.title)}
                </a>
            </nav>
            <Neighbours beside=way.beside list=way.list/>
        </div>
        <Head subject=subject detail=detail.clone()/>
        <div class="columns">
            <div class="column-story">
                <NextStep subject=subject detail=detail.clone()/>
                <Resolution text=closed_with/>
                <Answers answers=detail.answers.clone() again=None/>
                {repeats}
                <Card title=text!(locale, actions.timeline) id="timeline">
                    <Timeline happenings=happenings kinds=timeline::kinds(locale) as_of=as_of/>
                    {detail.may.note.then(|| view! { <NoteForm subject=subject/> })}
                </Card>
            </div>
            <aside class="column-facts" aria-label=text!(locale, actions.facts)>
                <Clocks detail=detail.clone()/>
                <PatientFacts detail=detail/>
            </aside>
        </div>
    }
}

#[component]
fn Head(
    /// What the forms need.
    subject: Subject,
    /// What is known.
    detail: ActionDetail,
) -> impl IntoView {
    let locale = crate::texts::current();
    let card = detail.card.clone();
    let escalated = card.escalation_level > 0;
    let kind = words::kind(locale, card.kind);
    let tab = text!(locale, actions.tab, reference = card.reference.clone(), kind = kind);
    view! {
        <header class="page-head action-head">
            <div class="action-title">
                <PageHeading title=card.reference.clone() tab=tab/>
                <p class="action-kind">
                    {kind} {card.nps.map(|nps| view! { " " <NpsAnswer nps=nps/> })}
                </p>
            </div>
            <div class="action-state">
                <StatusBadge status=card.status/>
                <SeverityMark severity=card.severity/>
                {escalated.then(|| view! { <EscalationLevel level=card.escalation_level/> })}
            </div>
            <div class="action-due">
                <SlaCell card=card as_of=detail.as_of/>
            </div>
            <HeadButtons subject=subject detail=detail/>
        </header>
    }
}
