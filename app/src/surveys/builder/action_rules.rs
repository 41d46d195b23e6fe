//! Which answers open a PX action.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::actions::Severity;
use px360_domain::surveys::{LowScoreRule, SurveyContent};

use super::draft::Draft;
use super::fields::number;
use super::logic_words::{answer_choices, answer_name};
use crate::actions::severity_word;
use crate::ui::button::{Button, IconButton};
use crate::ui::fields::{Choice, FieldSpec, NumberInput, Select};
use crate::ui::numbers::isolated_words;

/// The rules as sentences, and a line for one more.
#[component]
pub(super) fn ActionRules(
    /// The draft.
    draft: Draft,
) -> impl IntoView {
    let locale = crate::texts::current();
    let rules = move || {
        let body = draft.body.read();
        let rules = body.rules.iter().enumerate();
        rules
            .map(|(at, rule)| {
                let said = sentence(locale, &body, rule);
                let remove = Callback::new(move |()| {
                    draft.body.update(|body| {
                        if at < body.rules.len() {
                            body.rules.remove(at);
                        }
                    });
                });
                view! {
                    <li class="rule">
                        <div class="rule-words">{said}</div>
                        <IconButton label=text!(locale, surveys.remove_rule) icon="trash-2" press=remove/>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <fieldset class="fieldset">
            <legend>{text!(locale, surveys.action_rules)}</legend>
            <p class="hint">{text!(locale, surveys.action_rules_hint)}</p>
            <ul class="rules">{rules}</ul>
            <NewRule draft=draft/>
        </fieldset>
    }
}

fn sentence(locale: Locale, body: &SurveyContent, rule: &LowScoreRule) -> String {
    let name = isolated_words(&answer_name(locale, body, &rule.question));
    let (most, severity) = (rule.at_most, severity_word(locale, rule.severity));
    text!(locale, surveys.action_rule, question = name, most = most, severity = severity)
        .to_string()
}

#[component]
fn NewRule(
    /// The draft.
    draft: Draft,
) -> impl IntoView {
    let locale = crate::texts::current();
    let questions = draft.body.with_untracked(|body| {
        let scales = |key: &str| {
            body.question_of(key).is_some_and(|question| question.kind.range().is_some())
        };
        let all = answer_choices(locale, body, body.questions.len()).into_iter();
        all.filter(|choice| scales(&choice.value)).collect::<Vec<_>>()
    });
    let first = questions.first().map(|it| it.value.clone()).unwrap_or_default();
    let (question, most) = (RwSignal::new(first), RwSignal::new(String::new()));
    let severity = RwSignal::new(Severity::High.to_string());
    let missing = RwSignal::new(false);
    let add = Callback::new(move |()| {
        let most_now = number(&most.read_untracked());
        missing.set(most_now.is_none());
        let (Some(at_most), Ok(severity)) = (most_now, severity.read_untracked().parse()) else {
            return;
        };
        let question = question.get_untracked();
        draft.body.update(|body| body.rules.push(LowScoreRule { question, at_most, severity }));
        most.set(String::new());
    });
    let fault = move || missing.get().then(|| text!(locale, surveys.number_missing).to_owned());
    let severities = Severity::ALL
        .iter()
        .map(|one| Choice::new(one.as_str(), severity_word(locale, *one)))
        .collect();
    let none = questions.is_empty();
    view! {
        <div class="condition-form" hidden=none>
            <Select
                field=FieldSpec::new("action-question", text!(locale, surveys.action_question))
                value=question
                choices=questions
            />
            <div class="field-pair">
                <NumberInput
                    field=FieldSpec::new("action-most", text!(locale, surveys.action_most))
                        .fault(Signal::derive(fault))
                    value=most
                />
                <Select
                    field=FieldSpec::new("action-severity", text!(locale, surveys.action_severity))
                    value=severity
                    choices=severities
                />
            </div>
            <Button label=text!(locale, surveys.add_rule) icon="plus" press=add/>
        </div>
    }
}
