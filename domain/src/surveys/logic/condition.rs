//! What must hold, and whether it does.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::super::{Answer, AnswerMode, Answers};
use super::Value;
use crate::Locale;
use crate::journeys::JourneyType;
use crate::search::fold;

/// What must hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = LogicCondition))]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// All of these. With none it holds always.
    #[cfg_attr(feature = "openapi", schema(no_recursion))]
    All(Vec<Condition>),
    /// At least one of these. With none it never holds.
    #[cfg_attr(feature = "openapi", schema(no_recursion))]
    Any(Vec<Condition>),
    /// One comparison.
    Is(Comparison),
}

/// One thing compared with values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Comparison {
    /// What is compared.
    pub operand: Operand,
    /// How.
    pub operator: LogicOperator,
    /// With what: keys of choices, numbers, `yes` and `no`, days (`2026-11-23`), words.
    #[serde(default)]
    pub values: Vec<String>,
}

/// What is compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Operand {
    /// The answer of this key: a question's, or `question.row`.
    Answer(String),
    /// What rules have counted so far.
    Variable(String),
    /// Something of the visit or of the way in which the survey is answered.
    Fact(Fact),
}

closed_enum! {
    /// What is known before the first question: hidden fields.
    pub enum Fact {
        /// The kind of journey: `ems`, `inpatient`, `opd`.
        JourneyType => "journey_type",
        /// Our code of the department.
        Department => "department",
        /// Our code of the stage.
        Stage => "stage",
        /// The language in which the survey is answered: `ar`, `en`.
        Language => "language",
        /// How it is answered: `link`, `kiosk`, `phone`, `paper`, `poster`.
        Mode => "mode",
    }
}

impl Fact {
    /// Whether it stands before anybody answers: in which language and how, whoever answers decides.
    pub fn is_settled(self) -> bool {
        !matches!(self, Self::Language | Self::Mode)
    }
}

/// What is known before the first question; what is absent is not known.
pub type Facts = BTreeMap<Fact, String>;

/// What is known of a survey that is asked there, in this language and this way.
pub fn facts_of(
    journey_type: Option<JourneyType>,
    stage: Option<String>,
    department: Option<String>,
    (language, mode): (Locale, AnswerMode),
) -> Facts {
    let mut facts = Facts::from([
        (Fact::Language, language.as_str().to_owned()),
        (Fact::Mode, mode.as_str().to_owned()),
    ]);
    facts.extend(journey_type.map(|kind| (Fact::JourneyType, kind.as_str().to_owned())));
    facts.extend(stage.map(|code| (Fact::Stage, code)));
    facts.extend(department.map(|code| (Fact::Department, code)));
    facts
}

closed_enum! {
    /// How two things are compared. Words without regard to case.
    pub enum LogicOperator {
        /// It is one of the values; of several choices, at least one is.
        IsOneOf => "is_one_of",
        /// It is there, and none of the values.
        IsNoneOf => "is_none_of",
        /// All of the values are chosen.
        IncludesAll => "includes_all",
        /// It contains one of the values, however either is spelled ([`fold`]): `اهانة` is in `إهانةٌ`.
        Contains => "contains",
        /// It is less than the value, or an earlier day.
        LessThan => "less_than",
        /// It is the value or less, or not a later day.
        AtMost => "at_most",
        /// It is the value or more, or not an earlier day.
        AtLeast => "at_least",
        /// It is more than the value, or a later day.
        GreaterThan => "greater_than",
        /// It was answered, "does not apply" included; a variable or a fact is known.
        IsAnswered => "is_answered",
        /// It was not answered.
        IsSkipped => "is_skipped",
    }
}

impl LogicOperator {
    /// Whether it compares by size: of what has none, it says nothing.
    pub const fn is_ordered(self) -> bool {
        matches!(self, Self::LessThan | Self::AtMost | Self::AtLeast | Self::GreaterThan)
    }

