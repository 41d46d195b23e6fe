//! One stage of the board, and the patients in it.

use chrono::{DateTime, SecondsFormat, Utc};
use leptos::prelude::*;
use px360_domain::journeys::{BoardCard, BoardColumn};
use px360_domain::{Locale, paths};

use super::words;
use crate::ui::dates::date_time;
use crate::ui::duration::duration;
use crate::ui::icon::Icon;
use crate::ui::numbers::{Code, grouped};

/// From here on nobody counts hours: two days.
const MINUTES_MATTER_BELOW: i64 = 48 * 60;

/// What all columns have in common.
pub(super) struct Scene {
    /// The board's own instant.
    pub(super) as_of: DateTime<Utc>,
    /// Whether there are patients of several hospitals.
    pub(super) several: bool,
    /// Where all patients of the board are listed.
    pub(super) rest: String,
}

/// One stage.
pub(super) fn column(locale: Locale, at: usize, stage: BoardColumn, scene: &Scene) -> AnyView {
    let id = format!("column-{at}");
    let shown = i64::try_from(stage.cards.len()).unwrap_or(i64::MAX);
    let rest = rest(locale, stage.patients.saturating_sub(shown), scene);
    let target = stage.dwell_minutes_max.map(|minutes| {
        let time = duration(locale, i64::from(minutes));
        view! { <p class="hint">{text!(locale, journeys.target, time = time)}</p> }
    });
    let head = view! {
        <header class="board-column-head">
            <h2 id=id.clone() class="board-column-name">{words::name(locale, &stage.name)}</h2>
            <p class="board-counts">
                <span>{words::patients(locale, stage.patients)}</span>
                {words::late_count(locale, stage.overdue)}
            </p>
            {target}
        </header>
    };
    let cards = stage.cards.into_iter().map(|patient| card(locale, patient, scene)).collect_view();
    view! {
        <section class="board-column" aria-labelledby=id>
            {head}
            <ul class="board-cards">{cards}</ul>
            {rest}
        </section>
    }
    .into_any()
}

/// The way to those who have no room here.
fn rest(locale: Locale, count: i64, scene: &Scene) -> Option<AnyView> {
    (count > 0).then(|| {
        let words = text!(locale, journeys.more, count = count, shown = grouped(count)).to_string();
        let href = scene.rest.clone();
        view! { <p class="board-more"><a href=href>{words}</a></p> }.into_any()
    })
}

/// One patient.
fn card(locale: Locale, patient: BoardCard, scene: &Scene) -> AnyView {
    let href = paths::journey(locale, patient.journey_id);
    let late = patient.overdue;
    let hospital = scene.several.then(|| {
        view! { <p class="hint">{words::name(locale, &patient.hospital)}</p> }
    });
    let department = patient.department.as_ref().map(|department| {
        view! { <span>{words::name(locale, department)}</span> }
    });
    let place = patient.location.map(|place| view! { <bdi dir="auto">{place}</bdi> });
    view! {
        <li class="board-card" class:board-card-late=late>
            <p class="board-card-head">
                <a class="board-link" href=href><Code text=patient.encounter_number/></a>
                {late.then(|| words::late(text!(locale, journeys.overdue)))}
            </p>
            <p>{words::name(locale, &patient.patient)}</p>
            <p class="places">{department} {place}</p>
            {hospital}
            <p class="board-since">
                <Icon name="clock"/>
                {since(locale, patient.since, scene.as_of)}
            </p>
        </li>
    }
    .into_any()
}

/// For how long, or from when on where that is days ago.
fn since(locale: Locale, at: DateTime<Utc>, as_of: DateTime<Utc>) -> AnyView {
    let minutes = as_of.signed_duration_since(at).num_minutes().max(0);
    let full = date_time(locale, at);
    let words = if minutes < MINUTES_MATTER_BELOW {
        text!(locale, journeys.waits_for, time = duration(locale, minutes)).to_string()
    } else {
        text!(locale, journeys.waits_since, at = full.clone()).to_string()
    };
    let machine = at.to_rfc3339_opts(SecondsFormat::Secs, true);
    view! { <time datetime=machine title=full>{words}</time> }.into_any()
}
