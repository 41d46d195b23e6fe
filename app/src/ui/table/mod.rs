//! The list that people work through: a table on a desk, cards on a phone.
//!
//! The server sorts, filters and pages; the address says how, so that every list can be sent to a
//! colleague. This module knows rows and columns, and nothing about what they mean.

mod address;
mod bulk_bar;
mod column_chooser;
mod data_table;
mod page_size;
mod pager;
mod selection;

use std::sync::Arc;

use leptos::prelude::*;

pub(crate) use address::{Sort, TableAddress, filled};
pub(crate) use bulk_bar::BulkBar;
pub(crate) use column_chooser::ColumnChooser;
pub(crate) use data_table::DataTable;
pub(crate) use page_size::PageSize;
pub(crate) use pager::Pager;
pub(crate) use selection::Selection;

/// One column of a table.
pub(crate) struct Column<R: 'static> {
    /// Its word in the address.
    pub(crate) key: &'static str,
    /// Its heading.
    pub(crate) title: &'static str,
    /// Whether the server sorts by it.
    pub(crate) sortable: bool,
    /// Whether it may be hidden.
    pub(crate) fixed: bool,
    /// Whether it is shown only when somebody asked for it.
    pub(crate) extra: bool,
    /// The class of its cells; a page places them on a phone's card by it.
    pub(crate) class: &'static str,
    /// What stands in a row.
    cell: Arc<dyn Fn(&R) -> AnyView + Send + Sync>,
}

impl<R> Clone for Column<R> {
    fn clone(&self) -> Self {
        Self { cell: Arc::clone(&self.cell), ..*self }
    }
}

impl<R: 'static> Column<R> {
    /// A column and what stands in its cells.
    pub(crate) fn new(
        key: &'static str,
        title: &'static str,
        class: &'static str,
        cell: impl Fn(&R) -> AnyView + Send + Sync + 'static,
    ) -> Self {
        Self {
            key,
            title,
            sortable: false,
            fixed: false,
            extra: false,
            class,
            cell: Arc::new(cell),
        }
    }

    /// One that the server sorts by.
    pub(crate) fn sortable(self) -> Self {
        Self { sortable: true, ..self }
    }

    /// One that is always there: a row means nothing without it.
    pub(crate) fn fixed(self) -> Self {
        Self { fixed: true, ..self }
    }

    /// One that is shown only when somebody asked for it.
    pub(crate) fn extra(self) -> Self {
        Self { extra: true, ..self }
    }

    fn show(&self, row: &R) -> AnyView {
        (self.cell)(row)
    }
}

/// The chosen columns in the chosen order; unknown words are ignored, fixed columns never missing.
pub(crate) fn arrange<R: 'static>(columns: &[Column<R>], chosen: &[String]) -> Vec<Column<R>> {
    if chosen.is_empty() {
        return columns.iter().filter(|column| !column.extra).cloned().collect();
    }
    let mut arranged: Vec<Column<R>> = columns
        .iter()
        .filter(|c| c.fixed && !chosen.iter().any(|key| key == c.key))
        .cloned()
        .collect();
    for key in chosen {
        let known = columns.iter().find(|column| column.key == key);
        let twice = arranged.iter().any(|column| column.key == key);
        arranged.extend(known.filter(|_| !twice).cloned());
    }
    arranged
}
