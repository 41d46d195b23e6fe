//! Somebody reads the code of a poster.

use chrono::TimeDelta;
use px360_domain::access::Permission;
use px360_domain::ids::SurveyId;
use px360_domain::surveys::posters::PosterFace;
use px360_domain::{Failure, Locale};

use super::store;
use crate::analytics::{self, FunnelCount};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;

/// How long whoever began may take.
const OPEN: TimeDelta = TimeDelta::days(1);
/// How many may begin from one poster within a minute: more than any corridor has visitors.
const A_MINUTE_MAX: i64 = 60;
/// How many within a day: more than any department has, and few enough that a script is noticed and stopped.
const A_DAY_MAX: i64 = 1_000;

/// What a poster's code leads to. Reading it writes nothing.
///
/// # Errors
/// `NotFound` for a code that asks nothing, or nothing any more.
pub async fn poster_face(ctx: &Ctx, code: &str) -> Result<PosterFace> {
    let granted = ctx.require(Permission::SurveyPosterRead)?;
    let face = store::face(ctx.read(&granted), code).await?;
    Ok(face.ok_or_else(|| Failure::not_found("survey_poster"))?)
}

/// Begins a survey for whoever read the code: without a name, a number or anything else of theirs.
///
/// # Errors
/// `NotFound` as [`poster_face`]; `TooMany` when too many began from this poster within a minute.
pub async fn begin_from_poster(ctx: &Ctx, code: &str, language: Locale) -> Result<SurveyId> {
    let granted = ctx.require(Permission::SurveyPosterRead)?;
    let mut tx = ctx.begin(granted).await?;
    let hanging = store::lock_hanging(&mut tx, code).await?;
    let hanging = hanging.ok_or_else(|| Failure::not_found("survey_poster"))?;
    tx.leave_no_trace();
    let (minute, day) = store::begun_lately(&mut tx, hanging.id).await?;
    if minute >= A_MINUTE_MAX || day >= A_DAY_MAX {
        let retry_after_seconds = if day >= A_DAY_MAX { 3_600 } else { 60 };
        return Err(Failure::TooMany { retry_after_seconds }.into());
    }
    let id: SurveyId = tx.ctx().new_id();
    let expires_at = tx.now() + OPEN;
    store::insert_survey(&mut tx, id, &hanging, language, expires_at).await?;
    analytics::count_created_in(&mut tx, &[(hanging.hospital_id, hanging.department_id)]).await?;
    // Handed over.
    analytics::count_in(&mut tx, id, &[FunnelCount::Sent]).await?;
    let entry = Entry::done("survey.begun_from_poster", "survey", id);
    tx.record(entry.in_hospital(hanging.hospital_id));
    tx.commit().await?;
    Ok(id)
}
