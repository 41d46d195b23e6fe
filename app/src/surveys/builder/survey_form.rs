//! What the survey says as a whole: its title, its introduction, and which answers open an action.

use leptos::prelude::*;

use super::action_rules::ActionRules;
use super::draft::Draft;
use super::fields::number;
use super::invitation_form::Invitation;
use super::quotas_form::Quotas;
use super::variables_form::Variables;
use crate::ui::fields::{BilingualField, Checkbox, FieldSpec, NumberInput, TextArea};

/// The form of the survey itself.
#[component]
pub(super) fn SurveyForm(
    /// The draft.
    draft: Draft,
) -> impl IntoView {
    let locale = crate::texts::current();
    let (title, introduction) =
        draft.body.with_untracked(|body| (body.title.clone(), body.introduction.clone()));
    let (title_ar, title_en) = (RwSignal::new(title.ar), RwSignal::new(title.en));
    let (ar, en) = (RwSignal::new(introduction.ar), RwSignal::new(introduction.en));
    Effect::new(move |began: Option<()>| {
        let (title_ar, title_en) = (title_ar.get(), title_en.get());
        let (ar, en) = (ar.get(), en.get());
        if began.is_some() {
            draft.body.update(|body| {
                (body.title.ar, body.title.en) = (title_ar, title_en);
                (body.introduction.ar, body.introduction.en) = (ar, en);
            });
        }
    });
    view! {
        <section class="stage-panel" aria-labelledby="survey-form">
            <h2 id="survey-form" class="card-title">{text!(locale, surveys.survey_itself)}</h2>
            <BilingualField
                field=FieldSpec::new("survey-title", text!(locale, surveys.survey_title))
                ids=("survey-title-ar", "survey-title-en")
                ar=title_ar
                en=title_en
            />
            <div class="field-pair">
                <TextArea
                    field=FieldSpec::new("introduction-ar", text!(locale, surveys.introduction_ar))
                        .hint(text!(locale, surveys.introduction_hint))
                        .optional()
                    value=ar
                />
                <TextArea
                    field=FieldSpec::new("introduction-en", text!(locale, surveys.introduction_en))
                        .optional()
                    value=en
                />
            </div>
            <Invitation draft=draft/>
            <Reminders draft=draft/>
            <Anonymous draft=draft/>
            <ActionRules draft=draft/>
            <Variables draft=draft/>
            <Quotas draft=draft/>
        </section>
    }
}

/// Whether answers are cut off from whoever gave them.
#[component]
fn Anonymous(
    /// The draft.
    draft: Draft,
) -> impl IntoView {
    let locale = crate::texts::current();
    let anonymous = RwSignal::new(draft.body.with_untracked(|body| body.anonymous));
    Effect::new(move |began: Option<()>| {
        let anonymous = anonymous.get();
        if began.is_some() {
            draft.body.update(|body| body.anonymous = anonymous);
        }
    });
    view! {
        <fieldset class="fieldset">
            <legend>{text!(locale, surveys.anonymous_survey)}</legend>
            <p class="hint">{text!(locale, surveys.anonymous_hint)}</p>
            <Checkbox
                id="survey-anonymous"
                label=text!(locale, surveys.anonymous_do)
                value=anonymous
            />
        </fieldset>
    }
}

/// When whoever has not begun is reminded.
#[component]
fn Reminders(
    /// The draft.
    draft: Draft,
) -> impl IntoView {
    let locale = crate::texts::current();
    let days = draft.body.with_untracked(|body| body.reminders.clone());
    let day = |at: usize| RwSignal::new(days.get(at).map(u16::to_string).unwrap_or_default());
    let (first, second) = (day(0), day(1));
    Effect::new(move |began: Option<()>| {
        let written = [first.get(), second.get()];
        if began.is_some() {
            // What is no number becomes one that the checks refuse: nothing that was written disappears unseen.
            let days = written.iter().filter(|text| !text.trim().is_empty());
            let days = days.map(|text| number(text).unwrap_or(0)).collect();
            draft.body.update(|body| body.reminders = days);
        }
    });
    let field = |id, label| FieldSpec::new(id, label).optional();
    view! {
        <fieldset class="fieldset">
            <legend>{text!(locale, surveys.reminders)}</legend>
            <p class="hint">{text!(locale, surveys.reminders_hint)}</p>
            <div class="field-pair">
                <NumberInput
                    field=field("reminder-first", text!(locale, surveys.reminder_first))
                    value=first
                    unit=text!(locale, surveys.days_unit)
                />
                <NumberInput
                    field=field("reminder-second", text!(locale, surveys.reminder_second))
                    value=second
                    unit=text!(locale, surveys.days_unit)
                />
            </div>
        </fieldset>
    }
}
