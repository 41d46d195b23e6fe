//! One journey: its stages on one side, the facts on the other.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use px360_domain::access::Permission;
use px360_domain::accounts::Me;
use px360_domain::ids::JourneyId;
use px360_domain::journeys::{JourneyDetail, JourneyRow};
use px360_domain::records::RecordKind;
use px360_domain::{Failure, Locale, paths};

use super::events::{messages, stays};
use super::facts::{facts, others};
use super::server_fns::journeys_journey;
use super::stage_line::stages;
use super::words;
use crate::layout::MeResource;
use crate::loaded::load;
use crate::ui::card::{Card, Skeleton};
use crate::ui::heading::PageHeading;
use crate::ui::icon::Icon;
use crate::ui::numbers::isolated;
use crate::ui::problem::ProblemPage;

/// The journey that the address names.
#[component]
pub(crate) fn JourneyPage() -> impl IntoView {
    let params = use_params_map();
    let id =
        Memo::new(move |_| params.read().get_str("id").and_then(|id| id.parse::<JourneyId>().ok()));
    let detail = load(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => journeys_journey(id).await,
                None => Err(Failure::not_found("journey").into()),
            }
        },
    );
    let locale = crate::texts::current();
    let me = use_context::<MeResource>();
    let body = move || {
        let (detail, me) = (detail.get(), me.and_then(|MeResource(me)| me.get()));
        let (detail, me) = (detail?, me?.ok()?);
        Some(match detail {
            Ok(detail) => whole(locale, detail, &me),
            Err(error) => view! { <ProblemPage error=error/> }.into_any(),
        })
    };
    view! { <Transition fallback=|| view! { <Skeleton lines=10/> }>{body}</Transition> }
}

/// What everything on the page has in common.
#[derive(Clone, Copy)]
pub(super) struct Scene {
    /// The language.
    pub(super) locale: Locale,
    /// The page's own instant.
    pub(super) as_of: DateTime<Utc>,
    /// Whether the reader may open messages.
    pub(super) opens_events: bool,
    /// Whether the reader may open patients.
    pub(super) opens_patients: bool,
}

/// The story on one side, the facts on the other.
fn whole(locale: Locale, detail: JourneyDetail, me: &Me) -> AnyView {
    let scene = Scene {
        locale,
        as_of: detail.as_of,
        opens_events: me.may(Permission::EventRead),
        opens_patients: me.may(RecordKind::Patient.read()),
    };
    let went_on = detail.went_on.then(|| {
        view! { <p class="hint">{text!(locale, journeys.went_on)}</p> }
    });
    let (head, facts) = (head(locale, &detail.row), facts(scene, &detail));
    let (stages, stays) = (stages(scene, detail.stages), stays(scene, detail.stays));
    let (messages, others) = (messages(scene, detail.events), others(scene, detail.others));
    view! {
        <div class="way">
            <nav class="breadcrumb" aria-label=text!(locale, common.breadcrumb_label)>
                <a href=paths::journey_list(locale)>
                    <Icon name="chevron-left"/>
                    {text!(locale, journeys.all)}
                </a>
            </nav>
        </div>
        {head}
        {went_on}
        <div class="columns">
            <div class="column-story">
                <Card title=text!(locale, journeys.stages) id="stages">{stages}</Card>
                <Card title=text!(locale, journeys.stays) id="stays">{stays}</Card>
                <Card title=text!(locale, journeys.messages) id="messages">{messages}</Card>
            </div>
            <aside class="column-facts" aria-label=text!(locale, journeys.facts)>
                {facts}
                {others}
            </aside>
        </div>
    }
    .into_any()
}

/// What it is called, and where it stands.
fn head(locale: Locale, row: &JourneyRow) -> AnyView {
    let kind = words::journey_type(locale, row.journey_type);
    let number = isolated(&row.encounter_number);
    let title = text!(locale, journeys.heading, kind = kind, number = number).to_string();
    view! {
        <header class="page-head journey-head">
            <PageHeading title=title/>
            {words::journey_badge(locale, row.status)}
        </header>
    }
    .into_any()
}
