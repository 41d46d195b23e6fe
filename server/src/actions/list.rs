//! The queue: nearest deadline first.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::actions::{ActionFilter, ActionList};
use px360_domain::ids::ActionId;
use px360_domain::page::PAGE_SIZE;

use super::views::store;
use crate::ctx::Ctx;
use crate::error::Result;

/// Where the next page begins: the deadline and id of the last row. Closed rows have no deadline.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct Cursor {
    pub(super) due_at: Option<DateTime<Utc>>,
    pub(super) id: ActionId,
}

impl Cursor {
    fn read(text: &str) -> Result<Self, Failure> {
        let refused = || Failure::invalid("cursor", "cursor_invalid");
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_not_base64| refused())?;
        serde_json::from_slice(&bytes).map_err(|_not_ours| refused())
    }

    fn write(&self) -> Result<String> {
        Ok(URL_SAFE_NO_PAD.encode(serde_json::to_vec(self)?))
    }
}

/// One page of the actions within the caller's reach, with the counts of the fixed views.
///
/// # Errors
/// `Invalid` on `cursor`.
pub async fn list(ctx: &Ctx, filter: ActionFilter) -> Result<ActionList> {
    let granted = ctx.require(Permission::ActionRead)?;
    let identify = ctx.may(Permission::PatientIdentify);
    let cursor = filter.cursor.as_deref().map(Cursor::read).transpose()?;
    let (now, me) = (ctx.now(), ctx.user_id());
    let read = ctx.read(&granted);
    let limit = i64::from(PAGE_SIZE) + 1;
    let mut rows = store::list_cards(read, &filter, me, cursor.as_ref(), now, limit).await?;
    let more = rows.len() > usize::from(PAGE_SIZE);
    rows.truncate(usize::from(PAGE_SIZE));
    let next_cursor = match rows.last() {
        Some(last) if more => Some(Cursor { due_at: last.due_at, id: last.id }.write()?),
        _ => None,
    };
    let total = store::count(read, &filter, me, now).await?;
    let counts = store::counts(read, filter.hospital.as_deref(), me, now).await?;
    let items = rows.into_iter().map(|row| row.into_card(identify.as_ref(), now)).collect();
    Ok(ActionList { items, next_cursor, total, counts, as_of: now })
}
