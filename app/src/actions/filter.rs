//! The filters of the list, in the address and out of it.
//!
//! Repeated keys for several values, one order, no defaults: short links that mean the same for
//! everybody. Unknown words are ignored.

use leptos_router::params::ParamsMap;
use px360_domain::actions::{ActionFilter, ActionOrder, ActionStatus};
use px360_domain::{Locale, paths};

use crate::layout::HOSPITAL;
use crate::ui::table::{Sort, TableAddress};

/// Any of these states.
pub(super) const STATUS: &str = "status";
/// `1`: only what is past its deadline.
pub(super) const OVERDUE: &str = "overdue";
/// `1`: only what is mine.
pub(super) const MINE: &str = "mine";
/// Where the page begins.
const CURSOR: &str = "cursor";
/// What a box that is ticked sends.
pub(super) const YES: &str = "1";

/// What the address asks for.
pub(super) fn from_query(query: &ParamsMap) -> ActionFilter {
    let words = query.get_all(STATUS).unwrap_or_default();
    let wanted: Vec<ActionStatus> = words.iter().filter_map(|word| word.parse().ok()).collect();
    // In the enum's order and once each, so that the same filter is the same resource.
    let status = ActionStatus::ALL.iter().copied().filter(|s| wanted.contains(s)).collect();
    let filled = |key| query.get(key).filter(|value| !value.is_empty());
    let table = TableAddress::from_query(query);
    ActionFilter {
        status,
        hospital: filled(HOSPITAL),
        overdue: query.get_str(OVERDUE) == Some(YES),
        mine: query.get_str(MINE) == Some(YES),
        sort: table.sort.and_then(|sort| sort.word().parse().ok()),
        cursor: filled(CURSOR),
        limit: table.size,
    }
}

/// The address of the list with this filter.
pub(crate) fn href(locale: Locale, filter: &ActionFilter) -> String {
    href_with(locale, filter, &[])
}

/// The same, with these columns.
pub(super) fn href_with(locale: Locale, filter: &ActionFilter, columns: &[String]) -> String {
    let mut query = ParamsMap::new();
    for status in &filter.status {
        query.insert(STATUS, status.as_str().to_owned());
    }
    if let Some(hospital) = &filter.hospital {
        query.insert(HOSPITAL, hospital.clone());
    }
    if filter.overdue {
        query.insert(OVERDUE, YES.to_owned());
    }
    if filter.mine {
        query.insert(MINE, YES.to_owned());
    }
    look(filter, columns).write(&mut query);
    if let Some(cursor) = &filter.cursor {
        query.insert(CURSOR, cursor.clone());
    }
    format!("{}{}", paths::actions(locale), query.to_query_string())
}

/// How the list is shown, without what goes without saying.
pub(super) fn look(filter: &ActionFilter, columns: &[String]) -> TableAddress {
    let sort = filter.sort.filter(|order| *order != ActionOrder::Due);
    let sort = sort.and_then(|order| Sort::parse(order.as_str()));
    TableAddress { sort, columns: columns.to_vec(), size: filter.limit }
}

/// Everything that is not closed, in the hospital that one looks at, in the same order.
pub(super) fn everything(filter: &ActionFilter) -> ActionFilter {
    ActionFilter {
        hospital: filter.hospital.clone(),
        sort: filter.sort,
        limit: filter.limit,
        ..ActionFilter::default()
    }
}

/// Whether more than the hospital narrows the list.
pub(super) fn is_narrowed(filter: &ActionFilter) -> bool {
    !filter.status.is_empty() || filter.overdue || filter.mine
}
