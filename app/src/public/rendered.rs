//! Pages that were rendered before: a survey version never changes, so neither does its HTML.
//!
//! Only pages without answers, faults and notices are kept, so nothing of a patient is ever in
//! here. The address, with its token, is spliced in where [`BASE`] stood.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

/// Stands for the address of the survey while a page is rendered. No survey is written with a private-use
/// character, so it cannot come from the content.
pub(super) const BASE: &str = "\u{f8ff}base\u{f8ff}";

/// About 10 KB each. Texts of hospitals, departments and physicians multiply the pages.
const PAGES_MAX: usize = 1024;

/// The pieces of a page, with the address between them.
type Pieces = Arc<[Box<str>]>;

static PAGES: LazyLock<RwLock<HashMap<String, Pieces>>> = LazyLock::new(RwLock::default);

/// The page of this key with the address in its places, rendered only when nobody did so before.
pub(super) fn page(key: String, base: &str, render: impl FnOnce() -> String) -> String {
    let known = PAGES.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
    let pieces = known.unwrap_or_else(|| {
        let pieces: Pieces = render().split(BASE).map(Into::into).collect();
        keep(key, Arc::clone(&pieces));
        pieces
    });
    spliced(&pieces, base)
}

fn keep(key: String, pieces: Pieces) {
    let mut pages = PAGES.write().unwrap_or_else(PoisonError::into_inner);
    // Starting over is simpler than tracking use, and happens once in a thousand new pages.
    if pages.len() >= PAGES_MAX {
        pages.clear();
    }
    pages.insert(key, pieces);
}

fn spliced(pieces: &[Box<str>], base: &str) -> String {
    let base = html_escape::encode_double_quoted_attribute(base);
    let bytes = pieces.iter().map(|piece| piece.len() + base.len()).sum();
    let mut html = String::with_capacity(bytes);
    for (index, piece) in pieces.iter().enumerate() {
        if index > 0 {
            html.push_str(&base);
        }
        html.push_str(piece);
    }
    html
}
