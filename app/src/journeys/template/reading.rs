//! A version that nobody changes any more, or that the reader may not change.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::journeys::template::{StageBody, SurveyChoice, TemplateBody};

use super::rules::rule;
use super::words;
use crate::journeys::words::name;
use crate::ui::card::Card;
use crate::ui::duration::duration;
use crate::ui::facts::{Fact, Facts};
use crate::ui::numbers::Code;

/// All of its stages, in order.
pub(super) fn reading(locale: Locale, body: &TemplateBody, surveys: &[SurveyChoice]) -> AnyView {
    let stages = body.stages.iter().map(|one| stage(locale, one, surveys)).collect_view();
    let closing = body
        .closing_codes
        .iter()
        .map(|code| view! { <Code text=code.clone()/> " " })
        .collect_view();
    view! {
        <Card title=text!(locale, journeys.stages) id="stages">
            <ol class="template-stages">{stages}</ol>
            <Facts>
                <Fact name=text!(locale, journeys.closing_codes)>{closing}</Fact>
            </Facts>
        </Card>
    }
    .into_any()
}

fn stage(locale: Locale, stage: &StageBody, surveys: &[SurveyChoice]) -> AnyView {
    let rules = stage
        .triggers
        .iter()
        .map(|trigger| view! { <li class="rule">{rule(locale, trigger)}</li> })
        .collect_view();
    let dwell = stage.dwell_minutes_max.map(|most| {
        let time = duration(locale, i64::from(most));
        view! { <p>{text!(locale, journeys.target, time = time).to_string()}</p> }
    });
    let survey = stage.survey_template_id.and_then(|id| surveys.iter().find(|one| one.id == id));
    let survey = survey.map(|survey| {
        let delay = match stage.survey_delay_minutes {
            0 => text!(locale, journeys.at_once).to_owned(),
            minutes => {
                let time = duration(locale, i64::from(minutes));
                text!(locale, journeys.survey_after, time = time).to_string()
            }
        };
        view! {
            <p>
                {text!(locale, journeys.survey)} " "
                {name(locale, &survey.name)} " · "
                {delay} " · "
                {words::attribution(locale, stage.attribution)}
            </p>
        }
    });
    view! {
        <li class="template-stage">
            <h3>{name(locale, &stage.name)}</h3>
            <p class="hint"><Code text=stage.code.clone()/></p>
            <p class="stage-notes">{marks(locale, stage)}</p>
            <ul class="rules">{rules}</ul>
            {dwell}
            {survey}
        </li>
    }
    .into_any()
}

/// What is special about a stage.
pub(super) fn marks(locale: Locale, stage: &StageBody) -> AnyView {
    [
        (stage.opens_journey, text!(locale, journeys.opens_journey)),
        (stage.parallel, text!(locale, journeys.parallel)),
        (stage.optional, text!(locale, journeys.optional)),
        (stage.repeatable, text!(locale, journeys.repeatable)),
        (stage.needs_department, text!(locale, journeys.needs_department)),
        (stage.needs_physician, text!(locale, journeys.needs_physician)),
    ]
    .into_iter()
    .filter(|(is_so, _)| *is_so)
    .map(|(_, word)| view! { <span class="stage-note">{word}</span> })
    .collect_view()
    .into_any()
}
