//! Fields of a question: each keeps what is typed, and writes it into the draft.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::contact::fold_digits;
use px360_domain::surveys::Question;

use super::draft::Draft;

/// What is typed into a field of a question; whatever it becomes is put into the draft.
pub(super) fn bound<T: Clone + PartialEq + Send + Sync + 'static>(
    draft: Draft,
    index: usize,
    value: T,
    put: impl Fn(&mut Question, T) + 'static,
) -> RwSignal<T> {
    let field = RwSignal::new(value);
    Effect::new(move |began: Option<()>| {
        let value = field.get();
        // What it was built with is in the draft already.
        if began.is_some() {
            draft.change(index, |question| put(question, value));
        }
    });
    field
}

/// A whole number as people write it, in either script's digits.
pub(super) fn number<T: std::str::FromStr>(text: &str) -> Option<T> {
    fold_digits(text).trim().parse().ok()
}

/// Numbers in one line, in either script's digits and commas.
pub(super) fn numbers(line: &str) -> Vec<u8> {
    line.split([',', '،', ' ', ';', '؛']).filter_map(number).collect()
}

/// One line of text in a language, for lists of fields that are as long as people make them.
pub(super) fn text_line(
    id: String,
    label: String,
    language: Locale,
    value: String,
    put: impl Fn(String) + 'static,
) -> AnyView {
    view! {
        <input
            r#type="text"
            class="input"
            id=id
            aria-label=label
            lang=language.as_str()
            dir=language.dir()
            value=value
            on:input:target=move |ev| put(ev.target().value())
        />
    }
    .into_any()
}
