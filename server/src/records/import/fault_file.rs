//! What could not be kept, as a file: the rows as they came, with what is wrong before them. Mended and
//! sent again, it imports the rest.

use axum::response::Response;
use px360_domain::{FieldFault, FileFormat};
use uuid::Uuid;

use super::find::some_right;
use super::{find, store};
use crate::ctx::{Ctx, Granted};
use crate::error::Result;
use crate::files::{Batch, Pieces, Shape, attachment, written};

/// How many rows a piece of the file has.
const ROWS_AT_ONCE: i64 = 1_000;

struct Pass<S> {
    ctx: Ctx,
    granted: Granted,
    id: Uuid,
    columns: usize,
    row: i32,
    say: S,
}

/// Every faulty row of an import. `say` puts a fault into words.
///
/// # Errors
/// As [`find`].
pub async fn fault_file<S>(ctx: &Ctx, id: Uuid, heads: [&str; 2], say: S) -> Result<Pieces>
where
    S: Fn(&FieldFault) -> String + Clone + Send + Sync + 'static,
{
    let import = find(ctx, id).await?.import;
    let (granted, columns) = (some_right(ctx)?, import.columns.len());
    let header = import.columns.into_iter().chain(heads.map(str::to_owned)).collect();
    let pass = Pass { ctx: ctx.clone(), granted, id, columns, row: 0, say };
    let shape = Shape { format: FileFormat::Csv, locale: ctx.language() };
    Ok(written(shape, header, pass, next))
}

async fn next<S>(mut pass: Pass<S>) -> Result<(Batch, Option<Pass<S>>)>
where
    S: Fn(&FieldFault) -> String + Clone + Send + Sync + 'static,
{
    let read = pass.ctx.read(&pass.granted);
    let rows = store::faults(read, pass.id, pass.row, ROWS_AT_ONCE).await?;
    let is_last = i64::try_from(rows.len()).is_ok_and(|count| count < ROWS_AT_ONCE);
    let mut batch = Batch::with_capacity(rows.len());
    for row in rows {
        let said: Vec<String> = row.faults.iter().map(&pass.say).collect();
        let line = row.row.to_string();
        // As many as there are columns; what stands beyond them comes last.
        let mut cells = row.cells;
        let beyond = cells.split_off(cells.len().min(pass.columns));
        cells.resize(pass.columns, String::new());
        cells.extend([line, said.join("; ")]);
        cells.extend(beyond);
        batch.push(cells);
        pass.row = i32::try_from(row.row).unwrap_or(i32::MAX);
    }
    Ok((batch, (!is_last).then_some(pass)))
}

/// The file as an answer to keep.
pub fn as_file(ctx: &Ctx, rows: Pieces) -> Response {
    attachment(ctx, "faults", FileFormat::Csv, rows)
}
