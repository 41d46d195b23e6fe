//! When a question is asked, and what follows from its answer.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::surveys::Question;
use px360_domain::surveys::logic::{Comparison, Condition, Consequence, Rule};

use super::condition_form::{Compared, FormIds, NewComparison};
use super::draft::Draft;
use super::logic_words;
use crate::ui::button::{Button, ButtonLook, IconButton};
use crate::ui::dialog::{Dialog, DialogFoot};
use crate::ui::fields::{Choice, FieldSpec, RadioGroup, Select};

/// Both, as sentences, each with its form.
#[component]
pub(super) fn Logic(
    /// The draft.
    draft: Draft,
    /// Which of its questions.
    index: usize,
) -> impl IntoView {
    let locale = crate::texts::current();
    let (asking, ruling) = (RwSignal::new(false), RwSignal::new(false));
    let shown = move || {
        let body = draft.body.read();
        let condition = body.questions.get(index).and_then(|question| question.shown_if.as_ref());
        let said = condition.map(|condition| logic_words::condition(locale, &body, condition));
        match said {
            Some(said) => {
                let remove = Callback::new(move |()| {
                    draft.change(index, |question| question.shown_if = None);
                });
                let said = text!(locale, surveys.asked_when, when = said).to_string();
                line(said, text!(locale, surveys.remove_condition), remove)
            }
            None => {
                view! { <li class="hint">{text!(locale, surveys.asked_always)}</li> }.into_any()
            }
        }
    };
    let rules = move || {
        let body = draft.body.read();
        let rules = body.questions.get(index).map(|question| question.rules.clone());
        let rules = rules.unwrap_or_default().into_iter().enumerate();
        rules
            .map(|(at, rule)| {
                let remove = Callback::new(move |()| {
                    draft.change(index, |question| {
                        if at < question.rules.len() {
                            question.rules.remove(at);
                        }
                    });
                });
                let said = logic_words::rule(locale, &body, &rule);
                line(said, text!(locale, surveys.remove_rule), remove)
            })
            .collect_view()
    };
    view! {
        <fieldset class="fieldset">
            <legend>{text!(locale, surveys.logic)}</legend>
            <ul class="rules">{shown} {rules}</ul>
            <div class="buttons">
                {(index > 0).then(|| view! {
                    <Button
                        label=text!(locale, surveys.set_condition)
                        icon="eye"
                        press=Callback::new(move |()| asking.set(true))
                    />
                })}
                <Button
                    label=text!(locale, surveys.new_rule)
                    icon="route"
                    press=Callback::new(move |()| ruling.set(true))
                />
            </div>
        </fieldset>
        <Dialog id="asked-when" title=text!(locale, surveys.set_condition) open=asking sheet=true>
            <ConditionForm draft=draft index=index open=asking/>
        </Dialog>
        <Dialog id="new-rule" title=text!(locale, surveys.new_rule) open=ruling sheet=true>
            <RuleForm draft=draft index=index open=ruling/>
        </Dialog>
    }
}

fn line(said: String, label: &'static str, remove: Callback<()>) -> AnyView {
    view! {
        <li class="rule">
            <div class="rule-words">{said}</div>
            <IconButton label=label icon="trash-2" press=remove/>
        </li>
    }
    .into_any()
}

/// The comparisons of a condition and whether all of them must hold, as far as it is no deeper than that.
fn flat(condition: Option<&Condition>) -> (bool, Vec<Comparison>) {
    match condition {
        None => (true, Vec::new()),
        Some(Condition::Is(one)) => (true, vec![one.clone()]),
        Some(condition) => {
            let all = matches!(condition, Condition::All(_));
            (all, condition.comparisons().into_iter().cloned().collect())
        }
    }
}

/// The condition that these make.
fn made(all: bool, comparisons: Vec<Comparison>) -> Condition {
    let mut parts: Vec<Condition> = comparisons.into_iter().map(Condition::Is).collect();
    if parts.len() == 1
        && let Some(only) = parts.pop()
    {
        return only;
    }
    if all { Condition::All(parts) } else { Condition::Any(parts) }
}

