//! The patient hands in one page, or switches the language on it.

use px360_domain::surveys::logic::path;
use px360_domain::surveys::{
    AnswerPage, AnswerPageOutcome, Answers, Question, check_complete, check_page,
};
use px360_domain::{Failure, FieldFault};

use super::begin_answering::{Answering, Turn, begin_answering};
use super::complete::{complete_in, count_in};
use super::store::{self, Answered, Coming};
use super::{answers, files, quotas};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;

/// Stores the answers of one page; with the last page of the patient's way, completes the survey.
///
/// Unless it is so long that all is looked through once more.
///
/// Only a person's own submit comes here, so nothing is lost when the link is followed by machines.
/// Two submits at once take turns on the survey's row; the second finds it completed.
///
/// # Errors
/// `Invalid` with the questions' keys, `Conflict` with `survey_closed` when its time ran out.
pub async fn answer_page(ctx: &Ctx, cmd: AnswerPage) -> Result<AnswerPageOutcome> {
    let Answering { mut tx, survey, content } = match begin_answering(ctx).await? {
        Turn::Open(open) => *open,
        Turn::Completed(_) => return Ok(AnswerPageOutcome::AlreadyCompleted),
        Turn::ScreenedOut(_) => return Ok(AnswerPageOutcome::ScreenedOut),
    };
    let id = survey.id;
    if cmd.page == 0 || cmd.page > content.pages() {
        return Err(Failure::not_found("survey_page").into());
    }
    let facts = survey.facts(cmd.language);
    let keys: Vec<String> = content.on_page(cmd.page).flat_map(Question::answer_keys).collect();
    let before = answers::all(&mut tx, id).await?;
    let mut answers = with(before.clone(), &keys, &cmd.answers)?;
    let forgot = files::settle(&mut tx, id, &content, &mut answers, cmd.hand_in).await?;
    check_page(&content, cmd.page, &answers, &facts, cmd.hand_in)?;
    let mut kept = path(&content, &answers, &facts).answers(&content, &answers);
    kept.retain(|key, _| keys.contains(key));
    let unchanged = !forgot && cmd.language == survey.language && same(&before, &keys, &kept);
    if !cmd.hand_in && unchanged {
        // The script keeps what is on the page again and again.
        tx.nothing_to_do().await?;
        return Ok(AnswerPageOutcome::Next(cmd.page));
    }
    answers::replace(&mut tx, id, &keys, &kept).await?;
    let began = survey.started_at.is_none() && !cmd.answers.is_empty();
    let answered = Answered { language: cmd.language, coming: Coming::answers(began) };
    store::mark_answered(&mut tx, id, answered, None).await?;
    let way = path(&content, &answers, &facts);
    let next = way.page_after(&content, cmd.page);
    let is_last = cmd.hand_in && next.is_none();
    if is_last {
        check_complete(&content, &answers, &facts)?;
    }
    let completes = is_last && !way.is_reviewed(&content);
    let given = (&answers, &facts);
    let until = (!completes).then_some(cmd.page);
    let screened_out =
        cmd.hand_in && quotas::end_in(&mut tx, &survey, &content, given, until).await?;
    let mut response = None;
    let outcome = if screened_out {
        AnswerPageOutcome::ScreenedOut
    } else if completes {
        response = Some(complete_in(&mut tx, &survey, &content, given, answered).await?);
        AnswerPageOutcome::Completed
    } else if is_last {
        AnswerPageOutcome::Review
    } else {
        AnswerPageOutcome::Next(next.unwrap_or(cmd.page))
    };
    count_in(&mut tx, id, began, response.as_ref()).await?;
    let entry = Entry::done("survey.page_answered", "survey", id).in_hospital(survey.hospital_id);
    // Which pages somebody was led to tells what they answered.
    let detail = if content.anonymous {
        serde_json::json!({ "language": cmd.language })
    } else {
        serde_json::json!({ "page": cmd.page, "language": cmd.language })
    };
    tx.record(entry.with(detail));
    tx.commit().await?;
    Ok(outcome)
}

/// Whether these are the answers under these keys already.
fn same(before: &Answers, keys: &[String], kept: &Answers) -> bool {
    keys.iter().all(|key| before.get(key) == kept.get(key))
}

/// All answers when those under these keys are replaced.
fn with(mut all: Answers, keys: &[String], new: &Answers) -> Result<Answers, Failure> {
    let strange = new.keys().filter(|key| !keys.contains(key));
    Failure::unless_empty(strange.map(|key| FieldFault::new(key, "unknown_question")).collect())?;
    all.retain(|key, _| !keys.contains(key));
    all.extend(new.clone());
    Ok(all)
}
