//! Which answers a question accepts. Called by the page and by the use case.

use super::{Answer, Answers, Question, QuestionKind, SurveyContent};
use crate::{Failure, FieldFault};

/// Every fault of one page's answers; with `hand_in`, required questions must be answered.
///
/// # Errors
/// `Failure::Invalid` with the question's key as field and one of the codes `required`,
/// `unknown_question`, `not_on_the_scale`, `unknown_choice`, `wrong_type`, `too_long`.
pub fn check_page(
    content: &SurveyContent,
    page: u8,
    answers: &Answers,
    hand_in: bool,
) -> Result<(), Failure> {
    let mut faults = unknown_keys(content, answers, |question| question.page == page);
    for question in content.on_page(page) {
        faults.extend(fault_of(question, answers.get(&question.key), hand_in));
    }
    Failure::unless_empty(faults)
}

/// Every fault of the whole survey's answers.
///
/// # Errors
/// As [`check_page`].
pub fn check_complete(content: &SurveyContent, answers: &Answers) -> Result<(), Failure> {
    let mut faults = unknown_keys(content, answers, |_| true);
    for question in &content.questions {
        faults.extend(fault_of(question, answers.get(&question.key), true));
    }
    Failure::unless_empty(faults)
}

fn unknown_keys(
    content: &SurveyContent,
    answers: &Answers,
    belongs: impl Fn(&Question) -> bool,
) -> Vec<FieldFault> {
    answers
        .keys()
        .filter(|key| !content.question(key).is_some_and(&belongs))
        .map(|key| FieldFault::new(key, "unknown_question"))
        .collect()
}

fn fault_of(question: &Question, answer: Option<&Answer>, hand_in: bool) -> Option<FieldFault> {
    let Some(answer) = answer else {
        return (hand_in && question.required).then(|| FieldFault::new(&question.key, "required"));
    };
    let code = match (&question.kind, answer) {
        (QuestionKind::Nps { .. } | QuestionKind::Rating { .. }, Answer::Number(value)) => {
            let (low, high) = question.kind.range()?;
            (!(low..=high).contains(value)).then_some("not_on_the_scale")
        }
        (QuestionKind::Single { choices }, Answer::Words(key)) => {
            (!choices.iter().any(|choice| choice.key == *key)).then_some("unknown_choice")
        }
        (QuestionKind::YesNo, Answer::YesNo(_)) => None,
        (QuestionKind::Text { max_chars }, Answer::Words(text)) => {
            (text.chars().count() > usize::from(*max_chars)).then_some("too_long")
        }
        _ => Some("wrong_type"),
    };
    code.map(|code| FieldFault::new(&question.key, code))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Bilingual;

    fn content() -> SurveyContent {
        let question = |key: &str, kind, required, page| Question {
            key: key.to_owned(),
            text: Bilingual::new("س", "q"),
            hint: None,
            kind,
            required,
            page,
        };
        let ends = || Bilingual::new("أ", "a");
        SurveyContent {
            title: ends(),
            introduction: ends(),
            questions: vec![
                question("nps", QuestionKind::Nps { low: ends(), high: ends() }, true, 1),
                question(
                    "wait",
                    QuestionKind::Rating { max: 5, low: ends(), high: ends() },
                    false,
                    2,
                ),
                question("why", QuestionKind::Text { max_chars: 3 }, false, 2),
            ],
            rules: vec![],
        }
    }

    fn codes(result: Result<(), Failure>) -> Vec<String> {
        match result {
            Err(Failure::Invalid { faults }) => {
                faults.into_iter().map(|fault| format!("{}:{}", fault.field, fault.code)).collect()
            }
            _ => vec![],
        }
    }

    #[test]
    fn a_required_question_is_demanded_only_when_the_page_is_handed_in() {
        assert_eq!(codes(check_page(&content(), 1, &Answers::new(), true)), ["nps:required"]);
        assert!(check_page(&content(), 1, &Answers::new(), false).is_ok());
    }

    #[test]
    fn values_off_the_scale_and_of_the_wrong_kind_are_refused() {
        for (key, answer, code) in [
            ("nps", Answer::Number(11), "nps:not_on_the_scale"),
            ("nps", Answer::Words("9".into()), "nps:wrong_type"),
            ("wait", Answer::Number(0), "wait:not_on_the_scale"),
            ("why", Answer::Words("طويل".into()), "why:too_long"),
            ("else", Answer::Number(1), "else:unknown_question"),
        ] {
            let mut answers = Answers::from([("nps".to_owned(), Answer::Number(9))]);
            answers.insert(key.to_owned(), answer);
            assert_eq!(codes(check_complete(&content(), &answers)), [code]);
        }
    }

    #[test]
    fn a_question_of_another_page_does_not_belong_to_this_one() {
        let answers = Answers::from([("nps".to_owned(), Answer::Number(9))]);
        assert_eq!(codes(check_page(&content(), 2, &answers, true)), ["nps:unknown_question"]);
    }
}
