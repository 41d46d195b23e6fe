//! A draft while it is written.

use leptos::prelude::*;
use px360_domain::ids::JourneyTemplateId;
use px360_domain::journeys::template::{
    Finding, SaveDraft, StageBody, SurveyChoice, TemplateBody, TemplateDetail, findings,
};

use crate::journeys::server_fns::journeys_save_draft;
use crate::request::Request;
use crate::ui::numbers::isolated_words;

/// What the parts of the editor share.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    /// Which version.
    pub(super) id: JourneyTemplateId,
    /// What it says now.
    pub(super) body: RwSignal<TemplateBody>,
    /// What it said when it was kept last.
    saved: RwSignal<TemplateBody>,
    /// For the next change.
    pub(super) lock_version: RwSignal<i32>,
    /// The stage whose form is shown, counted from 0.
    pub(super) selected: RwSignal<usize>,
    /// Counts whatever makes the form of a stage another one.
    pub(super) round: RwSignal<u32>,
    /// What was done last, for whoever cannot see it.
    pub(super) said: RwSignal<String>,
    /// The surveys that stages may send.
    pub(super) surveys: StoredValue<Vec<SurveyChoice>>,
    /// Keeping it.
    pub(super) saving: Request,
}

impl Draft {
    /// As it was kept.
    pub(super) fn new(detail: &TemplateDetail) -> Self {
        Self {
            id: detail.row.id,
            body: RwSignal::new(detail.body.clone()),
            saved: RwSignal::new(detail.body.clone()),
            lock_version: RwSignal::new(detail.lock_version),
            selected: RwSignal::new(0),
            round: RwSignal::new(0),
            said: RwSignal::new(String::new()),
            surveys: StoredValue::new(detail.surveys.clone()),
            saving: Request::new(),
        }
    }

    /// Whether it says something else than what was kept.
    pub(super) fn is_changed(self) -> bool {
        *self.body.read() != *self.saved.read()
    }

    /// What is the matter with it.
    pub(super) fn findings(self) -> Vec<Finding> {
        self.surveys.with_value(|surveys| findings(&self.body.read(), surveys))
    }

    /// Keeps it, unless it is kept already; then goes on.
    pub(super) fn save(self, then: impl FnOnce() + 'static) {
        let body = self.body.get_untracked();
        if body == self.saved.get_untracked() {
            return then();
        }
        let cmd = SaveDraft { lock_version: self.lock_version.get_untracked(), body: body.clone() };
        self.saving.send(journeys_save_draft(self.id, cmd), move |lock_version| {
            self.lock_version.set(lock_version);
            self.saved.set(body);
            then();
        });
    }

    /// Changes one stage.
    pub(super) fn change(self, index: usize, change: impl FnOnce(&mut StageBody)) {
        self.body.update(|body| {
            if let Some(stage) = body.stages.get_mut(index) {
                change(stage);
            }
        });
    }

    /// Shows the form of this stage.
    pub(super) fn select(self, index: usize) {
        self.selected.set(index);
    }

    /// Adds a stage behind the others.
    pub(super) fn add(self) {
        let mut at = 0;
        self.body.update(|body| {
            let code = body.free_code("stage");
            body.stages.push(StageBody::new(code));
            at = body.stages.len().saturating_sub(1);
        });
        self.show(at);
    }

    /// Adds a stage that is like this one behind it.
    pub(super) fn duplicate(self, index: usize) {
        self.body.update(|body| {
            let Some(stage) = body.stages.get(index).cloned() else { return };
            let code = body.free_code(&stage.code);
            body.stages.insert(index + 1, StageBody { code, ..stage });
        });
        self.show(index + 1);
    }

    /// Takes a stage away; gives it back, for whoever did not mean it.
    pub(super) fn remove(self, index: usize) -> Option<StageBody> {
        let removed = self
            .body
            .try_update(|body| (index < body.stages.len()).then(|| body.stages.remove(index)))?;
        self.show(index.saturating_sub(1));
        removed
    }

    /// Puts a stage that was taken away back where it stood.
    pub(super) fn put_back(self, index: usize, stage: StageBody) {
        self.body.update(|body| {
            let index = index.min(body.stages.len());
            body.stages.insert(index, stage);
        });
        self.show(index);
    }

    /// Moves a stage and says so.
    pub(super) fn move_stage(self, from: usize, to: usize) {
        let count = self.body.read_untracked().stages.len();
        if from == to || from >= count || to >= count {
            return;
        }
        self.body.update(|body| body.move_stage(from, to));
        self.show(to);
        let locale = crate::texts::current();
        let name = self.body.read_untracked().stages.get(to).map(|stage| {
            let name = stage.name.pick(locale);
            isolated_words(if name.is_empty() { &stage.code } else { name })
        });
        let place = to + 1;
        self.said.set(text!(
            locale,
            journeys.template_moved,
            name = name.unwrap_or_default(),
            place = place,
            count = count
        ));
    }

    fn show(self, index: usize) {
        self.selected.set(index);
        self.round.update(|round| *round = round.wrapping_add(1));
    }
}
