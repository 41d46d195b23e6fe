//! What is known about a journey: whose it is, where, and what else there is of the visit.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use px360_domain::journeys::{JourneyDetail, JourneyRow};
use px360_domain::paths;
use px360_domain::records::RecordKind;

use super::journey_page::Scene;
use super::words;
use crate::ui::card::Card;
use crate::ui::dates::When;
use crate::ui::facts::{Fact, Facts};
use crate::ui::numbers::Code;

/// Whose journey it is, where, and from when to when.
pub(super) fn facts(scene: Scene, detail: &JourneyDetail) -> AnyView {
    let Scene { locale, as_of, .. } = scene;
    let row = &detail.row;
    let when = |at: DateTime<Utc>| view! { <When at=at as_of=as_of/> }.into_any();
    let code = |text: String| view! { <Code text=text/> }.into_any();
    let attending = detail.attending.as_ref().map(|person| words::name(locale, person));
    let known = [
        (text!(locale, journeys.patient), Some(patient(scene, row))),
        (text!(locale, journeys.encounter_number), Some(code(row.encounter_number.clone()))),
        (text!(locale, journeys.hospital), Some(words::name(locale, &row.hospital))),
        (text!(locale, journeys.attending), attending),
        (text!(locale, journeys.template), Some(template(scene, row))),
        (text!(locale, journeys.opened), Some(when(row.opened_at))),
        (text!(locale, journeys.ended), row.ended_at.map(when)),
        (text!(locale, journeys.cancelled), detail.cancelled_at.map(when)),
        (text!(locale, journeys.disposition), detail.disposition.clone().map(code)),
    ];
    let facts = known
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .map(|(name, value)| view! { <Fact name=name>{value}</Fact> })
        .collect_view();
    view! {
        <Card title=text!(locale, journeys.facts) id="facts">
            <Facts>{facts}</Facts>
        </Card>
    }
    .into_any()
}

/// The patient, and the way to their page for those who may go there.
fn patient(scene: Scene, row: &JourneyRow) -> AnyView {
    let name = words::name(scene.locale, &row.patient);
    if !scene.opens_patients {
        return name;
    }
    let href = format!("{}/{}", RecordKind::Patient.page(scene.locale), row.patient_id);
    view! { <a href=href>{name}</a> }.into_any()
}

/// What the journey follows.
fn template(scene: Scene, row: &JourneyRow) -> AnyView {
    let locale = scene.locale;
    let name = words::name(locale, &row.template);
    let version = text!(locale, journeys.version, number = row.version).to_string();
    view! {
        <a href=paths::template(locale, row.template_id)>{name}</a>
        <span class="second-line">{version}</span>
    }
    .into_any()
}

/// The other journeys of the same visit; nothing where there are none.
pub(super) fn others(scene: Scene, others: Vec<JourneyRow>) -> Option<AnyView> {
    if others.is_empty() {
        return None;
    }
    let Scene { locale, as_of, .. } = scene;
    let lines = others
        .into_iter()
        .map(|other| {
            view! {
                <li class="other-journey">
                    <a href=paths::journey(locale, other.id)>
                        {words::journey_type(locale, other.journey_type)}
                    </a>
                    {words::journey_badge(locale, other.status)}
                    <span class="second-line"><When at=other.opened_at as_of=as_of/></span>
                </li>
            }
        })
        .collect_view();
    let card = view! {
        <Card title=text!(locale, journeys.others) id="others">
            <ul class="other-journeys">{lines}</ul>
        </Card>
    };
    Some(card.into_any())
}
