//! The form of one question.

use leptos::prelude::*;
use px360_domain::Bilingual;
use px360_domain::surveys::Question;
use px360_domain::surveys::authoring::QuestionType;
use px360_domain::surveys::piping::Placeholder;

use super::draft::Draft;
use super::fields::bound;
use super::kind_form::kind_form;
use super::logic_form::Logic;
use super::measure_form::measure_form;
use super::survey_form::SurveyForm;
use crate::surveys::words::type_name;
use crate::ui::button::{Button, ButtonLook};
use crate::ui::fields::{BilingualField, Checkbox, Choice, FieldSpec, Select, TextInput};
use crate::ui::numbers::Code;
use crate::ui::toast::Toasts;

/// The form of the selected question, or of the survey itself; another one when another is selected.
#[component]
pub(super) fn FormPanel(
    /// The draft.
    draft: Draft,
) -> impl IntoView {
    move || {
        draft.round.track();
        let index = draft.selected.get();
        let question = index.and_then(|index| {
            let body = draft.body.read_untracked();
            Some((index, body.questions.get(index).cloned()?))
        });
        match question {
            Some((index, question)) => {
                view! { <QuestionForm draft=draft index=index question=question/> }.into_any()
            }
            None => view! { <SurveyForm draft=draft/> }.into_any(),
        }
    }
}

#[component]
fn QuestionForm(
    /// The draft.
    draft: Draft,
    /// Which of its questions.
    index: usize,
    /// What the question says when the form is shown.
    question: Question,
) -> impl IntoView {
    let locale = crate::texts::current();
    let ar = bound(draft, index, question.text.ar.clone(), |it, ar| it.text.ar = ar);
    let en = bound(draft, index, question.text.en.clone(), |it, en| it.text.en = en);
    let begins = draft.body.with_untracked(|body| body.begins_page(index));
    let begins_page = RwSignal::new(begins);
    Effect::new(move |began: Option<()>| {
        let begins = begins_page.get();
        if began.is_some() {
            draft.body.update(|body| body.set_begins_page(index, begins));
        }
    });
    let required = bound(draft, index, question.required, |it, on| it.required = on);
    let not_applicable =
        bound(draft, index, question.not_applicable, |it, on| it.not_applicable = on);
    let answered = question.kind.takes_answers();
    view! {
        <section class="stage-panel" aria-labelledby="question-form">
            <h2 id="question-form" class="card-title">
                {text!(locale, surveys.question_number, number = index + 1).to_string()}
            </h2>
            <BilingualField
                field=FieldSpec::new("question-text", text!(locale, surveys.question_text))
                ids=("question-text-ar", "question-text-en")
                ar=ar
                en=en
                sentence=true
            />
            <p class="hint">{text!(locale, surveys.question_names)} {names()}</p>
            <KindSelect draft=draft index=index kind=question.kind.question_type()/>
            {kind_form(locale, draft, index, &question)}
            <div class="checks">
                {answered.then(|| view! {
                    <Checkbox id="question-required" label=text!(locale, surveys.required_long) value=required/>
                    <Checkbox id="question-na" label=text!(locale, surveys.not_applicable) value=not_applicable/>
                })}
                {(index > 0).then(|| view! {
                    <Checkbox id="question-page" label=text!(locale, surveys.begins_page) value=begins_page/>
                })}
            </div>
            <Logic draft=draft index=index/>
            <details class="more" open=question.hint.is_some()>
                <summary>{text!(locale, surveys.more)}</summary>
                <div class="stack">
                    <Hint draft=draft index=index hint=question.hint.clone()/>
                    {answered.then(|| measure_form(locale, draft, index, &question))}
                    <Key draft=draft index=index key_now=question.key.clone()/>
                </div>
            </details>
            <Deeds draft=draft index=index/>
        </section>
    }
}

/// How it is answered. Another type keeps whatever it has a place for.
#[component]
fn KindSelect(
    /// The draft.
    draft: Draft,
    /// Which of its questions.
    index: usize,
    /// Which type it is.
    kind: QuestionType,
) -> impl IntoView {
    let locale = crate::texts::current();
    let value = RwSignal::new(kind.to_string());
    Effect::new(move |began: Option<()>| {
        let Ok(kind) = value.read().parse::<QuestionType>() else { return };
        if began.is_some() {
            draft.change(index, |question| question.kind = question.kind.turned_into(kind));
            draft.show(Some(index));
        }
    });
    let choices = QuestionType::ALL
        .iter()
        .map(|kind| Choice::new(kind.as_str(), type_name(locale, *kind)))
        .collect();
    view! {
        <Select
            field=FieldSpec::new("question-kind", text!(locale, surveys.question_kind))
            value=value
            choices=choices
        />
    }
}

/// One sentence of help below the question.
#[component]
fn Hint(
    /// The draft.
    draft: Draft,
    /// Which of its questions.
    index: usize,
    /// What it says.
    hint: Option<Bilingual>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let hint = hint.unwrap_or_default();
    let (ar, en) = (RwSignal::new(hint.ar), RwSignal::new(hint.en));
    Effect::new(move |began: Option<()>| {
        let hint = Bilingual { ar: ar.get(), en: en.get() };
        if began.is_some() {
            let written = !(hint.ar.trim().is_empty() && hint.en.trim().is_empty());
            draft.change(index, |question| question.hint = written.then_some(hint));
        }
    });
    view! {
        <BilingualField
            field=FieldSpec::new("question-hint", text!(locale, surveys.question_hint)).optional()
            ids=("question-hint-ar", "question-hint-en")
            ar=ar
            en=en
            sentence=true
        />
    }
}

/// What measures follow the question by. Once patients have answered under it, it stays.
#[component]
fn Key(
    /// The draft.
    draft: Draft,
    /// Which of its questions.
    index: usize,
    /// Its key when the form is shown.
    key_now: String,
) -> impl IntoView {
    let locale = crate::texts::current();
    let mut field = FieldSpec::new("question-key", text!(locale, surveys.key))
        .hint(text!(locale, surveys.key_hint));
    if draft.is_known(&key_now) {
        field = field.locked(text!(locale, surveys.key_locked));
    }
    let key = RwSignal::new(key_now);
    Effect::new(move |began: Option<()>| {
        let key = key.get();
        if began.is_some() {
            draft.body.update(|body| body.rename_question(index, key.trim()));
        }
    });
    view! { <TextInput field=field value=key/> }
}

/// What can be done with the question as a whole.
#[component]
fn Deeds(
    /// The draft.
    draft: Draft,
    /// Which of its questions.
    index: usize,
) -> impl IntoView {
    let locale = crate::texts::current();
    let toasts = use_context::<Toasts>();
    let remove = Callback::new(move |()| {
        draft.remove(index);
        if let Some(toasts) = toasts {
            toasts.say_with_undo(text!(locale, surveys.question_removed), move || draft.undo());
        }
    });
    view! {
        <div class="buttons">
            <Button
                label=text!(locale, surveys.duplicate)
                icon="copy"
                press=Callback::new(move |()| draft.duplicate(index))
            />
            <Button
                label=text!(locale, surveys.remove_question)
                icon="trash-2"
                look=ButtonLook::Quiet
                press=remove
            />
        </div>
    }
}

/// What can stand in braces, as it is typed.
fn names() -> AnyView {
    let names = Placeholder::ALL.iter();
    names.map(|one| view! { " " <Code text=format!("{{{one}}}")/> }).collect_view().into_any()
}
