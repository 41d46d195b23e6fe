//! What the address of a list of records says: words, filters, order, columns, and where the page
//! begins. What its kind does not know, it leaves out.

use leptos_router::params::ParamsMap;
use px360_domain::ids::SavedViewId;
use px360_domain::records::{Field, Form, RecordKind, RecordQuery};
use px360_domain::saved_views::{Look, RecordLook};
use px360_domain::{FileFormat, Locale};

use crate::ui::table::{Sort, TableAddress, filled};

/// Words anywhere in a record.
pub(super) const SEARCH: &str = "search";
/// Whose records.
pub(super) const HOSPITAL: &str = "hospital_id";
/// The saved view that one started from.
const VIEW: &str = "view";
/// Where the page begins.
const CURSOR: &str = "cursor";

/// One address of a list of records.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Address {
    pub(super) kind: RecordKind,
    pub(super) search: Option<String>,
    /// Fields by name, and the value that each must have.
    pub(super) filters: Vec<(&'static str, String)>,
    pub(super) table: TableAddress,
    pub(super) cursor: Option<String>,
    /// The saved view that one started from.
    pub(super) view: Option<SavedViewId>,
}

impl Address {
    /// Reads it.
    pub(super) fn from_query(kind: RecordKind, query: &ParamsMap) -> Self {
        let mut table = TableAddress::from_query(query);
        let sorted_by = |sort: &Sort| kind.field(&sort.key).is_some_and(|field| field.sortable);
        table.sort = table.sort.filter(sorted_by);
        Self {
            kind,
            search: filled(query, SEARCH),
            filters: narrowing(kind)
                .filter_map(|name| Some((name, filled(query, name)?)))
                .collect(),
            table,
            cursor: filled(query, CURSOR),
            view: query.get_str(VIEW).and_then(|id| id.parse().ok()),
        }
    }

    /// The list as a saved view shows it; none for a view of another list.
    pub(super) fn of_view(id: SavedViewId, look: &Look) -> Option<Self> {
        let Look::Records(look) = look else { return None };
        let filters = look.filters.iter().filter_map(|(name, value)| {
            let known = narrowing(look.kind).find(|known| known == name)?;
            Some((known, value.clone()))
        });
        Some(Self {
            kind: look.kind,
            search: None,
            filters: filters.collect(),
            table: TableAddress {
                sort: look.ordering.as_deref().and_then(Sort::parse),
                columns: look.columns.clone(),
                size: look.limit,
            },
            cursor: None,
            view: Some(id),
        })
    }

    /// What a saved view would keep of it.
    pub(super) fn look(&self) -> Look {
        let filters = self.filters.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
        Look::Records(RecordLook {
            kind: self.kind,
            filters: filters.collect(),
            ordering: self.table.sort.as_ref().map(Sort::word),
            limit: self.table.size,
            columns: self.table.columns.clone(),
        })
    }

    /// The whole list, as it is for everybody.
    pub(super) fn everything(kind: RecordKind) -> Self {
        Self::from_query(kind, &ParamsMap::new())
    }

    /// What the list is asked for.
    pub(super) fn query(&self) -> RecordQuery {
        RecordQuery {
            search: self.search.clone(),
            ordering: self.table.sort.as_ref().map(Sort::word),
            filters: self
                .filters
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.clone()))
                .collect(),
            cursor: self.cursor.clone(),
            limit: self.table.size,
        }
    }

    /// The value that a field must have.
    pub(super) fn filter(&self, name: &str) -> Option<&str> {
        self.filters.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// Its first page.
    pub(super) fn first(&self) -> Self {
        Self { cursor: None, ..self.clone() }
    }

    /// The same list with whatever value in this field.
    pub(super) fn without(&self, name: &str) -> Self {
        let mut first = self.first();
        first.filters.retain(|(known, _)| *known != name);
        first
    }

    /// `/ar/records/hospitals?search=…`.
    pub(super) fn href(&self, locale: Locale) -> String {
        let mut query = self.kept(&[]);
        if let Some(cursor) = &self.cursor {
            query.insert(CURSOR, cursor.clone());
        }
        format!("{}{}", self.kind.page(locale), query.to_query_string())
    }

    /// All of it as a file.
    pub(super) fn file_href(&self, locale: Locale, format: FileFormat) -> String {
        let all = Self { table: TableAddress::default(), view: None, ..self.clone() };
        let mut query = all.kept(&[]);
        if let Some(sort) = &self.table.sort {
            query.insert("ordering", sort.word());
        }
        query.insert("language_of_names", locale.as_str().to_owned());
        format!("{}{}", self.kind.file_path(format), query.to_query_string())
    }

    /// What a form that asks for these fields must not lose.
    pub(super) fn kept(&self, asked: &[&str]) -> ParamsMap {
        let mut query = ParamsMap::new();
        if let Some(view) = self.view {
            query.insert(VIEW, view.to_string());
        }
        let words = self.search.iter().map(|words| (SEARCH, words));
        let filters = self.filters.iter().map(|(name, value)| (*name, value));
        for (name, value) in words.chain(filters).filter(|(name, _)| !asked.contains(name)) {
            query.insert(name, value.clone());
        }
        self.table.write(&mut query);
        query
    }

    /// Whether anything narrows the list.
    pub(super) fn is_filtered(&self) -> bool {
        self.search.is_some() || !self.filters.is_empty()
    }
}

/// The fields that the page narrows a list by: closed words, yes and no, and other records.
pub(super) fn narrowing(kind: RecordKind) -> impl Iterator<Item = &'static str> {
    // Patients belong to the hospitals that know them, which is no field of their own.
    let known = (kind == RecordKind::Patient).then_some(HOSPITAL);
    let by_word = |field: &&Field| {
        let offered = matches!(field.form, Form::Choice(_) | Form::Flag | Form::Ref(_));
        field.filter && offered
    };
    known.into_iter().chain(kind.fields().iter().filter(by_word).map(|field| field.name))
}
