//! Completed surveys as rows of a table that spreadsheets open.

use chrono::SecondsFormat;
use px360_domain::surveys::{Answer, Question, QuestionKind, SurveyContent};
use px360_domain::{Bilingual, Locale, paths};

use super::Eyes;
use super::store::Response;

/// What the columns are called: those of every file, then the questions, each by its key.
pub(super) fn header(locale: Locale, content: &SurveyContent) -> Vec<String> {
    let names = match locale {
        Locale::Ar => include_str!("header.ar.csv"),
        Locale::En => include_str!("header.en.csv"),
    };
    let own = names.trim_end().split(',').map(str::to_owned);
    own.chain(content.questions.iter().flat_map(Question::answer_keys)).collect()
}

/// One completed survey. Numbers stay numbers; choices are called as patients saw them.
pub(super) fn row(
    response: &Response,
    content: &SurveyContent,
    locale: Locale,
    eyes: &Eyes,
) -> Vec<String> {
    let Response { hospital_ar, hospital_en, department_ar, department_en, .. } = response;
    let name = |ar: &str, en: &str| Bilingual::new(ar, en).pick(locale).to_owned();
    let department = department_ar.as_deref().zip(department_en.as_deref());
    let own = [
        response.id.to_string(),
        response.version.to_string(),
        response.completed_at.to_rfc3339_opts(SecondsFormat::Secs, true),
        name(hospital_ar, hospital_en),
        department.map(|(ar, en)| name(ar, en)).unwrap_or_default(),
        response.language.to_string(),
        response.nps.map(|nps| nps.to_string()).unwrap_or_default(),
        response
            .score
            .map(|score| format!("{}.{:02}", score / 100, score % 100))
            .unwrap_or_default(),
    ];
    let answers = content.questions.iter().flat_map(|question| {
        question.answer_keys().map(move |key| (question, key)).collect::<Vec<_>>()
    });
    let cells = answers.map(|(question, key)| {
        let answer = response.answers.get(&key);
        answer.map(|answer| cell(question, answer, response, (locale, eyes))).unwrap_or_default()
    });
    own.into_iter().chain(cells).collect()
}

fn cell(
    question: &Question,
    answer: &Answer,
    response: &Response,
    (locale, eyes): (Locale, &Eyes),
) -> String {
    let place = (response.hospital_id, response.department_id);
    let names: Vec<&str> =
        question.names(answer).into_iter().map(|name| name.pick(locale)).collect();
    match answer {
        Answer::Number(number) => number.to_string(),
        Answer::NotApplicable => "-".to_owned(),
        Answer::YesNo(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        _ if !names.is_empty() => names.join("; "),
        // Whoever answers a question for contact says who they are, and a photograph shows it.
        _ if question.kind.tells_who() && !eyes.see(place) => "•••".to_owned(),
        Answer::Words(day) if question.kind == QuestionKind::Date => day.clone(),
        Answer::Words(id) if question.kind == QuestionKind::File => {
            id.parse().map(paths::survey_file).unwrap_or_default()
        }
        Answer::Words(words) => eyes.read(
            place,
            words,
            [&response.patient_ar, &response.patient_en, &response.guardian],
        ),
        Answer::Choices(keys) => keys.join("; "),
    }
}
