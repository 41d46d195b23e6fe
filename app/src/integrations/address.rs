//! What the address of the log of messages says: filters, and where the page begins. What it does not know,
//! it leaves out.

use leptos_router::params::ParamsMap;
use px360_domain::ids::SourceId;
use px360_domain::integrations::{EventFilter, EventReason, EventStatus, ReplayEvents};
use px360_domain::{Locale, paths};

use crate::layout::HOSPITAL;
use crate::ui::table::{TableAddress, filled};

/// Where messages stand.
pub(super) const STATUS: &str = "status";
/// Why they wait or have no effect.
pub(super) const REASON: &str = "reason";
/// Whose they are.
pub(super) const SOURCE: &str = "source_id";
/// The visit number.
pub(super) const ENCOUNTER: &str = "encounter_id";
/// What happened.
pub(super) const EVENT_CODE: &str = "event_code";
/// Where the page begins.
const CURSOR: &str = "cursor";

/// One address of the log.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Address {
    pub(super) status: Option<EventStatus>,
    pub(super) reason: Option<EventReason>,
    pub(super) source_id: Option<SourceId>,
    /// The hospital's code: the scope switch writes it.
    pub(super) hospital: Option<String>,
    pub(super) encounter_id: Option<String>,
    pub(super) event_code: Option<String>,
    pub(super) cursor: Option<String>,
    pub(super) size: Option<u16>,
}

impl Address {
    /// Reads it.
    pub(super) fn from_query(query: &ParamsMap) -> Self {
        Self {
            status: query.get_str(STATUS).and_then(|word| word.parse().ok()),
            reason: query.get_str(REASON).and_then(|word| word.parse().ok()),
            source_id: query.get_str(SOURCE).and_then(|id| id.parse().ok()),
            hospital: filled(query, HOSPITAL),
            encounter_id: filled(query, ENCOUNTER),
            event_code: filled(query, EVENT_CODE),
            cursor: filled(query, CURSOR),
            size: TableAddress::from_query(query).size,
        }
    }

    /// What the log is asked for.
    pub(super) fn filter(&self) -> EventFilter {
        EventFilter {
            status: self.status,
            reason: self.reason,
            source_id: self.source_id,
            hospital: self.hospital.clone(),
            encounter_id: self.encounter_id.clone(),
            event_code: self.event_code.clone(),
            limit: self.size,
            cursor: self.cursor.clone(),
        }
    }

    /// Its first page.
    pub(super) fn first(&self) -> Self {
        Self { cursor: None, ..self.clone() }
    }

    /// `/ar/integrations/events?status=parked`.
    pub(super) fn href(&self, locale: Locale) -> String {
        let mut query = ParamsMap::new();
        let status = self.status.map(|status| status.as_str().to_owned());
        let reason = self.reason.map(|reason| reason.as_str().to_owned());
        let source = self.source_id.map(|id| id.to_string());
        for (key, value) in [
            (STATUS, &status),
            (REASON, &reason),
            (SOURCE, &source),
            (ENCOUNTER, &self.encounter_id),
            (EVENT_CODE, &self.event_code),
            (HOSPITAL, &self.hospital),
        ] {
            if let Some(value) = value {
                query.insert(key, value.clone());
            }
        }
        TableAddress { size: self.size, ..TableAddress::default() }.write(&mut query);
        if let Some(cursor) = &self.cursor {
            query.insert(CURSOR, cursor.clone());
        }
        format!("{}{}", paths::events(locale), query.to_query_string())
    }

    /// What its form does not ask for and must not lose.
    pub(super) fn kept(&self) -> ParamsMap {
        let mut query = ParamsMap::new();
        if let Some(hospital) = &self.hospital {
            query.insert(HOSPITAL, hospital.clone());
        }
        TableAddress { size: self.size, ..TableAddress::default() }.write(&mut query);
        query
    }

    /// Whether anything narrows the log.
    pub(super) fn is_filtered(&self) -> bool {
        *self != Self { cursor: self.cursor.clone(), size: self.size, ..Self::default() }
    }

    /// The command that runs all of this list once more, where there is one.
    ///
    /// It knows status, reason and source: a list that is narrowed by anything else is not what it would run.
    pub(super) fn replay(&self) -> Option<ReplayEvents> {
        let elsewhere = self.hospital.is_some() || self.encounter_id.is_some();
        if elsewhere || self.event_code.is_some() {
            return None;
        }
        let runs = match self.status {
            Some(status) => runs_again(status),
            None => self.reason.is_some(),
        };
        runs.then_some(ReplayEvents {
            reason: self.reason,
            status: self.status,
            source_id: self.source_id,
        })
    }
}

/// Whether a message that stands there can run once more.
pub(super) fn runs_again(status: EventStatus) -> bool {
    matches!(status, EventStatus::Parked | EventStatus::Ignored | EventStatus::Dead)
}
