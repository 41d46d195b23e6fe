//! What answers are worth, and of whom they speak.

use serde::{Deserialize, Serialize};

use super::{Answer, Question, QuestionKind};

closed_enum! {
    /// What a question is about, across all surveys. The words follow the composites of HCAHPS, where it has one.
    pub enum Domain {
        /// How nurses treat patients.
        Nursing => "nursing",
        /// How physicians treat patients.
        Physicians => "physicians",
        /// How things are explained.
        Communication => "communication",
        /// How long things take.
        Waiting => "waiting",
        /// How clean it is.
        Cleanliness => "cleanliness",
        /// Whether it is quiet, and the rest of the surroundings.
        Environment => "environment",
        /// How pain is treated.
        Pain => "pain",
        /// What is said of medicines.
        Medicines => "medicines",
        /// How patients are prepared for going home.
        Discharge => "discharge",
        /// Appointments, registration and bills.
        Administration => "administration",
        /// Food.
        Food => "food",
        /// The whole.
        Overall => "overall",
    }
}

closed_enum! {
    /// Of whom the answers to a question speak.
    pub enum MeasureAttribution {
        /// The department of the stage.
        Department => "department",
        /// The physician of the stage.
        Physician => "physician",
        /// The hospital as a whole.
        Hospital => "hospital",
    }
}

/// What answers to one question are worth, and of whom they speak.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Measure {
    /// The values that count as the best; those of the kind of question when it is empty.
    #[serde(default)]
    pub top_box: Vec<u8>,
    /// The keys of the choices that count as the best.
    #[serde(default)]
    pub best_choices: Vec<String>,
    /// Whether a high value is a bad one: "how strong was the pain?".
    #[serde(default)]
    pub reverse: bool,
    /// What the question is about.
    #[serde(default)]
    pub domain: Option<Domain>,
    /// Of whom it speaks.
    #[serde(default = "department")]
    pub attribution: MeasureAttribution,
}

const fn department() -> MeasureAttribution {
    MeasureAttribution::Department
}

impl Default for Measure {
    fn default() -> Self {
        Self {
            top_box: Vec::new(),
            best_choices: Vec::new(),
            reverse: false,
            domain: None,
            attribution: MeasureAttribution::Department,
        }
    }
}

impl Question {
    /// The values that count as the best: 9 and 10 on scales up to 10, else the highest one; with `reverse` their
    /// mirror images. Nothing of questions without numbers.
    pub fn top_box(&self) -> Vec<u8> {
        if !self.measure.top_box.is_empty() {
            return self.measure.top_box.clone();
        }
        let Some((low, high)) = self.kind.range() else { return Vec::new() };
        let best = if high == 10 { vec![9, 10] } else { vec![high] };
        best.into_iter()
            .map(|value| if self.measure.reverse { low + high - value } else { value })
            .collect()
    }

    /// Whether an answer is one of the best; none of answers that are in no share: free text, "does not apply".
    pub fn is_top(&self, answer: &Answer) -> Option<bool> {
        match (&self.kind, answer) {
            (QuestionKind::YesNo, Answer::YesNo(yes)) => Some(*yes != self.measure.reverse),
            (QuestionKind::Single { .. }, Answer::Words(key)) => {
                let best = &self.measure.best_choices;
                (!best.is_empty()).then(|| best.contains(key))
            }
            (kind, Answer::Number(value)) => kind.range().map(|_| self.top_box().contains(value)),
            _ => None,
        }
    }

    /// What a number is worth between 0 and 10,000, the best; none when it is off the scale.
    pub fn points(&self, value: u8) -> Option<u16> {
        let (low, high) = self.kind.range()?;
        let steps =
            if self.measure.reverse { high.checked_sub(value) } else { value.checked_sub(low) };
        let (steps, span) = (u32::from(steps?), u32::from(high.checked_sub(low)?).max(1));
        let points = (steps <= span).then(|| (steps * 10_000 + span / 2) / span)?;
        u16::try_from(points).ok()
    }
}
