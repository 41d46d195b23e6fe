//! How answers are kept.

use px360_domain::ids::SurveyId;
use px360_domain::surveys::{Answer, Answers, Outcome};
use sqlx::types::Json;

use crate::error::Result;
use crate::tx::Tx;

/// Replaces the answers to these questions; those that are the same keep the time at which they were given.
pub(in crate::surveys) async fn replace(
    tx: &mut Tx,
    id: SurveyId,
    keys: &[String],
    answers: &Answers,
) -> Result<()> {
    let now = tx.now();
    let number = |answer: &Answer| match answer {
        Answer::Number(value) => Some(i16::from(*value)),
        _ => None,
    };
    let yes_no = |answer: &Answer| match answer {
        Answer::YesNo(value) => Some(*value),
        _ => None,
    };
    let words = |answer: &Answer| match answer {
        // Postgres stores no NUL.
        Answer::Words(text) => Some(text.replace('\0', "\u{fffd}")),
        _ => None,
    };
    // Arrays of arrays cannot be taken apart, so several choices travel as JSON.
    let choices = |answer: &Answer| match answer {
        Answer::Choices(keys) => Some(serde_json::json!(keys)),
        _ => None,
    };
    let not_applicable = |answer: &Answer| (*answer == Answer::NotApplicable).then_some(true);
    let gone: Vec<&String> = keys.iter().filter(|key| !answers.contains_key(*key)).collect();
    sqlx::query!(
        "delete from answers where survey_id = $1 and question_key = any($2)",
        id as _,
        &gone as _,
    )
    .execute(tx.db())
    .await?;
    sqlx::query!(
        "insert into answers as known (survey_id, question_key, number, yes_no, words, choices,
                              not_applicable, answered_at)
         select $1, question_key, number, yes_no, words,
                case when choices is not null
                     then array(select jsonb_array_elements_text(choices)) end,
                not_applicable, $6
         from unnest($2::text[], $3::smallint[], $4::boolean[], $5::text[], $7::jsonb[],
                     $8::boolean[])
              as new (question_key, number, yes_no, words, choices, not_applicable)
         on conflict on constraint answers_key
         do update set number = excluded.number, yes_no = excluded.yes_no,
                       words = excluded.words, choices = excluded.choices,
                       not_applicable = excluded.not_applicable,
                       answered_at = excluded.answered_at
         -- What stays as it was keeps its time: how long each question takes is told from these.
         where (known.number, known.yes_no, known.words, known.choices, known.not_applicable)
               is distinct from (excluded.number, excluded.yes_no, excluded.words,
                                 excluded.choices, excluded.not_applicable)",
        id as _,
        &answers.keys().cloned().collect::<Vec<_>>(),
        &answers.values().map(number).collect::<Vec<_>>() as _,
        &answers.values().map(yes_no).collect::<Vec<_>>() as _,
        &answers.values().map(words).collect::<Vec<_>>() as _,
        now,
        &answers.values().map(choices).collect::<Vec<_>>() as _,
        &answers.values().map(not_applicable).collect::<Vec<_>>() as _,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Every answer of a survey.
pub(in crate::surveys) async fn all(tx: &mut Tx, id: SurveyId) -> Result<Answers> {
    let answers = sqlx::query_scalar!(
        r#"select coalesce(jsonb_object_agg(question_key,
                      answer_value(number, yes_no, words, choices)),
                  '{}'::jsonb) as "answers!: Json<Answers>"
           from answers where survey_id = $1"#,
        id as _,
    )
    .fetch_one(tx.db())
    .await?;
    Ok(answers.0)
}

/// Keeps what each answer is worth, and forgets the answers on a way that the patient left.
pub(in crate::surveys) async fn settle(
    tx: &mut Tx,
    id: SurveyId,
    kept: &Answers,
    outcome: &Outcome,
) -> Result<()> {
    let keys: Vec<String> = kept.keys().cloned().collect();
    sqlx::query!(
        "delete from answers where survey_id = $1 and question_key <> all($2)",
        id as _,
        &keys
    )
    .execute(tx.db())
    .await?;
    let points =
        outcome.items.iter().map(|item| item.points.and_then(|points| i16::try_from(points).ok()));
    sqlx::query!(
        "update answers set points = item.points, top = item.top
         from unnest($2::text[], $3::smallint[], $4::boolean[]) as item (key, points, top)
         where survey_id = $1 and question_key = item.key",
        id as _,
        &outcome.items.iter().map(|item| item.key.clone()).collect::<Vec<_>>(),
        &points.collect::<Vec<_>>() as _,
        &outcome.items.iter().map(|item| item.top).collect::<Vec<_>>(),
    )
    .execute(tx.db())
    .await?;
    Ok(())
}
