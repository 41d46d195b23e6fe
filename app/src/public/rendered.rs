//! Pages that were rendered before: a survey version never changes, so neither does its HTML.
//!
//! Only pages without answers, faults and notices are kept, so nothing of a patient is ever in
//! here. The token is spliced in where [`TOKEN`] stood.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

/// Stands for the token while a page is rendered. No survey is written with a private-use
/// character, so it cannot come from the content.
pub(super) const TOKEN: &str = "\u{f8ff}token\u{f8ff}";

/// About 10 KB each. Texts of hospitals, departments and physicians multiply the pages.
const PAGES_MAX: usize = 1024;

/// The pieces of a page, with the token between them.
type Pieces = Arc<[Box<str>]>;

static PAGES: LazyLock<RwLock<HashMap<String, Pieces>>> = LazyLock::new(RwLock::default);

/// The page of this key with the token in its places, rendered only when nobody did so before.
pub(super) fn page(key: String, token: &str, render: impl FnOnce() -> String) -> String {
    let known = PAGES.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
    let pieces = known.unwrap_or_else(|| {
        let pieces: Pieces = render().split(TOKEN).map(Into::into).collect();
        keep(key, Arc::clone(&pieces));
        pieces
    });
    spliced(&pieces, token)
}

fn keep(key: String, pieces: Pieces) {
    let mut pages = PAGES.write().unwrap_or_else(PoisonError::into_inner);
    // Starting over is simpler than tracking use, and happens once in a thousand new pages.
    if pages.len() >= PAGES_MAX {
        pages.clear();
    }
    pages.insert(key, pieces);
}

fn spliced(pieces: &[Box<str>], token: &str) -> String {
    let token = html_escape::encode_double_quoted_attribute(token);
    let bytes = pieces.iter().map(|piece| piece.len() + token.len()).sum();
    let mut html = String::with_capacity(bytes);
    for (index, piece) in pieces.iter().enumerate() {
        if index > 0 {
            html.push_str(&token);
        }
        html.push_str(piece);
    }
    html
}
