//! Which answers are looked at.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use px360_domain::Locale;
use px360_domain::surveys::AnswerMode;
use px360_domain::surveys::results::{ResultFilter, SurveyResults};

use super::address;
use crate::journeys::version_line;
use crate::surveys::words::mode as mode_name;
use crate::ui::fields::{Choice, FieldSpec, Select};

/// The periods to choose from, in days.
const PERIODS: [u16; 4] = [7, 30, 90, 365];

/// A choice for each part of the filter; choosing is asking.
#[component]
pub(super) fn FilterForm(
    /// What is shown.
    results: SurveyResults,
    /// What it was asked by.
    filter: ResultFilter,
) -> impl IntoView {
    let locale = crate::texts::current();
    let id = results.template_id;
    let days = RwSignal::new(results.days.to_string());
    let version = RwSignal::new(filter.version.map(|it| it.to_string()).unwrap_or_default());
    let hospital = RwSignal::new(filter.hospital.clone().unwrap_or_default());
    let language = RwSignal::new(filter.language.map(|it| it.to_string()).unwrap_or_default());
    let mode = RwSignal::new(filter.mode.map(|it| it.to_string()).unwrap_or_default());
    let navigate = use_navigate();
    Effect::new(move |began: Option<()>| {
        let filter = ResultFilter {
            days: days.read().parse().ok(),
            version: version.read().parse().ok(),
            hospital: Some(hospital.get()).filter(|code| !code.is_empty()),
            language: language.read().parse().ok(),
            mode: mode.read().parse().ok(),
        };
        if began.is_some() {
            let options = NavigateOptions { scroll: false, ..NavigateOptions::default() };
            navigate(&address::href(locale, id, &filter), options);
        }
    });
    let Choices { periods, versions, hospitals, languages, modes } = Choices::of(locale, &results);
    let several = hospitals.len() > 1;
    let any = || Some(text!(locale, journeys.any).to_owned());
    view! {
        <div class="result-filter">
            <Select
                field=FieldSpec::new("result-days", text!(locale, surveys.period))
                value=days
                choices=periods
            />
            <Select
                field=FieldSpec::new("result-version", text!(locale, surveys.version))
                value=version
                choices=versions
                empty=Some(text!(locale, surveys.all_versions).to_owned())
            />
            {several.then(|| view! {
                <Select
                    field=FieldSpec::new("result-hospital", text!(locale, journeys.hospital))
                    value=hospital
                    choices=hospitals
                    empty=any()
                />
            })}
            <Select
                field=FieldSpec::new("result-language", text!(locale, surveys.answered_in))
                value=language
                choices=languages
                empty=any()
            />
            <Select
                field=FieldSpec::new("result-mode", text!(locale, surveys.answered_by))
                value=mode
                choices=modes
                empty=any()
            />
        </div>
    }
}

/// What can be chosen.
struct Choices {
    periods: Vec<Choice>,
    versions: Vec<Choice>,
    hospitals: Vec<Choice>,
    languages: Vec<Choice>,
    modes: Vec<Choice>,
}

impl Choices {
    fn of(locale: Locale, results: &SurveyResults) -> Self {
        let known = PERIODS.contains(&results.days);
        let periods = PERIODS.into_iter().chain((!known).then_some(results.days));
        let periods = periods.map(|days| {
            let said = text!(locale, surveys.last_days, count = i64::from(days)).to_string();
            Choice::new(days.to_string(), said)
        });
        let versions = results.versions.iter();
        let versions =
            versions.map(|number| Choice::new(number.to_string(), version_line(locale, *number)));
        let hospitals = results.hospitals.iter();
        let hospitals = hospitals
            .map(|hospital| Choice::new(hospital.code.clone(), hospital.name.pick(locale)));
        let languages = Locale::ALL.iter();
        let languages =
            languages.map(|one| Choice::new(one.as_str(), text!(*one, common.language_name)));
        let modes = AnswerMode::ALL.iter();
        let modes = modes.map(|one| Choice::new(one.as_str(), mode_name(locale, *one)));
        Self {
            periods: periods.collect(),
            versions: versions.collect(),
            hospitals: hospitals.collect(),
            languages: languages.collect(),
            modes: modes.collect(),
        }
    }
}
