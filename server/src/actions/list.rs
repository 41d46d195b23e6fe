//! The queue: nearest deadline first, unless somebody wants another order.

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::actions::{ActionFilter, ActionList, ActionOrder};
use px360_domain::ids::ActionId;

use serde_json::json;

use super::queue::store;
use super::views::CardRow;
use crate::audit::Entry;
use crate::ctx::{Ctx, Granted};
use crate::error::Result;
use crate::paging::{PageSize, cursor_refused, read_cursor, write_cursor};

/// Where the next page begins: the place of the last row in the list's order, and its id.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct Cursor {
    pub(super) order: ActionOrder,
    pub(super) place: i64,
    pub(super) id: ActionId,
}

impl Cursor {
    /// A cursor means nothing in another order than its own.
    fn read(text: &str, order: ActionOrder) -> Result<Self, Failure> {
        let cursor: Self = read_cursor(text)?;
        if cursor.order == order { Ok(cursor) } else { Err(cursor_refused()) }
    }
}

/// One page of the actions within the caller's reach, with the counts of the fixed views.
///
/// # Errors
/// `Invalid` on `cursor` or `limit`.
pub async fn list(ctx: &Ctx, filter: ActionFilter) -> Result<ActionList> {
    let granted = ctx.require(Permission::ActionRead)?;
    let identify = ctx.may(Permission::PatientIdentify);
    let size = PageSize::of(filter.limit)?;
    let order = filter.sort.unwrap_or(ActionOrder::Due);
    let cursor = filter.cursor.as_deref().map(|text| Cursor::read(text, order)).transpose()?;
    let (now, me) = (ctx.now(), ctx.user_id());
    let read = ctx.read(&granted);
    let mut rows =
        store::list_cards(read, &filter, me, cursor.as_ref(), now, size.and_one()).await?;
    let last = size.cut(&mut rows);
    let next_cursor = last.map(|last| write_cursor(&last.cursor(order))).transpose()?;
    let total = store::count(read, &filter, me, now).await?.total;
    let counts = store::counts(read, filter.hospital.as_deref(), me, now).await?;
    if let Some(identify) = &identify
        && !rows.is_empty()
    {
        remember_view(ctx, identify.clone(), &rows).await?;
    }
    let items = rows.into_iter().map(|row| row.into_card(identify.as_ref(), now)).collect();
    Ok(ActionList { items, next_cursor, total, counts, as_of: now })
}

/// Names were shown: who saw them is part of the memory, one entry for the page.
async fn remember_view(ctx: &Ctx, identify: Granted, rows: &[CardRow]) -> Result<()> {
    let mut tx = ctx.begin(identify).await?;
    let references: Vec<&str> = rows.iter().map(|row| row.reference.as_str()).collect();
    tx.record(
        Entry::done("patients.listed", "action", "").with(json!({ "references": references })),
    );
    tx.commit().await
}
