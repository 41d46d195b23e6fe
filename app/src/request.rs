//! A call that changes something: on its way, done or refused.

use std::pin::Pin;

use leptos::prelude::*;

use crate::UiError;

/// One call at a time.
///
/// Leptos' own `Action` is generic over what it sends, and each would bring its machinery into the
/// browser once more (ADR 0015).
#[derive(Clone, Copy)]
pub(crate) struct Request {
    pending: RwSignal<bool>,
    error: RwSignal<Option<UiError>>,
}

impl Request {
    /// Nothing asked yet.
    pub(crate) fn new() -> Self {
        Self { pending: RwSignal::new(false), error: RwSignal::new(None) }
    }

    /// Sends a call and hands on what came back; does nothing while another one is on its way.
    ///
    /// The call runs to its end even when its page has gone meanwhile, and `then` runs as well.
    pub(crate) fn send<T: 'static>(
        self,
        call: impl Future<Output = Result<T, UiError>> + 'static,
        then: impl FnOnce(T) + 'static,
    ) {
        self.run(Box::pin(async move { call.await.map(then) }));
    }

    fn run(self, call: Pin<Box<dyn Future<Output = Result<(), UiError>>>>) {
        if self.pending.get_untracked() {
            return;
        }
        self.pending.set(true);
        self.error.set(None);
        leptos::task::spawn_local(async move {
            let error = call.await.err();
            let _gone = self.error.try_set(error);
            let _gone = self.pending.try_set(false);
        });
    }

    /// Whether a call is on its way.
    pub(crate) fn pending(self) -> Signal<bool> {
        self.pending.into()
    }

    /// Why the last call was refused.
    pub(crate) fn error(self) -> Option<UiError> {
        self.error.get()
    }
}
