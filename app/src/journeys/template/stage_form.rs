//! The form of one stage.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::journeys::Attribution;
use px360_domain::journeys::template::StageBody;

use super::draft::Draft;
use super::fields::{bound, minutes};
use super::rule_form::Rules;
use super::words;
use crate::ui::button::{Button, ButtonLook};
use crate::ui::fields::{
    BilingualField, Checkbox, Choice, FieldSpec, NumberInput, Select, TextInput,
};
use crate::ui::toast::Toasts;

/// The form of the selected stage; another one when another is selected.
#[component]
pub(super) fn StagePanel(
    /// The draft.
    draft: Draft,
) -> impl IntoView {
    let locale = crate::texts::current();
    move || {
        draft.round.track();
        let index = draft.selected.get();
        let stage = draft.body.with_untracked(|body| body.stages.get(index).cloned());
        match stage {
            Some(stage) => view! { <StageForm draft=draft index=index stage=stage/> }.into_any(),
            None => {
                view! { <p class="hint">{text!(locale, journeys.no_stage_selected)}</p> }.into_any()
            }
        }
    }
}

#[component]
fn StageForm(
    /// The draft.
    draft: Draft,
    /// Which of its stages.
    index: usize,
    /// What the stage says when the form is shown.
    stage: StageBody,
) -> impl IntoView {
    let locale = crate::texts::current();
    let ar = bound(draft, index, stage.name.ar.clone(), |stage, ar| stage.name.ar = ar);
    let en = bound(draft, index, stage.name.en.clone(), |stage, en| stage.name.en = en);
    let code = bound(draft, index, stage.code.clone(), |stage, code| {
        code.trim().clone_into(&mut stage.code);
    });
    view! {
        <section class="stage-panel" aria-labelledby="stage-form">
            <h2 id="stage-form" class="card-title">
                {text!(locale, journeys.stage_number, number = index + 1).to_string()}
            </h2>
            <BilingualField
                field=FieldSpec::new("stage-name", text!(locale, journeys.stage_name))
                ids=("stage-name-ar", "stage-name-en")
                ar=ar
                en=en
            />
            <TextInput
                field=FieldSpec::new("stage-code", text!(locale, journeys.stage_code))
                    .hint(text!(locale, journeys.stage_code_hint))
                value=code
            />
            <Rules draft=draft index=index/>
            {course(locale, draft, index, &stage)}
            {dwell(locale, draft, index, &stage)}
            {survey(locale, draft, index, &stage)}
            <StageDeeds draft=draft index=index/>
        </section>
    }
}

fn course(locale: Locale, draft: Draft, index: usize, stage: &StageBody) -> AnyView {
    let tick = |value, put| bound(draft, index, value, put);
    let opens = tick(stage.opens_journey, |stage, on| stage.opens_journey = on);
    let optional = tick(stage.optional, |stage, on| stage.optional = on);
    let parallel = tick(stage.parallel, |stage, on| stage.parallel = on);
    let repeatable = tick(stage.repeatable, |stage, on| stage.repeatable = on);
    let department = tick(stage.needs_department, |stage, on| stage.needs_department = on);
    let physician = tick(stage.needs_physician, |stage, on| stage.needs_physician = on);
    view! {
        <fieldset class="fieldset">
            <legend>{text!(locale, journeys.part_course)}</legend>
            <Checkbox id="stage-opens" label=text!(locale, journeys.opens_journey_long) value=opens/>
            <Checkbox id="stage-optional" label=text!(locale, journeys.optional_long) value=optional/>
            <Checkbox id="stage-parallel" label=text!(locale, journeys.parallel_long) value=parallel/>
            <Checkbox
                id="stage-repeatable"
                label=text!(locale, journeys.repeatable_long)
                value=repeatable
            />
            <Checkbox
                id="stage-department"
                label=text!(locale, journeys.needs_department_long)
                value=department
            />
            <Checkbox
                id="stage-physician"
                label=text!(locale, journeys.needs_physician_long)
                value=physician
            />
        </fieldset>
    }
    .into_any()
}

fn dwell(locale: Locale, draft: Draft, index: usize, stage: &StageBody) -> AnyView {
    let shown = |minutes: Option<i32>| minutes.map(|it| it.to_string()).unwrap_or_default();
    let least = bound(draft, index, shown(stage.dwell_minutes_min), |stage, text| {
        stage.dwell_minutes_min = minutes(&text);
    });
    let most = bound(draft, index, shown(stage.dwell_minutes_max), |stage, text| {
        stage.dwell_minutes_max = minutes(&text);
    });
    view! {
        <div class="field-pair">
            <NumberInput
                field=FieldSpec::new("dwell-min", text!(locale, journeys.dwell_min)).optional()
                value=least
                unit=text!(locale, journeys.minutes)
            />
            <NumberInput
                field=FieldSpec::new("dwell-max", text!(locale, journeys.dwell_max)).optional()
                value=most
                unit=text!(locale, journeys.minutes)
            />
        </div>
    }
    .into_any()
}

