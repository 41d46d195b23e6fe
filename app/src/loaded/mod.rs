//! What a page loads: with the first page from the server, later by a call of its own.

mod piece;
mod source;

use std::marker::PhantomData;
use std::pin::Pin;

use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use self::piece::{Piece, Text};
use self::source::Source;
use crate::UiError;

type Answer = Result<Piece, UiError>;
type Asking = Pin<Box<dyn Future<Output = Answer> + Send>>;

/// Something that a page loads, and asks for again when what it depends on changes.
pub(crate) struct Loaded<T> {
    resource: Resource<Answer, Text>,
    holds: PhantomData<fn() -> T>,
}

// Derived, these would ask the same of `T`, which is not held here.
impl<T> Copy for Loaded<T> {}

impl<T> Clone for Loaded<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Clone + DeserializeOwned + Send + Sync + 'static> Loaded<T> {
    /// What came back; nothing while it is on its way for the first time.
    pub(crate) fn get(self) -> Option<Result<T, UiError>> {
        self.resource.get().map(|answer| answer.and_then(|piece| piece.open()))
    }
}

impl<T> Loaded<T> {
    /// Asks once more.
    pub(crate) fn refetch(self) {
        self.resource.refetch();
    }

    /// Holds up what is being rendered until it is there; what runs now does not run again for it.
    ///
    /// For what only a part inside reads: a boundary inside a boundary is not hydrated reliably,
    /// so the one around all of it waits for all of it.
    pub(crate) fn wait(self) {
        let _there = self.resource.try_with_untracked(|_| ());
    }

    /// Runs what runs now again, each time that something came back.
    pub(crate) fn track(self) {
        self.resource.track();
    }
}

/// Loads; parts of the page that need it come later.
pub(crate) fn load<T, S, F>(
    source: impl Fn() -> S + Send + Sync + 'static,
    ask: impl Fn(S) -> F + Send + Sync + 'static,
) -> Loaded<T>
where
    T: Serialize + Send + Sync + 'static,
    S: PartialEq + Clone + Send + Sync + 'static,
    F: Future<Output = Result<T, UiError>> + Send + 'static,
{
    new(source, ask, false)
}

/// Loads before anything of the page is sent, because the whole page depends on it.
pub(crate) fn load_first<T, F>(ask: impl Fn() -> F + Send + Sync + 'static) -> Loaded<T>
where
    T: Serialize + Send + Sync + 'static,
    F: Future<Output = Result<T, UiError>> + Send + 'static,
{
    new(|| (), move |()| ask(), true)
}

fn new<T, S, F>(
    source: impl Fn() -> S + Send + Sync + 'static,
    ask: impl Fn(S) -> F + Send + Sync + 'static,
    first: bool,
) -> Loaded<T>
where
    T: Serialize + Send + Sync + 'static,
    S: PartialEq + Clone + Send + Sync + 'static,
    F: Future<Output = Result<T, UiError>> + Send + 'static,
{
    let source = move || Source::new(source());
    let ask = move |source: Source| -> Asking {
        let asked = source.read().map(&ask);
        Box::pin(async move {
            let answer = asked.ok_or(UiError::Transport)?.await?;
            Piece::of(answer)
        })
    };
    Loaded { resource: resource(Box::new(source), Box::new(ask), first), holds: PhantomData }
}

/// The one resource that there is, whatever it loads (ADR 0015).
fn resource(
    source: Box<dyn Fn() -> Source + Send + Sync>,
    ask: Box<dyn Fn(Source) -> Asking + Send + Sync>,
    first: bool,
) -> Resource<Answer, Text> {
    Resource::new_with_options(source, ask, first)
}
