//! All answers at once: what scripts and kiosks do.

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::surveys::{Question, SubmitReceipt, SubmitSurvey, SurveyStatus, check_complete};

use super::complete::{complete_in, count_in};
use super::{answers, files, quotas, store};
use crate::audit::Entry;
use crate::ctx::{Actor, Ctx};
use crate::error::Result;

/// Stores all answers and completes the survey.
///
/// # Errors
/// `Invalid` with the questions' keys, `Conflict` with `survey_closed` when its time ran out.
pub async fn submit(ctx: &Ctx, mut cmd: SubmitSurvey) -> Result<SubmitReceipt> {
    let granted = ctx.require(Permission::SurveyAnswer)?;
    let Actor::Invited { survey: id } = *ctx.actor() else {
        return Err(Failure::Forbidden.into());
    };
    let receipt = |status: &str| SubmitReceipt { status: status.to_owned(), survey_id: id };
    let mut tx = ctx.begin(granted).await?;
    let survey = store::lock(&mut tx, id).await?;
    if survey.status == SurveyStatus::Completed {
        tx.nothing_to_do().await?;
        return Ok(receipt("already_completed"));
    }
    if survey.status == SurveyStatus::ScreenedOut {
        tx.nothing_to_do().await?;
        return Ok(receipt("screened_out"));
    }
    survey.must_be_open(tx.now())?;
    let content = store::content_in(&mut tx, survey.survey_version_id).await?;
    let language = cmd.language.unwrap_or(survey.language);
    let facts = survey.facts(language);
    check_complete(&content, &cmd.answers, &facts)?;
    let keys: Vec<String> = content.questions.iter().flat_map(Question::answer_keys).collect();
    answers::replace(&mut tx, id, &keys, &cmd.answers).await?;
    files::settle(&mut tx, id, &content, &mut cmd.answers, true).await?;
    let began = survey.started_at.is_none();
    store::mark_answered(&mut tx, id, language, began).await?;
    let given = (&cmd.answers, &facts);
    let screened_out = quotas::end_in(&mut tx, &survey, &content, given, None).await?;
    if screened_out {
        count_in(&mut tx, id, began, None).await?;
        tx.commit().await?;
        return Ok(receipt("screened_out"));
    }
    let response = complete_in(&mut tx, &survey, &content, &cmd.answers, &facts).await?;
    count_in(&mut tx, id, began, Some(&response)).await?;
    tx.record(Entry::done("survey.submitted", "survey", id).in_hospital(survey.hospital_id));
    tx.commit().await?;
    Ok(receipt("completed"))
}
