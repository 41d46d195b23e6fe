//! The address of the log: what is looked at stands in its query.

use leptos_router::params::ParamsMap;
use px360_domain::notifications::DeliveryFilter;
use px360_domain::{Locale, paths};

/// What the address asks for; what it says wrongly is left out.
pub(super) fn read(query: &ParamsMap) -> DeliveryFilter {
    let text = |name| query.get_str(name).filter(|text| !text.is_empty());
    DeliveryFilter {
        hospital: text("hospital").map(str::to_owned),
        status: text("status").and_then(|word| word.parse().ok()),
        reason: text("reason").and_then(|word| word.parse().ok()),
        channel: text("channel").and_then(|word| word.parse().ok()),
        template_id: text("survey").and_then(|id| id.parse().ok()),
        limit: None,
        cursor: text("cursor").map(str::to_owned),
    }
}

/// The page with this filter.
pub(super) fn href(locale: Locale, filter: &DeliveryFilter) -> String {
    let DeliveryFilter { hospital, status, reason, channel, template_id, cursor, .. } = filter;
    let parts: Vec<String> = [
        hospital.as_ref().map(|code| format!("hospital={code}")),
        status.map(|word| format!("status={word}")),
        reason.map(|word| format!("reason={word}")),
        channel.map(|word| format!("channel={word}")),
        template_id.map(|id| format!("survey={id}")),
        cursor.as_ref().map(|cursor| format!("cursor={cursor}")),
    ]
    .into_iter()
    .flatten()
    .collect();
    let path = paths::deliveries(locale);
    if parts.is_empty() { path } else { format!("{path}?{}", parts.join("&")) }
}
