//! The one place that writes a `<textarea>`.
//!
//! Leptos 0.8 does not escape the children of a textarea, so a text with `</textarea>` in it would
//! become live markup. Escaped inner HTML is what a browser without the bundle shows; the property
//! is what an awake page keeps in step.

use leptos::prelude::*;
use px360_domain::Locale;

use super::FieldSpec;
use crate::ui::numbers::grouped;

/// A labelled field for several lines of text.
#[component]
pub(crate) fn TextArea(
    /// What it says about itself.
    field: FieldSpec,
    /// What is written.
    value: RwSignal<String>,
    /// The most characters; shows a counter, and keeps what is too long for its author to shorten.
    #[prop(optional)]
    chars_max: Option<usize>,
    /// What Ctrl+Enter does.
    #[prop(optional)]
    submit: Option<Callback<()>>,
) -> impl IntoView {
    let first_html = html_escape::encode_text(&value.get_untracked()).into_owned();
    let control = view! {
        <textarea
            id=field.id
            name=field.id
            class="input"
            rows="4"
            dir="auto"
            readonly=field.is_locked()
            aria-invalid=field.invalid()
            aria-describedby=field.described_by()
            prop:value=move || value.get()
            on:input:target=move |ev| value.set(ev.target().value())
            on:keydown=move |ev| {
                // The physical key: an Arabic layout has the same Enter, but not the same letters.
                let sends = ev.code() == "Enter" && (ev.ctrl_key() || ev.meta_key());
                if let Some(submit) = submit.filter(|_| sends) {
                    submit.run(());
                }
            }
            inner_html=first_html
        ></textarea>
        {chars_max.map(|max| view! { <Counter value=value max=max/> })}
    };
    field.around(control.into_any())
}

/// One sentence without a label: it breaks where it is too long for its line, and grows. Enter begins no new line.
pub(super) fn growing_line(
    id: &'static str,
    language: Locale,
    value: RwSignal<String>,
    locked: bool,
) -> AnyView {
    let first_html = html_escape::encode_text(&value.get_untracked()).into_owned();
    view! {
        <textarea
            id=id
            name=id
            class="input input-grows"
            rows="2"
            lang=language.as_str()
            dir=language.dir()
            readonly=locked
            prop:value=move || value.get()
            on:keydown=move |ev| {
                if ev.code() == "Enter" || ev.code() == "NumpadEnter" {
                    ev.prevent_default();
                }
            }
            // Pasted.
            on:input:target=move |ev| value.set(ev.target().value().replace(['\r', '\n'], " "))
            inner_html=first_html
        ></textarea>
    }
    .into_any()
}

/// How many characters are left. Spoken only when it is getting tight.
#[component]
pub(super) fn Counter(
    /// What is written.
    value: RwSignal<String>,
    /// The most characters.
    max: usize,
) -> impl IntoView {
    const TIGHT: usize = 20;
    let locale = crate::texts::current();
    let used = Memo::new(move |_| value.read().chars().count());
    let said = move || {
        let used = used.get();
        if used > max {
            text!(locale, kit.chars_over, count = used - max).to_string()
        } else {
            text!(locale, kit.chars_left, count = max - used).to_string()
        }
    };
    let spoken = move || (used.get() + TIGHT >= max).then(said);
    let shown = move || {
        let number = |count: usize| grouped(i64::try_from(count).unwrap_or(i64::MAX));
        format!("{}/{}", number(used.get()), number(max))
    };
    view! {
        <p class="counter" class:counter-over=move || { used.get() > max }>
            <span class="num" aria-hidden="true">{shown}</span>
            <span class="visually-hidden" role="status">{spoken}</span>
        </p>
    }
}
