//! One message: what it says, what it did, and what to do about it.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use px360_domain::access::Permission;
use px360_domain::ids::EventId;
use px360_domain::integrations::{EventStatus, EventView};
use px360_domain::{Failure, Locale, paths};

use super::address::runs_again;
use super::effects::{Effects, NextStep};
use super::event_facts::{EventFacts, Replays};
use super::faults::{fault_list, faults_of};
use super::raw::RawCard;
use super::replay::ReplayThis;
use super::server_fns::integrations_event;
use super::words;
use crate::layout::MeResource;
use crate::loaded::load;
use crate::ui::card::{Card, Skeleton};
use crate::ui::heading::{PageHeading, focus_heading};
use crate::ui::icon::Icon;
use crate::ui::numbers::isolated;
use crate::ui::problem::ProblemPage;

/// The message that the address names.
#[component]
pub(crate) fn EventPage() -> impl IntoView {
    let params = use_params_map();
    let id =
        Memo::new(move |_| params.read().get_str("id").and_then(|id| id.parse::<EventId>().ok()));
    let event = load(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => integrations_event(id).await,
                None => Err(Failure::not_found("inbound_event").into()),
            }
        },
    );
    let me = use_context::<MeResource>();
    let reloading = StoredValue::new(false);
    let reload = Callback::new(move |()| {
        reloading.set_value(true);
        event.refetch();
    });
    // The button that was pressed may be gone.
    Effect::new(move || {
        event.track();
        if reloading.try_update_value(std::mem::take).unwrap_or_default() {
            focus_heading();
        }
    });
    let body = move || {
        let me = me.and_then(|MeResource(me)| me.get()).and_then(Result::ok)?;
        let replays = me.may(Permission::EventReplay);
        Some(match event.get()? {
            Ok(event) => view! { <Whole event=event replays=replays reload=reload/> }.into_any(),
            Err(error) => view! { <ProblemPage error=error/> }.into_any(),
        })
    };
    view! { <Transition fallback=|| view! { <Skeleton lines=8/> }>{body}</Transition> }
}

#[component]
fn Whole(
    /// The message.
    event: EventView,
    /// Whether the reader may run messages again.
    replays: bool,
    /// Loads it again.
    reload: Callback<()>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let (id, format, culled) = (event.event_id, event.format, event.culled_at.is_some());
    let history = event.replays.clone();
    view! {
        <div class="way">
            <nav class="breadcrumb" aria-label=text!(locale, common.breadcrumb_label)>
                <a href=paths::events(locale)>
                    <Icon name="chevron-left"/>
                    {text!(locale, integrations.events_title)}
                </a>
            </nav>
        </div>
        {head(locale, &event, replays, reload)}
        <div class="columns">
            <div class="column-story">
                {conflict(locale, &event)}
                <NextStep event=event.clone()/>
                <Effects effects=event.effects.clone()/>
                {unused(locale, &event)}
                {last_error(locale, &event)}
                <RawCard id=id format=format culled=culled/>
            </div>
            <aside class="column-facts" aria-label=text!(locale, integrations.facts)>
                <EventFacts event=event/>
                <Replays replays=history/>
            </aside>
        </div>
    }
}

/// What the message is called, where it stands, and what can be done with it.
fn head(locale: Locale, event: &EventView, replays: bool, reload: Callback<()>) -> AnyView {
    let id = event.event_id;
    let (title, tab) = match &event.event_code {
        Some(code) => (code.clone(), text!(locale, integrations.event_tab, code = isolated(code))),
        None => {
            let title = text!(locale, integrations.no_event_code).to_owned();
            (title.clone(), title)
        }
    };
    let again = (replays && runs_again(event.status) && event.culled_at.is_none())
        .then(|| view! { <ReplayThis id=id reload=reload/> });
    let bench = (replays && event.culled_at.is_none()).then(|| {
        let href = format!("{}?event={id}", paths::test_bench(locale));
        view! {
            <a class="button" href=href>
                <Icon name="list-checks"/>
                {text!(locale, integrations.try_on_bench)}
            </a>
        }
    });
    view! {
        <header class="page-head">
            <div class="event-title">
                <PageHeading title=title tab=tab/>
                {words::status_badge(locale, event.status)}
            </div>
            <div class="head-buttons">{bench} {again}</div>
        </header>
    }
    .into_any()
}

/// That other content came under the same id.
fn conflict(locale: Locale, event: &EventView) -> Option<AnyView> {
    let at = event.conflicting_payload_at?;
    let warning = view! {
        <div class="alert event-conflict">
            <Icon name="triangle-alert"/>
            <p>{text!(locale, integrations.conflicting)} " " {words::moment(locale, at)}</p>
        </div>
    };
    Some(warning.into_any())
}

/// What of it was left out.
fn unused(locale: Locale, event: &EventView) -> Option<AnyView> {
    if event.warnings.is_empty() {
        return None;
    }
    let list = fault_list(locale, event.warnings.clone());
    let card = view! {
        <Card title=text!(locale, integrations.warnings) id="warnings">
            <p class="hint">{text!(locale, integrations.warnings_hint)}</p>
            {list}
        </Card>
    };
    Some(card.into_any())
}

/// The last error: fault by fault where it was rejected, as it was written otherwise.
fn last_error(locale: Locale, event: &EventView) -> Option<AnyView> {
    let error = event.error.clone()?;
    let faults = (event.status == EventStatus::Rejected).then(|| faults_of(&error)).flatten();
    let said = match faults {
        Some(faults) => fault_list(locale, faults),
        None => view! { <p class="event-error" dir="ltr">{error}</p> }.into_any(),
    };
    let card = view! {
        <Card title=text!(locale, integrations.last_error) id="last-error">{said}</Card>
    };
    Some(card.into_any())
}
