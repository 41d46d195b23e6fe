//! One thing in two languages, side by side.

use leptos::prelude::*;
use px360_domain::Locale;

use super::FieldSpec;
use super::text_area::growing_line;
use crate::ui::icon::Icon;

/// Two lines for the same name or sentence, each in its own direction; says which of them is still missing.
#[component]
pub(crate) fn BilingualField(
    /// What it says about itself.
    field: FieldSpec,
    /// The ids of the two lines, Arabic first.
    ids: (&'static str, &'static str),
    /// The Arabic name.
    ar: RwSignal<String>,
    /// The English name.
    en: RwSignal<String>,
    /// Whether it is a sentence: the lines break and grow, so that all of it can be read.
    #[prop(optional)]
    sentence: bool,
) -> impl IntoView {
    let locale = crate::texts::current();
    let locked = field.is_locked();
    let line = move |language: Locale, id: &'static str, value: RwSignal<String>| {
        let filled = move || !value.read().trim().is_empty();
        let state = move || {
            if filled() {
                text!(locale, kit.language_filled)
            } else {
                text!(locale, kit.language_missing)
            }
        };
        let control = if sentence {
            growing_line(id, language, value, locked)
        } else {
            view! {
                <input
                    r#type="text"
                    id=id
                    name=id
                    lang=language.as_str()
                    dir=language.dir()
                    class="input"
                    readonly=locked
                    value=value.get_untracked()
                    prop:value=move || value.get()
                    on:input:target=move |ev| value.set(ev.target().value())
                />
            }
            .into_any()
        };
        view! {
            <div class="bilingual-line">
                <label for=id>
                    <span lang=language.as_str()>{text!(language, common.language_name)}</span>
                    <span class="bilingual-dot" class:bilingual-done=filled aria-hidden="true"></span>
                    <span class="visually-hidden">" "{state}</span>
                </label>
                {control}
            </div>
        }
    };
    let half = move || ar.read().trim().is_empty() != en.read().trim().is_empty();
    let controls = view! {
        <div class="bilingual">
            {line(Locale::Ar, ids.0, ar)}
            {line(Locale::En, ids.1, en)}
        </div>
        <p class="hint bilingual-half" hidden=move || !half()>
            <Icon name="languages"/>
            <span>{text!(locale, kit.language_half)}</span>
        </p>
    };
    field.around_group(controls.into_any())
}
