//! How two versions of a survey differ, question by question.

use serde::{Deserialize, Serialize};

use super::super::{Question, SurveyContent};
use crate::Bilingual;
use crate::changes::{ChangeKind, moved};

closed_enum! {
    /// Which part of a question, or of the survey, says something else.
    pub enum QuestionPart {
        /// What is asked, or the title.
        Text => "text",
        /// The help below it, or the introduction.
        Hint => "hint",
        /// How it is answered: another kind, scale or limit.
        Kind => "kind",
        /// What can be chosen, or the rows and columns.
        Choices => "choices",
        /// Whether it must be answered, or "does not apply" is offered.
        Required => "required",
        /// What answers are worth, and of whom they speak.
        Measure => "measure",
        /// When it is asked, and what follows from it.
        Logic => "logic",
        /// Whether it begins a page.
        Page => "page",
        /// The words of the invitation.
        Invitation => "invitation",
        /// Which answers open an action.
        Actions => "actions",
        /// How many answers of a kind are wanted.
        Quotas => "quotas",
        /// Whether answers are cut off from whoever gave them.
        Anonymous => "anonymous",
        /// When whoever has not begun is reminded.
        Reminders => "reminders",
    }
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SurveyChange {
    /// The key of the question; none for the survey itself.
    pub question: Option<String>,
    /// What is asked now; as it was asked, when it is gone.
    pub name: Bilingual,
    /// What became of it.
    pub kind: ChangeKind,
    /// Which parts say something else; empty unless it was changed.
    pub parts: Vec<QuestionPart>,
}

/// Every difference: the survey itself first, then the questions that there are now, then those that went.
pub fn diff(before: &SurveyContent, after: &SurveyContent) -> Vec<SurveyChange> {
    let mut changes = Vec::new();
    let own = parts_of_survey(before, after);
    if !own.is_empty() {
        let name = after.title.clone();
        changes.push(SurveyChange { question: None, name, kind: ChangeKind::Changed, parts: own });
    }
    let keys = |content: &SurveyContent| -> Vec<String> {
        content.questions.iter().map(|question| question.key.clone()).collect()
    };
    let (old_order, new_order) = (keys(before), keys(after));
    let moved = moved(&old_order, &new_order);
    for question in &after.questions {
        let change = |kind, parts| SurveyChange {
            question: Some(question.key.clone()),
            name: question.text.clone(),
            kind,
            parts,
        };
        let Some(old) = before.question(&question.key) else {
            changes.push(change(ChangeKind::Added, Vec::new()));
            continue;
        };
        if moved.contains(&&question.key) {
            changes.push(change(ChangeKind::Moved, Vec::new()));
        }
        let mut parts = parts(old, question);
        if begins(before, &question.key) != begins(after, &question.key) {
            parts.push(QuestionPart::Page);
        }
        if !parts.is_empty() {
            changes.push(change(ChangeKind::Changed, parts));
        }
    }
    let gone = before.questions.iter().filter(|old| after.question(&old.key).is_none());
    changes.extend(gone.map(|question| SurveyChange {
        question: Some(question.key.clone()),
        name: question.text.clone(),
        kind: ChangeKind::Removed,
        parts: Vec::new(),
    }));
    changes
}

fn parts_of_survey(before: &SurveyContent, after: &SurveyContent) -> Vec<QuestionPart> {
    those([
        (QuestionPart::Text, before.title != after.title),
        (QuestionPart::Hint, before.introduction != after.introduction),
        (QuestionPart::Invitation, before.invitation != after.invitation),
        (QuestionPart::Logic, before.variables != after.variables),
        (QuestionPart::Actions, before.rules != after.rules),
        (QuestionPart::Quotas, before.quotas != after.quotas),
        (QuestionPart::Anonymous, before.anonymous != after.anonymous),
        (QuestionPart::Reminders, before.reminders != after.reminders),
    ])
}

/// Whether the question of this key begins a page; whichever comes first does anyway.
fn begins(content: &SurveyContent, key: &str) -> bool {
    let at = content.questions.iter().position(|question| question.key == key);
    at.is_some_and(|at| at > 0 && content.begins_page(at))
}

fn parts(old: &Question, new: &Question) -> Vec<QuestionPart> {
    let kind = |question: &Question| std::mem::discriminant(&question.kind);
    let same_kind = kind(old) == kind(new);
    let choices = old.kind.parts() != new.kind.parts();
    let answered = |question: &Question| (question.required, question.not_applicable);
    let logic = |question: &Question| (question.shown_if.clone(), question.rules.clone());
    those([
        (QuestionPart::Text, old.text != new.text),
        (QuestionPart::Hint, old.hint != new.hint),
        (QuestionPart::Kind, !same_kind || (!choices && old.kind != new.kind)),
        (QuestionPart::Choices, same_kind && choices),
        (QuestionPart::Required, answered(old) != answered(new)),
        (QuestionPart::Measure, old.measure != new.measure),
        (QuestionPart::Logic, logic(old) != logic(new)),
    ])
}

fn those<const N: usize>(parts: [(QuestionPart, bool); N]) -> Vec<QuestionPart> {
    parts.into_iter().filter_map(|(part, differs)| differs.then_some(part)).collect()
}
