//! The address of the list: what is looked at stands in its query.

use leptos_router::params::ParamsMap;
use px360_domain::surveys::SurveyInstanceFilter;
use px360_domain::{Locale, paths};

/// What the address asks for; what it says wrongly is left out.
pub(super) fn read(query: &ParamsMap) -> SurveyInstanceFilter {
    let text = |name| query.get_str(name).filter(|text| !text.is_empty());
    SurveyInstanceFilter {
        hospital: text("hospital").map(str::to_owned),
        template_id: text("survey").and_then(|id| id.parse().ok()),
        status: text("status").and_then(|word| word.parse().ok()),
        mode: text("mode").and_then(|word| word.parse().ok()),
        patient_id: text("patient").and_then(|id| id.parse().ok()),
        limit: None,
        cursor: text("cursor").map(str::to_owned),
    }
}

/// The page with this filter.
pub(super) fn href(locale: Locale, filter: &SurveyInstanceFilter) -> String {
    let SurveyInstanceFilter { hospital, template_id, status, mode, patient_id, cursor, .. } =
        filter;
    let parts: Vec<String> = [
        hospital.as_ref().map(|code| format!("hospital={code}")),
        template_id.map(|id| format!("survey={id}")),
        status.map(|word| format!("status={word}")),
        mode.map(|word| format!("mode={word}")),
        patient_id.map(|id| format!("patient={id}")),
        cursor.as_ref().map(|cursor| format!("cursor={cursor}")),
    ]
    .into_iter()
    .flatten()
    .collect();
    let path = paths::survey_instances(locale);
    if parts.is_empty() { path } else { format!("{path}?{}", parts.join("&")) }
}
