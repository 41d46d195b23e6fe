//! What follows from an answer.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Condition;

/// What follows from an answer when something holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rule {
    /// When.
    pub when: Condition,
    /// What.
    pub then: Consequence,
}

/// What follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Consequence {
    /// The questions before this one are left out. It comes later; the first of several jumps counts.
    JumpTo(String),
    /// No more questions follow.
    Finish,
    /// This later question has to be answered.
    Require(String),
    /// A variable takes a new value.
    Calculate {
        /// Which.
        variable: String,
        /// How.
        operation: Operation,
        /// With what.
        value: Value,
    },
}

closed_enum! {
    /// How a variable changes. What cannot be computed (a division by nothing, a sum of words) changes nothing.
    pub enum Operation {
        /// It becomes the value.
        Assign => "assign",
        /// The value is added.
        Add => "add",
        /// The value is taken away.
        Subtract => "subtract",
        /// It is multiplied by the value.
        Multiply => "multiply",
        /// It is divided by the value, towards zero.
        Divide => "divide",
        /// The words are put behind it.
        Concat => "concat",
    }
}

/// A name for what rules count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Variable {
    /// What conditions call it.
    pub key: String,
    /// What it is before the first question.
    pub initial: Value,
}

/// A number or words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// A whole number.
    Number(i64),
    /// Words.
    Words(String),
    /// What was answered under this key: a number, or words.
    AnswerTo(String),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Words(words) | Self::AnswerTo(words) => words.fmt(f),
        }
    }
}

/// The longest words that a variable holds, in bytes: as long as the longest answer, and no longer.
const WORDS_BYTES_MAX: usize = 4_000;

fn joined(before: &Value, with: &Value) -> Option<Value> {
    let (before, with) = (before.to_string(), with.to_string());
    (before.len() + with.len() <= WORDS_BYTES_MAX).then(|| Value::Words(before + &with))
}

impl Operation {
    /// The variable after it; none when it cannot be computed.
    pub(super) fn on(self, before: &Value, with: Value) -> Option<Value> {
        let (Value::Number(a), Value::Number(b)) = (before, &with) else {
            return match self {
                Self::Assign => Some(with),
                Self::Concat => joined(before, &with),
                _ => None,
            };
        };
        let number = match self {
            Self::Assign => Some(*b),
            Self::Add => a.checked_add(*b),
            Self::Subtract => a.checked_sub(*b),
            Self::Multiply => a.checked_mul(*b),
            Self::Divide => a.checked_div(*b),
            Self::Concat => return joined(before, &with),
        };
        number.map(Value::Number)
    }
}
