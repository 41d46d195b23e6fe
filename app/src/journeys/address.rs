//! What the address of the list of journeys says: filters, and where the page begins. What it does not
//! know, it leaves out.

use std::str::FromStr;

use leptos_router::params::ParamsMap;
use px360_domain::journeys::JourneyFilter;
use px360_domain::{Locale, paths};

use crate::layout::HOSPITAL;
use crate::ui::table::{TableAddress, filled};

/// Which kind of encounter.
pub(super) const JOURNEY_TYPE: &str = "journey_type";
/// Where they stand.
pub(super) const STATUS: &str = "status";
/// The visit number.
pub(super) const ENCOUNTER_NUMBER: &str = "encounter_number";
/// Whose.
const PATIENT_ID: &str = "patient_id";
/// Which version of a template they follow.
const TEMPLATE_ID: &str = "template_id";
/// Where the page begins.
const CURSOR: &str = "cursor";

/// What the address asks for.
pub(super) fn from_query(query: &ParamsMap) -> JourneyFilter {
    JourneyFilter {
        hospital: filled(query, HOSPITAL),
        journey_type: parsed(query, JOURNEY_TYPE),
        status: parsed(query, STATUS),
        encounter_number: filled(query, ENCOUNTER_NUMBER),
        patient_id: parsed(query, PATIENT_ID),
        template_id: parsed(query, TEMPLATE_ID),
        limit: TableAddress::from_query(query).size,
        cursor: filled(query, CURSOR),
    }
}

/// What stands under this key, as far as it is one of those.
fn parsed<T: FromStr>(query: &ParamsMap, key: &str) -> Option<T> {
    query.get_str(key).and_then(|word| word.parse().ok())
}

/// `/ar/journeys/list?status=active`.
pub(super) fn href(locale: Locale, filter: &JourneyFilter) -> String {
    format!("{}{}", paths::journey_list(locale), query(filter).to_query_string())
}

/// All that is said, in one order and without defaults.
fn query(filter: &JourneyFilter) -> ParamsMap {
    let mut query = ParamsMap::new();
    let words = [
        (HOSPITAL, filter.hospital.clone()),
        (JOURNEY_TYPE, filter.journey_type.map(|kind| kind.to_string())),
        (STATUS, filter.status.map(|status| status.to_string())),
        (ENCOUNTER_NUMBER, filter.encounter_number.clone()),
        (PATIENT_ID, filter.patient_id.map(|id| id.to_string())),
        (TEMPLATE_ID, filter.template_id.map(|id| id.to_string())),
    ];
    for (key, word) in words {
        if let Some(word) = word {
            query.insert(key, word);
        }
    }
    TableAddress { size: filter.limit, ..TableAddress::default() }.write(&mut query);
    if let Some(cursor) = &filter.cursor {
        query.insert(CURSOR, cursor.clone());
    }
    query
}

/// Its first page.
pub(super) fn first(filter: &JourneyFilter) -> JourneyFilter {
    JourneyFilter { cursor: None, ..filter.clone() }
}

/// All journeys of the hospital that one looks at.
pub(super) fn everything(filter: &JourneyFilter) -> JourneyFilter {
    JourneyFilter {
        hospital: filter.hospital.clone(),
        limit: filter.limit,
        ..JourneyFilter::default()
    }
}

/// What the form does not ask for and must not lose.
pub(super) fn kept(filter: &JourneyFilter) -> ParamsMap {
    let unasked =
        JourneyFilter { journey_type: None, status: None, encounter_number: None, ..first(filter) };
    query(&unasked)
}

/// Whether more than the hospital narrows the list.
pub(super) fn is_filtered(filter: &JourneyFilter) -> bool {
    first(filter) != everything(filter)
}
