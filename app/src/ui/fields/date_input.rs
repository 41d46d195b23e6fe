//! A day: the browser's own picker, and the same day in the Umm al-Qura calendar below it.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::FieldSpec;
use crate::ui::dates::{date, hijri};

/// A labelled field for a day.
#[component]
pub(crate) fn DateInput(
    /// What it says about itself.
    field: FieldSpec,
    /// The day as `2026-11-23`; empty for none.
    value: RwSignal<String>,
    /// The earliest day.
    #[prop(optional)]
    min: Option<NaiveDate>,
    /// The latest day.
    #[prop(optional)]
    max: Option<NaiveDate>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let day = Memo::new(move |_| value.read().parse::<NaiveDate>().ok());
    let in_hijri = crate::calendar::hijri_of(day.into());
    let lock = field.is_locked();
    let control = view! {
        <span class="input-line">
            <input
                r#type="date"
                id=field.id
                name=field.id
                class="input input-date"
                readonly=lock
                min=min.map(|day| day.to_string())
                max=max.map(|day| day.to_string())
                aria-invalid=field.invalid()
                aria-describedby=field.described_by()
                value=value.get_untracked()
                prop:value=move || value.get()
                on:change:target=move |ev| value.set(ev.target().value())
            />
            <span class="input-known" role="status">
                {move || day.get().map(|day| date(locale, day))}
                <Transition>
                    {move || {
                        in_hijri.get().and_then(Result::ok).flatten().map(|day| {
                            view! { <span class="hint">{hijri(locale, day)}</span> }
                        })
                    }}
                </Transition>
            </span>
        </span>
    };
    field.around(control.into_any())
}
