//! The patient has looked through a long survey once more, and hands it in.

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::surveys::{AnswerPageOutcome, SurveyStatus, check_complete};

use super::complete::{complete_in, count_in};
use super::{answers, quotas, store};
use crate::ctx::{Actor, Ctx};
use crate::error::Result;

/// Completes a survey with the answers that are kept.
///
/// # Errors
/// `Invalid` with the questions' keys where an answer is missing, `Conflict` with `survey_closed` when its time ran out.
pub async fn hand_in(ctx: &Ctx) -> Result<AnswerPageOutcome> {
    let granted = ctx.require(Permission::SurveyAnswer)?;
    let Actor::Invited { survey: id } = *ctx.actor() else {
        return Err(Failure::Forbidden.into());
    };
    let mut tx = ctx.begin(granted).await?;
    let survey = store::lock(&mut tx, id).await?;
    let ended = match survey.status {
        SurveyStatus::Completed => Some(AnswerPageOutcome::AlreadyCompleted),
        SurveyStatus::ScreenedOut => Some(AnswerPageOutcome::ScreenedOut),
        _ => None,
    };
    if let Some(ended) = ended {
        tx.nothing_to_do().await?;
        return Ok(ended);
    }
    survey.must_be_open(tx.now())?;
    let content = store::content_in(&mut tx, survey.survey_version_id).await?;
    let facts = survey.facts(survey.language);
    let answers = answers::all(&mut tx, id).await?;
    check_complete(&content, &answers, &facts)?;
    if quotas::end_in(&mut tx, &survey, &content, (&answers, &facts), None).await? {
        tx.commit().await?;
        return Ok(AnswerPageOutcome::ScreenedOut);
    }
    let response = complete_in(&mut tx, &survey, &content, &answers, &facts).await?;
    count_in(&mut tx, id, false, Some(&response)).await?;
    tx.commit().await?;
    Ok(AnswerPageOutcome::Completed)
}
