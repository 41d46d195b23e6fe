//! The stages of a journey, in order: where each stands, and how long it took.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use px360_domain::journeys::{StageLine, StageStatus, SurveyLine};
use px360_domain::paths;

use super::journey_page::Scene;
use super::words;
use crate::ui::dates::When;
use crate::ui::duration::duration;

/// The stages of one journey.
pub(super) fn stages(scene: Scene, stages: Vec<StageLine>) -> AnyView {
    if stages.is_empty() {
        return view! { <p class="hint">{text!(scene.locale, journeys.no_stages)}</p> }.into_any();
    }
    let lines = stages.iter().map(|line| stage(scene, line)).collect_view();
    view! { <ol class="stage-line">{lines}</ol> }.into_any()
}

/// One stage.
fn stage(scene: Scene, line: &StageLine) -> AnyView {
    let locale = scene.locale;
    let (tone, _) = words::stage_look(line.status);
    let people = [line.department.as_ref(), line.physician.as_ref()];
    let people = people
        .into_iter()
        .flatten()
        .map(|name| view! { <span>{words::name(locale, name)}</span> })
        .collect_view();
    let survey = line.survey.as_ref().map(|survey| asked(scene, survey));
    let event = line.event_id.filter(|_| scene.opens_events).map(|id| {
        let href = paths::event(locale, id);
        view! { <p><a href=href>{text!(locale, journeys.completing_message)}</a></p> }
    });
    view! {
        <li class="stage">
            <span class=format!("stage-mark {}", tone.class()) aria-hidden="true"></span>
            <div class="stage-body">
                {head(scene, line)}
                {times(scene, line)}
                <p class="places">{people}</p>
                {survey}
                {event}
            </div>
        </li>
    }
    .into_any()
}

/// What it is called, where it stands, and what is special about it.
fn head(scene: Scene, line: &StageLine) -> AnyView {
    let locale = scene.locale;
    let repeated = (line.occurrence > 1)
        .then(|| text!(locale, journeys.repetition, number = line.occurrence).to_string());
    let parallel = line.parallel.then(|| text!(locale, journeys.parallel).to_owned());
    let optional = line.optional.then(|| text!(locale, journeys.optional).to_owned());
    let marks = [repeated, parallel, optional]
        .into_iter()
        .flatten()
        .map(|mark| view! { <span class="stage-note">{mark}</span> })
        .collect_view();
    let late = line.overdue.then(|| {
        words::late(match line.status {
            StageStatus::Active => text!(locale, journeys.stage_overdue),
            _ => text!(locale, journeys.stage_was_overdue),
        })
    });
    view! {
        <div class="stage-head">
            <h3 class="stage-name">{words::name(locale, &line.name)}</h3>
            {words::stage_badge(locale, line.status)}
            {late}
            {marks}
        </div>
    }
    .into_any()
}

/// From when to when, how long that is, and how long it should be.
fn times(scene: Scene, line: &StageLine) -> AnyView {
    let Scene { locale, as_of, .. } = scene;
    let started = line.started_at.map(|at| {
        view! { <span>{text!(locale, journeys.started)} " " <When at=at as_of=as_of/></span> }
    });
    let completed = line.completed_at.map(|at| {
        view! { <span>{text!(locale, journeys.completed)} " " <When at=at as_of=as_of/></span> }
    });
    let minutes = |until: DateTime<Utc>| {
        line.started_at.map(|from| until.signed_duration_since(from).num_minutes().max(0))
    };
    let length = match (line.completed_at, line.status) {
        (Some(done), _) => minutes(done)
            .map(|took| text!(locale, journeys.took, time = duration(locale, took)).to_string()),
        (None, StageStatus::Active) => minutes(as_of)
            .map(|takes| text!(locale, journeys.takes, time = duration(locale, takes)).to_string()),
        (None, _) => None,
    };
    let target = line.dwell_minutes_max.map(|most| {
        text!(locale, journeys.target, time = duration(locale, i64::from(most))).to_string()
    });
    let lengths = [length, target]
        .into_iter()
        .flatten()
        .map(|words| view! { <span>{words}</span> })
        .collect_view();
    view! { <p class="places">{started} {completed} {lengths}</p> }.into_any()
}

/// The survey that it caused, and when something happened to that last.
fn asked(scene: Scene, survey: &SurveyLine) -> AnyView {
    let Scene { locale, as_of, .. } = scene;
    let answered = survey.completed_at.map(|at| (text!(locale, journeys.survey_answered_at), at));
    let sent = survey.sent_at.map(|at| (text!(locale, journeys.survey_sent_at), at));
    let due = survey.due_at.map(|at| (text!(locale, journeys.survey_due_at), at));
    let when = answered.or(sent).or(due).map(|(words, at)| {
        view! { <span class="hint">{words} " " <When at=at as_of=as_of/></span> }
    });
    view! {
        <p class="stage-survey">
            <span>{text!(locale, journeys.survey)}</span>
            {words::survey_badge(locale, survey.status)}
            {when}
        </p>
    }
    .into_any()
}
