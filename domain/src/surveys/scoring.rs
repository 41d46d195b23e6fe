//! What a completed survey is worth, in whole numbers, so that sums never depend on their order.

use super::{Answer, Answers, LowScoreRule, QuestionKind, SurveyContent};
use crate::actions::Severity;

/// A score of 100 %, in the unit that scores are stored in.
pub const BASIS_POINTS: u16 = 10_000;

/// What a completed survey is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The mean of all answered scales, each stretched to 0..=10,000; none without a scale.
    pub score: Option<u16>,
    /// The answer to the NPS question, 0 to 10.
    pub nps: Option<u8>,
    /// The rules that fired, in the order of the content.
    pub triggered: Vec<TriggeredRule>,
}

impl Outcome {
    /// The severity of the action that this outcome asks for, if it asks for one.
    pub fn severity(&self) -> Option<Severity> {
        self.triggered.iter().map(|rule| rule.severity).max()
    }
}

/// A rule that fired.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct TriggeredRule {
    /// The question.
    pub question: String,
    /// The answer.
    pub value: u8,
    /// How severe that is.
    pub severity: Severity,
}

/// Computes score, NPS answer and the rules that fire.
pub fn outcome(content: &SurveyContent, answers: &Answers) -> Outcome {
    let number = |key: &str| match answers.get(key) {
        Some(Answer::Number(value)) => Some(*value),
        _ => None,
    };
    let scaled: Vec<u32> = content
        .questions
        .iter()
        .filter_map(|question| {
            let (low, high) = question.kind.range()?;
            let value = number(&question.key)?.clamp(low, high);
            let span = u32::from(high - low).max(1);
            Some((u32::from(value - low) * u32::from(BASIS_POINTS) + span / 2) / span)
        })
        .collect();
    let nps = content
        .questions
        .iter()
        .find(|question| matches!(question.kind, QuestionKind::Nps { .. }))
        .and_then(|question| number(&question.key));
    Outcome {
        score: rounded_mean(&scaled),
        nps,
        triggered: worst_per_question(&content.rules, number),
    }
}

fn rounded_mean(values: &[u32]) -> Option<u16> {
    let n = u32::try_from(values.len()).ok().filter(|n| *n > 0)?;
    u16::try_from((values.iter().sum::<u32>() + n / 2) / n).ok()
}

fn worst_per_question(
    rules: &[LowScoreRule],
    number: impl Fn(&str) -> Option<u8>,
) -> Vec<TriggeredRule> {
    let mut fired: Vec<TriggeredRule> = Vec::new();
    for rule in rules {
        let Some(value) = number(&rule.question).filter(|value| *value <= rule.at_most) else {
            continue;
        };
        match fired.iter_mut().find(|earlier| earlier.question == rule.question) {
            Some(earlier) => earlier.severity = earlier.severity.max(rule.severity),
            None => fired.push(TriggeredRule {
                question: rule.question.clone(),
                value,
                severity: rule.severity,
            }),
        }
    }
    fired
}

#[cfg(test)]
mod tests {
    use super::super::Question;
    use super::*;
    use crate::Bilingual;

    fn content() -> SurveyContent {
        let ends = || Bilingual::new("أ", "a");
        let question = |key: &str, kind| Question {
            key: key.to_owned(),
            text: ends(),
            hint: None,
            kind,
            required: false,
            page: 1,
        };
        let rule = |question: &str, at_most, severity| LowScoreRule {
            question: question.to_owned(),
            at_most,
            severity,
        };
        SurveyContent {
            title: ends(),
            introduction: ends(),
            questions: vec![
                question("nps", QuestionKind::Nps { low: ends(), high: ends() }),
                question("wait", QuestionKind::Rating { max: 5, low: ends(), high: ends() }),
            ],
            rules: vec![
                rule("nps", 6, Severity::Medium),
                rule("nps", 3, Severity::High),
                rule("wait", 1, Severity::Medium),
            ],
        }
    }

    fn answers(nps: u8, wait: u8) -> Answers {
        Answers::from([
            ("nps".to_owned(), Answer::Number(nps)),
            ("wait".to_owned(), Answer::Number(wait)),
        ])
    }

    #[test]
    fn the_score_is_the_mean_of_the_stretched_scales() {
        assert_eq!(outcome(&content(), &answers(10, 5)).score, Some(10_000));
        assert_eq!(outcome(&content(), &answers(0, 1)).score, Some(0));
        assert_eq!(outcome(&content(), &answers(9, 3)).score, Some(7_000));
        assert_eq!(outcome(&content(), &Answers::new()).score, None);
    }

    #[test]
    fn the_most_severe_rule_of_a_question_wins_and_is_told_once() {
        let outcome = outcome(&content(), &answers(2, 5));
        assert_eq!(outcome.severity(), Some(Severity::High));
        assert_eq!(outcome.triggered.len(), 1);
        assert_eq!(outcome.nps, Some(2));
    }

    #[test]
    fn a_good_answer_asks_for_nothing() {
        assert_eq!(outcome(&content(), &answers(9, 4)).severity(), None);
    }
}