/// What a delay is counted in: its word and how many minutes it has.
const UNITS: [(&str, i32); 3] = [("days", 24 * 60), ("hours", 60), ("minutes", 1)];

fn survey(locale: Locale, draft: Draft, index: usize, stage: &StageBody) -> AnyView {
    let chosen = stage.survey_template_id.map(|id| id.to_string()).unwrap_or_default();
    let survey =
        bound(draft, index, chosen, |stage, id| stage.survey_template_id = id.parse().ok());
    let about = bound(draft, index, stage.attribution.to_string(), |stage, word| {
        stage.attribution = word.parse().unwrap_or(Attribution::Stage);
    });
    let surveys = draft.surveys.with_value(|surveys| {
        let choice = |survey: &px360_domain::journeys::template::SurveyChoice| {
            let version = words::version_line(locale, survey.version);
            let name = survey.name.pick(locale);
            Choice::new(survey.id.to_string(), format!("{name} · {version}"))
        };
        surveys.iter().map(choice).collect::<Vec<_>>()
    });
    let whom = Attribution::ALL
        .iter()
        .map(|one| Choice::new(one.as_str(), words::attribution(locale, *one)))
        .collect();
    let asks = move || !survey.read().is_empty();
    let delay = stage.survey_delay_minutes;
    view! {
        <fieldset class="fieldset">
            <legend>{text!(locale, journeys.part_survey)}</legend>
            <Select
                field=FieldSpec::new("stage-survey", text!(locale, journeys.stage_survey))
                value=survey
                choices=surveys
                empty=Some(text!(locale, journeys.no_survey).to_owned())
            />
            <div hidden=move || !asks()>
                {after(locale, draft, index, delay)}
                <Select
                    field=FieldSpec::new("stage-attribution", text!(locale, journeys.stage_attribution))
                    value=about
                    choices=whom
                />
            </div>
        </fieldset>
    }
    .into_any()
}

/// How long after the stage the invitation goes out.
fn after(locale: Locale, draft: Draft, index: usize, delay: i32) -> AnyView {
    let unit = UNITS.iter().find(|(_, minutes)| delay != 0 && delay % minutes == 0);
    let (unit, length) = unit.copied().unwrap_or(("minutes", 1));
    let (amount, unit) =
        (RwSignal::new((delay / length).to_string()), RwSignal::new(unit.to_owned()));
    Effect::new(move |began: Option<()>| {
        let length = UNITS.iter().find(|(word, _)| *word == *unit.read()).map_or(1, |it| it.1);
        let delay = minutes(&amount.read()).unwrap_or(0).saturating_mul(length);
        if began.is_some() {
            draft.change(index, |stage| stage.survey_delay_minutes = delay);
        }
    });
    let units = vec![
        Choice::new("minutes", text!(locale, journeys.minutes)),
        Choice::new("hours", text!(locale, journeys.hours)),
        Choice::new("days", text!(locale, journeys.days)),
    ];
    view! {
        <div class="field-pair">
            <NumberInput
                field=FieldSpec::new("survey-delay", text!(locale, journeys.survey_delay))
                value=amount
            />
            <Select
                field=FieldSpec::new("survey-unit", text!(locale, journeys.survey_unit))
                value=unit
                choices=units
            />
        </div>
    }
    .into_any()
}

/// What can be done with the stage as a whole.
#[component]
fn StageDeeds(
    /// The draft.
    draft: Draft,
    /// Which of its stages.
    index: usize,
) -> impl IntoView {
    let locale = crate::texts::current();
    let toasts = use_context::<Toasts>();
    let remove = Callback::new(move |()| {
        let removed = draft.remove(index);
        if let (Some(toasts), Some(stage)) = (toasts, removed) {
            toasts.say_with_undo(text!(locale, journeys.stage_removed), move || {
                draft.put_back(index, stage.clone());
            });
        }
    });
    view! {
        <div class="buttons">
            <Button
                label=text!(locale, journeys.duplicate_stage)
                icon="copy"
                press=Callback::new(move |()| draft.duplicate(index))
            />
            <Button
                label=text!(locale, journeys.remove_stage)
                icon="trash-2"
                look=ButtonLook::Quiet
                press=remove
            />
        </div>
    }
}
