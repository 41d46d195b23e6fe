//! Looks at a survey and its questions one by one.

use std::collections::BTreeSet;

use super::super::piping::{Placeholder, placeholders, texts};
use super::super::{
    Choice, INVITATION_CHARS_MAX, Question, QuestionKind, QuotaCounts, REMINDER_DAYS_MAX,
    REMINDERS_MAX, SurveyContent, WhenFull,
};
use super::{SurveyFinding, SurveyFindingCode};
use crate::{Bilingual, Locale};

/// The most questions of one survey.
pub const QUESTIONS_MAX: usize = 60;
/// From how many questions on few people come to the end.
const QUESTIONS_MANY: usize = 15;
/// The longest question that is read at a glance, in characters.
const TEXT_CHARS_LONG: usize = 160;

/// The longest key, in characters.
const KEY_CHARS_MAX: usize = 60;

/// What the buttons of the patient's page are called: an answer of that name would press one.
const RESERVED: [&str; 6] = ["attach", "back", "clear", "keep", "lang", "next"];

pub(super) struct Checker<'a> {
    pub(super) content: &'a SurveyContent,
    at: Option<usize>,
    pub(super) found: Vec<SurveyFinding>,
}

impl<'a> Checker<'a> {
    pub(super) const fn new(content: &'a SurveyContent) -> Self {
        Self { content, at: None, found: Vec::new() }
    }

    pub(super) fn unreachable(&mut self, index: usize) {
        self.at = Some(index);
        self.add(SurveyFindingCode::Unreachable, None);
    }

    pub(super) fn add(&mut self, code: SurveyFindingCode, about: Option<&str>) {
        self.found.push(SurveyFinding {
            code,
            warning: code.is_warning(),
            question: self.at,
            language: None,
            about: about.map(str::to_owned),
        });
    }

    fn untranslated(&mut self, code: SurveyFindingCode, text: &Bilingual) {
        for language in Locale::ALL.iter().copied() {
            if text.written(language).trim().is_empty() {
                self.add(code, None);
                if let Some(last) = self.found.last_mut() {
                    last.language = Some(language);
                }
            }
        }
    }

    /// What stands in braces and is no name that we could put there would be read as it is.
    fn names(&mut self, text: &Bilingual) {
        let all = placeholders(&text.ar).chain(placeholders(&text.en));
        for unknown in all.filter(|name| name.parse::<Placeholder>().is_err()) {
            self.add(SurveyFindingCode::UnknownName, Some(unknown));
        }
    }

    /// What stands above the link of a message: in both languages or in none, and with names that fit into a line.
    fn invitation(&mut self, words: &Bilingual) {
        if [&words.ar, &words.en].iter().all(|text| text.trim().is_empty()) {
            return;
        }
        self.untranslated(SurveyFindingCode::Untranslated, words);
        if [&words.ar, &words.en].iter().any(|text| text.chars().count() > INVITATION_CHARS_MAX) {
            self.add(SurveyFindingCode::LongInvitation, None);
        }
        let known = |name: &str| {
            name.parse::<Placeholder>().is_ok_and(|it| Placeholder::OF_MESSAGES.contains(&it))
        };
        let all = placeholders(&words.ar).chain(placeholders(&words.en));
        for unknown in all.filter(|name| !known(name)) {
            self.add(SurveyFindingCode::UnknownName, Some(unknown));
        }
    }

    pub(super) fn survey(&mut self) {
        use SurveyFindingCode as Code;
        let content = self.content;
        self.untranslated(Code::Title, &content.title);
        self.names(&content.title);
        self.names(&content.introduction);
        self.invitation(&content.invitation);
        let count =
            content.questions.iter().filter(|question| question.kind.takes_answers()).count();
        if count == 0 || content.questions.len() > QUESTIONS_MAX {
            self.add(Code::Questions, None);
        } else if count > QUESTIONS_MANY {
            self.add(Code::ManyQuestions, None);
        }
        let mut pages = content.questions.iter().map(|question| question.page);
        let mut last = 0;
        if pages.any(|page| {
            let follows = page == last.max(1) || page == last + 1;
            last = page;
            !follows
        }) {
            self.add(Code::Pages, None);
        }
        if count > 0 && !content.questions.iter().any(|question| question.kind.range().is_some()) {
            self.add(Code::NothingScored, None);
        }
        let days = &content.reminders;
        if days.len() > REMINDERS_MAX
            || days.iter().any(|days| !(1..=REMINDER_DAYS_MAX).contains(days))
            || !days.is_sorted_by(|sooner, later| sooner < later)
        {
            self.add(Code::Reminders, None);
        }
        // Who was left out, or counted before handing in, stands beside a name.
        let tells = content.quotas.iter().any(|quota| {
            let is_quiet =
                quota.when_full == WhenFull::GoOn && quota.counts == QuotaCounts::Completed;
            !is_quiet && !quota.looks_at_no_answer()
        });
        if content.anonymous && (content.asks_who() || tells || !content.rules.is_empty()) {
            self.add(Code::NotAnonymous, None);
        }
        let mut keys = BTreeSet::new();
        for variable in &content.variables {
            if !is_key(&variable.key) || !keys.insert(&variable.key) {
                self.add(Code::UnknownVariable, Some(&variable.key));
            }
        }
        self.quotas();
        for rule in &content.rules {
            if !self.can_fire(rule) {
                self.add(Code::ActionRule, Some(&rule.question));
            }
        }
    }

