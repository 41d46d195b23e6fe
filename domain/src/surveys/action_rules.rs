//! Which answers open a PX action, and whose it becomes.

use serde::{Deserialize, Deserializer, Serialize};

use super::logic::LogicOperator;
use super::{Answer, Answers};
use crate::actions::{ActionOwner, Severity};

/// The longest that a rule opens no second action, in days.
pub const REPEAT_DAYS_MAX: u16 = 90;

/// An answer that opens a PX action.
///
/// Read as JSON, `at_most` may stand for operator and values, as in versions that were published before rules knew
/// more than a highest value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ActionRule {
    /// Which answer: a question, or `question.row`.
    pub question: String,
    /// How it is compared; a question that was not asked or not answered fires nothing.
    pub operator: LogicOperator,
    /// With what: numbers, keys of choices, `yes` and `no`, days, words.
    pub values: Vec<String>,
    /// How severe that is.
    pub severity: Severity,
    /// Who owns the action.
    #[cfg_attr(feature = "openapi", schema(required = false))]
    pub owner: ActionOwner,
    /// For so many days the same patient's next answer of this kind opens no second action, as long as the first one
    /// is not closed, but is noted there: 1 to [`REPEAT_DAYS_MAX`]. Without, every answer opens one.
    pub once_in_days: Option<u16>,
}

/// A rule as people write it.
#[derive(Deserialize)]
struct Written {
    question: String,
    operator: Option<LogicOperator>,
    #[serde(default)]
    values: Vec<String>,
    at_most: Option<u8>,
    severity: Severity,
    #[serde(default)]
    owner: ActionOwner,
    once_in_days: Option<u16>,
}

impl<'de> Deserialize<'de> for ActionRule {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        if from.is_human_readable() {
            return Written::deserialize(from).map(Self::from);
        }
        // The compact form of our own pages knows no names, only an order: that of the fields.
        let (question, operator, values, severity, owner, once_in_days) =
            Deserialize::deserialize(from)?;
        Ok(Self { question, operator, values, severity, owner, once_in_days })
    }
}

impl From<Written> for ActionRule {
    fn from(written: Written) -> Self {
        let Written { question, severity, owner, once_in_days, mut values, .. } = written;
        values.extend(written.at_most.map(|most| most.to_string()));
        let operator = written.operator.unwrap_or(LogicOperator::AtMost);
        Self { question, operator, values, severity, owner, once_in_days }
    }
}

impl ActionRule {
    /// The rule of an answer that is this value or less.
    pub fn at_most(question: &str, most: u8, severity: Severity) -> Self {
        Self {
            question: question.to_owned(),
            operator: LogicOperator::AtMost,
            values: vec![most.to_string()],
            severity,
            owner: ActionOwner::BySeverity,
            once_in_days: None,
        }
    }

    /// The answer that fires it, if one does.
    pub fn fired_by<'a>(&self, answers: &'a Answers) -> Option<&'a Answer> {
        let answer = answers.get(&self.question);
        answer.filter(|answer| self.operator.holds_of(answer, &self.values))
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::answers;
    use super::*;

    fn rule(operator: LogicOperator, values: &[&str]) -> ActionRule {
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        ActionRule { operator, values, ..ActionRule::at_most("q", 0, Severity::High) }
    }

    #[test]
    fn a_rule_compares_numbers_choices_and_words_in_any_spelling() {
        use LogicOperator::{AtLeast, AtMost, Contains, IsNoneOf, IsOneOf, IsSkipped};
        let words = |text: &str| Answer::Words(text.to_owned());
        for (rule, answer, fires) in [
            (rule(AtMost, &["2"]), Answer::Number(2), true),
            (rule(AtMost, &["2"]), Answer::Number(3), false),
            (rule(AtLeast, &["9"]), Answer::Number(9), true),
            (rule(IsOneOf, &["no"]), Answer::YesNo(false), true),
            (rule(IsOneOf, &["never"]), words("never"), true),
            (rule(IsNoneOf, &["never"]), words("often"), true),
            (rule(Contains, &["إهانة"]), words("تعرضت لاهانه من الموظف"), true),
            (rule(Contains, &["HARM"]), words("no harm done"), true),
            (rule(Contains, &["إهانة"]), words("شكرا"), false),
            (rule(AtMost, &["2"]), Answer::NotApplicable, false),
            (rule(IsSkipped, &[]), Answer::Number(1), false),
        ] {
            let given = answers(&[("q", answer.clone())]);
            assert_eq!(rule.fired_by(&given).is_some(), fires, "{rule:?} {answer:?}");
        }
        assert_eq!(rule(IsSkipped, &[]).fired_by(&Answers::new()), None);
    }

    #[test]
    fn a_rule_of_an_older_version_is_read_as_the_highest_value_that_it_names() {
        let old = r#"{ "question": "nps", "at_most": 6, "severity": "high" }"#;
        let read: ActionRule = serde_json::from_str(old).unwrap();
        assert_eq!(read, ActionRule::at_most("nps", 6, Severity::High));
    }

    #[test]
    fn both_forms_bring_a_rule_back_as_it_was() {
        let owner = ActionOwner::HospitalAdmin;
        let rule =
            ActionRule { owner, once_in_days: Some(30), ..rule(LogicOperator::IsOneOf, &["a"]) };
        let json = serde_json::to_string(&rule).unwrap();
        assert_eq!(serde_json::from_str::<ActionRule>(&json).unwrap(), rule);
        let compact = postcard::to_allocvec(&rule).unwrap();
        assert_eq!(postcard::from_bytes::<ActionRule>(&compact).unwrap(), rule);
    }
}
