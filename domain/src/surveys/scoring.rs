//! What a completed survey is worth, in whole numbers, so that sums never depend on their order.

use super::logic::{Facts, path};
use super::{ActionRule, Answer, Answers, Question, QuestionKind, SurveyContent};
use crate::actions::{ActionOwner, Severity};

/// A score of 100 %, in the unit that scores are stored in.
pub const BASIS_POINTS: u16 = 10_000;

/// What a completed survey is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The mean of all answered scales, each stretched to 0..=10,000; none without a scale.
    pub score: Option<u16>,
    /// The answer to the NPS question, 0 to 10.
    pub nps: Option<u8>,
    /// Every answer that is in a score or a share, in the order of the content.
    pub items: Vec<ItemScore>,
    /// The answers that fired rules, in the order of the content.
    pub triggered: Vec<TriggeredRule>,
    /// The action that they ask for, if they ask for one.
    pub action: Option<WantedAction>,
}

/// What one answer is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemScore {
    /// The key of the answer: a question, or `question.row`.
    pub key: String,
    /// Between 0 and 10,000; none of yes, no and choices.
    pub points: Option<u16>,
    /// Whether it is one of the best answers.
    pub top: bool,
}

/// The action that a survey's answers ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WantedAction {
    /// That of the most severe rule.
    pub severity: Severity,
    /// Whom the first rule of that severity names.
    pub owner: ActionOwner,
    /// The shortest of the rules' windows, in days; none as soon as one of them has none.
    pub once_in_days: Option<u16>,
}

/// An answer that fired rules.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct TriggeredRule {
    /// The question, or `question.row`.
    pub question: String,
    /// The answer, where it is a number; words stay where the answers are.
    pub value: Option<u8>,
    /// How severe that is.
    pub severity: Severity,
}

/// Computes score, NPS answer, items and the rules that fire, of the questions that were asked.
pub fn outcome(content: &SurveyContent, answers: &Answers, facts: &Facts) -> Outcome {
    let way = path(content, answers, facts);
    let answers = way.answers(content, answers);
    let number = |key: &str| match answers.get(key) {
        Some(Answer::Number(value)) => Some(*value),
        _ => None,
    };
    let items: Vec<ItemScore> =
        way.questions(content).flat_map(|question| items(question, &answers)).collect();
    let points: Vec<u32> = items.iter().filter_map(|item| item.points.map(u32::from)).collect();
    let nps = way
        .questions(content)
        .find(|question| matches!(question.kind, QuestionKind::Nps { .. }))
        .and_then(|question| number(&question.key));
    let fired: Vec<&ActionRule> =
        content.rules.iter().filter(|rule| rule.fired_by(&answers).is_some()).collect();
    Outcome {
        score: rounded_mean(&points),
        nps,
        items,
        triggered: worst_per_question(&fired, number),
        action: wanted(&fired),
    }
}

fn items(question: &Question, answers: &Answers) -> Vec<ItemScore> {
    let item = |key: String| {
        let answer = answers.get(&key)?;
        let top = question.is_top(answer)?;
        let points = match answer {
            Answer::Number(value) => question.points(*value),
            _ => None,
        };
        Some(ItemScore { key, points, top })
    };
    question.answer_keys().filter_map(item).collect()
}

fn rounded_mean(values: &[u32]) -> Option<u16> {
    let n = u32::try_from(values.len()).ok().filter(|n| *n > 0)?;
    u16::try_from((values.iter().sum::<u32>() + n / 2) / n).ok()
}

fn worst_per_question(
    fired: &[&ActionRule],
    number: impl Fn(&str) -> Option<u8>,
) -> Vec<TriggeredRule> {
    let mut triggered: Vec<TriggeredRule> = Vec::new();
    for rule in fired {
        match triggered.iter_mut().find(|earlier| earlier.question == rule.question) {
            Some(earlier) => earlier.severity = earlier.severity.max(rule.severity),
            None => triggered.push(TriggeredRule {
                question: rule.question.clone(),
                value: number(&rule.question),
                severity: rule.severity,
            }),
        }
    }
    triggered
}

fn wanted(fired: &[&ActionRule]) -> Option<WantedAction> {
    let severity = fired.iter().map(|rule| rule.severity).max()?;
    let worst = fired.iter().find(|rule| rule.severity == severity)?;
    // None is less than any number of days.
    let once_in_days = fired.iter().map(|rule| rule.once_in_days).min().flatten();
    Some(WantedAction { severity, owner: worst.owner, once_in_days })
}

