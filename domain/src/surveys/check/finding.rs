//! What can be the matter with a survey.

use serde::{Deserialize, Serialize};

use crate::Locale;

closed_enum! {
    /// What is the matter.
    pub enum SurveyFindingCode {
        /// The title is missing in one language.
        Title => "title",
        /// There are no questions, or too many.
        Questions => "questions",
        /// A key is missing, too long, or of other characters than `a-z`, `0-9` and `_`.
        Key => "key",
        /// Two questions, or two choices of one question, have the same key.
        KeyTwice => "key_twice",
        /// A text is missing in one language.
        Untranslated => "untranslated",
        /// Too few choices, rows or columns, or a scale or a limit out of range.
        Shape => "shape",
        /// The best values are not on the scale, or the best choices are not there.
        TopBox => "top_box",
        /// Pages do not follow each other.
        Pages => "pages",
        /// A condition or a rule names a question that is not there.
        UnknownQuestion => "unknown_question",
        /// A condition looks at a question that comes later.
        LooksAhead => "looks_ahead",
        /// A condition names a choice or a value that is not there.
        UnknownChoice => "unknown_choice",
        /// A condition compares with nothing, or with what has no order.
        Comparison => "comparison",
        /// A rule counts with a variable that is not there.
        UnknownVariable => "unknown_variable",
        /// A text names something in braces that is no name of ours.
        UnknownName => "unknown_name",
        /// The words of the invitation are too long.
        LongInvitation => "long_invitation",
        /// A rule leads back, so that the survey might never end.
        LeadsBack => "leads_back",
        /// Nobody can come to the question.
        Unreachable => "unreachable",
        /// A rule for an action names an answer that is no number.
        ActionRule => "action_rule",
        /// A quota has no name or key of its own, asks for nothing or too much, or counts nobody.
        Quota => "quota",
        /// The survey is anonymous, and yet asks who answers, opens an action about an answer, or has a quota that tells one.
        NotAnonymous => "not_anonymous",
        /// Reminders are too many, too late, or not one after the other.
        Reminders => "reminders",
        /// A question depends on one of its own page: without the script it appears only after "next".
        SamePage => "same_page",
        /// Some choices have a picture, and others of the same question have none.
        SomePictures => "some_pictures",
        /// The question is long.
        LongText => "long_text",
        /// There are many questions.
        ManyQuestions => "many_questions",
        /// Nothing in the survey can be scored.
        NothingScored => "nothing_scored",
    }
}

impl SurveyFindingCode {
    /// Whether it can be published all the same.
    pub const fn is_warning(self) -> bool {
        matches!(
            self,
            Self::SamePage
                | Self::SomePictures
                | Self::LongText
                | Self::ManyQuestions
                | Self::NothingScored
        )
    }
}

/// One thing that is the matter with a survey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SurveyFinding {
    /// What.
    pub code: SurveyFindingCode,
    /// Whether it can be published all the same.
    pub warning: bool,
    /// Of which question, counted from 0; none for the survey itself.
    pub question: Option<usize>,
    /// In which language, where it is about a text.
    pub language: Option<Locale>,
    /// Which choice, variable or other question it is about.
    pub about: Option<String>,
}
