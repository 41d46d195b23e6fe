//! What is known of one message, and how often it ran again.

use leptos::prelude::*;
use leptos_router::params::ParamsMap;
use px360_domain::integrations::{EventReplay, EventView};
use px360_domain::{Locale, paths};

use super::words;
use crate::ui::card::Card;
use crate::ui::facts::{Fact, Facts};
use crate::ui::numbers::{Code, Num, grouped};

/// The key under which the list of journeys takes a visit number.
const ENCOUNTER_NUMBER: &str = "encounter_number";

/// Ids, instants and attempts.
#[component]
pub(super) fn EventFacts(
    /// The message.
    event: EventView,
) -> impl IntoView {
    let locale = crate::texts::current();
    let source_id = event.source_event_id.map(|text| view! { <Code text=text/> });
    let encounter = event.encounter_id.map(|number| encounter(locale, number));
    let occurred = event.occurred_at.map(|at| words::moment(locale, at));
    let culled = event.culled_at.map(|at| words::moment(locale, at));
    view! {
        <Card title=text!(locale, integrations.facts) id="facts">
            <Facts>
                {source_id.map(|id| view! {
                    <Fact name=text!(locale, integrations.source_event_id)>{id}</Fact>
                })}
                <Fact name=text!(locale, integrations.our_id)>
                    <Code text=event.event_id.to_string()/>
                </Fact>
                <Fact name=text!(locale, integrations.format)>
                    <Code text=words::format(locale, event.format)/>
                </Fact>
                {encounter.map(|encounter| view! {
                    <Fact name=text!(locale, integrations.encounter)>{encounter}</Fact>
                })}
                {occurred.map(|at| view! {
                    <Fact name=text!(locale, integrations.occurred)>{at}</Fact>
                })}
                <Fact name=text!(locale, integrations.received)>
                    {words::moment(locale, event.received_at)}
                </Fact>
                <Fact name=text!(locale, integrations.attempts)>
                    <Num text=grouped(i64::from(event.attempts))/>
                </Fact>
                {culled.map(|at| view! {
                    <Fact name=text!(locale, integrations.culled)>{at}</Fact>
                })}
            </Facts>
        </Card>
    }
}

/// The visit number, which leads to its journeys.
fn encounter(locale: Locale, number: String) -> AnyView {
    let mut query = ParamsMap::new();
    query.insert(ENCOUNTER_NUMBER, number.clone());
    let href = format!("{}{}", paths::journey_list(locale), query.to_query_string());
    view! { <a href=href><Code text=number/></a> }.into_any()
}

/// How often it ran again, latest first; nothing where it never did.
#[component]
pub(super) fn Replays(
    /// Each time.
    replays: Vec<EventReplay>,
) -> impl IntoView {
    let locale = crate::texts::current();
    (!replays.is_empty()).then(|| {
        let lines = replays.into_iter().map(|replay| again(locale, replay)).collect_view();
        view! {
            <Card title=text!(locale, integrations.replays) id="replays">
                <ol class="replays">{lines}</ol>
            </Card>
        }
    })
}

/// Who had it run again, and how it stood before.
fn again(locale: Locale, replay: EventReplay) -> AnyView {
    let by = match &replay.by {
        Some(name) => view! { <bdi>{name.pick(locale).to_owned()}</bdi> }.into_any(),
        None => text!(locale, integrations.by_mapping).into_any(),
    };
    let why = replay.reason.map(|reason| {
        view! { <p class="hint">{words::reason(locale, reason)}</p> }
    });
    let error = replay.error.map(|error| {
        view! { <p class="event-error hint" dir="ltr">{error}</p> }
    });
    view! {
        <li class="replay-line">
            <p>{words::moment(locale, replay.at)} " – " {by}</p>
            <p>
                <span class="hint">{text!(locale, integrations.stood_before)}</span>
                " "
                {words::status_badge(locale, replay.status)}
            </p>
            {why}
            {error}
        </li>
    }
    .into_any()
}
