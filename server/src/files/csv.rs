//! Comma-separated values (RFC 4180).

use axum::body::Bytes;
use futures_util::stream::{self, BoxStream, StreamExt as _, TryStreamExt as _};

use super::{Batch, Pieces};
use crate::error::Result;

/// Without it, spreadsheets read Arabic as something else. Stands before the first row.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// The header, then each batch as it comes.
pub(super) fn written(header: Vec<String>, batches: BoxStream<'static, Result<Batch>>) -> Pieces {
    let mut text = String::from(BYTE_ORDER_MARK);
    write_row(&header, &mut text);
    let rows = batches.map_ok(|batch| {
        let mut text = String::new();
        for row in &batch {
            write_row(row, &mut text);
        }
        Bytes::from(text)
    });
    stream::once(async { Ok(text.into()) }).chain(rows).boxed()
}

fn write_row(cells: &[String], into: &mut String) {
    for (place, text) in cells.iter().enumerate() {
        if place > 0 {
            into.push(',');
        }
        cell(text, into);
    }
    into.push_str("\r\n");
}

/// One cell. What a spreadsheet would take for a formula, and somebody outside may have written, becomes
/// text by an apostrophe before it.
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
