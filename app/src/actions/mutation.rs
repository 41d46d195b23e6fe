//! A change to an action: pending, done or refused, with what was written kept until it is done.

use std::future::Future;

use leptos::prelude::*;
use px360_domain::ids::ActionId;

use crate::UiError;
use crate::ui::failures;
use crate::ui::toast::Toasts;

/// What is being written. Lives longer than the forms, so that a reload takes nothing away.
#[derive(Clone, Copy)]
pub(super) struct Drafts {
    /// What was done about it.
    pub(super) resolution: RwSignal<String>,
    /// Why the closing is approved or sent back.
    pub(super) reason: RwSignal<String>,
    /// A note.
    pub(super) note: RwSignal<String>,
}

impl Drafts {
    /// Nothing written yet.
    pub(super) fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        Self { resolution: empty(), reason: empty(), note: empty() }
    }
}

/// What every form of one action needs.
#[derive(Clone, Copy)]
pub(super) struct Subject {
    /// Which action.
    pub(super) id: ActionId,
    /// The version that the page shows.
    pub(super) version: i32,
    /// What is being written.
    pub(super) drafts: Drafts,
    /// Loads the action again.
    pub(super) reload: Callback<()>,
}

/// One change that the page can make.
pub(super) struct Change<I: Send + Sync + 'static> {
    action: Action<I, Result<(), UiError>>,
}

// Derived, these would ask the same of the input, which is not held here.
impl<I: Send + Sync + 'static> Copy for Change<I> {}

impl<I: Send + Sync + 'static> Clone for Change<I> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<I: Send + Sync + 'static> Change<I> {
    /// Calls the server; when that went well, says so, forgets the draft and loads the action again.
    pub(super) fn new<Fut>(
        subject: Subject,
        done: impl Fn() -> &'static str + Send + Sync + 'static,
        draft: Option<RwSignal<String>>,
        call: impl Fn(&I) -> Fut + Send + Sync + 'static,
    ) -> Self
    where
        Fut: Future<Output = Result<(), UiError>> + Send + 'static,
    {
        let action = Action::new(call);
        let toasts = use_context::<Toasts>();
        Effect::new(move || {
            if !matches!(*action.value().read(), Some(Ok(()))) {
                return;
            }
            if let Some(toasts) = toasts {
                toasts.say(done());
            }
            if let Some(draft) = draft {
                draft.set(String::new());
            }
            subject.reload.run(());
        });
        Self { action }
    }

    /// Makes the change.
    pub(super) fn make(self, input: I) {
        self.action.dispatch(input);
    }

    /// Whether it is on its way.
    pub(super) fn pending(self) -> Signal<bool> {
        self.action.pending().into()
    }

    /// The sentence about one field, if the server refused it.
    pub(super) fn fault_of(self, field: &'static str) -> Signal<Option<String>> {
        let locale = crate::texts::current();
        Signal::derive(move || {
            self.error().and_then(|error| failures::of_field(locale, &error, field))
        })
    }

    /// The error that is about none of these fields.
    pub(super) fn error_beside(self, fields: &'static [&'static str]) -> Signal<Option<UiError>> {
        let locale = crate::texts::current();
        Signal::derive(move || {
            self.error().filter(|error| {
                !fields.iter().any(|field| failures::of_field(locale, error, field).is_some())
            })
        })
    }

    fn error(self) -> Option<UiError> {
        if self.action.pending().get() {
            return None;
        }
        self.action.value().get().and_then(Result::err)
    }
}
