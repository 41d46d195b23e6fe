//! The next lines of a stored file.

use crate::error::Result;

/// A line of a file.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Its number in the file that was sent; the heads are 1.
    pub(super) row: u32,
    pub(super) cells: Vec<String>,
}

/// Some lines, and how many bytes they took.
pub(super) struct Lines {
    pub(super) lines: Vec<Line>,
    pub(super) bytes: usize,
}

/// The first whole lines of some bytes, at most so many; the last may be cut off unless the file ends there.
pub(super) fn read(bytes: &[u8], is_end: bool, lines_max: usize) -> Result<Lines> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    let mut record = csv::StringRecord::new();
    let (mut lines, mut taken) = (Vec::new(), 0);
    while lines.len() < lines_max {
        // A letter that is cut in two at the end is of a line that is cut.
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(_) if !is_end => break,
            Err(error) => return Err(anyhow::Error::new(error).context("reading a file").into()),
        }
        let end = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        if end >= bytes.len() && !is_end {
            break;
        }
        let mut cells = record.iter().map(str::to_owned);
        let row = cells.next().and_then(|row| row.parse().ok()).unwrap_or_default();
        lines.push(Line { row, cells: cells.collect() });
        taken = end.min(bytes.len());
    }
    Ok(Lines { lines, bytes: taken })
}
