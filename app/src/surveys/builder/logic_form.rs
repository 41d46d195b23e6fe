//! When a question is asked, and what follows from its answer.

use leptos::prelude::*;
use px360_domain::surveys::Question;
use px360_domain::surveys::authoring::{bracket, condition_of, parts_of};
use px360_domain::surveys::logic::Condition;

use super::condition_form::{Compared, FormIds, NewComparison};
use super::draft::Draft;
use super::list_line::line;
use super::logic_words;
use super::rule_form::RuleForm;
use crate::ui::button::{Button, ButtonLook, IconButton};
use crate::ui::dialog::{Dialog, DialogFoot};
use crate::ui::fields::{Choice, FieldSpec, RadioGroup};

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
        parts_of(body.questions.get(index).and_then(|question| question.shown_if.as_ref()))
    });
    let known = RwSignal::new(known);
    let how = RwSignal::new(if all { "all" } else { "any" }.to_owned());
    let add = Callback::new(move |one| known.update(|known| known.push(Condition::Is(one))));
    let keep = Callback::new(move |()| {
        let parts = known.get_untracked();
        let all = *how.read_untracked() == "all";
        let none = parts.is_empty();
        draft.change(index, |question: &mut Question| {
            question.shown_if = (!none).then(|| condition_of(all, parts));
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

/// The parts so far, and whether all of them must hold.
#[component]
pub(super) fn Comparisons(
    /// The draft.
    draft: Draft,
    /// The parts: comparisons, and groups of them.
    known: RwSignal<Vec<Condition>>,
    /// `all` or `any`.
    how: RwSignal<String>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let lines = move || {
        let body = draft.body.read();
        let all = *how.read() == "all";
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
                let join =
                    Callback::new(move |()| known.update(|known| bracket(all, known, at)));
                let label = if all {
                    text!(locale, surveys.or_the_one_before)
                } else {
                    text!(locale, surveys.and_the_one_before)
                };
                let said = logic_words::condition(locale, &body, &one);
                view! {
                    <li class="rule">
                        <div class="rule-words">{said}</div>
                        {(at > 0).then(|| view! { <IconButton label=label icon="list-tree" press=join/> })}
                        <IconButton label=text!(locale, surveys.remove_condition) icon="trash-2" press=remove/>
                    </li>
                }
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
