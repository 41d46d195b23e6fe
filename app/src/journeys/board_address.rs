//! What the address of the board says: which kind of encounter, and whose patients.

use leptos_router::params::ParamsMap;
use px360_domain::journeys::{BoardFilter, JourneyType};
use px360_domain::{Locale, paths};

use crate::layout::HOSPITAL;
use crate::ui::table::filled;

/// Which kind of encounter.
const TYPE: &str = "type";
/// The kind that the address need not name.
const USUAL: JourneyType = JourneyType::Opd;

/// What the address asks for.
pub(super) fn from_query(query: &ParamsMap) -> BoardFilter {
    BoardFilter {
        hospital: filled(query, HOSPITAL),
        journey_type: query.get_str(TYPE).and_then(|word| word.parse().ok()).unwrap_or(USUAL),
    }
}

/// The address of this board.
pub(super) fn href(locale: Locale, filter: &BoardFilter) -> String {
    let mut query = ParamsMap::new();
    if let Some(hospital) = &filter.hospital {
        query.insert(HOSPITAL, hospital.clone());
    }
    if filter.journey_type != USUAL {
        query.insert(TYPE, filter.journey_type.to_string());
    }
    format!("{}{}", paths::journeys(locale), query.to_query_string())
}
