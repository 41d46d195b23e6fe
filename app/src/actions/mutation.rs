//! A change to an action: pending, done or refused, with what was written kept until it is done.

use leptos::prelude::*;
use px360_domain::ids::ActionId;

use crate::UiError;
use crate::request::Request;
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

/// What is being written about each action that one goes through, so that going on to the next one
/// carries no words over and loses none.
#[derive(Clone)]
pub(super) struct DraftsOfAll {
    of: StoredValue<Vec<(ActionId, Drafts)>>,
    /// The page: it lives longer than what it shows.
    page: Option<Owner>,
}

impl DraftsOfAll {
    /// Nothing written yet, for as long as the page that calls this.
    pub(super) fn new() -> Self {
        Self { of: StoredValue::new(Vec::new()), page: Owner::current() }
    }

    /// What is being written about this one.
    pub(super) fn of(&self, id: ActionId) -> Drafts {
        let known = self.of.with_value(|of| of.iter().find(|(known, _)| *known == id).copied());
        if let Some((_, drafts)) = known {
            return drafts;
        }
        let drafts = match &self.page {
            Some(page) => page.with(Drafts::new),
            None => Drafts::new(),
        };
        self.of.update_value(|of| of.push((id, drafts)));
        drafts
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
#[derive(Clone, Copy)]
pub(super) struct Change {
    subject: Subject,
    done: &'static str,
    draft: Option<RwSignal<String>>,
    request: Request,
    toasts: Option<Toasts>,
}

impl Change {
    /// When it went well, this says so in the words of `done`, forgets the draft and loads the
    /// action again.
    pub(super) fn new(
        subject: Subject,
        done: &'static str,
        draft: Option<RwSignal<String>>,
    ) -> Self {
        Self { subject, done, draft, request: Request::new(), toasts: use_context::<Toasts>() }
    }

    /// Makes the change, unless one is on its way.
    pub(super) fn make(self, call: impl Future<Output = Result<(), UiError>> + 'static) {
        self.request.send(call, move |()| {
            if let Some(toasts) = self.toasts {
                toasts.say(self.done);
            }
            if let Some(draft) = self.draft {
                let _gone = draft.try_set(String::new());
            }
            self.subject.reload.try_run(());
        });
    }

    /// Whether it is on its way.
    pub(super) fn pending(self) -> Signal<bool> {
        self.request.pending()
    }

    /// The sentence about one field, if the server refused it.
    pub(super) fn fault_of(self, field: &'static str) -> Signal<Option<String>> {
        let locale = crate::texts::current();
        Signal::derive(move || {
            self.request.error().and_then(|error| failures::of_field(locale, &error, field))
        })
    }

    /// The error that is about none of these fields.
    pub(super) fn error_beside(self, fields: &'static [&'static str]) -> Signal<Option<UiError>> {
        let locale = crate::texts::current();
        Signal::derive(move || {
            self.request.error().filter(|error| {
                !fields.iter().any(|field| failures::of_field(locale, error, field).is_some())
            })
        })
    }
}