#[component]
fn ConditionForm(
    /// The draft.
    draft: Draft,
    /// Which of its questions.
    index: usize,
    /// Whether the form is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let (all, known) = draft.body.with_untracked(|body| {
        flat(body.questions.get(index).and_then(|question| question.shown_if.as_ref()))
    });
    let known = RwSignal::new(known);
    let how = RwSignal::new(if all { "all" } else { "any" }.to_owned());
    let add = Callback::new(move |one| known.update(|known| known.push(one)));
    let keep = Callback::new(move |()| {
        let comparisons = known.get_untracked();
        let all = *how.read_untracked() == "all";
        let none = comparisons.is_empty();
        draft.change(index, |question: &mut Question| {
            question.shown_if = (!none).then(|| made(all, comparisons));
        });
        open.set(false);
    });
    view! {
        <div class="stack">
            <Comparisons draft=draft known=known how=how/>
            <NewComparison draft=draft ids=FormIds::SHOWN compared=Compared::EverythingBefore(index) add=add/>
            <DialogFoot open=open>
                <Button label=text!(locale, surveys.keep) look=ButtonLook::Primary press=keep/>
            </DialogFoot>
        </div>
    }
}

/// The comparisons so far, and whether all of them must hold.
#[component]
fn Comparisons(
    /// The draft.
    draft: Draft,
    /// The comparisons.
    known: RwSignal<Vec<Comparison>>,
    /// `all` or `any`.
    how: RwSignal<String>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let lines = move || {
        let body = draft.body.read();
        let known_now = known.get().into_iter().enumerate();
        known_now
            .map(|(at, one)| {
                let remove = Callback::new(move |()| {
                    known.update(|known| {
                        if at < known.len() {
                            known.remove(at);
                        }
                    });
                });
                let said = logic_words::comparison(locale, &body, &one);
                line(said, text!(locale, surveys.remove_condition), remove)
            })
            .collect_view()
    };
    let hows = vec![
        Choice::new("all", text!(locale, surveys.all_hold)),
        Choice::new("any", text!(locale, surveys.any_holds)),
    ];
    view! {
        <ul class="rules">{lines}</ul>
        <div hidden=move || known.read().len() < 2>
            <RadioGroup
                field=FieldSpec::new("condition-how", text!(locale, surveys.how_many_hold))
                value=how
                choices=hows
            />
        </div>
    }
}

#[component]
fn RuleForm(
    /// The draft.
    draft: Draft,
    /// Which of its questions.
    index: usize,
    /// Whether the form is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let known = RwSignal::new(Vec::<Comparison>::new());
    let how = RwSignal::new("all".to_owned());
    let (then, target) = (RwSignal::new("jump".to_owned()), RwSignal::new(String::new()));
    let missing = RwSignal::new(false);
    let add = Callback::new(move |one| known.update(|known| known.push(one)));
    let keep = Callback::new(move |()| {
        let key = target.get_untracked();
        let then = match (then.read_untracked().as_str(), key.is_empty()) {
            ("finish", _) => Consequence::Finish,
            ("jump", false) => Consequence::JumpTo(key),
            ("require", false) => Consequence::Require(key),
            _ => return missing.set(true),
        };
        let when = made(*how.read_untracked() == "all", known.get_untracked());
        draft.change(index, |question| question.rules.push(Rule { when, then }));
        open.set(false);
    });
    view! {
        <div class="stack">
            <p class="hint">{text!(locale, surveys.rule_hint)}</p>
            <Comparisons draft=draft known=known how=how/>
            <NewComparison draft=draft ids=FormIds::RULE compared=Compared::EverythingBefore(index + 1) add=add/>
            {consequence_form(locale, draft, index, (then, target), missing)}
            <DialogFoot open=open>
                <Button label=text!(locale, surveys.keep) look=ButtonLook::Primary press=keep/>
            </DialogFoot>
        </div>
    }
}

fn consequence_form(
    locale: Locale,
    draft: Draft,
    index: usize,
    (then, target): (RwSignal<String>, RwSignal<String>),
    missing: RwSignal<bool>,
) -> AnyView {
    let thens = vec![
        Choice::new("jump", text!(locale, surveys.do_jump)),
        Choice::new("require", text!(locale, surveys.do_require)),
        Choice::new("finish", text!(locale, surveys.do_finish)),
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
    let fault = move || missing.get().then(|| text!(locale, surveys.target_missing).to_owned());
    view! {
        <RadioGroup
            field=FieldSpec::new("rule-then", text!(locale, surveys.rule_then))
            value=then
            choices=thens
        />
        <div hidden=move || *then.read() == "finish">
            <Select
                field=FieldSpec::new("rule-target", text!(locale, surveys.rule_target))
                    .fault(Signal::derive(fault))
                value=target
                choices=later
                empty=Some(text!(locale, surveys.choose).to_owned())
            />
        </div>
    }
    .into_any()
}
