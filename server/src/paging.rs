//! Pages of lists that grow: how long one is, and where the next begins.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use px360_domain::Failure;
use px360_domain::page::{PAGE_SIZE, PAGE_SIZE_MAX};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::Result;

/// How many rows a page has.
#[derive(Clone, Copy)]
pub(crate) struct PageSize(u16);

impl PageSize {
    /// The length that was asked for, or the usual one.
    ///
    /// # Errors
    /// `Invalid` on `limit`.
    pub(crate) fn of(limit: Option<u16>) -> Result<Self, Failure> {
        let limit = limit.unwrap_or(PAGE_SIZE);
        if !(1..=PAGE_SIZE_MAX).contains(&limit) {
            return Err(Failure::invalid("limit", "out_of_range"));
        }
        Ok(Self(limit))
    }

    /// What the store is asked for: one row more, which tells whether there is another page.
    pub(crate) fn and_one(self) -> i64 {
        i64::from(self.0) + 1
    }

    /// Cuts the row too many off; the last row that stays, where another page follows.
    pub(crate) fn cut<T>(self, rows: &mut Vec<T>) -> Option<&T> {
        let size = usize::from(self.0);
        let more = rows.len() > size;
        rows.truncate(size);
        rows.last().filter(|_| more)
    }
}

/// Where the next page begins, from what `write_cursor` gave out.
///
/// # Errors
/// `Invalid` on `cursor`.
pub(crate) fn read_cursor<T: DeserializeOwned>(text: &str) -> Result<T, Failure> {
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_not_base64| cursor_refused())?;
    serde_json::from_slice(&bytes).map_err(|_not_ours| cursor_refused())
}

/// Where the next page begins, as text that callers give back unread.
pub(crate) fn write_cursor<T: Serialize>(cursor: &T) -> Result<String> {
    Ok(URL_SAFE_NO_PAD.encode(serde_json::to_vec(cursor)?))
}

/// A cursor that is not ours, or not of this list.
pub(crate) fn cursor_refused() -> Failure {
    Failure::invalid("cursor", "cursor_invalid")
}
