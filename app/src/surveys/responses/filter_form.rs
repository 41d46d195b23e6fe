//! Which surveys are looked at.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use px360_domain::surveys::{AnswerMode, SurveyInstanceFilter, SurveyStatus};

use super::super::words;
use super::address;
use crate::journeys::survey_status;
use crate::ui::fields::{Choice, FieldSpec, Select};

/// A choice for each part of the filter; choosing is asking.
#[component]
pub(super) fn FilterForm(
    /// What is asked.
    filter: SurveyInstanceFilter,
) -> impl IntoView {
    let locale = crate::texts::current();
    let status = RwSignal::new(filter.status.map(|it| it.to_string()).unwrap_or_default());
    let mode = RwSignal::new(filter.mode.map(|it| it.to_string()).unwrap_or_default());
    let navigate = use_navigate();
    Effect::new(move |began: Option<()>| {
        let asked = SurveyInstanceFilter {
            status: status.read().parse().ok(),
            mode: mode.read().parse().ok(),
            cursor: None,
            ..filter.clone()
        };
        if began.is_some() {
            let options = NavigateOptions { scroll: false, ..NavigateOptions::default() };
            navigate(&address::href(locale, &asked), options);
        }
    });
    let any = || Some(text!(locale, journeys.any).to_owned());
    let statuses = SurveyStatus::ALL.iter();
    let statuses =
        statuses.map(|one| Choice::new(one.as_str(), survey_status(locale, *one))).collect();
    let modes = AnswerMode::ALL.iter();
    let modes = modes.map(|one| Choice::new(one.as_str(), words::mode(locale, *one))).collect();
    view! {
        <div class="result-filter">
            <Select
                field=FieldSpec::new("survey-status", text!(locale, surveys.delivery_status))
                value=status
                choices=statuses
                empty=any()
            />
            <Select
                field=FieldSpec::new("survey-mode", text!(locale, surveys.mode))
                value=mode
                choices=modes
                empty=any()
            />
        </div>
    }
}
