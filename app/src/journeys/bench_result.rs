//! What messages would do.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::integrations::{Tried, TriedMessage};
use px360_domain::journeys::JourneyDetail;

use super::journey_page::Scene;
use super::stage_line::stages;
use super::words::{journey_badge, journey_type, name};
use crate::integrations::words::{format, kind, reason, status_badge};
use crate::integrations::{effects, faults};
use crate::ui::card::Card;
use crate::ui::dates::When;
use crate::ui::numbers::Code;

/// One card for the messages, one for each journey.
pub(super) fn result(locale: Locale, tried: Tried) -> AnyView {
    let Tried { items, journeys } = tried;
    let messages = items.iter().map(|item| message(locale, item)).collect_view();
    let journeys = journeys.into_iter().map(|one| journey(locale, one)).collect_view();
    view! {
        <Card title=text!(locale, journeys.bench_would) id="bench-would">
            <ol class="tried">{messages}</ol>
        </Card>
        {journeys}
    }
    .into_any()
}

fn message(locale: Locale, item: &TriedMessage) -> AnyView {
    let code = item.event_code.clone().map(|code| view! { <Code text=code/> });
    let number = item.encounter_id.clone().map(|number| view! { <Code text=number/> });
    let why = item.reason.map(|why| view! { <p>{reason(locale, why)}</p> });
    let waits = item.waits_for.clone().map(|code| {
        let kind = item.waits_for_kind.map(|it| kind(locale, it));
        view! { <p>{kind} " " <Code text=code/></p> }
    });
    let again = item.duplicate.then(|| {
        view! { <p class="hint">{text!(locale, journeys.bench_duplicate)}</p> }
    });
    view! {
        <li class="tried-message">
            <p class="tried-head">
                {code} " " {status_badge(locale, item.status)} " "
                <span dir="ltr">{format(locale, item.format)}</span> " " {number}
            </p>
            {again}
            {why}
            {waits}
            {faults::fault_list(locale, item.faults.clone())}
            {faults::fault_list(locale, item.warnings.clone())}
            <ul class="effects">{effects::deeds(locale, item.effects.clone())}</ul>
        </li>
    }
    .into_any()
}

fn journey(locale: Locale, detail: JourneyDetail) -> AnyView {
    let scene = Scene { locale, as_of: detail.as_of, opens_events: false, opens_patients: false };
    let row = detail.row;
    view! {
        <section class="card">
            <h2 class="card-title">
                {journey_type(locale, row.journey_type)} " " <Code text=row.encounter_number/>
                " " {journey_badge(locale, row.status)}
            </h2>
            <p class="places">
                <span>{name(locale, &row.template)}</span>
                <span>{super::template::version_line(locale, row.version)}</span>
                <span><When at=row.opened_at as_of=detail.as_of/></span>
            </p>
            {stages(scene, detail.stages)}
        </section>
    }
    .into_any()
}
