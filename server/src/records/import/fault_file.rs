//! What could not be kept, as a file: the rows as they came, with what is wrong before them. Mended and
//! sent again, it imports the rest.

use axum::body::Bytes;
use axum::response::Response;
use px360_domain::FieldFault;
use uuid::Uuid;

use super::find::some_right;
use super::{find, store};
use crate::csv::{BYTE_ORDER_MARK, Pieces, attachment, in_pieces, write_row};
use crate::ctx::{Ctx, Granted};
use crate::error::Result;

/// How many rows a piece of the file has.
const ROWS_AT_ONCE: i64 = 1_000;

struct Pass<S> {
    ctx: Ctx,
    granted: Granted,
    id: Uuid,
    text: String,
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
    let mut text = String::from(BYTE_ORDER_MARK);
    let columns = import.columns.iter().map(String::as_str);
    write_row(columns.chain(heads), &mut text);
    let (granted, columns) = (some_right(ctx)?, import.columns.len());
    let pass = Pass { ctx: ctx.clone(), granted, id, text, columns, row: 0, say };
    Ok(in_pieces(pass, next))
}

async fn next<S>(mut pass: Pass<S>) -> Result<(Bytes, Option<Pass<S>>)>
where
    S: Fn(&FieldFault) -> String + Clone + Send + Sync + 'static,
{
    let read = pass.ctx.read(&pass.granted);
    let rows = store::faults(read, pass.id, pass.row, ROWS_AT_ONCE).await?;
    let is_last = i64::try_from(rows.len()).is_ok_and(|count| count < ROWS_AT_ONCE);
    let mut text = std::mem::take(&mut pass.text);
    for row in rows {
        let said: Vec<String> = row.faults.iter().map(&pass.say).collect();
        let line = row.row.to_string();
        // As many as there are columns; what stands beyond them comes last.
        let cell = |at: usize| row.cells.get(at).map_or("", String::as_str);
        let own = (0..pass.columns).map(cell);
        let beyond = row.cells.iter().skip(pass.columns).map(String::as_str);
        let said = said.join("; ");
        write_row(own.chain([line.as_str(), said.as_str()]).chain(beyond), &mut text);
        pass.row = i32::try_from(row.row).unwrap_or(i32::MAX);
    }
    Ok((text.into(), (!is_last).then_some(pass)))
}

/// The file as an answer to keep.
pub fn as_file(ctx: &Ctx, rows: Pieces) -> Response {
    attachment(ctx, "faults", rows)
}
