//! Where the patient of a journey was, and what other systems said of the visit.

use leptos::prelude::*;
use px360_domain::integrations::EventRow;
use px360_domain::journeys::StayLine;
use px360_domain::paths;

use super::journey_page::Scene;
use super::words;
use crate::integrations::words::status_badge;
use crate::ui::dates::When;
use crate::ui::numbers::Code;

/// Where the patient was, in order.
pub(super) fn stays(scene: Scene, stays: Vec<StayLine>) -> AnyView {
    let Scene { locale, as_of, .. } = scene;
    if stays.is_empty() {
        return view! { <p class="hint">{text!(locale, journeys.no_stays)}</p> }.into_any();
    }
    let lines = stays
        .into_iter()
        .map(|stay| {
            let department = stay.department.as_ref().map(|department| {
                view! { <span>{words::name(locale, department)}</span> }
            });
            let location = stay.location.map(|place| view! { <bdi dir="auto">{place}</bdi> });
            let until = match stay.ended_at {
                Some(at) => view! {
                    <span>{text!(locale, journeys.until)} " " <When at=at as_of=as_of/></span>
                }
                .into_any(),
                None => view! { <span>{text!(locale, journeys.until_now)}</span> }.into_any(),
            };
            view! {
                <li class="stay">
                    <p class="stay-place places">{department} {location}</p>
                    <p class="hint places">
                        <span>
                            {text!(locale, journeys.from)} " "
                            <When at=stay.started_at as_of=as_of/>
                        </span>
                        {until}
                    </p>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="stays">{lines}</ol> }.into_any()
}

/// The messages of the visit, in the order in which things happened.
pub(super) fn messages(scene: Scene, events: Vec<EventRow>) -> AnyView {
    let locale = scene.locale;
    if events.is_empty() {
        return view! { <p class="hint">{text!(locale, journeys.no_messages)}</p> }.into_any();
    }
    let rows = events.into_iter().map(|event| message(scene, event)).collect_view();
    view! {
        <div class="table-frame" role="region" aria-label=text!(locale, journeys.messages_listed) tabindex="0">
            <table class="table table-small">
                <caption class="visually-hidden">{text!(locale, journeys.messages)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{text!(locale, journeys.message_code)}</th>
                        <th scope="col">{text!(locale, journeys.message_at)}</th>
                        <th scope="col">{text!(locale, journeys.source)}</th>
                        <th scope="col">{text!(locale, journeys.status)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// One message.
fn message(scene: Scene, event: EventRow) -> AnyView {
    let Scene { locale, as_of, .. } = scene;
    let code = event.event_code.or(event.source_event_id).unwrap_or_else(|| "—".to_owned());
    let code = view! { <Code text=code/> };
    let code = if scene.opens_events {
        view! { <a href=paths::event(locale, event.event_id)>{code}</a> }.into_any()
    } else {
        code.into_any()
    };
    view! {
        <tr>
            <th scope="row">{code}</th>
            <td><When at=event.occurred_at.unwrap_or(event.received_at) as_of=as_of/></td>
            <td><bdi dir="auto">{event.source}</bdi></td>
            <td>{status_badge(locale, event.status)}</td>
        </tr>
    }
    .into_any()
}
