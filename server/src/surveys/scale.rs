//! Pictures as they are kept: small, upright, of one format, and without what else their files told.

use std::io::Cursor;

use anyhow::Context as _;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::overlay;
use image::{DynamicImage, ImageDecoder as _, ImageReader, Limits, Rgb, RgbImage, RgbaImage};
use tokio::sync::Semaphore;

use crate::error::Error;

/// The most memory that its pixels may take, in bytes: 53 million of them.
const FILE_MEMORY_MAX: u64 = 160 << 20;
/// How much of its sharpness a JPEG keeps, of 100; less of one that would be too long.
const QUALITIES: [u8; 3] = [82, 60, 30];

/// Pictures that are made small at once: one takes a core and hundreds of megabytes for a moment.
static AT_ONCE: Semaphore = Semaphore::const_new(1);

/// How large a picture may be.
#[derive(Clone, Copy)]
pub(super) struct Frame {
    /// The longest side, in pixels.
    pub(super) side: u32,
    /// The longest JPEG, in bytes.
    pub(super) bytes: usize,
}

/// Why a file is not kept as a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unfit {
    /// Too many pixels, or nothing that makes it short enough.
    TooLarge,
    /// Neither JPEG nor PNG nor WebP.
    NotAPicture,
}

/// The bytes of a JPEG that fits the frame, on white where the picture lets something through. Only what is seen is
/// taken over: no place, no device, no day. Others wait for their turn.
///
/// # Errors
/// `Broken` when the server ends meanwhile.
pub(super) async fn small(file: Vec<u8>, frame: Frame) -> Result<Result<Vec<u8>, Unfit>, Error> {
    let turn = AT_ONCE.acquire().await.context("waiting for a turn")?;
    let small = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        jpeg(&file, frame)
    });
    Ok(small.await.context("making a picture small")?)
}

fn jpeg(file: &[u8], frame: Frame) -> Result<Vec<u8>, Unfit> {
    let picture = on_white(&read(file, frame.side)?.to_rgba8());
    for quality in QUALITIES {
        let mut bytes = Vec::new();
        JpegEncoder::new_with_quality(&mut bytes, quality)
            .encode_image(&picture)
            .map_err(|_unencodable| Unfit::NotAPicture)?;
        if bytes.len() <= frame.bytes {
            return Ok(bytes);
        }
    }
    Err(Unfit::TooLarge)
}

fn read(file: &[u8], side: u32) -> Result<DynamicImage, Unfit> {
    let mut limits = Limits::default();
    limits.max_alloc = Some(FILE_MEMORY_MAX);
    let reader = ImageReader::new(Cursor::new(file)).with_guessed_format();
    let mut reader = reader.map_err(|_unreadable| Unfit::NotAPicture)?;
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_unreadable| Unfit::NotAPicture)?;
    // Said by the file's first bytes; not every decoder asks by itself before it takes the memory.
    if decoder.total_bytes() > FILE_MEMORY_MAX {
        return Err(Unfit::TooLarge);
    }
    // Phones keep pictures as the sensor lies, and say which way is up.
    let orientation = decoder.orientation().map_err(|_unreadable| Unfit::NotAPicture)?;
    let picture = DynamicImage::from_decoder(decoder).map_err(|_unreadable| Unfit::NotAPicture)?;
    let fits = picture.width() <= side && picture.height() <= side;
    let mut picture = if fits { picture } else { picture.thumbnail(side, side) };
    picture.apply_orientation(orientation);
    Ok(picture)
}

fn on_white(picture: &RgbaImage) -> RgbImage {
    let white = Rgb([255, 255, 255]);
    let mut under =
        DynamicImage::ImageRgb8(RgbImage::from_pixel(picture.width(), picture.height(), white))
            .to_rgba8();
    overlay(&mut under, picture, 0, 0);
    DynamicImage::ImageRgba8(under).to_rgb8()
}

#[cfg(test)]
mod tests {
    use image::{ImageFormat, Rgba};

    use super::*;

    const CHOICE: Frame = Frame { side: 480, bytes: 256 << 10 };

    fn png(picture: &RgbaImage) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn a_large_picture_becomes_small_and_keeps_its_shape() {
        let wide = RgbaImage::from_pixel(2_000, 1_000, Rgba([200, 30, 30, 255]));
        let small = image::load_from_memory(&jpeg(&png(&wide), CHOICE).unwrap()).unwrap();
        assert_eq!((small.width(), small.height()), (480, 240));
    }

    #[test]
    fn what_lets_through_lies_on_white_and_small_ones_stay_as_large_as_they_are() {
        let clear = RgbaImage::from_pixel(40, 60, Rgba([0, 0, 0, 0]));
        let small =
            image::load_from_memory(&jpeg(&png(&clear), CHOICE).unwrap()).unwrap().to_rgb8();
        assert_eq!((small.width(), small.height()), (40, 60));
        assert!(small.pixels().all(|pixel| pixel.0.iter().all(|part| *part > 250)));
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        for file in [
            &b""[..],
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b"GIF89a",
            b"\x89PNG\r\n\x1a\n",
        ] {
            assert_eq!(jpeg(file, CHOICE), Err(Unfit::NotAPicture), "{file:?}");
        }
    }

    #[test]
    fn a_file_that_claims_to_be_huge_is_refused_before_it_is_read() {
        let mut file =
            jpeg(&png(&RgbaImage::from_pixel(8, 8, Rgba([0, 0, 0, 255]))), CHOICE).unwrap();
        assert!(jpeg(&file, CHOICE).is_ok());
        // Height and width stand in the header of a frame.
        let frame = file.windows(2).position(|two| two == [0xff, 0xc0]).unwrap();
        file[frame + 5..frame + 9].copy_from_slice(&[0x3e, 0x80, 0x3e, 0x80]);
        assert_eq!(jpeg(&file, CHOICE), Err(Unfit::TooLarge));
    }

    #[test]
    fn a_picture_of_noise_loses_sharpness_before_it_is_too_long() {
        let mut state = 1_u32;
        let mut noise = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        let mut picture = RgbaImage::new(CHOICE.side, CHOICE.side);
        for pixel in picture.pixels_mut() {
            *pixel = Rgba([noise(), noise(), noise(), 255]);
        }
        assert!(jpeg(&png(&picture), CHOICE).unwrap().len() <= CHOICE.bytes);
    }
}
