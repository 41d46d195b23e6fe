//! A file of rows, whatever it came as: comma-separated in one of several habits, or a spreadsheet.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use encoding_rs::{Encoding, WINDOWS_1256};
use px360_domain::records::COLUMNS_MAX;

/// How many rows are shown to whoever says what the columns mean.
const SAMPLE_ROWS: usize = 3;
/// The most letters of a cell.
const CELL_CHARS_MAX: usize = 2_000;
/// What a spreadsheet may unpack to: whoever sends more sends a bomb.
const UNPACKED_BYTES_MAX: u64 = 1 << 30;
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
    for (at, record) in reader.records().enumerate() {
        let record = record.map_err(|_unreadable| "not_a_table")?;
        writer.row(at, record.iter().map(str::to_owned).collect())?;
    }
    writer.finish()
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
    let unpacked: u64 = (0..archive.len())
        .filter_map(|at| archive.by_index_raw(at).ok().map(|file| file.size()))
        .fold(0, u64::saturating_add);
    if unpacked > UNPACKED_BYTES_MAX {
        return Err("too_large");
    }
    let mut book = Xlsx::new(Cursor::new(bytes))
        .map_err(|_no_spreadsheet: calamine::XlsxError| "not_a_table")?;
    let sheet = book.worksheet_range_at(0).ok_or("empty_file")?;
    let sheet = sheet.map_err(|_unreadable| "not_a_table")?;
    let first = sheet.start().map_or(0, |(row, _)| row as usize);
    let mut writer = Writer::default();
    for (at, row) in sheet.rows().enumerate() {
        writer.row(first + at, row.iter().map(said).collect())?;
    }
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
    fn row(&mut self, at: usize, mut cells: Vec<String>) -> Result<(), &'static str> {
        for cell in &mut cells {
            *cell = cell.trim().chars().filter(|c| *c != '\0').take(CELL_CHARS_MAX).collect();
        }
        if cells.iter().all(String::is_empty) {
            return Ok(());
        }
        if self.columns.is_empty() {
            // A sheet may have formatted columns without anything in them.
            let filled = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
            cells.truncate(filled);
            if filled > COLUMNS_MAX {
                return Err("too_many_columns");
            }
            self.columns = cells;
            return Ok(());
        }
        cells.resize(self.columns.len(), String::new());
        let line = (at + 1).to_string();
        write_record(std::iter::once(&line).chain(&cells), &mut self.csv);
        self.rows = self.rows.saturating_add(1);
        if self.sample.len() < SAMPLE_ROWS {
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
