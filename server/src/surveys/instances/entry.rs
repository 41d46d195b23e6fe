//! Staff enter a patient's answers: read out on the phone, from paper, or by the patient on a device of the house.

use px360_domain::access::Permission;
use px360_domain::ids::SurveyId;
use px360_domain::surveys::{AnswerMode, BeginEntry, SurveyEntry};
use px360_domain::{Failure, paths};
use serde_json::json;

use super::super::store::{content_in, lock};
use super::store;
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::qr;

/// Notes how a patient's answers are about to reach us, and gives the patient's own page to enter them on.
///
/// # Errors
/// `NotFound` out of reach; `Invalid` on `mode` for `link` and `poster`; `Conflict` with `survey_closed` when no answers are taken,
/// with `nobody_to_call` for a poster's, with `survey_anonymous` for an anonymous one, and with `must_not_contact` for a call to somebody who must not be called.
pub async fn begin_entry(ctx: &Ctx, id: SurveyId, cmd: BeginEntry) -> Result<SurveyEntry> {
    let granted = ctx.require(Permission::SurveyEnter)?;
    let by = ctx.user_id().ok_or(Failure::Forbidden)?;
    let mut tx = ctx.begin(granted).await?;
    let survey = lock(&mut tx, id).await?;
    if !tx.reach().covers(survey.hospital_id, survey.department_id, None) {
        return Err(Failure::not_found("survey").into());
    }
    if matches!(cmd.mode, AnswerMode::Link | AnswerMode::Poster) {
        return Err(Failure::invalid("mode", "unknown").into());
    }
    survey.must_be_open(tx.now())?;
    if survey.anonymous {
        return Err(Failure::conflict("nobody_to_call").into());
    }
    if cmd.mode == AnswerMode::Phone && !store::may_be_called(&mut tx, id).await? {
        return Err(Failure::conflict("must_not_contact").into());
    }
    let content = content_in(&mut tx, survey.survey_version_id).await?;
    // Whoever enters answers reads them, and knows whose they are.
    if content.anonymous {
        return Err(Failure::conflict("survey_anonymous").into());
    }
    store::mark_entry(&mut tx, id, cmd.mode, by).await?;
    let entry = Entry::done("survey.entry_begun", "survey", id).in_hospital(survey.hospital_id);
    tx.record(entry.with(json!({ "mode": cmd.mode })));
    tx.commit().await?;
    let path = paths::survey(&ctx.deps().survey_token(id));
    let address = format!("{}{path}", ctx.deps().http().public_url);
    let picture = (cmd.mode == AnswerMode::Kiosk).then(|| qr::picture(&address)).transpose()?;
    Ok(SurveyEntry { path, picture })
}
