//! Rows of tables that spreadsheets open.

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
