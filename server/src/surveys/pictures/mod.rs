//! Pictures of choices.

mod forget;
mod store;

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::ids::SurveyPictureId;
use px360_domain::surveys::SURVEY_PICTURE_BYTES_MAX;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::scale::{Frame, Unfit, small};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;

pub(super) use forget::forget_unused;
pub(super) use store::hold;

/// Twice the width at which a phone shows a picture, and no longer than `survey_pictures_bytes_check` allows.
const FRAME: Frame = Frame { side: 480, bytes: 256 << 10 };

/// Keeps a picture for the choices of surveys: turned upright, made small, and without whatever else its file told (the
/// place, the device, the day). The same picture is kept once.
///
/// # Errors
/// `Forbidden` for whoever writes no surveys; `Invalid` on `picture` with `too_large` (in bytes or pixels) or
/// `not_a_picture` (JPEG, PNG and WebP are).
pub async fn keep_picture(ctx: &Ctx, file: Vec<u8>) -> Result<SurveyPictureId> {
    let granted = ctx.require(Permission::SurveyTemplateWrite)?;
    let by = ctx.user_id().ok_or(Failure::Forbidden)?;
    if file.len() > SURVEY_PICTURE_BYTES_MAX {
        return Err(Failure::invalid("picture", "too_large").into());
    }
    let small = small(file, FRAME).await?.map_err(|unfit| match unfit {
        Unfit::TooLarge => Failure::invalid("picture", "too_large"),
        Unfit::NotAPicture => Failure::invalid("picture", "not_a_picture"),
    })?;
    let hash = Sha256::digest(&small);
    let mut tx = ctx.begin(granted).await?;
    let id: SurveyPictureId = tx.ctx().new_id();
    let id = store::keep(&mut tx, id, &hash, &small, by).await?;
    tx.record(
        Entry::done("survey_picture.kept", "survey_picture", id)
            .with(json!({ "bytes": small.len() })),
    );
    tx.commit().await?;
    Ok(id)
}

/// A picture, as the bytes of a JPEG, for whoever has its address.
///
/// # Errors
/// `NotFound`.
pub async fn picture(ctx: &Ctx, id: SurveyPictureId) -> Result<Vec<u8>> {
    let granted = ctx.require(Permission::SurveyPosterRead)?;
    let bytes = store::bytes(ctx.read(&granted), id).await?;
    Ok(bytes.ok_or_else(|| Failure::not_found("survey_picture"))?)
}
