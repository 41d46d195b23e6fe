//! Tables that spreadsheets open: written row by row, sent piece by piece.

use std::future::Future;

use axum::body::{Body, Bytes};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream::{self, BoxStream, StreamExt as _};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};

use crate::ctx::Ctx;
use crate::error::Result;

/// A file on its way.
pub(crate) type Pieces = BoxStream<'static, Result<Bytes>>;

/// Without it, spreadsheets read Arabic as something else. Stands before the first row.
pub(crate) const BYTE_ORDER_MARK: char = '\u{feff}';

/// Writes one row (RFC 4180).
pub(crate) fn write_row<'a>(cells: impl IntoIterator<Item = &'a str>, into: &mut String) {
    for (place, text) in cells.into_iter().enumerate() {
        if place > 0 {
            into.push(',');
        }
        cell(text, into);
    }
    into.push_str("\r\n");
}

/// One cell (RFC 4180). What a spreadsheet would take for a formula, and somebody outside may have
/// written, becomes text by an apostrophe before it.
fn cell(text: &str, into: &mut String) {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let quoted = text.contains([',', '"', '\r', '\n', '\t']);
    if quoted {
        into.push('"');
    }
    if is_formula {
        into.push('\'');
    }
    for letter in text.chars() {
        if letter == '"' {
            into.push('"');
        }
        into.push(letter);
    }
    if quoted {
        into.push('"');
    }
}

/// Sends pieces until one says that nothing stands behind it. What was sent can no longer be refused, so
/// an error is logged here, and the file ends where it is.
pub(crate) fn in_pieces<S, F>(first: S, next: impl Fn(S) -> F + Send + 'static) -> Pieces
where
    S: Send + 'static,
    F: Future<Output = Result<(Bytes, Option<S>)>> + Send + 'static,
{
    let pieces = stream::try_unfold(Some(first), move |stands| {
        let piece = stands.map(&next);
        async move {
            match piece {
                Some(piece) => piece.await.map(Some),
                None => Ok(None),
            }
        }
    });
    let told = |piece: &Result<Bytes>| {
        if let Err(error) = piece {
            tracing::error!("a file ended early: {}", error.chain());
        }
    };
    pieces.inspect(told).boxed()
}

/// A file to keep, named after what is in it and when it was taken.
pub(crate) fn attachment(ctx: &Ctx, what: &str, pieces: Pieces) -> Response {
    let taken = ctx.now().format("%Y%m%dT%H%M%SZ");
    let name = format!("attachment; filename=\"{what}-{taken}.csv\"");
    let headers =
        [(CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, name)];
    (headers, Body::from_stream(pieces)).into_response()
}
