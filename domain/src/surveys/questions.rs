//! Which answers a question accepts. Called by the page and by the use case.

use std::collections::BTreeSet;

use super::logic::{Facts, Path, path};
use super::{Answer, Answers, Choice, Question, QuestionKind, SurveyContent};
use crate::contact::PhoneNumber;
use crate::ids::SurveyFileId;
use crate::{Failure, FieldFault};

/// The longest name of a contact, in characters.
const NAME_CHARS_MAX: usize = 120;

/// Every fault of one page's answers; with `hand_in`, required questions must be answered.
///
/// `answers` are all that there are by now, those of this page included: what is asked depends on those before.
///
/// # Errors
/// `Failure::Invalid` with the answer's key as field and one of the codes `required`, `unknown_question`,
/// `not_on_the_scale`, `unknown_choice`, `wrong_type`, `too_long`, `too_many`, `not_a_day`, `not_a_mobile`,
/// `unknown_file`.
pub fn check_page(
    content: &SurveyContent,
    page: u8,
    answers: &Answers,
    facts: &Facts,
    hand_in: bool,
) -> Result<(), Failure> {
    let way = path(content, answers, facts);
    let mut faults = Vec::new();
    for question in way.questions(content).filter(|question| question.page == page) {
        faults.extend(faults_of(question, answers, &way, hand_in));
    }
    Failure::unless_empty(faults)
}

/// Every fault of the whole survey's answers. What was answered on a way that the patient left is not looked at.
///
/// # Errors
/// As [`check_page`].
pub fn check_complete(
    content: &SurveyContent,
    answers: &Answers,
    facts: &Facts,
) -> Result<(), Failure> {
    let way = path(content, answers, facts);
    let known: BTreeSet<String> =
        content.questions.iter().flat_map(Question::answer_keys).collect();
    let unknown = answers.keys().filter(|key| !known.contains(*key));
    let mut faults: Vec<FieldFault> =
        unknown.map(|key| FieldFault::new(key, "unknown_question")).collect();
    for question in way.questions(content) {
        faults.extend(faults_of(question, answers, &way, true));
    }
    Failure::unless_empty(faults)
}

fn faults_of(question: &Question, answers: &Answers, way: &Path, hand_in: bool) -> Vec<FieldFault> {
    let required = hand_in && way.required.contains(&question.key);
    let fault = |key: String| {
        let code = match answers.get(&key) {
            None => required.then_some("required"),
            Some(answer) => fault_of(question, &key, answer, required),
        };
        code.map(|code| FieldFault::new(&key, code))
    };
    question.answer_keys().filter_map(fault).collect()
}

fn fault_of(
    question: &Question,
    key: &str,
    answer: &Answer,
    required: bool,
) -> Option<&'static str> {
    if *answer == Answer::NotApplicable {
        return (!question.not_applicable).then_some("wrong_type");
    }
    match (&question.kind, answer) {
        (kind, Answer::Number(value)) => match kind.range() {
            Some((low, high)) => (!(low..=high).contains(value)).then_some("not_on_the_scale"),
            None => Some("wrong_type"),
        },
        (QuestionKind::Single { choices }, Answer::Words(key)) => {
            (!has(choices, key)).then_some("unknown_choice")
        }
        (QuestionKind::Multiple { choices, at_most }, Answer::Choices(keys)) => {
            let most = at_most.map_or(choices.len(), usize::from);
            several(choices, keys).or((keys.len() > most).then_some("too_many"))
        }
        (QuestionKind::Ranking { choices }, Answer::Choices(keys)) => {
            // A ranking is whole or it is not there.
            several(choices, keys).or((keys.len() < choices.len()).then_some("required"))
        }
        (QuestionKind::YesNo, Answer::YesNo(_)) => None,
        (QuestionKind::Consent, Answer::YesNo(given)) => (required && !given).then_some("required"),
        (QuestionKind::Text { max_chars }, Answer::Words(text)) => {
            (text.chars().count() > usize::from(*max_chars)).then_some("too_long")
        }
        (QuestionKind::Date, Answer::Words(day)) => {
            day.parse::<chrono::NaiveDate>().is_err().then_some("not_a_day")
        }
        (QuestionKind::Contact, Answer::Words(text)) => contact(key, text),
        (QuestionKind::File, Answer::Words(id)) => {
            id.parse::<SurveyFileId>().is_err().then_some("unknown_file")
        }
        _ => Some("wrong_type"),
    }
}

fn contact(key: &str, text: &str) -> Option<&'static str> {
    if key.ends_with(".mobile") {
        text.parse::<PhoneNumber>().is_err().then_some("not_a_mobile")
    } else {
        (text.chars().count() > NAME_CHARS_MAX).then_some("too_long")
    }
}

fn has(choices: &[Choice], key: &str) -> bool {
    choices.iter().any(|choice| choice.key == key)
}

/// Each one there is, and none is named twice.
fn several(choices: &[Choice], keys: &[String]) -> Option<&'static str> {
    let distinct: BTreeSet<&String> = keys.iter().collect();
    let known = keys.iter().all(|key| has(choices, key));
    (!known || distinct.len() < keys.len()).then_some("unknown_choice")
}

