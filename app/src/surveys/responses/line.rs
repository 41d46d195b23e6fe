//! One survey in a list.

use leptos::prelude::*;
use px360_domain::surveys::{AnswerMode, SurveyInstance};
use px360_domain::{Locale, paths};

use super::super::words;
use super::enter::{self, Entering};
use crate::journeys::{name, survey_badge};
use crate::ui::dates::date_time;
use crate::ui::numbers::Num;

pub(super) fn line(locale: Locale, row: &SurveyInstance, entering: Entering) -> AnyView {
    let title = name(locale, &row.survey);
    let called = match row.started_at {
        Some(_) => {
            let href = paths::survey_response(locale, row.id);
            view! { <a class="row-link" href=href>{title}</a> }.into_any()
        }
        None => view! { <strong>{title}</strong> }.into_any(),
    };
    let enter = row.may_enter.then(|| enter::menu(locale, row.id, entering));
    view! {
        <li class="template-version">
            {survey_badge(locale, row.status)}
            {called}
            {enter}
            {facts(locale, row)}
        </li>
    }
    .into_any()
}

/// Where and when, and what it came to.
pub(super) fn facts(locale: Locale, row: &SurveyInstance) -> AnyView {
    let department = row.department.as_ref().map(|it| view! { <span>{name(locale, it)}</span> });
    let mode = (row.mode != AnswerMode::Link)
        .then(|| view! { <span>{words::mode(locale, row.mode)}</span> });
    let stage = row.stage.as_ref().map(|it| view! { <span>{name(locale, it)}</span> });
    let nps = row.nps.map(|nps| {
        view! { <span>{text!(locale, surveys.nps_short)} " " <Num text=nps.to_string()/></span> }
    });
    let score = row.score.map(|score| {
        let percent = format!("{}%", score / 100);
        view! { <span>{text!(locale, surveys.score)} " " <Num text=percent/></span> }
    });
    let at = match (row.completed_at, row.sent_at) {
        (Some(at), _) => text!(locale, surveys.completed_at, at = date_time(locale, at)),
        (None, Some(at)) => text!(locale, surveys.sent_at, at = date_time(locale, at)),
        (None, None) => text!(locale, surveys.asked_at, at = date_time(locale, row.created_at)),
    };
    let at = at.to_string();
    view! {
        <p class="places">
            {name(locale, &row.hospital)} {department}
            {stage}
            {mode}
            <span>{at}</span>
            {nps} {score}
        </p>
    }
    .into_any()
}
