//! What the address of the list says: filters, columns, and the saved view that they came from.
//!
//! Repeated keys for several values, one order, no defaults: short links that mean the same for
//! everybody. Unknown words are ignored. An action's own page carries the same words, so that one
//! can go on to the next action of the list that led there.

use leptos_router::params::ParamsMap;
use px360_domain::actions::{ActionFilter, ActionOrder, ActionStatus};
use px360_domain::ids::{ActionId, SavedViewId};
use px360_domain::saved_views::{ActionLook, Look};
use px360_domain::{Locale, paths};

use crate::layout::HOSPITAL;
use crate::ui::table::{Sort, TableAddress};

/// Any of these states.
pub(super) const STATUS: &str = "status";
/// `1`: only what is past its deadline.
pub(super) const OVERDUE: &str = "overdue";
/// `1`: only what is mine.
pub(super) const MINE: &str = "mine";
/// The saved view that one started from.
const VIEW: &str = "view";
/// Where the page begins.
const CURSOR: &str = "cursor";
/// What a box that is ticked sends.
pub(super) const YES: &str = "1";

/// One address of the list.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Address {
    /// Filters, order, rows on a page and the page itself.
    pub(super) filter: ActionFilter,
    /// The columns in their order; empty for the list's own.
    pub(super) columns: Vec<String>,
    /// The saved view that one started from, whatever was changed since.
    pub(super) view: Option<SavedViewId>,
}

impl Address {
    /// Reads it; what it does not know, it leaves out.
    pub(super) fn from_query(query: &ParamsMap) -> Self {
        let words = query.get_all(STATUS).unwrap_or_default();
        let wanted: Vec<ActionStatus> = words.iter().filter_map(|word| word.parse().ok()).collect();
        // In the enum's order and once each, so that the same filter is the same resource.
        let status = ActionStatus::ALL.iter().copied().filter(|s| wanted.contains(s)).collect();
        let filled = |key| query.get(key).filter(|value| !value.is_empty());
        let table = TableAddress::from_query(query);
        Self {
            filter: ActionFilter {
                status,
                hospital: filled(HOSPITAL),
                overdue: query.get_str(OVERDUE) == Some(YES),
                mine: query.get_str(MINE) == Some(YES),
                sort: table.sort.and_then(|sort| sort.word().parse().ok()),
                cursor: filled(CURSOR),
                limit: table.size,
            },
            columns: table.columns,
            view: query.get_str(VIEW).and_then(|id| id.parse().ok()),
        }
    }

    /// The list with this filter and nothing else.
    pub(crate) fn of(filter: ActionFilter) -> Self {
        Self { filter, ..Self::default() }
    }

    /// The list as a saved view shows it.
    pub(crate) fn of_view(id: SavedViewId, look: &Look) -> Self {
        let ActionLook { filter, columns } = match look.clone() {
            Look::Actions(look) => look,
            // Nobody keeps one of another list beside this one.
            Look::Records(_) => ActionLook::default(),
        };
        Self { filter, columns, view: Some(id) }
    }

    /// The same list with another filter, from its first page.
    pub(super) fn with(&self, filter: ActionFilter) -> Self {
        Self { filter: ActionFilter { cursor: None, ..filter }, ..self.clone() }
    }

    /// What a saved view would keep of it.
    pub(super) fn look(&self) -> Look {
        let filter = ActionFilter { cursor: None, ..self.filter.clone() };
        Look::Actions(ActionLook { filter, columns: self.columns.clone() })
    }

    /// `/ar/actions?status=open`.
    pub(crate) fn href(&self, locale: Locale) -> String {
        format!("{}{}", paths::actions(locale), self.query())
    }

    /// `/ar/actions/{id}?status=open`: an action, and the list that one came from.
    pub(super) fn href_of(&self, locale: Locale, id: ActionId) -> String {
        let first = self.with(self.filter.clone());
        format!("{}{}", paths::action(locale, id), first.query())
    }

    fn query(&self) -> String {
        let mut query = ParamsMap::new();
        if let Some(view) = self.view {
            query.insert(VIEW, view.to_string());
        }
        let filter = &self.filter;
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
        self.table().write(&mut query);
        if let Some(cursor) = &filter.cursor {
            query.insert(CURSOR, cursor.clone());
        }
        query.to_query_string()
    }

    /// What a form of filters must not lose, as it stands in the address.
    pub(super) fn kept(&self) -> ParamsMap {
        let mut query = ParamsMap::new();
        if let Some(view) = self.view {
            query.insert(VIEW, view.to_string());
        }
        if let Some(hospital) = &self.filter.hospital {
            query.insert(HOSPITAL, hospital.clone());
        }
        self.table().write(&mut query);
        query
    }

    /// How the list is shown, without what goes without saying.
    fn table(&self) -> TableAddress {
        let sort = self.filter.sort.filter(|order| *order != ActionOrder::Due);
        let sort = sort.and_then(|order| Sort::parse(order.as_str()));
        TableAddress { sort, columns: self.columns.clone(), size: self.filter.limit }
    }

    /// Everything that is not closed, in the hospital that one looks at, in the same order; no view.
    pub(super) fn everything(&self) -> Self {
        let filter = ActionFilter {
            hospital: self.filter.hospital.clone(),
            sort: self.filter.sort,
            limit: self.filter.limit,
            ..ActionFilter::default()
        };
        Self { view: None, ..self.with(filter) }
    }

    /// Whether more than the hospital narrows the list.
    pub(super) fn is_narrowed(&self) -> bool {
        let ActionFilter { status, overdue, mine, .. } = &self.filter;
        !status.is_empty() || *overdue || *mine
    }

    /// Whether anything narrows the list.
    pub(super) fn is_filtered(&self) -> bool {
        self.is_narrowed() || self.filter.hospital.is_some()
    }
}
