//! How a list's order, columns and page stand in the address.
//!
//! Short words, one order, no defaults: the same list has the same address for everybody.

use leptos_router::params::ParamsMap;

/// Which column the list is sorted by: `due`, or `-due` for the other way round.
pub(crate) const SORT: &str = "sort";
/// The columns in order: `ref,subject,due`.
pub(crate) const COLUMNS: &str = "cols";
/// Rows on one page.
pub(crate) const SIZE: &str = "size";
/// What `size` may say: the default, which is never said, less than that, and more.
pub(crate) const SIZES: [u16; 3] = [50, 25, 100];

/// What an address says under this word, without the space around it; none when that is nothing.
pub(crate) fn filled(query: &ParamsMap, key: &str) -> Option<String> {
    let value = query.get_str(key)?.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

/// An order of rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sort {
    /// The column.
    pub(crate) key: String,
    /// Whether the largest comes first.
    pub(crate) descending: bool,
}

impl Sort {
    /// Reads `due` or `-due`.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        let (key, descending) = match word.strip_prefix('-') {
            Some(key) => (key, true),
            None => (word, false),
        };
        (!key.is_empty()).then(|| Self { key: key.to_owned(), descending })
    }

    /// Writes `due` or `-due`.
    pub(crate) fn word(&self) -> String {
        format!("{}{}", if self.descending { "-" } else { "" }, self.key)
    }
}

/// What an address says about a list beside its filters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TableAddress {
    /// The order; none for the list's own.
    pub(crate) sort: Option<Sort>,
    /// The columns; empty for all.
    pub(crate) columns: Vec<String>,
    /// Rows on one page; none for the default.
    pub(crate) size: Option<u16>,
}

impl TableAddress {
    /// Reads it; what it does not know, it leaves out.
    pub(crate) fn from_query(query: &ParamsMap) -> Self {
        let columns = query.get(COLUMNS).unwrap_or_default();
        Self {
            sort: query.get_str(SORT).and_then(Sort::parse),
            columns: columns.split(',').filter(|key| !key.is_empty()).map(str::to_owned).collect(),
            size: query
                .get_str(SIZE)
                .and_then(|size| size.parse().ok())
                .filter(|size| SIZES.iter().skip(1).any(|known| known == size)),
        }
    }

    /// Writes it behind the filters.
    pub(crate) fn write(&self, query: &mut ParamsMap) {
        if let Some(sort) = &self.sort {
            query.insert(SORT, sort.word());
        }
        if !self.columns.is_empty() {
            query.insert(COLUMNS, self.columns.join(","));
        }
        if let Some(size) = self.size {
            query.insert(SIZE, size.to_string());
        }
    }
}
