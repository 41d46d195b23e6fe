//! Tables that spreadsheets open: read batch by batch, written row by row, sent piece by piece.

mod csv;
mod xlsx;

use std::future::Future;

use axum::body::{Body, Bytes};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream::{self, BoxStream, StreamExt as _};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use px360_domain::{FileFormat, Locale};

use crate::ctx::Ctx;
use crate::error::Result;

/// A file on its way.
pub(crate) type Pieces = BoxStream<'static, Result<Bytes>>;

/// Rows of cells.
pub(crate) type Batch = Vec<Vec<String>>;

/// How a table is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    pub(crate) format: FileFormat,
    /// The language that it is read in: Arabic sheets begin on the right.
    pub(crate) locale: Locale,
}

/// Writes a header and batches of rows, until one says that nothing stands behind it. What was sent can no
/// longer be refused, so an error is logged here, and the file ends where it is.
pub(crate) fn written<S, F>(
    shape: Shape,
    header: Vec<String>,
    first: S,
    next: impl Fn(S) -> F + Send + 'static,
) -> Pieces
where
    S: Send + 'static,
    F: Future<Output = Result<(Batch, Option<S>)>> + Send + 'static,
{
    let batches = stream::try_unfold(Some(first), move |stands| {
        let batch = stands.map(&next);
        async move {
            match batch {
                Some(batch) => batch.await.map(Some),
                None => Ok(None),
            }
        }
    });
    let pieces = match shape.format {
        FileFormat::Csv => csv::written(header, batches.boxed()),
        FileFormat::Xlsx => xlsx::written(header, shape.locale, batches.boxed()),
    };
    let told = |piece: &Result<Bytes>| {
        if let Err(error) = piece {
            tracing::error!("a file ended early: {}", error.chain());
        }
    };
    pieces.inspect(told).boxed()
}

/// A file to keep, named after what is in it and when it was taken.
pub(crate) fn attachment(ctx: &Ctx, what: &str, format: FileFormat, pieces: Pieces) -> Response {
    let taken = ctx.now().format("%Y%m%dT%H%M%SZ");
    let name = format!("attachment; filename=\"{what}-{taken}.{format}\"");
    let headers = [(CONTENT_TYPE, format.media_type().to_owned()), (CONTENT_DISPOSITION, name)];
    (headers, Body::from_stream(pieces)).into_response()
}
