//! The audit log as a file.

use px360_domain::access::Permission;
use px360_domain::audit::AuditFilter;
use px360_domain::{Failure, FileFormat, Locale};
use serde_json::json;

use super::events::check;
use super::{Entry, rows, store};
use crate::ctx::{Ctx, Granted};
use crate::error::Result;
use crate::files::{Batch, Pieces, Shape, written};

/// How many entries are read at once. Between two of these no connection is held, however slowly
/// somebody reads.
const ROWS_AT_ONCE: i64 = 500;

/// Where an export stands.
struct Export {
    ctx: Ctx,
    granted: Granted,
    filter: AuditFilter,
    locale: Locale,
    /// The last entry that was written; none before the first.
    before: Option<i64>,
}

/// Everything that the filter finds within the caller's reach, newest first. That it was taken is
/// an entry itself, written first: what is streamed can no longer be refused.
///
/// # Errors
/// `Invalid` on `until`, `search`, and on `cursor` and `limit`, which a file has not.
pub async fn export(
    ctx: &Ctx,
    filter: AuditFilter,
    language: Option<Locale>,
    format: FileFormat,
) -> Result<Pieces> {
    let granted = ctx.require(Permission::AuditRead)?;
    check(&filter)?;
    for (field, is_there) in
        [("cursor", filter.cursor.is_some()), ("limit", filter.limit.is_some())]
    {
        if is_there {
            return Err(Failure::invalid(field, "unknown_field").into());
        }
    }
    record(ctx, &granted, &filter).await?;
    let locale = language.unwrap_or_else(|| ctx.language());
    let export = Export { ctx: ctx.clone(), granted, filter, locale, before: None };
    Ok(written(Shape { format, locale }, rows::header(locale), export, Export::next))
}

impl Export {
    /// The next rows, and where the export stands behind them; nowhere when they were the last ones.
    async fn next(mut self) -> Result<(Batch, Option<Self>)> {
        let read = self.ctx.read(&self.granted);
        let events = store::list(read, &self.filter, self.before, ROWS_AT_ONCE).await?;
        let batch = events.iter().map(|event| rows::row(event, self.locale)).collect();
        let is_last = i64::try_from(events.len()).is_ok_and(|count| count < ROWS_AT_ONCE);
        self.before = events.last().map(|event| event.id);
        Ok((batch, (!is_last).then_some(self)))
    }
}

async fn record(ctx: &Ctx, granted: &Granted, filter: &AuditFilter) -> Result<()> {
    let mut tx = ctx.begin(granted.clone()).await?;
    let mut asked = json!({ "filter": filter });
    if let Some(filter) = asked["filter"].as_object_mut() {
        filter.retain(|_, value| !value.is_null());
    }
    let entry = Entry::done("audit.exported", "audit_log", "").with(asked);
    // Somebody of one hospital leaves the trace where that hospital sees it.
    tx.record(entry.in_hospital(granted.reach().sole_hospital()));
    tx.commit().await
}
