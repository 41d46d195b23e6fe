//! Looks at what questions and rules depend on.

use super::super::logic::{Comparison, Condition, Consequence, LogicOperator, Operand, Value};
use std::collections::BTreeSet;

use super::super::{
    ActionRule, QUOTA_SIZE_MAX, QUOTAS_MAX, Question, QuestionKind, REPEAT_DAYS_MAX,
};
use super::SurveyFindingCode;
use super::checker::{Checker, is_key};

impl Checker<'_> {
    /// `own`: whether it may look at the question that it belongs to.
    pub(super) fn condition(&mut self, index: usize, condition: &Condition, own: bool) {
        use SurveyFindingCode as Code;
        if let Condition::Any(parts) = condition
            && parts.is_empty()
        {
            self.add(Code::Comparison, None);
        }
        for comparison in condition.comparisons() {
            if comparison.values.is_empty() != comparison.operator.is_unary() {
                self.add(Code::Comparison, None);
            }
            match &comparison.operand {
                Operand::Answer(key) => self.answer(index, key, comparison, own),
                Operand::Variable(key) => self.variable(key),
                Operand::Fact(_) => {}
            }
        }
    }

    fn answer(&mut self, index: usize, key: &str, comparison: &Comparison, own: bool) {
        use SurveyFindingCode as Code;
        let place = self
            .content
            .questions
            .iter()
            .position(|question| question.answer_keys().any(|known| known == key));
        let Some(place) = place else { return self.add(Code::UnknownQuestion, Some(key)) };
        if place > index || (place == index && !own) {
            return self.add(Code::LooksAhead, Some(key));
        }
        let Some(asked) = self.content.questions.get(place) else { return };
        if !own && self.content.questions.get(index).is_some_and(|it| it.page == asked.page) {
            self.add(Code::SamePage, Some(key));
        }
        for value in
            comparison.values.iter().filter(|value| !fits(asked, comparison.operator, value))
        {
            self.add(Code::UnknownChoice, Some(value));
        }
    }

    /// Whether some answer could fire this rule.
    pub(super) fn can_fire(&self, rule: &ActionRule) -> bool {
        let Some(asked) = self.content.question_of(&rule.question) else { return false };
        let days = 1..=REPEAT_DAYS_MAX;
        let ordered = asked.kind.range().is_some() || asked.kind == QuestionKind::Date;
        rule.operator != LogicOperator::IsSkipped
            && (ordered || !rule.operator.is_ordered())
            && rule.values.is_empty() == rule.operator.is_unary()
            && rule.values.iter().all(|value| fits(asked, rule.operator, value))
            && rule.once_in_days.is_none_or(|wanted| days.contains(&wanted))
    }

    pub(super) fn quotas(&mut self) {
        let content = self.content;
        let mut keys = BTreeSet::new();
        for quota in &content.quotas {
            let named = ![&quota.name.ar, &quota.name.en].iter().any(|name| name.trim().is_empty());
            let sized = (1..=QUOTA_SIZE_MAX).contains(&quota.at_most);
            if !named || !sized || !is_key(&quota.key) || !keys.insert(&quota.key) {
                self.add(SurveyFindingCode::Quota, Some(&quota.key));
            }
            if let Some(when) = &quota.when {
                // It may look at every answer of the survey.
                self.condition(content.questions.len(), when, true);
            }
        }
        if content.quotas.len() > QUOTAS_MAX {
            self.add(SurveyFindingCode::Quota, None);
        }
    }

    fn variable(&mut self, key: &str) {
        if !self.content.variables.iter().any(|variable| variable.key == key) {
            self.add(SurveyFindingCode::UnknownVariable, Some(key));
        }
    }

    pub(super) fn consequence(&mut self, index: usize, consequence: &Consequence) {
        use SurveyFindingCode as Code;
        match consequence {
            Consequence::Finish => {}
            Consequence::JumpTo(key) | Consequence::Require(key) => {
                match self.content.questions.iter().position(|question| question.key == *key) {
                    None => self.add(Code::UnknownQuestion, Some(key)),
                    Some(place) if place <= index => self.add(Code::LeadsBack, Some(key)),
                    Some(_) => {}
                }
            }
            Consequence::Calculate { variable, value, .. } => {
                self.variable(variable);
                if let Value::AnswerTo(key) = value
                    && self.content.question_of(key).is_none()
                {
                    self.add(Code::UnknownQuestion, Some(key));
                }
            }
        }
    }
}

/// Whether an answer to this question could ever be this value.
fn fits(question: &Question, operator: LogicOperator, value: &str) -> bool {
    if operator == LogicOperator::Contains {
        return question.kind != QuestionKind::File && !value.trim().is_empty();
    }
    match &question.kind {
        QuestionKind::YesNo | QuestionKind::Consent => matches!(value, "yes" | "no"),
        QuestionKind::Date => value.parse::<chrono::NaiveDate>().is_ok(),
        QuestionKind::Text { .. } | QuestionKind::Contact => !value.trim().is_empty(),
        kind => match kind.range() {
            Some((low, high)) => {
                value.parse::<u8>().is_ok_and(|value| (low..=high).contains(&value))
            }
            None => kind.choices().iter().any(|choice| choice.key == value),
        },
    }
}
