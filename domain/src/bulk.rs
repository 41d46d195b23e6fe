//! One deed for many things at once.

use serde::{Deserialize, Serialize};

/// The most things that one deed is meant for.
pub const BULK_MAX: usize = 500;

/// What came of one deed for many things.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkOutcome {
    /// Done.
    pub done: u32,
    /// Not possible, or not allowed, for these: nothing about them changed.
    pub refused: u32,
}
