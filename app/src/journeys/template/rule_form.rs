//! The rules of a stage, and the form of one of them.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::journeys::{Condition, Operator, PatientClass, Subject, Trigger, TriggerEffect};

use super::draft::Draft;
use super::fields::{codes, line};
use super::rules::{condition, rule};
use super::words;
use crate::ui::button::{Button, ButtonLook, IconButton};
use crate::ui::dialog::{Dialog, DialogFoot};
use crate::ui::fields::{Checkbox, Choice, FieldSpec, RadioGroup, Select, TextInput};

/// The rule whose form is open: which one, or a new one.
type Editing = Option<Option<usize>>;

/// The rules as sentences, each with its form.
#[component]
pub(super) fn Rules(
    /// The draft.
    draft: Draft,
    /// Which of its stages.
    index: usize,
) -> impl IntoView {
    let locale = crate::texts::current();
    let editing = RwSignal::new(None::<Option<usize>>);
    let open = RwSignal::new(false);
    let edit = move |which: Option<usize>| {
        editing.set(Some(which));
        open.set(true);
    };
    let rules = move || {
        let body = draft.body.read();
        let triggers = body.stages.get(index).map(|stage| stage.triggers.clone());
        let triggers = triggers.unwrap_or_default().into_iter().enumerate();
        triggers
            .map(|(at, trigger)| {
                let remove = Callback::new(move |()| {
                    draft.change(index, |stage| {
                        if at < stage.triggers.len() {
                            stage.triggers.remove(at);
                        }
                    });
                });
                view! {
                    <li class="rule">
                        <div class="rule-words">{rule(locale, &trigger)}</div>
                        <IconButton
                            label=text!(locale, journeys.edit_rule)
                            icon="pencil"
                            press=Callback::new(move |()| edit(Some(at)))
                        />
                        <IconButton label=text!(locale, journeys.remove_rule) icon="trash-2" press=remove/>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <fieldset class="fieldset">
            <legend>{text!(locale, journeys.part_rules)}</legend>
            <ul class="rules">{rules}</ul>
            <Button
                label=text!(locale, journeys.add_rule)
                icon="plus"
                press=Callback::new(move |()| edit(None))
            />
        </fieldset>
        <Dialog id="rule" title=text!(locale, journeys.rule) open=open sheet=true>
            <RuleForm draft=draft index=index editing=editing open=open/>
        </Dialog>
    }
}

#[component]
fn RuleForm(
    /// The draft.
    draft: Draft,
    /// Which of its stages.
    index: usize,
    /// Which of its rules.
    editing: RwSignal<Editing>,
    /// Whether the form is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let which = editing.get_untracked().flatten();
    let known = draft.body.with_untracked(|body| {
        let stage = body.stages.get(index)?;
        stage.triggers.get(which?).cloned()
    });
    let known = known.unwrap_or(Trigger {
        effect: TriggerEffect::Complete,
        event_codes: Vec::new(),
        conditions: Vec::new(),
    });
    let effect = RwSignal::new(known.effect.to_string());
    let listens = RwSignal::new(line(&known.event_codes));
    let conditions = RwSignal::new(known.conditions);
    let missing = RwSignal::new(false);
    let fault =
        move || missing.get().then(|| text!(locale, journeys.finding_no_event_codes).to_owned());
    let keep = Callback::new(move |()| {
        let event_codes = codes(&listens.read_untracked());
        if event_codes.is_empty() {
            return missing.set(true);
        }
        let effect = effect.read_untracked().parse().unwrap_or(TriggerEffect::Complete);
        let trigger = Trigger { effect, event_codes, conditions: conditions.get_untracked() };
        draft.change(index, |stage| match which.and_then(|at| stage.triggers.get_mut(at)) {
            Some(known) => *known = trigger,
            None => stage.triggers.push(trigger),
        });
        open.set(false);
    });
    let effects = TriggerEffect::ALL
        .iter()
        .map(|one| Choice::new(one.as_str(), words::effect(locale, *one)))
        .collect();
    view! {
        <div class="stack">
            <RadioGroup
                field=FieldSpec::new("rule-effect", text!(locale, journeys.rule_effect))
                value=effect
                choices=effects
            />
            <TextInput
                field=FieldSpec::new("rule-codes", text!(locale, journeys.rule_codes))
                    .hint(text!(locale, journeys.rule_codes_hint))
                    .fault(Signal::derive(fault))
                value=listens
            />
            <Conditions conditions=conditions/>
            <DialogFoot open=open>
                <Button
                    label=text!(locale, journeys.keep_rule)
                    look=ButtonLook::Primary
                    press=keep
                />
            </DialogFoot>
        </div>
    }
}

/// The conditions of a rule, and a line for one more.
#[component]
fn Conditions(
    /// The conditions.
    conditions: RwSignal<Vec<Condition>>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let known = move || {
        let all = conditions.get().into_iter().enumerate();
        all.map(|(at, one)| {
            let remove = Callback::new(move |()| {
                conditions.update(|all| {
                    if at < all.len() {
                        all.remove(at);
                    }
                });
            });
            view! {
                <li class="rule">
                    <div class="rule-words">{condition(locale, &one)}</div>
                    <IconButton label=text!(locale, journeys.remove_condition) icon="trash-2" press=remove/>
                </li>
            }
        })
        .collect_view()
    };
    view! {
        <fieldset class="fieldset">
            <legend>{text!(locale, journeys.conditions)}</legend>
            <p class="hint">{text!(locale, journeys.conditions_hint)}</p>
            <ul class="rules">{known}</ul>
            <NewCondition conditions=conditions/>
        </fieldset>
    }
}

/// One more condition.
#[component]
fn NewCondition(
    /// The conditions that there are.
    conditions: RwSignal<Vec<Condition>>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let text = || RwSignal::new(String::new());
    let (subject, operator) =
        (RwSignal::new(Subject::Class.to_string()), RwSignal::new(Operator::IsOneOf.to_string()));
    let (path, values) = (text(), text());
    let classes = PatientClass::ALL.iter().map(|one| (*one, RwSignal::new(false)));
    let classes = StoredValue::new(classes.collect::<Vec<_>>());
    let missing = RwSignal::new(false);
    let is = move |one: Subject| *subject.read() == one.as_str();
    let compares = move || {
        let operator = operator.read();
        *operator == Operator::IsOneOf.as_str() || *operator == Operator::IsNoneOf.as_str()
    };
    let add = Callback::new(move |()| {
        let told = read(
            (&subject.read_untracked(), &operator.read_untracked()),
            path.read_untracked().trim(),
            &values.read_untracked(),
            &classes.get_value(),
        );
        missing.set(told.is_none());
        if let Some(told) = told {
            conditions.update(|all| all.push(told));
            for field in [path, values] {
                field.set(String::new());
            }
            for (_, ticked) in classes.get_value() {
                ticked.set(false);
            }
        }
    });
    let fault = move || missing.get().then(|| text!(locale, journeys.finding_condition).to_owned());
    view! {
        <div class="condition-form">
            <Select
                field=FieldSpec::new("condition-subject", text!(locale, journeys.condition_subject))
                    .fault(Signal::derive(fault))
                value=subject
                choices=subjects(locale)
            />
            <div hidden=move || !is(Subject::Field)>
                <TextInput
                    field=FieldSpec::new("condition-path", text!(locale, journeys.condition_path))
                        .hint(text!(locale, journeys.condition_path_hint))
                    value=path
                />
            </div>
            <Select
                field=FieldSpec::new("condition-operator", text!(locale, journeys.condition_operator))
                value=operator
                choices=operators(locale)
            />
            <fieldset class="fieldset" hidden=move || !compares() || !is(Subject::Class)>
                <legend>{text!(locale, journeys.subject_class)}</legend>
                {ticks(locale, &classes.get_value())}
            </fieldset>
            <div hidden=move || !compares() || is(Subject::Class)>
                <TextInput
                    field=FieldSpec::new("condition-values", text!(locale, journeys.condition_values))
                        .hint(text!(locale, journeys.condition_values_hint))
                    value=values
                />
            </div>
            <Button label=text!(locale, journeys.add_condition) icon="plus" press=add/>
        </div>
    }
}

fn subjects(locale: Locale) -> Vec<Choice> {
    let all = Subject::ALL.iter();
    all.map(|one| Choice::new(one.as_str(), words::subject(locale, *one))).collect()
}

fn operators(locale: Locale) -> Vec<Choice> {
    let all = Operator::ALL.iter();
    all.map(|one| Choice::new(one.as_str(), words::operator(locale, *one))).collect()
}

/// A box for each class.
fn ticks(locale: Locale, classes: &[(PatientClass, RwSignal<bool>)]) -> AnyView {
    let tick = |(class, ticked): &(PatientClass, RwSignal<bool>)| {
        view! { <Checkbox id=tick_id(*class) label=words::class(locale, *class) value=*ticked/> }
    };
    classes.iter().map(tick).collect_view().into_any()
}

const fn tick_id(class: PatientClass) -> &'static str {
    match class {
        PatientClass::Emergency => "class-emergency",
        PatientClass::Inpatient => "class-inpatient",
        PatientClass::Outpatient => "class-outpatient",
        PatientClass::Preadmit => "class-preadmit",
        PatientClass::Recurring => "class-recurring",
        PatientClass::Obstetrics => "class-obstetrics",
    }
}

/// The condition that the line says, if it says one.
fn read(
    (subject, operator): (&str, &str),
    path: &str,
    values: &str,
    classes: &[(PatientClass, RwSignal<bool>)],
) -> Option<Condition> {
    let subject: Subject = subject.parse().ok()?;
    let operator: Operator = operator.parse().ok()?;
    let compares = matches!(operator, Operator::IsOneOf | Operator::IsNoneOf);
    let values = match (compares, subject) {
        (false, _) => Vec::new(),
        (true, Subject::Class) => classes
            .iter()
            .filter(|(_, ticked)| ticked.get_untracked())
            .map(|(class, _)| class.to_string())
            .collect(),
        (true, _) => codes(values),
    };
    let path = if subject == Subject::Field { path.to_owned() } else { String::new() };
    let is_whole = compares != values.is_empty() && (subject != Subject::Field || !path.is_empty());
    is_whole.then_some(Condition { subject, path, operator, values })
}
