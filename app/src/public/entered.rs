//! What a posted form says: the page's answers, and which button was pressed.

use px360_domain::Locale;
use px360_domain::surveys::{
    Answer, Answers, Choice, OpenSurvey, Question, QuestionKind, SurveyContent,
};

/// Which button was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intent {
    /// The page is handed in, also by the Enter key.
    HandIn,
    /// Back to the page before; nothing is demanded.
    Back,
    /// The same page in this language; nothing is demanded.
    Switch(Locale),
    /// One answer is taken back; nothing is demanded.
    Clear,
    /// The file of the question at this place, from 1, is sent; nothing is demanded.
    Attach(usize),
    /// What is on the page so far is kept, by the script and without leaving the page; nothing is demanded.
    Keep,
}

/// A posted page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entered {
    /// The answers of this page's questions; empty fields are absent.
    pub answers: Answers,
    /// The button.
    pub intent: Intent,
}

impl Entered {
    /// Reads the fields of a posted page. Fields that are no question of this page are left out.
    ///
    /// A value of the wrong kind is kept as words, so that `check_page` names it.
    pub fn read(fields: &[(String, String)], content: &SurveyContent, page: u8) -> Self {
        let field = |name: &str| {
            fields.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
        };
        let cleared = field("clear");
        let place = |key| content.questions.iter().position(|question| question.key == key);
        let attached = field("attach").and_then(place);
        let intent = if let Some(locale) = field("lang").and_then(|word| word.parse().ok()) {
            Intent::Switch(locale)
        } else if field("back").is_some() {
            Intent::Back
        } else if cleared.is_some() {
            Intent::Clear
        } else if let Some(place) = attached {
            Intent::Attach(place + 1)
        } else if field("keep").is_some() {
            Intent::Keep
        } else {
            Intent::HandIn
        };
        let answers = content
            .on_page(page)
            .filter(|question| cleared != Some(question.key.as_str()))
            .flat_map(|question| answers(question, fields))
            .collect();
        Self { answers, intent }
    }

    /// The answer that a one-click link (`?a=9`) chooses on this page, where none was given yet.
    ///
    /// It only fills in the form: mail scanners open links too.
    pub fn one_click(survey: &OpenSurvey, page: u8, value: u8) -> Option<(String, Answer)> {
        survey
            .content
            .on_page(page)
            .find(|question| matches!(question.kind, QuestionKind::Nps { .. }))
            .filter(|question| !survey.answers.contains_key(&question.key))
            .filter(|_| value <= 10)
            .map(|question| (question.key.clone(), Answer::Number(value)))
    }
}

/// What the fields say of one question.
fn answers(question: &Question, fields: &[(String, String)]) -> Vec<(String, Answer)> {
    let last = |name: &str| {
        fields.iter().rev().find(|(key, _)| key == name).map(|(_, value)| plain(value))
    };
    let one = |key: String| {
        let words = last(&key).filter(|words| !words.is_empty())?;
        Some((key, answer(question, words)))
    };
    let several = |keys: Vec<String>| {
        (!keys.is_empty()).then(|| (question.key.clone(), Answer::Choices(keys)))
    };
    match &question.kind {
        QuestionKind::Multiple { .. } => {
            let chosen = fields.iter().filter(|(key, _)| *key == question.key);
            several(chosen.map(|(_, value)| plain(value)).collect()).into_iter().collect()
        }
        QuestionKind::Ranking { choices } => {
            let place = |choice: &Choice| {
                let place = last(&format!("{}.{}", question.key, choice.key))?;
                Some((place.parse::<u8>().ok()?, choice.key.clone()))
            };
            let mut places: Vec<(u8, String)> = choices.iter().filter_map(place).collect();
            places.sort();
            // Of two with the same place, only one has it: the ranking is not whole then.
            places.dedup_by_key(|(place, _)| *place);
            several(places.into_iter().map(|(_, key)| key).collect()).into_iter().collect()
        }
        _ => question.answer_keys().filter_map(one).collect(),
    }
}

fn answer(question: &Question, words: String) -> Answer {
    match (&question.kind, words.as_str()) {
        (_, "na") if question.not_applicable => Answer::NotApplicable,
        (QuestionKind::YesNo | QuestionKind::Consent, "yes") => Answer::YesNo(true),
        (QuestionKind::YesNo, "no") => Answer::YesNo(false),
        (kind, number) if kind.range().is_some() => {
            number.parse().map_or(Answer::Words(words), Answer::Number)
        }
        _ => Answer::Words(words),
    }
}

/// Forms send line ends as CR LF, which would count twice; a database refuses NUL.
fn plain(value: &str) -> String {
    let kept = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    value.chars().filter(kept).collect::<String>().trim().to_owned()
}
