//! One action.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use px360_domain::actions::ActionDetail;
use px360_domain::ids::ActionId;
use px360_domain::{Failure, paths};

use super::clocks::SlaCell;
use super::facts::{Answers, Clocks, PatientFacts};
use super::mutation::{Drafts, Subject};
use super::next_step::{HeadButtons, NextStep, NoteForm, Resolution};
use super::row::{EscalationLevel, NpsAnswer};
use super::server_fns::actions_detail;
use super::timeline::Timeline;
use super::words::{self, SeverityMark, StatusBadge};
use crate::loaded::load;
use crate::ui::card::{Card, Skeleton};
use crate::ui::heading::{PageHeading, focus_heading};
use crate::ui::icon::Icon;
use crate::ui::problem::ProblemPage;

/// One action: its story on one side, the facts on the other.
#[component]
pub(crate) fn ActionPage() -> impl IntoView {
    let params = use_params_map();
    let id =
        Memo::new(move |_| params.read().get_str("id").and_then(|id| id.parse::<ActionId>().ok()));
    let detail = load(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => actions_detail(id).await,
                None => Err(Failure::not_found("action").into()),
            }
        },
    );
    let drafts = Drafts::new();
    let reloading = StoredValue::new(false);
    let reload = Callback::new(move |()| {
        reloading.set_value(true);
        detail.refetch();
    });
    Effect::new(move || {
        detail.track();
        if reloading.try_update_value(std::mem::take).unwrap_or_default() {
            focus_heading();
        }
    });
    let body = move || {
        detail.get().map(|detail| match detail {
            Ok(detail) => {
                let (id, version) = (detail.card.id, detail.version);
                let subject = Subject { id, version, drafts, reload };
                view! { <Whole subject=subject detail=detail/> }.into_any()
            }
            Err(error) => view! { <ProblemPage error=error/> }.into_any(),
        })
    };
    view! { <Transition fallback=|| view! { <Skeleton lines=10/> }>{body}</Transition> }
}

#[component]
fn Whole(
    /// What the forms need.
    subject: Subject,
    /// What is known.
    detail: ActionDetail,
) -> impl IntoView {
    let locale = crate::texts::current();
    let live = detail.card.status.is_live();
    let closed_with = (!live).then(|| detail.resolution.clone()).flatten();
    let (timeline, as_of) = (detail.timeline.clone(), detail.as_of);
    view! {
        <nav class="breadcrumb" aria-label=text!(locale, common.breadcrumb_label)>
            <a href=paths::actions(locale)>
                <Icon name="chevron-left"/>
                {text!(locale, actions.title)}
            </a>
        </nav>
        <Head subject=subject detail=detail.clone()/>
        <div class="columns">
            <div class="column-story">
                <NextStep subject=subject detail=detail.clone()/>
                <Resolution text=closed_with/>
                <Answers answers=detail.answers.clone()/>
                <Card title=text!(locale, actions.timeline) id="timeline">
                    <Timeline entries=timeline as_of=as_of/>
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
