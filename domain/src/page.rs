//! Pages of lists that grow.

use serde::{Deserialize, Serialize};

/// The most rows that a list ever answers with.
pub const PAGE_SIZE_MAX: u16 = 200;
/// How many rows a list answers with when nobody said.
pub const PAGE_SIZE: u16 = 50;

/// One page of a list, and the cursor of the next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    /// The rows of this page.
    pub items: Vec<T>,
    /// Opaque; give it back as `cursor` to get the next page. Absent on the last page.
    pub next_cursor: Option<String>,
    /// How many rows match in all, where counting is cheap.
    pub total: Option<i64>,
}
