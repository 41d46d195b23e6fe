//! One more comparison: what is compared, how, and with what.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::surveys::logic::{Comparison, Fact, LogicOperator, Operand};
use px360_domain::surveys::{QuestionKind, SurveyContent};

use super::draft::Draft;
use super::logic_words::answer_choices;
use crate::surveys::words::{fact, operator};
use crate::ui::button::Button;
use crate::ui::fields::{Choice, FieldSpec, Select, TextInput};

/// What a fact is called among the things that can be compared: no answer has a key like that.
const FACT: &str = "@";

/// The ids of the fields of one such form: a page may have two.
#[derive(Clone, Copy)]
pub(super) struct FormIds {
    operand: &'static str,
    operator: &'static str,
    choice: &'static str,
    values: &'static str,
}

impl FormIds {
    /// Of the condition under which a question is asked.
    pub(super) const SHOWN: Self = Self {
        operand: "shown-operand",
        operator: "shown-operator",
        choice: "shown-choice",
        values: "shown-values",
    };
    /// Of the condition of a rule.
    pub(super) const RULE: Self = Self {
        operand: "rule-operand",
        operator: "rule-operator",
        choice: "rule-choice",
        values: "rule-values",
    };
    /// Of whom a quota counts.
    pub(super) const QUOTA: Self = Self {
        operand: "quota-operand",
        operator: "quota-operator",
        choice: "quota-choice",
        values: "quota-values",
    };
    /// Of the answer that opens an action.
    pub(super) const ACTION: Self = Self {
        operand: "action-operand",
        operator: "action-operator",
        choice: "action-choice",
        values: "action-values",
    };
}

/// What may be compared.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Compared {
    /// The answers to so many of the first questions, facts and variables.
    EverythingBefore(usize),
    /// Answers that were given, of the whole survey.
    GivenAnswers,
}

/// A line for one more comparison.
#[component]
pub(super) fn NewComparison(
    /// The draft.
    draft: Draft,
    /// The ids of its fields.
    ids: FormIds,
    /// What it may look at.
    compared: Compared,
    /// Takes it.
    add: Callback<Comparison>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let operands = draft.body.with_untracked(|body| operands(locale, body, compared));
    let operand = RwSignal::new(first_operand(draft, compared, &operands));
    let usual = match compared {
        Compared::EverythingBefore(_) => LogicOperator::IsOneOf,
        Compared::GivenAnswers => LogicOperator::AtMost,
    };
    let operator_now = RwSignal::new(usual.to_string());
    let (choice, values) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let missing = RwSignal::new(false);
    let choices = Memo::new(move |_| {
        let body = draft.body.read();
        values_of(locale, &body, &operand.read())
    });
    let unary =
        move || operator_now.read().parse::<LogicOperator>().is_ok_and(LogicOperator::is_unary);
    let press = Callback::new(move |()| {
        let listed = !choices.read_untracked().is_empty();
        let typed = if listed { choice.get_untracked() } else { values.get_untracked() };
        let told = read(&operand.read_untracked(), &operator_now.read_untracked(), &typed, listed);
        missing.set(told.is_none());
        if let Some(told) = told {
            add.run(told);
            values.set(String::new());
            choice.set(String::new());
        }
    });
    let fault = move || missing.get().then(|| text!(locale, surveys.value_missing).to_owned());
    let operators = operators(locale, compared);
    let label = if compared == Compared::GivenAnswers {
        text!(locale, surveys.add_rule)
    } else {
        text!(locale, surveys.add_condition)
    };
    let choice_field = move || {
        let choices = choices.get();
        view! {
            <Select
                field=FieldSpec::new(ids.choice, text!(locale, surveys.compared_with))
                    .fault(Signal::derive(fault))
                value=choice
                choices=choices
                empty=Some(text!(locale, surveys.choose).to_owned())
            />
        }
    };
    view! {
        <div class="condition-form">
            <Select
                field=FieldSpec::new(ids.operand, text!(locale, surveys.compared_what))
                value=operand
                choices=operands
            />
            <Select
                field=FieldSpec::new(ids.operator, text!(locale, surveys.compared_how))
                value=operator_now
                choices=operators
            />
            <div hidden=move || unary() || choices.read().is_empty()>{choice_field}</div>
            <div hidden=move || unary() || !choices.read().is_empty()>
                <TextInput
                    field=FieldSpec::new(ids.values, text!(locale, surveys.compared_with))
                        .hint(text!(locale, surveys.compared_with_hint))
                        .fault(Signal::derive(fault))
                    value=values
                />
            </div>
            <Button label=label icon="plus" press=press/>
        </div>
    }
}

