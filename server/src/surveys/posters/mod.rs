//! Posters with a code: who makes them is here, who reads them is in `reading`.

mod reading;
mod store;

use px360_domain::access::Permission;
use px360_domain::ids::SurveyPosterId;
use px360_domain::surveys::posters::{
    MakeSurveyPoster, SurveyPoster, SurveyPosterList, SurveyPosterSheet,
};
use px360_domain::{Failure, paths};
use serde_json::json;

use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::notifications::published_surveys;
use crate::organizations::{hospitals_within, must_reach_owner};
use crate::qr;

pub use reading::{begin_from_poster, poster_face};

/// The letters and digits of codes: none that another is taken for.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// How many of them a code has: nobody comes upon one by trying.
const CODE_LENGTH: usize = 12;

/// The posters within reach that ask, and what one more could be about.
///
/// # Errors
/// `Forbidden`.
pub async fn survey_posters(ctx: &Ctx) -> Result<SurveyPosterList> {
    let granted = ctx.require(Permission::SurveyRead)?;
    let rows = store::list(ctx.read(&granted), None).await?;
    let Some(writes) = ctx.may(Permission::SurveyPosterWrite) else {
        let items = rows.into_iter().map(|row| row.poster(false)).collect();
        return Ok(SurveyPosterList { items, ..SurveyPosterList::default() });
    };
    let reach = writes.reach();
    let items = rows.into_iter().map(|row| {
        let may_stop = reach.covers_owner(Some(row.hospital_id));
        row.poster(may_stop)
    });
    let read = ctx.read(&writes);
    Ok(SurveyPosterList {
        items: items.collect(),
        hospitals: hospitals_within(read).await?,
        departments: store::departments(read).await?,
        surveys: published_surveys(read).await?,
    })
}

/// One poster, to be printed.
///
/// # Errors
/// `Forbidden`; `NotFound` out of reach or when it was stopped.
pub async fn survey_poster(ctx: &Ctx, id: SurveyPosterId) -> Result<SurveyPosterSheet> {
    let granted = ctx.require(Permission::SurveyRead)?;
    let row = store::list(ctx.read(&granted), Some(id)).await?.pop();
    let row = row.ok_or_else(|| Failure::not_found("survey_poster"))?;
    let address = format!("{}{}", ctx.deps().http().public_url, paths::poster(&row.code));
    let may_stop = ctx
        .may(Permission::SurveyPosterWrite)
        .is_some_and(|writes| writes.reach().covers_owner(Some(row.hospital_id)));
    let poster: SurveyPoster = row.poster(may_stop);
    Ok(SurveyPosterSheet { picture: qr::picture(&address)?, address, poster })
}

/// Makes a poster; its code asks from now on.
///
/// # Errors
/// `NotFound` for a hospital out of reach; `Invalid` on `department_id` and `template_id` for what is not there, is not
/// the hospital's, or was never published.
pub async fn make_survey_poster(ctx: &Ctx, cmd: MakeSurveyPoster) -> Result<SurveyPosterId> {
    let granted = ctx.require(Permission::SurveyPosterWrite)?;
    let by = ctx.user_id().ok_or(Failure::Forbidden)?;
    let read = ctx.read(&granted);
    must_reach_owner(read, Some(cmd.hospital_id)).await?;
    let departments = store::departments(read).await?;
    let fits = |id| departments.iter().any(|it| it.id == id && it.hospital_id == cmd.hospital_id);
    if cmd.department_id.is_some_and(|id| !fits(id)) {
        return Err(Failure::invalid("department_id", "unknown").into());
    }
    if !store::can_be_asked(read, &cmd).await? {
        return Err(Failure::invalid("template_id", "unknown").into());
    }
    let mut tx = ctx.begin(granted).await?;
    let id: SurveyPosterId = tx.ctx().new_id();
    let chance = ctx.deps().chance();
    let code: String = chance
        .bytes::<CODE_LENGTH>()
        .into_iter()
        .map(|byte| char::from(ALPHABET[usize::from(byte % 32)]))
        .collect();
    store::insert(&mut tx, id, &cmd, &code, by).await?;
    let entry = Entry::done("survey_poster.made", "survey_poster", id).with(json!(cmd));
    tx.record(entry.in_hospital(cmd.hospital_id));
    tx.commit().await?;
    Ok(id)
}

/// Stops a poster: its code leads to a friendly page. What was begun can be finished.
///
/// # Errors
/// `NotFound` out of reach or when it was stopped already.
pub async fn stop_survey_poster(ctx: &Ctx, id: SurveyPosterId) -> Result<()> {
    let granted = ctx.require(Permission::SurveyPosterWrite)?;
    let by = ctx.user_id().ok_or(Failure::Forbidden)?;
    let row = store::list(ctx.read(&granted), Some(id)).await?.pop();
    let row = row.ok_or_else(|| Failure::not_found("survey_poster"))?;
    let mut tx = ctx.begin(granted).await?;
    if !store::retire(&mut tx, id, by).await? {
        tx.nothing_to_do().await?;
        return Err(Failure::not_found("survey_poster").into());
    }
    let entry = Entry::done("survey_poster.stopped", "survey_poster", id);
    tx.record(entry.in_hospital(row.hospital_id));
    tx.commit().await
}
