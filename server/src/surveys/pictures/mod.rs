//! Pictures of choices.

mod forget;
mod scale;
mod store;

use anyhow::Context as _;
use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::ids::SurveyPictureId;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use tokio::sync::Semaphore;

use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;

pub(super) use forget::forget_unused;
pub(super) use store::hold;

/// The largest file that a picture is taken from, in bytes.
pub(super) const PICTURE_BYTES_MAX: usize = 8 << 20;

/// Pictures that are made small at once: one takes a core and hundreds of megabytes for a moment.
static AT_ONCE: Semaphore = Semaphore::const_new(1);

/// Keeps a picture for the choices of surveys: turned upright, made small, and without whatever else its file told (the
/// place, the device, the day). The same picture is kept once.
///
/// # Errors
/// `Forbidden` for whoever writes no surveys; `Invalid` on `picture` with `too_large` (in bytes or pixels) or
/// `not_a_picture` (JPEG, PNG and WebP are).
pub async fn keep_picture(ctx: &Ctx, file: Vec<u8>) -> Result<SurveyPictureId> {
    let granted = ctx.require(Permission::SurveyTemplateWrite)?;
    let by = ctx.user_id().ok_or(Failure::Forbidden)?;
    if file.len() > PICTURE_BYTES_MAX {
        return Err(Failure::invalid("picture", "too_large").into());
    }
    let turn = AT_ONCE.acquire().await.context("waiting for a turn")?;
    let small = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        scale::small(&file)
    });
    let small = small.await.context("making a picture small")??;
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
