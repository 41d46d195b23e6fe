//! Workbooks (ISO/IEC 29500).
//!
//! A workbook can only be sent when it is complete. Its rows go to files without a name as they come, so
//! that a million of them take no memory, and nothing is left behind.

use std::fs::File;
use std::io::{Read as _, Seek as _};

use anyhow::Context as _;
use axum::body::Bytes;
use futures_util::stream::{self, BoxStream, StreamExt as _, TryStreamExt as _};
use px360_domain::Locale;
use rust_xlsxwriter::{Format, Workbook, Worksheet};
use tokio::sync::Semaphore;

use super::{Batch, Pieces};
use crate::error::{Error, Result};

/// How many rows a sheet has room for (the specification's limit). What is beyond stands on the next one.
const ROWS_MAX: u32 = 1_048_576;

/// How many units of UTF-16 a cell has room for (the specification's limit, less one that says so).
const CELL_UNITS_MAX: usize = 32_766;

/// How wide a column is, in characters.
const WIDTH: f64 = 22.0;

/// How much is sent at once.
const PIECE_BYTES: usize = 64 * 1024;

/// How many workbooks are written at once; others wait for their turn.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// A workbook that is being written.
struct Writing {
    workbook: Workbook,
    header: Vec<String>,
    locale: Locale,
    /// The sheet, and its next row; none before the first.
    stands: Option<(usize, u32)>,
}

/// All batches in one workbook, with the header on each of its sheets.
pub(super) fn written(
    header: Vec<String>,
    locale: Locale,
    batches: BoxStream<'static, Result<Batch>>,
) -> Pieces {
    stream::once(complete(header, locale, batches)).map_ok(in_pieces).try_flatten().boxed()
}

async fn complete(
    header: Vec<String>,
    locale: Locale,
    mut batches: BoxStream<'static, Result<Batch>>,
) -> Result<File> {
    // However many ask: the disk has room for a few.
    let _turn = AT_ONCE.acquire().await.context("workbooks are written no more")?;
    let mut writing = Writing { workbook: Workbook::new(), header, locale, stands: None };
    writing.begin_sheet()?;
    while let Some(batch) = batches.try_next().await? {
        for row in &batch {
            writing.row(row)?;
        }
    }
    let saved = tokio::task::spawn_blocking(move || writing.save()).await;
    saved.context("a workbook was not packed")?
}

impl Writing {
    fn begin_sheet(&mut self) -> Result<()> {
        let at = self.stands.map_or(0, |(at, _)| at + 1);
        let bold = Format::new().set_bold();
        let sheet = self.workbook.add_worksheet_with_constant_memory().map_err(broken)?;
        sheet.set_right_to_left(self.locale == Locale::Ar);
        let last = u16::try_from(self.header.len().saturating_sub(1)).unwrap_or(u16::MAX);
        sheet.set_column_range_width(0, last, WIDTH).map_err(broken)?;
        sheet.set_freeze_panes(1, 0).map_err(broken)?;
        for (column, name) in (0..).zip(&self.header) {
            sheet.write_string_with_format(0, column, name, &bold).map_err(broken)?;
        }
        self.stands = Some((at, 1));
        Ok(())
    }

    fn row(&mut self, cells: &[String]) -> Result<()> {
        if self.stands.is_none_or(|(_, row)| row == ROWS_MAX) {
            self.begin_sheet()?;
        }
        let Some((at, row)) = self.stands else { return Ok(()) };
        let sheet = self.workbook.worksheet_from_index(at).map_err(broken)?;
        write_cells(sheet, row, cells)?;
        self.stands = Some((at, row + 1));
        Ok(())
    }

    fn save(mut self) -> Result<File> {
        let mut file = tempfile::tempfile().context("no room for a workbook")?;
        self.workbook.save_to_writer(&mut file).map_err(broken)?;
        file.rewind().context("a workbook cannot be read again")?;
        Ok(file)
    }
}

fn write_cells(sheet: &mut Worksheet, row: u32, cells: &[String]) -> Result<()> {
    for (column, text) in (0..).zip(cells) {
        if text.is_empty() {
            continue;
        }
        match room_for(text) {
            end if end == text.len() => sheet.write_string(row, column, text),
            // The rest has no room; the last letter says so.
            end => sheet.write_string(row, column, format!("{}…", &text[..end])),
        }
        .map_err(broken)?;
    }
    Ok(())
}

/// How many bytes of a text a cell has room for.
fn room_for(text: &str) -> usize {
    let mut units = 0;
    let beyond = text.char_indices().find(|(_, letter)| {
        units += letter.len_utf16();
        units > CELL_UNITS_MAX
    });
    beyond.map_or(text.len(), |(at, _)| at)
}

fn in_pieces(file: File) -> BoxStream<'static, Result<Bytes>> {
    stream::try_unfold(file, |file| async {
        let read = tokio::task::spawn_blocking(move || read(file)).await;
        let (file, piece) = read.context("a workbook was not read")??;
        Ok((!piece.is_empty()).then_some((piece, file)))
    })
    .boxed()
}

fn read(mut file: File) -> Result<(File, Bytes)> {
    let mut piece = Vec::with_capacity(PIECE_BYTES);
    let most = u64::try_from(PIECE_BYTES).unwrap_or(u64::MAX);
    file.by_ref().take(most).read_to_end(&mut piece).context("a workbook cannot be read")?;
    Ok((file, piece.into()))
}

fn broken(error: rust_xlsxwriter::XlsxError) -> Error {
    anyhow::Error::new(error).context("a workbook cannot be written").into()
}
