//! A draft while it is written: it keeps itself, and every step can be taken back.

use std::collections::BTreeSet;
use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use px360_domain::ids::{SurveyTemplateId, SurveyVersionId};
use px360_domain::surveys::authoring::{
    MessageSample, QuestionType, SaveSurveyDraft, SurveyTemplateDetail, VersionState,
};
use px360_domain::surveys::{Question, SurveyContent, SurveyFinding, check};

use crate::request::Request;
use crate::surveys::server_fns::surveys_save_draft;
use crate::ui::numbers::isolated_words;

/// How long nothing is typed before the draft is kept.
const PAUSE: Duration = Duration::from_millis(700);
/// How many steps can be taken back.
const STEPS_MAX: usize = 100;

/// What the parts of the builder share.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    /// Which template.
    pub(super) id: SurveyTemplateId,
    /// Which version of it.
    pub(super) version: SurveyVersionId,
    /// The number under which it would be published.
    pub(super) number: i32,
    /// What it says now.
    pub(super) body: RwSignal<SurveyContent>,
    /// What it said when it was kept last.
    saved: RwSignal<SurveyContent>,
    /// For the next change; previews follow it too.
    pub(super) lock_version: RwSignal<i32>,
    /// The question whose form is shown, counted from 0; none: the survey's own form.
    pub(super) selected: RwSignal<Option<usize>>,
    /// Counts whatever makes the form another one.
    pub(super) round: RwSignal<u32>,
    /// What was done last, for whoever cannot see it.
    pub(super) said: RwSignal<String>,
    /// How an invitation reaches a patient.
    pub(super) message: StoredValue<MessageSample>,
    /// Keys that patients have answered under: measures are followed by them.
    known: StoredValue<BTreeSet<String>>,
    /// Keeping it.
    pub(super) saving: Request,
    /// Steps that can be taken back, the last one last.
    past: RwSignal<Vec<SurveyContent>>,
    /// Steps that were taken back, the last one last.
    future: RwSignal<Vec<SurveyContent>>,
    /// What it said after the last step.
    step: StoredValue<SurveyContent>,
    timer: StoredValue<Option<TimeoutHandle>>,
}

impl Draft {
    /// As it was kept; keeps itself from now on.
    pub(super) fn new(detail: &SurveyTemplateDetail) -> Self {
        let published = detail.versions.iter().any(|it| it.state != VersionState::Draft);
        let keys = detail.content.questions.iter().map(|question| question.key.clone());
        let draft = Self {
            id: detail.row.id,
            version: detail.version.id,
            number: detail.version.number,
            body: RwSignal::new(detail.content.clone()),
            saved: RwSignal::new(detail.content.clone()),
            lock_version: RwSignal::new(detail.lock_version),
            selected: RwSignal::new((!detail.content.questions.is_empty()).then_some(0)),
            round: RwSignal::new(0),
            said: RwSignal::new(String::new()),
            message: StoredValue::new(detail.message.clone()),
            known: StoredValue::new(if published { keys.collect() } else { BTreeSet::new() }),
            saving: Request::new(),
            past: RwSignal::new(Vec::new()),
            future: RwSignal::new(Vec::new()),
            step: StoredValue::new(detail.content.clone()),
            timer: StoredValue::new(None),
        };
        Effect::new(move |began: Option<()>| {
            draft.body.track();
            if began.is_some() {
                draft.keep_soon();
            }
        });
        on_cleanup(move || draft.keep_now());
        draft
    }

    fn keep_soon(self) {
        self.stop_timer();
        let later = set_timeout_with_handle(move || self.keep_now(), PAUSE);
        self.timer.set_value(later.ok());
    }

    fn stop_timer(self) {
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    }

    /// Keeps what was typed by now.
    pub(super) fn keep_now(self) {
        self.settle();
        self.save(|| {});
    }

    /// Keeps nothing any more: it is thrown away.
    pub(super) fn stop(self) {
        self.stop_timer();
        self.saved.set(self.body.get_untracked());
    }

    /// What was changed since the last step becomes one.
    fn settle(self) {
        self.stop_timer();
        let now = self.body.get_untracked();
        let Some(before) = self
            .step
            .try_update_value(|step| (*step != now).then(|| std::mem::replace(step, now.clone())))
        else {
            return;
        };
        if let Some(before) = before {
            self.past.update(|past| {
                past.push(before);
                if past.len() > STEPS_MAX {
                    past.remove(0);
                }
            });
            self.future.set(Vec::new());
        }
    }

    /// Whether it says something else than what was kept.
    pub(super) fn is_changed(self) -> bool {
        *self.body.read() != *self.saved.read()
    }

