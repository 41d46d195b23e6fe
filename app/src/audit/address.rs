//! What the address of the log says: filters, and where the page begins. What it does not know, it
//! leaves out.

use chrono::{NaiveDate, SecondsFormat};
use leptos_router::params::ParamsMap;
use px360_domain::audit::{AuditFilter, Outcome};
use px360_domain::dates::day_begins;
use px360_domain::{FileFormat, Locale, paths};

use crate::ui::table::{TableAddress, filled};

/// Words anywhere in an entry.
pub(super) const SEARCH: &str = "search";
/// Who did it.
pub(super) const ACTOR: &str = "actor";
/// What it was done to.
pub(super) const ENTITY: &str = "entity";
/// Which one of these.
const ENTITY_ID: &str = "entity_id";
/// What was done.
pub(super) const ACTION: &str = "action";
/// How it ended.
pub(super) const OUTCOME: &str = "outcome";
/// The first day.
pub(super) const FROM: &str = "from";
/// The last day.
pub(super) const TO: &str = "to";
/// Where the page begins.
const CURSOR: &str = "cursor";

/// One address of the log.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Address {
    pub(super) search: Option<String>,
    pub(super) actor: Option<String>,
    pub(super) entity: Option<String>,
    pub(super) entity_id: Option<String>,
    pub(super) action: Option<String>,
    pub(super) outcome: Option<Outcome>,
    /// The first day in Riyadh.
    pub(super) from: Option<NaiveDate>,
    /// The last day in Riyadh, which belongs to it.
    pub(super) to: Option<NaiveDate>,
    pub(super) cursor: Option<String>,
    pub(super) size: Option<u16>,
}

impl Address {
    /// Reads it.
    pub(super) fn from_query(query: &ParamsMap) -> Self {
        Self {
            search: filled(query, SEARCH),
            actor: filled(query, ACTOR),
            entity: filled(query, ENTITY),
            entity_id: filled(query, ENTITY_ID),
            action: filled(query, ACTION),
            outcome: query.get_str(OUTCOME).and_then(|word| word.parse().ok()),
            from: query.get_str(FROM).and_then(|day| day.parse().ok()),
            to: query.get_str(TO).and_then(|day| day.parse().ok()),
            cursor: filled(query, CURSOR),
            size: TableAddress::from_query(query).size,
        }
    }

    /// What the log is asked for.
    pub(super) fn filter(&self) -> AuditFilter {
        let next_day = self.to.and_then(|day| day.succ_opt());
        AuditFilter {
            actor: self.actor.clone(),
            entity: self.entity.clone(),
            entity_id: self.entity_id.clone(),
            action: self.action.clone(),
            outcome: self.outcome,
            search: self.search.clone(),
            from: self.from.and_then(day_begins),
            until: next_day.and_then(day_begins),
            cursor: self.cursor.clone(),
            limit: self.size,
        }
    }

    /// Its first page.
    pub(super) fn first(&self) -> Self {
        Self { cursor: None, ..self.clone() }
    }

    /// `/ar/audit?actor=admin`.
    pub(super) fn href(&self, locale: Locale) -> String {
        let mut query = self.words();
        for (key, day) in [(FROM, self.from), (TO, self.to)] {
            if let Some(day) = day {
                query.insert(key, day.to_string());
            }
        }
        TableAddress { size: self.size, ..TableAddress::default() }.write(&mut query);
        if let Some(cursor) = &self.cursor {
            query.insert(CURSOR, cursor.clone());
        }
        format!("{}{}", paths::audit(locale), query.to_query_string())
    }

    /// All of it as a file.
    pub(super) fn file_href(&self, locale: Locale, format: FileFormat) -> String {
        let mut query = self.words();
        let filter = self.filter();
        for (key, at) in [(FROM, filter.from), ("until", filter.until)] {
            if let Some(at) = at {
                query.insert(key, at.to_rfc3339_opts(SecondsFormat::Secs, true));
            }
        }
        query.insert("language", locale.as_str().to_owned());
        format!("{}{}", paths::audit_file(format), query.to_query_string())
    }

    /// What page and file call by the same names.
    fn words(&self) -> ParamsMap {
        let mut query = ParamsMap::new();
        let outcome = self.outcome.map(|outcome| outcome.as_str().to_owned());
        for (key, value) in [
            (SEARCH, &self.search),
            (ACTOR, &self.actor),
            (ACTION, &self.action),
            (ENTITY, &self.entity),
            (ENTITY_ID, &self.entity_id),
            (OUTCOME, &outcome),
        ] {
            if let Some(value) = value {
                query.insert(key, value.clone());
            }
        }
        query
    }

    /// What its form does not ask for and must not lose.
    pub(super) fn kept(&self) -> ParamsMap {
        let mut query = ParamsMap::new();
        TableAddress { size: self.size, ..TableAddress::default() }.write(&mut query);
        query
    }

    /// Whether anything narrows the log.
    pub(super) fn is_filtered(&self) -> bool {
        *self != Self { cursor: self.cursor.clone(), size: self.size, ..Self::default() }
    }
}
