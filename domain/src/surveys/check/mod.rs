//! What is wrong with a survey: what stops it from being published, and what only deserves a look.

mod checker;
mod conditions;
mod finding;
mod reach;
mod texts;

use self::checker::Checker;
pub use self::checker::{QUESTIONS_MAX, is_key};
pub use self::finding::{SurveyFinding, SurveyFindingCode};
pub use self::texts::completeness;
use super::SurveyContent;

/// Everything that is the matter with a survey, the survey itself first, then question by question.
pub fn check(content: &SurveyContent) -> Vec<SurveyFinding> {
    let mut checker = Checker::new(content);
    checker.survey();
    for (index, question) in content.questions.iter().enumerate() {
        checker.question(index, question);
    }
    for index in reach::unreachable(content) {
        checker.unreachable(index);
    }
    checker.found
}

/// Whether any of these keeps a survey from being published.
pub fn blocks(findings: &[SurveyFinding]) -> bool {
    findings.iter().any(|finding| !finding.warning)
}

#[cfg(test)]
mod tests;
