//! One more poster.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use px360_domain::surveys::posters::{MakeSurveyPoster, SurveyPosterList};
use px360_domain::{Locale, paths};

use super::super::server_fns::surveys_make_poster;
use crate::request::Request;
use crate::ui::button::{Button, ButtonLook, InlineError};
use crate::ui::failures;
use crate::ui::fields::{Choice, FieldSpec, Select};

/// What is chosen.
#[derive(Clone, Copy)]
struct Draft {
    hospital: RwSignal<String>,
    department: RwSignal<String>,
    survey: RwSignal<String>,
}

impl Draft {
    fn wanted(self) -> Option<MakeSurveyPoster> {
        Some(MakeSurveyPoster {
            hospital_id: self.hospital.read_untracked().parse().ok()?,
            department_id: self.department.read_untracked().parse().ok(),
            template_id: self.survey.read_untracked().parse().ok()?,
        })
    }
}

/// Its form; what was made is shown, so that it can be printed.
#[component]
pub(super) fn NewPoster(
    /// What there is.
    list: SurveyPosterList,
) -> impl IntoView {
    let locale = crate::texts::current();
    let request = Request::new();
    let navigate = use_navigate();
    let first = |id: Option<String>| RwSignal::new(id.unwrap_or_default());
    let draft = Draft {
        hospital: first(list.hospitals.first().map(|it| it.id.to_string())),
        department: first(None),
        survey: first(list.surveys.first().map(|it| it.id.to_string())),
    };
    // A department of another hospital is none of this one.
    Effect::new(move |began: Option<()>| {
        draft.hospital.track();
        if began.is_some() {
            draft.department.set(String::new());
        }
    });
    let make = Callback::new(move |()| {
        let Some(cmd) = draft.wanted() else { return };
        let navigate = navigate.clone();
        request.send(surveys_make_poster(cmd), move |id| {
            navigate(&paths::survey_poster(locale, id), NavigateOptions::default());
        });
    });
    view! {
        <section class="card stack" aria-labelledby="new-poster">
            <h2 id="new-poster" class="card-title">{text!(locale, surveys.new_poster)}</h2>
            {fields(locale, draft, list)}
            <InlineError error=Signal::derive(move || failures::beside_fields(request.error()))/>
            <Button
                label=text!(locale, surveys.make_poster)
                icon="plus"
                look=ButtonLook::Primary
                pending=request.pending()
                press=make
            />
        </section>
    }
}

/// Where it will hang, and what it asks.
fn fields(locale: Locale, draft: Draft, list: SurveyPosterList) -> AnyView {
    let SurveyPosterList { hospitals, departments, surveys, .. } = list;
    let hospitals =
        hospitals.iter().map(|one| Choice::new(one.id.to_string(), one.name.pick(locale)));
    let surveys = surveys.iter().map(|one| Choice::new(one.id.to_string(), one.name.pick(locale)));
    let department = move || {
        let of = draft.hospital.get();
        let here = departments.iter().filter(|one| one.hospital_id.to_string() == of);
        let choices =
            here.map(|one| Choice::new(one.id.to_string(), one.name.pick(locale))).collect();
        view! {
            <Select
                field=FieldSpec::new("poster-department", text!(locale, surveys.poster_department))
                value=draft.department
                choices=choices
                empty=Some(text!(locale, surveys.whole_hospital).to_owned())
            />
        }
    };
    view! {
        <div class="result-filter">
            <Select
                field=FieldSpec::new("poster-hospital", text!(locale, journeys.hospital))
                value=draft.hospital
                choices=hospitals.collect()
            />
            {department}
            <Select
                field=FieldSpec::new("poster-survey", text!(locale, surveys.rule_survey))
                value=draft.survey
                choices=surveys.collect()
            />
        </div>
    }
    .into_any()
}
