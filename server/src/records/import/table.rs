//! A file of rows, whatever it came as: comma-separated in one of several habits, or a spreadsheet.

use std::io::{Cursor, Read as _};

use calamine::{Data, Reader as _, Xlsx};
use encoding_rs::{Encoding, WINDOWS_1256};
use px360_domain::records::COLUMNS_MAX;

/// How many rows are shown to whoever says what the columns mean.
const SAMPLE_ROWS: usize = 3;
/// The most letters of a cell.
const CELL_CHARS_MAX: usize = 2_000;
/// What a spreadsheet may unpack to: whoever sends more sends a bomb.
const UNPACKED_BYTES_MAX: u64 = 512 << 20;
/// The most that the rows of a file may take.
const ROWS_BYTES_MAX: usize = 512 << 20;
/// What every zip, and so every spreadsheet, begins with.
const ZIP: &[u8] = b"PK\x03\x04";

/// A file, read.
pub(super) struct Table {
    /// The heads of the columns.
    pub(super) columns: Vec<String>,
    /// The first rows.
    pub(super) sample: Vec<Vec<String>>,
    /// How many rows stand below the heads.
    pub(super) rows: u32,
    /// The rows (RFC 4180), each with its line in the file before its cells.
    pub(super) csv: Vec<u8>,
}

/// Reads a file; the code of what is wrong with it otherwise.
pub(super) fn read(bytes: &[u8]) -> Result<Table, &'static str> {
    if bytes.starts_with(ZIP) { read_spreadsheet(bytes) } else { read_text(bytes) }
}

fn read_text(bytes: &[u8]) -> Result<Table, &'static str> {
    let text = decode(bytes);
    // A NUL is in no text; this is a picture or a program.
    if text.contains('\0') {
        return Err("not_a_table");
    }
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(&text))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut writer = Writer::default();
    let (mut line, mut behind) = (1, 0);
    for record in reader.records() {
        let record = record.map_err(|_unreadable| "not_a_table")?;
        let begins = record.position().map_or(0, csv::Position::byte);
        // The reader's own count is one behind where lines end in two letters, and it skips empty ones.
        let (skipped, begins) = lines_before(&text, behind, begins);
        (line, behind) = (line + skipped, begins);
        writer.row(line, record.iter().map(str::to_owned).collect())?;
    }
    writer.finish()
}

/// How many lines end between two places, and where the text behind them begins.
fn lines_before(text: &str, from: usize, to: u64) -> (usize, usize) {
    let bytes = text.as_bytes();
    let mut to = usize::try_from(to).unwrap_or(usize::MAX).clamp(from, bytes.len());
    while bytes.get(to).is_some_and(|byte| matches!(byte, b'\r' | b'\n')) {
        to += 1;
    }
    let between = bytes.get(from..to).unwrap_or_default();
    (between.iter().filter(|byte| **byte == b'\n').count(), to)
}

/// UTF-8 or UTF-16 by the mark at its beginning, UTF-8 without one, or what Arabic spreadsheets of old wrote.
fn decode(bytes: &[u8]) -> String {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0.into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => WINDOWS_1256.decode(bytes).0.into_owned(),
    }
}

/// The sign that stands most often in the first line.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |sign: u8| first.bytes().filter(|byte| *byte == sign).count();
    [b',', b';', b'\t', b'|'].into_iter().rev().max_by_key(|sign| count(*sign)).unwrap_or(b',')
}

fn read_spreadsheet(bytes: &[u8]) -> Result<Table, &'static str> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_no_zip| "not_a_table")?;
    let mut left = UNPACKED_BYTES_MAX;
    for at in 0..archive.len() {
        let file = archive.by_index(at).map_err(|_unreadable| "not_a_table")?;
        // Unpacked to nowhere, because what a zip says of its sizes may be a lie.
        let unpacked = std::io::copy(&mut file.take(left + 1), &mut std::io::sink());
        let unpacked = unpacked.map_err(|_unreadable| "not_a_table")?;
        left = left.checked_sub(unpacked).ok_or("too_large")?;
    }
    let mut book = Xlsx::new(Cursor::new(bytes))
        .map_err(|_no_spreadsheet: calamine::XlsxError| "not_a_table")?;
    let name = book.sheet_names().first().cloned().ok_or("empty_file")?;
    let mut cells = book.worksheet_cells_reader(&name).map_err(|_unreadable| "not_a_table")?;
    let mut writer = Writer::default();
    // Cell by cell: two cells in far corners are no reason to hold everything between them.
    let (mut at, mut row) = (0, Vec::new());
    while let Some(cell) = cells.next_cell().map_err(|_unreadable| "not_a_table")? {
        let (line, column) = cell.get_position();
        if column as usize >= COLUMNS_MAX {
            return Err("too_many_columns");
        }
        if line != at {
            writer.row(at as usize + 1, std::mem::take(&mut row))?;
            at = line;
        }
        row.resize(row.len().max(column as usize + 1), String::new());
        if let Some(place) = row.get_mut(column as usize) {
            *place = said(&Data::from(cell.get_value().clone()));
        }
    }
    writer.row(at as usize + 1, row)?;
    writer.finish()
}

/// What a cell of a spreadsheet shows.
fn said(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::DateTime(at) => match at.as_datetime() {
            Some(at) if at.time() == chrono::NaiveTime::MIN => at.date().to_string(),
            Some(at) => at.to_string(),
            None => String::new(),
        },
        other => other.to_string(),
    }
}

/// Writes the rows in one spelling.
#[derive(Default)]
struct Writer {
    columns: Vec<String>,
    sample: Vec<Vec<String>>,
    rows: u32,
    csv: String,
}

impl Writer {
    /// Takes in the cells of a line, counted from 1.
    fn row(&mut self, line: usize, mut cells: Vec<String>) -> Result<(), &'static str> {
        for cell in &mut cells {
            *cell = cell.trim().chars().filter(|c| *c != '\0').collect();
            // Most likely a quotation mark is missing, and the rest of the file stands in this cell.
            if cell.chars().nth(CELL_CHARS_MAX).is_some() {
                return Err("cell_too_long");
            }
        }
        // A sheet may have formatted columns without anything in them.
        let filled = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        cells.truncate(filled);
        if cells.is_empty() {
            return Ok(());
        }
        if self.columns.is_empty() {
            if filled > COLUMNS_MAX {
                return Err("too_many_columns");
            }
            self.columns = cells;
            return Ok(());
        }
        write_record(std::iter::once(&line.to_string()).chain(&cells), &mut self.csv);
        if self.csv.len() > ROWS_BYTES_MAX {
            return Err("too_large");
        }
        self.rows = self.rows.saturating_add(1);
        if self.sample.len() < SAMPLE_ROWS {
            cells.resize(self.columns.len(), String::new());
            self.sample.push(cells);
        }
        Ok(())
    }

    fn finish(self) -> Result<Table, &'static str> {
        let Self { columns, sample, rows, csv } = self;
        if rows == 0 {
            return Err("empty_file");
        }
        Ok(Table { columns, sample, rows, csv: csv.into_bytes() })
    }
}

/// As it is: what spreadsheets would take for a formula is none in here.
fn write_record<'a>(cells: impl Iterator<Item = &'a String>, into: &mut String) {
    for (place, cell) in cells.enumerate() {
        if place > 0 {
            into.push(',');
        }
        into.push('"');
        into.push_str(&cell.replace('"', "\"\""));
        into.push('"');
    }
    into.push('\n');
}
