//! Which answers open a PX action.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::actions::{ActionOwner, Severity};
use px360_domain::surveys::logic::{Comparison, Operand};
use px360_domain::surveys::{ActionRule, REPEAT_DAYS_MAX, SurveyContent};

use super::condition_form::{Compared, FormIds, NewComparison};
use super::draft::Draft;
use super::fields::number;
use super::list_line::list_line;
use super::logic_words::comparison as comparison_words;
use crate::actions::severity_word;
use crate::surveys::words::owner_word;
use crate::ui::fields::{Choice, FieldSpec, NumberInput, Select};

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
                let remove = text!(locale, surveys.remove_rule);
                list_line(draft, said, remove, |body| &mut body.rules, at)
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

fn sentence(locale: Locale, body: &SurveyContent, rule: &ActionRule) -> String {
    let comparison = Comparison {
        operand: Operand::Answer(rule.question.clone()),
        operator: rule.operator,
        values: rule.values.clone(),
    };
    let when = comparison_words(locale, body, &comparison);
    let severity = severity_word(locale, rule.severity);
    let owner = owner_word(locale, rule.owner);
    let said = text!(locale, surveys.action_rule, when = when, severity = severity, owner = owner)
        .to_string();
    match rule.once_in_days {
        Some(days) => {
            let once = text!(locale, surveys.action_once, count = days);
            text!(locale, surveys.action_rule_once, rule = said, once = once).to_string()
        }
        None => said,
    }
}

#[component]
fn NewRule(
    /// The draft.
    draft: Draft,
) -> impl IntoView {
    let locale = crate::texts::current();
    let severity = RwSignal::new(Severity::High.to_string());
    let owner = RwSignal::new(ActionOwner::default().to_string());
    let once = RwSignal::new(String::new());
    let wrong = RwSignal::new(false);
    let add = Callback::new(move |told: Comparison| {
        let typed = once.get_untracked();
        let days = number::<u16>(&typed).filter(|days| (1..=REPEAT_DAYS_MAX).contains(days));
        wrong.set(days.is_none() && !typed.trim().is_empty());
        let (Operand::Answer(question), Ok(severity), Ok(owner), false) = (
            told.operand,
            severity.read_untracked().parse(),
            owner.read_untracked().parse(),
            wrong.get_untracked(),
        ) else {
            return;
        };
        let (operator, values) = (told.operator, told.values);
        let rule = ActionRule { question, operator, values, severity, owner, once_in_days: days };
        draft.body.update(|body| body.rules.push(rule));
    });
    let fault = move || {
        let most = REPEAT_DAYS_MAX;
        wrong.get().then(|| text!(locale, surveys.action_once_fault, most = most).to_string())
    };
    let severities = Severity::ALL
        .iter()
        .map(|one| Choice::new(one.as_str(), severity_word(locale, *one)))
        .collect();
    let owners = ActionOwner::ALL
        .iter()
        .map(|one| Choice::new(one.as_str(), owner_word(locale, *one)))
        .collect();
    let none = draft.body.with_untracked(|body| {
        body.questions.iter().all(|question| !question.kind.takes_answers())
    });
    view! {
        <div class="condition-form" hidden=none>
            <div class="field-pair">
                <Select
                    field=FieldSpec::new("action-severity", text!(locale, surveys.action_severity))
                    value=severity
                    choices=severities
                />
                <Select
                    field=FieldSpec::new("action-owner", text!(locale, surveys.action_owner))
                    value=owner
                    choices=owners
                />
            </div>
            <NumberInput
                field=FieldSpec::new("action-once", text!(locale, surveys.action_once_days))
                    .optional()
                    .hint(text!(locale, surveys.action_once_hint))
                    .fault(Signal::derive(fault))
                value=once
            />
            <NewComparison draft=draft ids=FormIds::ACTION compared=Compared::GivenAnswers add=add/>
        </div>
    }
}
