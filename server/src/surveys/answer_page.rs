//! The patient hands in one page, or switches the language on it.

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::surveys::{
    AnswerPage, AnswerPageOutcome, SurveyStatus, check_complete, check_page,
};

use super::complete::complete_in;
use super::store;
use crate::audit::Entry;
use crate::ctx::{Actor, Ctx};
use crate::error::Result;

/// Stores the answers of one page; with the last page, completes the survey.
///
/// Only a person's own submit comes here, so nothing is lost when the link is followed by machines.
/// Two submits at once take turns on the survey's row; the second finds it completed.
///
/// # Errors
/// `Invalid` with the questions' keys, `Conflict` with `survey_closed` when its time ran out.
pub async fn answer_page(ctx: &Ctx, cmd: AnswerPage) -> Result<AnswerPageOutcome> {
    let granted = ctx.require(Permission::SurveyAnswer)?;
    let Actor::Invited { survey: id } = *ctx.actor() else {
        return Err(Failure::Forbidden.into());
    };
    let mut tx = ctx.begin(granted).await?;
    let survey = store::lock(&mut tx, id).await?;
    if survey.status == SurveyStatus::Completed {
        tx.nothing_to_do().await?;
        return Ok(AnswerPageOutcome::AlreadyCompleted);
    }
    survey.must_be_open(tx.now())?;
    let content = store::content_in(&mut tx, survey.survey_version_id).await?;
    if cmd.page == 0 || cmd.page > content.pages() {
        return Err(Failure::not_found("survey_page").into());
    }
    check_page(&content, cmd.page, &cmd.answers, cmd.hand_in)?;
    let keys: Vec<String> =
        content.on_page(cmd.page).map(|question| question.key.clone()).collect();
    store::replace_answers(&mut tx, id, &keys, &cmd.answers).await?;
    let began = survey.started_at.is_none() && !cmd.answers.is_empty();
    store::mark_answered(&mut tx, id, cmd.language, began).await?;
    if began {
        crate::analytics::count_in(&mut tx, &[super::complete::started(id)]).await?;
    }
    let outcome = if cmd.hand_in && cmd.page == content.pages() {
        let answers = store::answers(&mut tx, id).await?;
        check_complete(&content, &answers)?;
        complete_in(&mut tx, &survey, &content, &answers).await?;
        AnswerPageOutcome::Completed
    } else {
        AnswerPageOutcome::Next(cmd.page.saturating_add(1).min(content.pages()))
    };
    tx.record(
        Entry::done("survey.page_answered", "survey", id)
            .in_hospital(survey.hospital_id)
            .with(serde_json::json!({ "page": cmd.page, "language": cmd.language })),
    );
    tx.commit().await?;
    Ok(outcome)
}