#[cfg(test)]
mod tests {
    use super::super::samples::{answers, choices, nps, question, rating, survey, words};
    use super::*;

    fn content() -> SurveyContent {
        let demanded = |question: Question| Question { required: true, ..question };
        let on_second = |question: Question| Question { page: 2, ..question };
        survey(vec![
            demanded(question("nps", nps())),
            on_second(question("wait", rating(5))),
            on_second(question("why", QuestionKind::Text { max_chars: 3 })),
            on_second(question("which", QuestionKind::Single { choices: choices(&["a", "b"]) })),
            on_second(question(
                "some",
                QuestionKind::Multiple { choices: choices(&["a", "b", "c"]), at_most: Some(2) },
            )),
            on_second(question("order", QuestionKind::Ranking { choices: choices(&["a", "b"]) })),
            on_second(demanded(question(
                "care",
                QuestionKind::Matrix { rows: choices(&["x", "y"]), columns: vec![words(); 4] },
            ))),
            on_second(question("day", QuestionKind::Date)),
            on_second(demanded(question("agree", QuestionKind::Consent))),
            on_second(question("who", QuestionKind::Contact)),
            on_second(question("photo", QuestionKind::File)),
            on_second(question("said", QuestionKind::Statement)),
        ])
    }

    fn good() -> Answers {
        answers(&[
            ("nps", Answer::Number(9)),
            ("care.x", Answer::Number(4)),
            ("care.y", Answer::Number(1)),
            ("agree", Answer::YesNo(true)),
        ])
    }

    fn codes(result: Result<(), Failure>) -> Vec<String> {
        match result {
            Err(Failure::Invalid { faults }) => {
                faults.into_iter().map(|fault| format!("{}:{}", fault.field, fault.code)).collect()
            }
            _ => vec![],
        }
    }

    fn page(page: u8, answers: &Answers, hand_in: bool) -> Vec<String> {
        codes(check_page(&content(), page, answers, &Facts::new(), hand_in))
    }

    #[test]
    fn a_required_question_is_demanded_only_when_the_page_is_handed_in() {
        assert_eq!(page(1, &Answers::new(), true), ["nps:required"]);
        assert!(page(1, &Answers::new(), false).is_empty());
    }

    #[test]
    fn each_row_of_a_required_matrix_is_demanded() {
        let mut answers = good();
        answers.remove("care.y");
        assert_eq!(page(2, &answers, true), ["care.y:required"]);
    }

    #[test]
    fn a_required_consent_goes_on_only_with_a_yes() {
        let mut answers = good();
        answers.insert("agree".to_owned(), Answer::YesNo(false));
        assert_eq!(page(2, &answers, true), ["agree:required"]);
        assert!(page(2, &answers, false).is_empty());
    }

    #[test]
    fn every_kind_of_question_takes_its_own_answers_alone() {
        let several =
            |keys: &[&str]| Answer::Choices(keys.iter().map(|key| (*key).to_owned()).collect());
        let said = |text: &str| Answer::Words(text.to_owned());
        for (key, answer, expected) in [
            ("wait", Answer::Number(5), None),
            ("why", said("لا"), None),
            ("which", said("b"), None),
            ("some", several(&["c", "a"]), None),
            ("some", several(&[]), None),
            ("order", several(&["b", "a"]), None),
            ("day", said("2026-11-23"), None),
            ("who.name", said("سارة"), None),
            ("who.mobile", said("0500001234"), None),
            ("photo", said("0199c4a0-0000-7000-8000-000000000001"), None),
            ("photo", said("photo.jpg"), Some("photo:unknown_file")),
            ("nps", Answer::Number(11), Some("nps:not_on_the_scale")),
            ("nps", said("9"), Some("nps:wrong_type")),
            ("wait", Answer::Number(0), Some("wait:not_on_the_scale")),
            ("wait", Answer::NotApplicable, Some("wait:wrong_type")),
            ("why", said("طويل"), Some("why:too_long")),
            ("which", said("c"), Some("which:unknown_choice")),
            ("which", several(&["a"]), Some("which:wrong_type")),
            ("some", several(&["a", "b", "c"]), Some("some:too_many")),
            ("some", several(&["a", "a"]), Some("some:unknown_choice")),
            ("order", several(&["a"]), Some("order:required")),
            ("care.x", Answer::Number(5), Some("care.x:not_on_the_scale")),
            ("day", said("2026-02-30"), Some("day:not_a_day")),
            ("who.mobile", said("12"), Some("who.mobile:not_a_mobile")),
            ("care", Answer::Number(1), Some("care:unknown_question")),
            ("said", said("x"), Some("said:unknown_question")),
            ("else", Answer::Number(1), Some("else:unknown_question")),
        ] {
            let mut answers = good();
            answers.insert(key.to_owned(), answer.clone());
            let found = codes(check_complete(&content(), &answers, &Facts::new()));
            assert_eq!(found, expected.as_slice(), "{key} {answer:?}");
        }
    }

    #[test]
    fn what_does_not_apply_answers_a_required_question_that_offers_it() {
        let mut content = content();
        content.questions[0].not_applicable = true;
        let mut answers = good();
        answers.insert("nps".to_owned(), Answer::NotApplicable);
        assert!(check_complete(&content, &answers, &Facts::new()).is_ok());
    }
}
