//! Addresses as squares that a camera reads.

use anyhow::Context as _;
use px360_domain::accounts::{Hidden, QrPicture};
use qrcode::{Color, QrCode};

use crate::error::Result;

/// Light squares around the picture, as the standard wants them.
const QUIET: u32 = 4;

/// An address as squares that a camera reads.
pub(crate) fn picture(uri: &str) -> Result<QrPicture> {
    let code = QrCode::new(uri).context("drawing a QR code")?;
    let width = u32::try_from(code.width()).context("a QR code has a side")?;
    let mut path = String::new();
    for (place, color) in (0_u32..).zip(code.into_colors()) {
        if color == Color::Dark {
            let (x, y) = (place % width + QUIET, place / width + QUIET);
            path.push_str(&format!("M{x} {y}h1v1h-1z"));
        }
    }
    Ok(QrPicture { side: width + 2 * QUIET, path: Hidden::from(path) })
}
