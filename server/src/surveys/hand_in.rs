//! The patient has looked through a long survey once more, and hands it in.

use px360_domain::surveys::{AnswerPageOutcome, check_complete};

use super::begin_answering::{Answering, Turn, begin_answering};
use super::complete::{complete_in, count_in};
use super::store::{Answered, Coming};
use super::{answers, quotas};
use crate::ctx::Ctx;
use crate::error::Result;

/// Completes a survey with the answers that are kept.
///
/// # Errors
/// `Invalid` with the questions' keys where an answer is missing, `Conflict` with `survey_closed` when its time ran out.
pub async fn hand_in(ctx: &Ctx) -> Result<AnswerPageOutcome> {
    let Answering { mut tx, survey, content } = match begin_answering(ctx).await? {
        Turn::Open(open) => *open,
        Turn::Completed(_) => return Ok(AnswerPageOutcome::AlreadyCompleted),
        Turn::ScreenedOut(_) => return Ok(AnswerPageOutcome::ScreenedOut),
    };
    let id = survey.id;
    let facts = survey.facts(survey.language);
    let answers = answers::all(&mut tx, id).await?;
    check_complete(&content, &answers, &facts)?;
    if quotas::end_in(&mut tx, &survey, &content, (&answers, &facts), None).await? {
        tx.commit().await?;
        return Ok(AnswerPageOutcome::ScreenedOut);
    }
    let answered = Answered { language: survey.language, coming: Coming::Nothing };
    let given = (&answers, &facts);
    let response = complete_in(&mut tx, &survey, &content, given, answered).await?;
    count_in(&mut tx, id, false, Some(&response)).await?;
    tx.commit().await?;
    Ok(AnswerPageOutcome::Completed)
}