    pub(super) fn question(&mut self, index: usize, question: &Question) {
        use SurveyFindingCode as Code;
        self.at = Some(index);
        if !is_key(&question.key) || RESERVED.contains(&question.key.as_str()) {
            self.add(Code::Key, None);
        }
        if self.content.questions[..index].iter().any(|earlier| earlier.key == question.key) {
            self.add(Code::KeyTwice, Some(&question.key));
        }
        let written = |text: &&Bilingual| !(text.ar.trim().is_empty() && text.en.trim().is_empty());
        let optional: Option<*const Bilingual> = question.hint.as_ref().map(std::ptr::from_ref);
        for text in texts(question) {
            let is_hint = optional == Some(std::ptr::from_ref(text));
            if !is_hint || written(&text) {
                self.untranslated(Code::Untranslated, text);
            }
            self.names(text);
        }
        let long = |text: &str| text.chars().count() > TEXT_CHARS_LONG;
        if long(&question.text.ar) || long(&question.text.en) {
            self.add(Code::LongText, None);
        }
        self.shape(question);
        self.top_box(question);
        if let Some(condition) = &question.shown_if {
            self.condition(index, condition, false);
        }
        for rule in &question.rules {
            self.condition(index, &rule.when, true);
            self.consequence(index, &rule.then);
        }
    }

    fn shape(&mut self, question: &Question) {
        use SurveyFindingCode as Code;
        let fits = match &question.kind {
            QuestionKind::Rating { max, .. } => (3..=10).contains(max),
            QuestionKind::Single { choices } | QuestionKind::Ranking { choices } => {
                (2..=30).contains(&choices.len())
            }
            QuestionKind::Multiple { choices, at_most } => {
                (2..=30).contains(&choices.len())
                    && at_most.is_none_or(|most| (1..=choices.len()).contains(&usize::from(most)))
            }
            QuestionKind::Matrix { rows, columns } => {
                (1..=12).contains(&rows.len()) && (2..=10).contains(&columns.len())
            }
            QuestionKind::Text { max_chars } => (1..=4_000).contains(max_chars),
            _ => true,
        };
        if !fits {
            self.add(Code::Shape, None);
        }
        let parts: &[Choice] = match &question.kind {
            QuestionKind::Matrix { rows, .. } => rows,
            kind => kind.choices(),
        };
        let pictures = parts.iter().filter(|part| part.picture.is_some()).count();
        if question.kind.takes_pictures() && pictures > 0 && pictures < parts.len() {
            self.add(Code::SomePictures, None);
        }
        let mut keys = BTreeSet::new();
        for part in parts {
            if !is_key(&part.key) {
                self.add(Code::Key, Some(&part.key));
            } else if !keys.insert(&part.key) {
                self.add(Code::KeyTwice, Some(&part.key));
            }
        }
    }

    fn top_box(&mut self, question: &Question) {
        let measure = &question.measure;
        let on_scale = |value: &u8| {
            question.kind.range().is_some_and(|(low, high)| (low..=high).contains(value))
        };
        let chosen = |key: &String| question.kind.choices().iter().any(|choice| choice.key == *key);
        if !measure.top_box.iter().all(on_scale) || !measure.best_choices.iter().all(chosen) {
            self.add(SurveyFindingCode::TopBox, None);
        }
    }
}

/// Whether something may be called this: 1 to 60 small Latin letters, digits and `_`.
pub fn is_key(key: &str) -> bool {
    (1..=KEY_CHARS_MAX).contains(&key.len())
        && key
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}
