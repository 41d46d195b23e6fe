//! One survey with everything that was answered.

use std::collections::BTreeMap;

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::ids::SurveyId;
use px360_domain::surveys::piping::general;
use px360_domain::surveys::{
    Answer, GivenAnswer, GivenQuestion, Question, QuestionKind, SurveyFile, SurveyResponse,
};

use super::super::results::Eyes;
use super::super::{files, store as surveys};
use super::list::Sight;
use super::store::{self, Given, Row};
use crate::ctx::Ctx;
use crate::error::Result;

/// One survey with what was answered, within reach. What tells who wrote it is hidden from whoever may not know.
///
/// # Errors
/// `NotFound` out of reach.
pub async fn survey_response(ctx: &Ctx, id: SurveyId) -> Result<SurveyResponse> {
    let granted = ctx.require(Permission::SurveyRead)?;
    let read = ctx.read(&granted);
    let row = store::one(read, id).await?.ok_or_else(|| Failure::not_found("survey"))?;
    let content = surveys::content(read, row.survey_version_id).await?;
    let mut given = store::given(read, id).await?;
    // What will be handed in without a name is nobody's to read while it still has one.
    if content.anonymous && row.patient_id.is_some() {
        given.answers.clear();
    }
    let files = if content.file_keys().next().is_some() {
        files::of_survey(read, id).await?
    } else {
        BTreeMap::new()
    };
    let eyes = Eyes::of(ctx);
    let answers = content.questions.iter().flat_map(|question| {
        let keys: Vec<String> = question.answer_keys().collect();
        keys.into_iter()
            .map(|key| answered(question, key, (&given, &files), (&row, &eyes)))
            .collect::<Vec<_>>()
    });
    let answers = answers.collect();
    let privacy_notice = row.privacy_notice;
    let survey = Sight::of(ctx).shown(ctx.now(), row);
    Ok(SurveyResponse { survey, privacy_notice, answers })
}

fn answered(
    question: &Question,
    key: String,
    (given, files): (&Given, &BTreeMap<String, SurveyFile>),
    (row, eyes): (&Row, &Eyes),
) -> GivenQuestion {
    let place = (row.hospital_id, row.department_id);
    let names = [given.patient_ar.as_str(), &given.patient_en, &given.guardian];
    let answer = given.answers.get(&key).and_then(|answer| {
        let named = question.names(answer).into_iter().cloned().collect::<Vec<_>>();
        let most = question.kind.range().map_or(0, |(_, most)| most);
        Some(match answer {
            _ if !named.is_empty() => GivenAnswer::Chosen(named),
            Answer::Number(number) => GivenAnswer::Number(*number, most),
            Answer::YesNo(yes) => GivenAnswer::YesNo(*yes),
            Answer::NotApplicable => GivenAnswer::NotApplicable,
            // Whoever answers a question for contact says who they are, and a photograph shows it.
            _ if question.kind.tells_who() && !eyes.see(place) => {
                GivenAnswer::Words("•••".to_owned())
            }
            Answer::Words(day) if question.kind == QuestionKind::Date => {
                GivenAnswer::Words(day.clone())
            }
            Answer::Words(_) if question.kind == QuestionKind::File => {
                GivenAnswer::File(files.get(&key)?.clone())
            }
            Answer::Words(words) => GivenAnswer::Words(eyes.read(place, words, names)),
            Answer::Choices(keys) => GivenAnswer::Words(keys.join(", ")),
        })
    });
    GivenQuestion {
        question: general(&question.text),
        row: question.row(&key).cloned(),
        key,
        answer,
    }
}
