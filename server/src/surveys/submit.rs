//! All answers at once: what scripts and kiosks do.

use px360_domain::ids::SurveyId;
use px360_domain::surveys::{Question, SubmitReceipt, SubmitSurvey, check_complete};

use super::begin_answering::{Answering, Turn, begin_answering};
use super::complete::{complete_in, count_in};
use super::store::{self, Answered, Coming};
use super::{answers, files, quotas};
use crate::ctx::Ctx;
use crate::error::Result;

/// Stores all answers and completes the survey.
///
/// # Errors
/// `Invalid` with the questions' keys, `Conflict` with `survey_closed` when its time ran out.
pub async fn submit(ctx: &Ctx, mut cmd: SubmitSurvey) -> Result<SubmitReceipt> {
    let Answering { mut tx, survey, content } = match begin_answering(ctx).await? {
        Turn::Open(open) => *open,
        Turn::Completed(id) => return Ok(receipt(id, "already_completed")),
        Turn::ScreenedOut(id) => return Ok(receipt(id, "screened_out")),
    };
    let id = survey.id;
    let language = cmd.language.unwrap_or(survey.language);
    let facts = survey.facts(language);
    check_complete(&content, &cmd.answers, &facts)?;
    let began = survey.started_at.is_none();
    let answered = Answered { language, coming: Coming::answers(began) };
    let given = (&cmd.answers, &facts);
    if quotas::end_in(&mut tx, &survey, &content, given, None).await? {
        let keys: Vec<String> = content.questions.iter().flat_map(Question::answer_keys).collect();
        answers::replace(&mut tx, id, &keys, &cmd.answers).await?;
        files::settle(&mut tx, id, &content, &mut cmd.answers, true).await?;
        store::mark_answered(&mut tx, id, answered, None).await?;
        count_in(&mut tx, id, began, None).await?;
        tx.commit().await?;
        return Ok(receipt(id, "screened_out"));
    }
    let response = complete_in(&mut tx, &survey, &content, given, answered).await?;
    count_in(&mut tx, id, began, Some(&response)).await?;
    tx.commit().await?;
    Ok(receipt(id, "completed"))
}

fn receipt(survey_id: SurveyId, status: &str) -> SubmitReceipt {
    SubmitReceipt { status: status.to_owned(), survey_id }
}
