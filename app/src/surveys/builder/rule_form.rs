//! One more rule: when it holds, and what follows then.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::surveys::authoring::condition_of;
use px360_domain::surveys::logic::{Condition, Consequence, Operation, Rule, Value};

use super::condition_form::{Compared, FormIds, NewComparison};
use super::draft::Draft;
use super::logic_form::Comparisons;
use super::logic_words;
use crate::surveys::words::operation;
use crate::ui::button::{Button, ButtonLook};
use crate::ui::dialog::DialogFoot;
use crate::ui::fields::{Choice, FieldSpec, RadioGroup, Select, TextInput};

/// What follows, as it is chosen.
#[derive(Clone, Copy)]
struct Then {
    /// `jump`, `require`, `finish` or `calculate`.
    what: RwSignal<String>,
    target: RwSignal<String>,
    variable: RwSignal<String>,
    operation: RwSignal<String>,
    /// The answer to calculate with; a fixed value when empty.
    answer: RwSignal<String>,
    value: RwSignal<String>,
    /// Whether something is missing.
    missing: RwSignal<bool>,
}

impl Then {
    fn new(variable: Option<String>) -> Self {
        let text = |text: &str| RwSignal::new(text.to_owned());
        Self {
            what: text("jump"),
            target: text(""),
            variable: RwSignal::new(variable.unwrap_or_default()),
            operation: text(Operation::Add.as_str()),
            answer: text(""),
            value: text(""),
            missing: RwSignal::new(false),
        }
    }

    fn consequence(self) -> Option<Consequence> {
        let key = Some(self.target.get_untracked()).filter(|key| !key.is_empty());
        match self.what.read_untracked().as_str() {
            "finish" => Some(Consequence::Finish),
            "jump" => key.map(Consequence::JumpTo),
            "require" => key.map(Consequence::Require),
            _ => Some(Consequence::Calculate {
                variable: Some(self.variable.get_untracked()).filter(|key| !key.is_empty())?,
                operation: self.operation.read_untracked().parse().ok()?,
                value: self.with_what()?,
            }),
        }
    }

    fn with_what(self) -> Option<Value> {
        let answer = self.answer.get_untracked();
        if !answer.is_empty() {
            return Some(Value::AnswerTo(answer));
        }
        let typed = px360_domain::contact::fold_digits(self.value.read_untracked().trim());
        if typed.is_empty() {
            return None;
        }
        Some(typed.parse().map_or(Value::Words(typed), Value::Number))
    }
}

/// The form of one more rule of a question.
#[component]
pub(super) fn RuleForm(
    /// The draft.
    draft: Draft,
    /// Which of its questions.
    index: usize,
    /// Whether the form is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let known = RwSignal::new(Vec::<Condition>::new());
    let how = RwSignal::new("all".to_owned());
    let variable =
        draft.body.with_untracked(|body| body.variables.first().map(|one| one.key.clone()));
    let then = Then::new(variable);
    let add = Callback::new(move |one| known.update(|known| known.push(Condition::Is(one))));
    let keep = Callback::new(move |()| {
        let Some(follows) = then.consequence() else { return then.missing.set(true) };
        let parts = known.get_untracked();
        // "At least one of nothing" never holds.
        let all = parts.is_empty() || *how.read_untracked() == "all";
        let when = condition_of(all, parts);
        draft.change(index, |question| question.rules.push(Rule { when, then: follows }));
        open.set(false);
    });
    view! {
        <div class="stack">
            <p class="hint">{text!(locale, surveys.rule_hint)}</p>
            <Comparisons draft=draft known=known how=how/>
            <NewComparison draft=draft ids=FormIds::RULE compared=Compared::EverythingBefore(index + 1) add=add/>
            {consequence_form(locale, draft, index, then)}
            <DialogFoot open=open>
                <Button label=text!(locale, surveys.keep) look=ButtonLook::Primary press=keep/>
            </DialogFoot>
        </div>
    }
}

fn consequence_form(locale: Locale, draft: Draft, index: usize, then: Then) -> AnyView {
    let counts = draft.body.with_untracked(|body| !body.variables.is_empty());
    let thens = [
        Some(Choice::new("jump", text!(locale, surveys.do_jump))),
        Some(Choice::new("require", text!(locale, surveys.do_require))),
        Some(Choice::new("finish", text!(locale, surveys.do_finish))),
        counts.then(|| Choice::new("calculate", text!(locale, surveys.do_calculate))),
    ];
    let later = draft.body.with_untracked(|body| {
        let later = body.questions.iter().skip(index + 1);
        later
            .map(|question| {
                let name = logic_words::question_name(locale, body, &question.key);
                Choice::new(question.key.clone(), name)
            })
            .collect()
    });
    let fault =
        move || then.missing.get().then(|| text!(locale, surveys.target_missing).to_owned());
    let leads = move || matches!(then.what.read().as_str(), "jump" | "require");
    view! {
        <RadioGroup
            field=FieldSpec::new("rule-then", text!(locale, surveys.rule_then))
            value=then.what
            choices=thens.into_iter().flatten().collect()
        />
        <div hidden=move || !leads()>
            <Select
                field=FieldSpec::new("rule-target", text!(locale, surveys.rule_target))
                    .fault(Signal::derive(fault))
                value=then.target
                choices=later
                empty=Some(text!(locale, surveys.choose).to_owned())
            />
        </div>
        <div class="stack" hidden=move || *then.what.read() != "calculate">
            {calculation_form(locale, draft, index, then)}
        </div>
    }
    .into_any()
}

fn calculation_form(locale: Locale, draft: Draft, index: usize, then: Then) -> AnyView {
    let (variables, answers) = draft.body.with_untracked(|body| {
        let variables = body.variables.iter();
        let variables: Vec<Choice> =
            variables.map(|one| Choice::new(one.key.clone(), one.key.clone())).collect();
        (variables, logic_words::answer_choices(locale, body, index + 1))
    });
    let operations = Operation::ALL
        .iter()
        .map(|one| Choice::new(one.as_str(), operation(locale, *one)))
        .collect();
    let fault = move || then.missing.get().then(|| text!(locale, surveys.value_missing).to_owned());
    view! {
        <div class="field-pair">
            <Select
                field=FieldSpec::new("rule-variable", text!(locale, surveys.rule_variable))
                value=then.variable
                choices=variables
            />
            <Select
                field=FieldSpec::new("rule-operation", text!(locale, surveys.compared_how))
                value=then.operation
                choices=operations
            />
        </div>
        <Select
            field=FieldSpec::new("rule-value-of", text!(locale, surveys.compared_with))
            value=then.answer
            choices=answers
            empty=Some(text!(locale, surveys.fixed_value).to_owned())
        />
        <div hidden=move || !then.answer.read().is_empty()>
            <TextInput
                field=FieldSpec::new("rule-value", text!(locale, surveys.fixed_value))
                    .fault(Signal::derive(fault))
                value=then.value
            />
        </div>
    }
    .into_any()
}
