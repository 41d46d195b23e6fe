//! Records in lists.

use px360_domain::records::{RecordKind, RecordList, RecordQuery, TOTAL_MAX, is_counted};
use serde_json::json;

use super::identity;
use super::record::Record;
use super::statements::{Asked, Cursor, Sight};
use super::store;
use crate::audit::Entry;
use crate::ctx::{Ctx, Granted};
use crate::error::Result;
use crate::paging::{PageSize, write_cursor};

/// One page of records.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The records.
    pub items: Vec<Record>,
    /// Where the next page begins.
    pub next_cursor: Option<String>,
    /// How many there are on all pages; none above [`TOTAL_MAX`], and where it [is not counted](is_counted).
    pub total: Option<u32>,
    /// Whether nothing is called what was asked for, and these are called nearly so, likest first.
    pub alike: bool,
}

/// How many records that are only called nearly so are offered.
const ALIKE_MAX: i64 = 20;

/// One page of the records of a kind within the caller's reach.
///
/// # Errors
/// `Invalid` on the part of the query that means nothing; `Forbidden` for whoever may not see such
/// records at all.
pub async fn list(ctx: &Ctx, kind: RecordKind, query: RecordQuery) -> Result<Page> {
    let granted = ctx.require(kind.read())?;
    let identify = identity::everywhere(ctx, kind, &granted);
    let sight = Sight { reach: granted.reach(), identify: identify.is_some() };
    let size = PageSize::of(query.limit)?;
    let asked = Asked::read(kind, &query)?;
    let read = ctx.read(&granted);
    let mut rows = store::list(read, kind, sight, &asked, size.and_one()).await?;
    let alike = rows.is_empty() && asked.after.is_none() && may_be_misspelt(kind, sight, &asked);
    if alike {
        // They are one page.
        let few = (size.and_one() - 1).min(ALIKE_MAX);
        rows = store::alike(read, kind, sight, &asked, few).await?;
    }
    let alike = alike && !rows.is_empty();
    let last = size.cut(&mut rows).map(|last| Cursor {
        ordering: query.ordering.clone().unwrap_or_default(),
        place: last.place.clone(),
        id: last.id,
    });
    let next_cursor = last.as_ref().map(write_cursor).transpose()?;
    // A first page that is the last is counted already.
    let is_all = asked.after.is_none() && next_cursor.is_none();
    let total = if is_all {
        u32::try_from(rows.len()).ok()
    } else if is_counted(kind, query.search.is_some()) {
        let counted = store::count(read, kind, sight, &asked, i64::from(TOTAL_MAX) + 1).await?;
        u32::try_from(counted).ok().filter(|total| *total <= TOTAL_MAX)
    } else {
        None
    };
    let items: Vec<Record> =
        rows.into_iter().map(|row| Record::of(kind, row, sight.identify)).collect();
    if let Some(identify) = identify.filter(|_| kind == RecordKind::Patient && !items.is_empty()) {
        remember_view(ctx, identify, &items).await?;
    }
    Ok(Page { items, next_cursor, total, alike })
}

/// The same for our own pages.
///
/// # Errors
/// As [`list`].
pub async fn list_views(ctx: &Ctx, kind: RecordKind, query: RecordQuery) -> Result<RecordList> {
    let page = list(ctx, kind, query).await?;
    Ok(RecordList {
        items: page.items.iter().map(|record| record.view(kind)).collect(),
        next_cursor: page.next_cursor,
        total: page.total,
        alike: page.alike,
        may_write: ctx.may(kind.write()).is_some(),
    })
}

/// Whoever may not know who patients are finds none by a name, however it is spelt.
fn may_be_misspelt(kind: RecordKind, sight: Sight<'_>, asked: &Asked) -> bool {
    !asked.names.is_empty() && (sight.identify || kind != RecordKind::Patient)
}

/// Names were shown: who saw them is part of the memory, one entry for the page.
async fn remember_view(ctx: &Ctx, identify: Granted, records: &[Record]) -> Result<()> {
    let mut tx = ctx.begin(identify).await?;
    let ids: Vec<String> = records.iter().map(|record| record.id.to_string()).collect();
    tx.record(Entry::done("patients.listed", "patient", "").with(json!({ "ids": ids })));
    tx.commit().await
}
