//! A version that nobody changes any more, or that the reader may not change.

use leptos::prelude::*;
use px360_domain::surveys::{Question, SurveyContent};
use px360_domain::{Bilingual, Locale};

use super::logic_words;
use crate::journeys::name;
use crate::surveys::words::{domain, type_icon, type_name};
use crate::ui::card::Card;
use crate::ui::icon::Icon;
use crate::ui::numbers::Code;

/// All of its questions, in order.
pub(super) fn reading(locale: Locale, content: &SurveyContent) -> AnyView {
    let questions =
        content.questions.iter().map(|one| question(locale, content, one)).collect_view();
    let introduction = content.introduction.clone();
    view! {
        <Card title=text!(locale, surveys.questions) id="questions">
            <p class="hint">{name(locale, &introduction)}</p>
            <ol class="template-stages">{questions}</ol>
        </Card>
    }
    .into_any()
}

fn question(locale: Locale, content: &SurveyContent, question: &Question) -> AnyView {
    let kind = question.kind.question_type();
    let named = |text: &Bilingual| view! { <li>{name(locale, text)}</li> };
    let parts = question.kind.parts().iter().map(|part| named(&part.label)).collect_view();
    let ends = question.kind.ends().map(|(low, high)| {
        view! { <p class="hint">{name(locale, low)} " – " {name(locale, high)}</p> }
    });
    let when = question.shown_if.as_ref().map(|condition| {
        let said = logic_words::condition(locale, content, condition);
        view! { <p class="map-when"><Icon name="eye"/>{text!(locale, surveys.asked_when, when = said).to_string()}</p> }
    });
    let rules = question
        .rules
        .iter()
        .map(|rule| {
            let said = logic_words::rule(locale, content, rule);
            view! { <p class="map-rule"><Icon name="route"/>{said}</p> }
        })
        .collect_view();
    let about = question.measure.domain.map(|one| view! { " · " {domain(locale, one)} });
    let required = question.required.then(|| {
        view! { <span class="stage-note">{text!(locale, surveys.required)}</span> }
    });
    view! {
        <li class="template-stage">
            <h3>{name(locale, &question.text)}</h3>
            <p class="hint question-kind">
                <Icon name=type_icon(kind)/>
                {type_name(locale, kind)}
                {about}
                " · "
                <Code text=question.key.clone()/>
                {required}
            </p>
            {ends}
            <ul class="question-parts">{parts}</ul>
            {when}
            {rules}
        </li>
    }
    .into_any()
}