    /// Whether it compares with nothing.
    pub const fn is_unary(self) -> bool {
        matches!(self, Self::IsAnswered | Self::IsSkipped)
    }
}

/// What conditions look at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen<'a> {
    pub(super) answers: &'a Answers,
    pub(super) variables: &'a BTreeMap<String, Value>,
    pub(super) facts: &'a Facts,
}

impl Condition {
    /// Always.
    pub const ALWAYS: Self = Self::All(Vec::new());

    /// Every comparison in it.
    pub fn comparisons(&self) -> Vec<&Comparison> {
        match self {
            Self::All(parts) | Self::Any(parts) => {
                parts.iter().flat_map(Self::comparisons).collect()
            }
            Self::Is(comparison) => vec![comparison],
        }
    }

    pub(super) fn holds(&self, seen: Seen<'_>) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.holds(seen)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(seen)),
            Self::Is(comparison) => comparison.holds(seen),
        }
    }
}

impl Comparison {
    fn holds(&self, seen: Seen<'_>) -> bool {
        let found = match &self.operand {
            Operand::Answer(key) => seen.answers.get(key).map(words),
            Operand::Variable(key) => seen.variables.get(key).map(|value| vec![value.to_string()]),
            Operand::Fact(fact) => seen.facts.get(fact).map(|word| vec![word.clone()]),
        };
        match found {
            Some(found) => self.operator.holds(&found, &self.values),
            None => self.operator == LogicOperator::IsSkipped,
        }
    }
}

impl LogicOperator {
    /// Whether an answer compares like this with the values.
    pub(in super::super) fn holds_of(self, answer: &Answer, values: &[String]) -> bool {
        self.holds(&words(answer), values)
    }

    /// Whether what was found compares like this with the values.
    fn holds(self, found: &[String], values: &[String]) -> bool {
        let is = |value: &String| found.iter().any(|word| same(word, value));
        let beside = |holds: fn(std::cmp::Ordering) -> bool| {
            let found = found.first();
            found.zip(values.first()).and_then(|(a, b)| order(a, b)).is_some_and(holds)
        };
        match self {
            Self::IsOneOf => values.iter().any(is),
            // "Does not apply" is no value, so that it is none of them is not said either.
            Self::IsNoneOf => !found.is_empty() && !values.iter().any(is),
            Self::IncludesAll => values.iter().all(is),
            Self::Contains => values.iter().any(|value| {
                let value = fold(value);
                !value.is_empty() && found.iter().any(|word| fold(word).contains(&value))
            }),
            Self::LessThan => beside(std::cmp::Ordering::is_lt),
            Self::AtMost => beside(std::cmp::Ordering::is_le),
            Self::AtLeast => beside(std::cmp::Ordering::is_ge),
            Self::GreaterThan => beside(std::cmp::Ordering::is_gt),
            Self::IsAnswered => true,
            Self::IsSkipped => false,
        }
    }
}

/// An answer as conditions write it; nothing of "does not apply".
fn words(answer: &Answer) -> Vec<String> {
    match answer {
        Answer::Number(value) => vec![value.to_string()],
        Answer::YesNo(yes) => vec![if *yes { "yes" } else { "no" }.to_owned()],
        Answer::Words(words) => vec![words.clone()],
        Answer::Choices(keys) => keys.clone(),
        Answer::NotApplicable => Vec::new(),
    }
}

fn same(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

/// Numbers by size, days by the calendar; nothing else has an order.
fn order(a: &str, b: &str) -> Option<std::cmp::Ordering> {
    let numbers = a.trim().parse::<i64>().ok().zip(b.trim().parse::<i64>().ok());
    let day = |text: &str| text.trim().parse::<chrono::NaiveDate>().ok();
    numbers.map(|(a, b)| a.cmp(&b)).or_else(|| day(a).zip(day(b)).map(|(a, b)| a.cmp(&b)))
}
