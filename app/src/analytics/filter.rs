//! The command center's filters, in the address and out of it.

use leptos_router::params::ParamsMap;
use px360_domain::analytics::{DashboardFilter, TreeAsOf};
use px360_domain::{Locale, paths};

use crate::layout::HOSPITAL;

const DAYS: &str = "days";
const TREE: &str = "tree";
/// The periods that are offered.
pub(super) const PERIODS: [u16; 3] = [30, 90, 365];
/// The one that holds when the address names none.
pub(super) const DEFAULT_DAYS: u16 = 90;

/// What the address asks for.
pub(super) fn from_query(query: &ParamsMap) -> DashboardFilter {
    DashboardFilter {
        hospital: query.get(HOSPITAL).filter(|code| !code.is_empty()),
        days: query.get_str(DAYS).and_then(|days| days.parse().ok()),
        tree: query.get_str(TREE).and_then(|tree| tree.parse().ok()),
    }
}

/// The address of the command center with this filter.
pub(super) fn href(locale: Locale, filter: &DashboardFilter) -> String {
    let mut query = ParamsMap::new();
    if let Some(hospital) = &filter.hospital {
        query.insert(HOSPITAL, hospital.clone());
    }
    if let Some(days) = filter.days.filter(|days| *days != DEFAULT_DAYS) {
        query.insert(DAYS, days.to_string());
    }
    if let Some(tree) = filter.tree.filter(|tree| *tree != TreeAsOf::Event) {
        query.insert(TREE, tree.to_string());
    }
    format!("{}{}", paths::command_center(locale), query.to_query_string())
}
