//! Which rows are picked out for one deed.

use leptos::prelude::*;

/// The rows that are picked: some of this page, or everything that the filter finds.
///
/// A list and no set: a page has a hundred rows at most, and a set's machinery would travel to every
/// browser for that.
#[derive(Clone, Copy)]
pub(crate) struct Selection {
    keys: RwSignal<Vec<String>>,
    all_matching: RwSignal<bool>,
    /// Where Shift begins to count.
    last: RwSignal<Option<usize>>,
}

impl Selection {
    /// Nothing picked.
    pub(crate) fn new() -> Self {
        Self {
            keys: RwSignal::new(Vec::new()),
            all_matching: RwSignal::new(false),
            last: RwSignal::new(None),
        }
    }

    /// Whether this row is picked.
    pub(crate) fn has(self, key: &str) -> bool {
        self.all_matching.get() || self.keys.read().iter().any(|picked| picked == key)
    }

    /// How many of this page are picked.
    pub(crate) fn count(self) -> usize {
        self.keys.read().len()
    }

    /// Whether everything that the filter finds is meant, on other pages too.
    pub(crate) fn is_all_matching(self) -> bool {
        self.all_matching.get()
    }

    /// The same, for whoever acts on it.
    pub(crate) fn is_all_matching_untracked(self) -> bool {
        self.all_matching.get_untracked()
    }

    /// The picked rows of this page.
    pub(crate) fn keys(self) -> Vec<String> {
        self.keys.get_untracked()
    }

    /// Picks or drops one row; with Shift, the rows since the last one too.
    pub(crate) fn turn(self, page: &[String], at: usize, with_shift: bool) {
        let Some(key) = page.get(at) else { return };
        let on = !self.keys.read_untracked().contains(key);
        let from = self.last.get_untracked().filter(|_| with_shift).unwrap_or(at);
        let range = from.min(at)..=from.max(at);
        self.all_matching.set(false);
        self.keys.update(|keys| {
            for key in page.get(range).unwrap_or_default() {
                keys.retain(|picked| picked != key);
                if on {
                    keys.push(key.clone());
                }
            }
        });
        self.last.set(Some(at));
    }

    /// Picks or drops the whole page.
    pub(crate) fn turn_page(self, page: &[String]) {
        let all = page.iter().all(|key| self.keys.read_untracked().contains(key));
        self.all_matching.set(false);
        self.keys.set(if all { Vec::new() } else { page.to_vec() });
    }

    /// Means everything that the filter finds.
    pub(crate) fn pick_all_matching(self) {
        self.all_matching.set(true);
    }

    /// Drops everything.
    pub(crate) fn clear(self) {
        self.keys.set(Vec::new());
        self.all_matching.set(false);
        self.last.set(None);
    }
}