    /// Whether a step can be taken back.
    pub(super) fn can_undo(self) -> bool {
        !self.past.read().is_empty() || *self.body.read() != self.step.get_value()
    }

    /// Whether a step can be taken again.
    pub(super) fn can_redo(self) -> bool {
        !self.future.read().is_empty()
    }

    /// Takes the last step back.
    pub(super) fn undo(self) {
        self.settle();
        self.go(self.past, self.future);
    }

    /// Takes the step again that was taken back last.
    pub(super) fn redo(self) {
        self.settle();
        self.go(self.future, self.past);
    }

    fn go(self, from: RwSignal<Vec<SurveyContent>>, to: RwSignal<Vec<SurveyContent>>) {
        let Some(then) = from.try_update(Vec::pop).flatten() else { return };
        let now = self.body.get_untracked();
        to.update(|steps| steps.push(now));
        self.step.set_value(then.clone());
        let count = then.questions.len();
        self.body.set(then);
        let selected = self.selected.get_untracked();
        self.show(selected.and_then(|at| Some(at.min(count.checked_sub(1)?))));
    }

    /// Whether patients have answered under this key.
    pub(super) fn is_known(self, key: &str) -> bool {
        self.known.with_value(|known| known.contains(key))
    }

    /// What is the matter with it.
    pub(super) fn findings(self) -> Vec<SurveyFinding> {
        check(&self.body.read())
    }

    /// Keeps it, unless it is kept already; then goes on. What was typed meanwhile is kept after that.
    pub(super) fn save(self, then: impl FnOnce() + 'static) {
        let content = self.body.get_untracked();
        if content == self.saved.get_untracked() {
            return then();
        }
        let cmd = SaveSurveyDraft {
            lock_version: self.lock_version.get_untracked(),
            content: content.clone(),
        };
        self.saving.send(surveys_save_draft(self.id, cmd), move |lock_version| {
            if self.lock_version.try_set(lock_version).is_some() {
                // The page has gone.
                return;
            }
            self.saved.set(content);
            if self.is_changed_untracked() {
                self.keep_soon();
            }
            then();
        });
    }

    fn is_changed_untracked(self) -> bool {
        *self.body.read_untracked() != *self.saved.read_untracked()
    }

    /// Changes one question.
    pub(super) fn change(self, index: usize, change: impl FnOnce(&mut Question)) {
        self.body.update(|body| {
            if let Some(question) = body.questions.get_mut(index) {
                change(question);
            }
        });
    }

    /// Shows the form of this question, or the survey's own.
    pub(super) fn select(self, index: Option<usize>) {
        self.selected.set(index);
    }

    /// Changes the order or the number of questions: a step of its own.
    fn take_step(self, change: impl FnOnce(&mut SurveyContent)) {
        self.settle();
        self.body.update(change);
        self.settle();
    }

    /// Adds a question of this type behind the selected one.
    pub(super) fn add(self, kind: QuestionType) {
        let after = self.selected.get_untracked().map(|at| at + 1);
        let mut at = 0;
        self.take_step(|body| {
            let key = body.free_key(kind.as_str());
            at = after.unwrap_or(body.questions.len()).min(body.questions.len());
            body.insert_question(at, Question::blank(key, kind));
        });
        self.show(Some(at));
    }

    /// Adds a question that is like this one behind it.
    pub(super) fn duplicate(self, index: usize) {
        self.take_step(|body| {
            let Some(question) = body.questions.get(index).cloned() else { return };
            let key = body.free_key(&question.key);
            body.insert_question(index + 1, Question { key, ..question });
        });
        self.show(Some(index + 1));
    }

    /// Takes a question away.
    pub(super) fn remove(self, index: usize) {
        self.take_step(|body| {
            body.remove_question(index);
        });
        let left = self.body.read_untracked().questions.len();
        self.show(index.checked_sub(1).or_else(|| (left > 0).then_some(0)));
    }

    /// Moves a question and says so.
    pub(super) fn move_question(self, from: usize, to: usize) {
        let count = self.body.read_untracked().questions.len();
        if from == to || from >= count || to >= count {
            return;
        }
        self.take_step(|body| body.move_question(from, to));
        self.show(Some(to));
        let locale = crate::texts::current();
        let name = self.body.read_untracked().questions.get(to).map(|question| {
            let text = question.text.pick(locale);
            isolated_words(if text.is_empty() { &question.key } else { text })
        });
        let place = to + 1;
        self.said.set(text!(
            locale,
            surveys.question_moved,
            name = name.unwrap_or_default(),
            place = place,
            count = count
        ));
    }

    /// Shows a form anew.
    pub(super) fn show(self, index: Option<usize>) {
        self.selected.set(index);
        self.round.update(|round| *round = round.wrapping_add(1));
    }
}
