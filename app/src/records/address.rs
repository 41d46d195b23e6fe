//! What the address of a list of records says: words, filters, order, columns, and where the page
//! begins. What its kind does not know, it leaves out.

use leptos_router::params::ParamsMap;
use px360_domain::records::{Field, Form, RecordKind, RecordQuery};
use px360_domain::{FileFormat, Locale};

use crate::ui::table::{Sort, TableAddress, filled};

/// Words anywhere in a record.
pub(super) const SEARCH: &str = "search";
/// Whose records.
pub(super) const HOSPITAL: &str = "hospital_id";
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
        }
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
        let mut query = Self { table: TableAddress::default(), ..self.clone() }.kept(&[]);
        if let Some(sort) = &self.table.sort {
            query.insert("ordering", sort.word());
        }
        query.insert("language_of_names", locale.as_str().to_owned());
        format!("{}{}", self.kind.file_path(format), query.to_query_string())
    }

    /// What a form that asks for these fields must not lose.
    pub(super) fn kept(&self, asked: &[&str]) -> ParamsMap {
        let mut query = ParamsMap::new();
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

/// The fields that the page narrows a list by: closed words, yes and no, and the hospital.
pub(super) fn narrowing(kind: RecordKind) -> impl Iterator<Item = &'static str> {
    // Patients belong to the hospitals that know them, which is no field of their own.
    let known = (kind == RecordKind::Patient).then_some(HOSPITAL);
    let by_word = |field: &&Field| {
        let offered = matches!(field.form, Form::Choice(_) | Form::Flag) || field.name == HOSPITAL;
        field.filter && offered
    };
    known.into_iter().chain(kind.fields().iter().filter(by_word).map(|field| field.name))
}
