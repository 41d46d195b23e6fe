//! Records as a file.

use px360_domain::records::{Field, FieldValue, Listed, RecordKind, RecordQuery};
use px360_domain::{Failure, FileFormat, Locale};
use serde_json::{Map, Value, json};

use super::record::Record;
use super::statements::{Asked, Cursor, Sight};
use super::{identity, store};
use crate::audit::Entry;
use crate::ctx::{Ctx, Granted};
use crate::error::Result;
use crate::files::{Batch, Pieces, Shape, written};

/// How many records are read at once. Between two of these no connection is held, however slowly
/// somebody reads.
const ROWS_AT_ONCE: i64 = 500;

/// What stands between the lines of one cell, and between the values of one line.
const BETWEEN_ROWS: &str = "; ";
const BETWEEN_VALUES: &str = " ";

/// Where an export stands.
struct Export {
    ctx: Ctx,
    kind: RecordKind,
    granted: Granted,
    identify: bool,
    asked: Asked,
    ordering: String,
    locale: Locale,
}

/// Everything that the query finds within the caller's reach, in its order.
///
/// Masked as lists are. That it was taken is an entry of the audit log, written first: what is streamed can no longer be
/// refused.
///
/// # Errors
/// As [`list`](super::list), and `Invalid` on `cursor` and `limit`, which a file has not.
pub async fn export(
    ctx: &Ctx,
    kind: RecordKind,
    query: RecordQuery,
    language: Option<Locale>,
    format: FileFormat,
) -> Result<Pieces> {
    let granted = ctx.require(kind.read())?;
    for (field, is_there) in [("cursor", query.cursor.is_some()), ("limit", query.limit.is_some())]
    {
        if is_there {
            return Err(Failure::invalid(field, "unknown_field").into());
        }
    }
    let asked = Asked::read(kind, &query)?;
    let identify = identity::everywhere(ctx, kind, &granted).is_some();
    record(ctx, kind, &granted, &query).await?;
    let export = Export {
        ctx: ctx.clone(),
        kind,
        granted,
        identify,
        asked,
        ordering: query.ordering.unwrap_or_default(),
        locale: language.unwrap_or_else(|| ctx.language()),
    };
    let shape = Shape { format, locale: export.locale };
    Ok(written(shape, header(kind), export, Export::next))
}

impl Export {
    /// The next rows, and where the export stands behind them; nowhere when they were the last ones.
    async fn next(mut self) -> Result<(Batch, Option<Self>)> {
        let sight = Sight { reach: self.granted.reach(), identify: self.identify };
        let read = self.ctx.read(&self.granted);
        let rows = store::list(read, self.kind, sight, &self.asked, ROWS_AT_ONCE).await?;
        let is_last = i64::try_from(rows.len()).is_ok_and(|count| count < ROWS_AT_ONCE);
        self.asked.after = rows.last().map(|last| Cursor {
            ordering: self.ordering.clone(),
            place: last.place.clone(),
            id: last.id,
        });
        let records = rows.into_iter().map(|row| Record::of(self.kind, row, self.identify));
        let batch = records.map(|record| self.cells(&record)).collect();
        Ok((batch, (!is_last).then_some(self)))
    }

    fn cells(&self, record: &Record) -> Vec<String> {
        let view = record.view(self.kind);
        let named = self.kind.fields().iter().zip(&view.values);
        let values =
            named.filter(|(field, _)| is_written(field)).map(|(_, value)| said(value, self.locale));
        std::iter::once(record.id.to_string()).chain(values).collect()
    }
}

/// The names of the fields, as REST has them: a file can be read by programs in any language.
fn header(kind: RecordKind) -> Vec<String> {
    let fields = kind.fields().iter().filter(|field| is_written(field));
    std::iter::once("id").chain(fields.map(|field| field.name)).map(str::to_owned).collect()
}

fn is_written(field: &Field) -> bool {
    field.listed != Listed::Never
}

/// What stands in a cell; other records by their names.
fn said(value: &FieldValue, locale: Locale) -> String {
    match value {
        FieldValue::Empty => String::new(),
        FieldValue::Text(text) => text.clone(),
        FieldValue::Flag(flag) => flag.to_string(),
        FieldValue::Ref { name, .. } => name.pick(locale).to_owned(),
        FieldValue::Rows(rows) => {
            let line = |row: &Vec<FieldValue>| {
                let values = row.iter().map(|value| said(value, locale));
                values.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(BETWEEN_VALUES)
            };
            rows.iter().map(line).collect::<Vec<_>>().join(BETWEEN_ROWS)
        }
    }
}

async fn record(ctx: &Ctx, kind: RecordKind, granted: &Granted, query: &RecordQuery) -> Result<()> {
    let mut tx = ctx.begin(granted.clone()).await?;
    let mut filter: Map<String, Value> =
        query.filters.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
    let words = [("search", &query.search), ("ordering", &query.ordering)];
    // What is searched for may be a patient's name: that there was something has to do.
    filter.extend(words.into_iter().filter_map(|(name, value)| {
        let value = value.as_ref()?;
        let told = if name == "search" && kind == RecordKind::Patient { "…" } else { value };
        Some((name.to_owned(), json!(told)))
    }));
    let entry = Entry::done(format!("{}.exported", kind.plural()), kind.as_str(), "");
    let entry = entry.with(json!({ "filter": filter }));
    // Somebody of one hospital leaves the trace where that hospital sees it.
    tx.record(entry.in_hospital(granted.reach().sole_hospital()));
    tx.commit().await
}