/// The ways to compare: that something was skipped, nobody can say of an answer that was given.
fn operators(locale: Locale, compared: Compared) -> Vec<Choice> {
    let given = compared == Compared::GivenAnswers;
    let all = LogicOperator::ALL.iter();
    all.filter(|one| !given || **one != LogicOperator::IsSkipped)
        .map(|one| Choice::new(one.as_str(), operator(locale, *one)))
        .collect()
}

/// The latest question that a condition can look at; the first one of a whole survey.
fn first_operand(draft: Draft, compared: Compared, operands: &[Choice]) -> String {
    let latest = match compared {
        Compared::EverythingBefore(count) => count.checked_sub(1),
        Compared::GivenAnswers => None,
    };
    let latest = latest.and_then(|at| {
        let body = draft.body.read_untracked();
        body.questions.get(at).and_then(|question| question.answer_keys().next())
    });
    latest.or_else(|| operands.first().map(|it| it.value.clone())).unwrap_or_default()
}

/// The answers, then what is known before the first question, then what rules count.
fn operands(locale: Locale, body: &SurveyContent, compared: Compared) -> Vec<Choice> {
    let Compared::EverythingBefore(count) = compared else {
        return answer_choices(locale, body, body.questions.len());
    };
    let facts = Fact::ALL.iter().map(|one| Choice::new(format!("{FACT}{one}"), fact(locale, *one)));
    let variables = body.variables.iter().map(|variable| {
        let name = text!(locale, surveys.variable, name = variable.key.as_str()).to_string();
        Choice::new(format!("{FACT}{FACT}{}", variable.key), name)
    });
    let answers = answer_choices(locale, body, count).into_iter();
    answers.chain(facts).chain(variables).collect()
}

/// The values that an answer can have, where they are few.
fn values_of(locale: Locale, body: &SurveyContent, operand: &str) -> Vec<Choice> {
    let Some(kind) = body.question_of(operand).map(|question| &question.kind) else {
        return Vec::new();
    };
    if let QuestionKind::YesNo | QuestionKind::Consent = kind {
        return vec![
            Choice::new("yes", text!(locale, public.yes)),
            Choice::new("no", text!(locale, public.no)),
        ];
    }
    if let Some((low, high)) = kind.range() {
        return (low..=high).map(|at| Choice::new(at.to_string(), at.to_string())).collect();
    }
    let named = |choice: &px360_domain::surveys::Choice| {
        Choice::new(choice.key.clone(), choice.label.pick(locale))
    };
    kind.choices().iter().map(named).collect()
}

/// The comparison that the line says, if it says one.
fn read(operand: &str, operator: &str, typed: &str, listed: bool) -> Option<Comparison> {
    let operator: LogicOperator = operator.parse().ok()?;
    let operand = match operand.strip_prefix(FACT) {
        None => Operand::Answer(operand.to_owned()),
        Some(rest) => match rest.strip_prefix(FACT) {
            Some(variable) => Operand::Variable(variable.to_owned()),
            None => Operand::Fact(rest.parse().ok()?),
        },
    };
    let values: Vec<String> = match (operator.is_unary(), listed) {
        (true, _) => Vec::new(),
        (false, true) => Some(typed.to_owned()).into_iter().filter(|it| !it.is_empty()).collect(),
        (false, false) => typed
            .split([',', '،', ';', '؛'])
            .map(|value| px360_domain::contact::fold_digits(value.trim()))
            .filter(|value| !value.is_empty())
            .collect(),
    };
    (operator.is_unary() || !values.is_empty()).then_some(Comparison { operand, operator, values })
}
