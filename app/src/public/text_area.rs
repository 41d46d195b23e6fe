//! The only `<textarea>` of these pages.

use leptos::prelude::*;

/// A text area with the text that was entered so far.
///
/// Leptos does not escape the children of a `<textarea>` (leptos-rs/leptos#4819, reverted), so the
/// text goes in as escaped inner HTML. Nothing else here may write that element.
pub(super) fn text_area(
    name: String,
    id: String,
    described_by: String,
    invalid: bool,
    max_chars: u16,
    text: &str,
) -> AnyView {
    // A parser drops a line end right after the start tag; a second one keeps the patient's.
    let line_end = if text.starts_with('\n') { "\n" } else { "" };
    let escaped = format!("{line_end}{}", html_escape::encode_text(text));
    view! {
        <textarea
            name=name
            id=id
            rows="4"
            dir="auto"
            aria-describedby=described_by
            aria-invalid=invalid.then_some("true")
            data-max=max_chars
            inner_html=escaped
        ></textarea>
    }
    .into_any()
}
