//! How answers are kept.

use std::collections::BTreeMap;

use px360_domain::ids::SurveyId;
use px360_domain::surveys::{Answer, Answers, ItemScore, Outcome};
use serde_json::Value;
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
    let gone: Vec<&String> = keys.iter().filter(|key| !answers.contains_key(*key)).collect();
    sqlx::query!(
        "delete from answers where survey_id = $1 and question_key = any($2)",
        id as _,
        &gone as _,
    )
    .execute(tx.db())
    .await?;
    let Columns { keys, numbers, yes_no, words, choices, not_applicable } = Columns::of(answers);
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
        &keys as _,
        &numbers as _,
        &yes_no as _,
        &words as _,
        now,
        &choices as _,
        &not_applicable as _,
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

/// Keeps the answers that a survey is complete with, each with what it is worth, and forgets those on a way that the
/// patient left. An answer that stays as it was keeps the time at which it was given.
pub(in crate::surveys) async fn settle(
    tx: &mut Tx,
    id: SurveyId,
    kept: &Answers,
    outcome: &Outcome,
) -> Result<()> {
    let now = tx.now();
    let worth: BTreeMap<&str, &ItemScore> =
        outcome.items.iter().map(|item| (item.key.as_str(), item)).collect();
    let Columns { keys, numbers, yes_no, words, choices, not_applicable } = Columns::of(kept);
    let item = |key: &&String| worth.get(key.as_str()).copied();
    let points: Vec<Option<i16>> =
        keys.iter().map(|key| i16::try_from(item(key)?.points?).ok()).collect();
    let top: Vec<Option<bool>> = keys.iter().map(|key| Some(item(key)?.top)).collect();
    sqlx::query!(
        "with gone as (delete from answers where survey_id = $1 and question_key <> all($2))
         insert into answers as known (survey_id, question_key, number, yes_no, words, choices,
                                       not_applicable, points, top, answered_at)
         select $1, question_key, number, yes_no, words,
                case when choices is not null
                     then array(select jsonb_array_elements_text(choices)) end,
                not_applicable, points, top, $8
         from unnest($2::text[], $3::smallint[], $4::boolean[], $5::text[], $6::jsonb[],
                     $7::boolean[], $9::smallint[], $10::boolean[])
              as new (question_key, number, yes_no, words, choices, not_applicable, points, top)
         on conflict on constraint answers_key
         do update set number = excluded.number, yes_no = excluded.yes_no,
                       words = excluded.words, choices = excluded.choices,
                       not_applicable = excluded.not_applicable,
                       points = excluded.points, top = excluded.top,
                       answered_at = case
                           when (known.number, known.yes_no, known.words, known.choices,
                                 known.not_applicable)
                                is distinct from (excluded.number, excluded.yes_no, excluded.words,
                                                  excluded.choices, excluded.not_applicable)
                           then excluded.answered_at else known.answered_at end",
        id as _,
        &keys as _,
        &numbers as _,
        &yes_no as _,
        &words as _,
        &choices as _,
        &not_applicable as _,
        now,
        &points as _,
        &top as _,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Answers column by column, as `unnest` takes them.
struct Columns<'a> {
    keys: Vec<&'a String>,
    numbers: Vec<Option<i16>>,
    yes_no: Vec<Option<bool>>,
    words: Vec<Option<String>>,
    /// Arrays of arrays cannot be taken apart, so several choices travel as JSON.
    choices: Vec<Option<Value>>,
    not_applicable: Vec<Option<bool>>,
}

impl<'a> Columns<'a> {
    fn of(answers: &'a Answers) -> Self {
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
        let choices = |answer: &Answer| match answer {
            Answer::Choices(keys) => Some(serde_json::json!(keys)),
            _ => None,
        };
        let not_applicable = |answer: &Answer| (*answer == Answer::NotApplicable).then_some(true);
        Self {
            keys: answers.keys().collect(),
            numbers: answers.values().map(number).collect(),
            yes_no: answers.values().map(yes_no).collect(),
            words: answers.values().map(words).collect(),
            choices: answers.values().map(choices).collect(),
            not_applicable: answers.values().map(not_applicable).collect(),
        }
    }
}
