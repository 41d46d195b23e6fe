//! The address of results: what is looked at stands in its query, so that it can be kept and sent.

use leptos_router::params::ParamsMap;
use px360_domain::ids::SurveyTemplateId;
use px360_domain::surveys::results::ResultFilter;
use px360_domain::{FileFormat, Locale, paths};

/// What the address asks for; what it says wrongly is left out.
pub(super) fn read(query: &ParamsMap) -> ResultFilter {
    ResultFilter {
        days: query.get_str("days").and_then(|days| days.parse().ok()),
        version: query.get_str("version").and_then(|number| number.parse().ok()),
        hospital: query.get_str("hospital").filter(|code| !code.is_empty()).map(str::to_owned),
        language: query.get_str("language").and_then(|word| word.parse().ok()),
        mode: query.get_str("mode").and_then(|word| word.parse().ok()),
    }
}

fn query(filter: &ResultFilter) -> Vec<String> {
    let ResultFilter { days, version, hospital, language, mode } = filter;
    [
        days.map(|days| format!("days={days}")),
        version.map(|number| format!("version={number}")),
        hospital.as_ref().map(|code| format!("hospital={code}")),
        language.map(|language| format!("language={language}")),
        mode.map(|mode| format!("mode={mode}")),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn with(path: String, query: &[String]) -> String {
    if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) }
}

/// The page with this filter.
pub(super) fn href(locale: Locale, id: SurveyTemplateId, filter: &ResultFilter) -> String {
    with(paths::survey_results(locale, id), &query(filter))
}

/// The responses as a file, with this filter.
pub(super) fn file(
    locale: Locale,
    id: SurveyTemplateId,
    filter: &ResultFilter,
    format: FileFormat,
) -> String {
    let mut query = query(filter);
    query.push(format!("header={locale}"));
    with(paths::survey_responses(id, format), &query)
}
