//! The saved views of a list of records.

use px360_domain::records::RecordKind;
use px360_domain::saved_views::{ListName, SavedView};

use crate::ctx::Ctx;
use crate::error::Result;
use crate::saved_views;

/// The views that the caller finds. They are not counted: lists of records may be very long.
///
/// # Errors
/// `Forbidden` for whoever may not read such records.
pub async fn saved_views(ctx: &Ctx, kind: RecordKind) -> Result<Vec<SavedView>> {
    saved_views::list(ctx, ListName::of_records(kind)).await
}