#[cfg(test)]
mod tests {
    use super::super::Measure;
    use super::super::logic::LogicOperator;
    use super::super::samples::{answers, choices, nps, question, rating, survey, when, words};
    use super::*;

    fn content() -> SurveyContent {
        let rule = ActionRule::at_most;
        SurveyContent {
            rules: vec![
                rule("nps", 6, Severity::Medium),
                rule("nps", 3, Severity::High),
                rule("wait", 1, Severity::Medium),
            ],
            ..survey(vec![question("nps", nps()), question("wait", rating(5))])
        }
    }

    fn both(nps: u8, wait: u8) -> Answers {
        answers(&[("nps", Answer::Number(nps)), ("wait", Answer::Number(wait))])
    }

    fn worth(content: &SurveyContent, answers: &Answers) -> Outcome {
        outcome(content, answers, &Facts::new())
    }

    #[test]
    fn the_score_is_the_mean_of_the_stretched_scales() {
        assert_eq!(worth(&content(), &both(10, 5)).score, Some(10_000));
        assert_eq!(worth(&content(), &both(0, 1)).score, Some(0));
        assert_eq!(worth(&content(), &both(9, 3)).score, Some(7_000));
        assert_eq!(worth(&content(), &Answers::new()).score, None);
    }

    #[test]
    fn the_most_severe_rule_of_a_question_wins_and_is_told_once() {
        let outcome = worth(&content(), &both(2, 5));
        assert_eq!(outcome.action.map(|action| action.severity), Some(Severity::High));
        assert_eq!(outcome.triggered.len(), 1);
        assert_eq!(outcome.nps, Some(2));
    }

    #[test]
    fn a_good_answer_asks_for_nothing() {
        assert_eq!(worth(&content(), &both(9, 4)).action, None);
    }

    #[test]
    fn the_worst_rule_names_the_owner_and_the_strictest_one_the_window() {
        let mut content = content();
        content.rules[0].once_in_days = Some(30);
        content.rules[1].owner = ActionOwner::HospitalAdmin;
        content.rules[1].once_in_days = Some(7);
        let action = |nps, wait| worth(&content, &both(nps, wait)).action;
        let wanted =
            |severity, owner, once_in_days| Some(WantedAction { severity, owner, once_in_days });
        let admin = ActionOwner::HospitalAdmin;
        assert_eq!(action(5, 5), wanted(Severity::Medium, ActionOwner::BySeverity, Some(30)));
        assert_eq!(action(2, 5), wanted(Severity::High, admin, Some(7)));
        assert_eq!(action(2, 1), wanted(Severity::High, admin, None));
    }

    #[test]
    fn a_high_value_of_a_reversed_question_is_a_bad_one() {
        let mut content = content();
        content.questions[1].measure.reverse = true;
        let outcome = worth(&content, &both(10, 5));
        assert_eq!(outcome.score, Some(5_000));
        let top: Vec<bool> = outcome.items.iter().map(|item| item.top).collect();
        assert_eq!(top, [true, false]);
    }

    #[test]
    fn what_is_not_asked_any_more_counts_for_nothing() {
        let mut content = content();
        content.questions[1].shown_if = Some(when("nps", LogicOperator::AtMost, &["6"]));
        assert_eq!(worth(&content, &both(10, 1)).score, Some(10_000));
        assert_eq!(worth(&content, &both(10, 1)).triggered, []);
        assert_eq!(worth(&content, &both(6, 1)).score, Some(3_000));
    }

    #[test]
    fn rows_and_choices_are_items_and_what_does_not_apply_is_none() {
        let best = Measure { best_choices: vec!["always".to_owned()], ..Measure::default() };
        let matrix = QuestionKind::Matrix { rows: choices(&["x", "y"]), columns: vec![words(); 3] };
        let often = QuestionKind::Single { choices: choices(&["never", "always"]) };
        let content = survey(vec![
            question("care", matrix),
            super::super::Question { measure: best, ..question("often", often) },
            question("wait", rating(5)),
        ]);
        let outcome = worth(
            &content,
            &answers(&[
                ("care.x", Answer::Number(3)),
                ("care.y", Answer::Number(2)),
                ("often", Answer::Words("always".to_owned())),
                ("wait", Answer::NotApplicable),
            ]),
        );
        let item = |key: &str, points, top| ItemScore { key: key.to_owned(), points, top };
        let expected = [
            item("care.x", Some(10_000), true),
            item("care.y", Some(5_000), false),
            item("often", None, true),
        ];
        assert_eq!(outcome.items, expected);
        assert_eq!(outcome.score, Some(7_500));
    }
}
