//! Phone numbers and identity numbers: three digit scripts in, one way of writing out.

use leptos::prelude::*;
use px360_domain::contact::{NationalId, PhoneNumber, fold_digits};

use super::FieldSpec;
use crate::ui::icon::Icon;

/// A labelled field for a mobile number, which it recognises as it is typed.
#[component]
pub(crate) fn PhoneInput(
    /// What it says about itself.
    field: FieldSpec,
    /// What is written.
    value: RwSignal<String>,
) -> impl IntoView {
    let recognised = Memo::new(move |_| {
        PhoneNumber::parse(&value.read()).ok().map(|number| number.as_str().to_owned())
    });
    known(field, value, "tel", "tel", recognised.into())
}

/// A labelled field for a national id or iqama number. Only says what it recognises: a number that
/// fails its check digit may still be the one on the paper, so the server decides.
#[component]
pub(crate) fn IdInput(
    /// What it says about itself.
    field: FieldSpec,
    /// What is written.
    value: RwSignal<String>,
) -> impl IntoView {
    let recognised =
        Memo::new(move |_| NationalId::parse(&value.read()).ok().map(|id| id.as_str().to_owned()));
    known(field, value, "numeric", "off", recognised.into())
}

fn known(
    field: FieldSpec,
    value: RwSignal<String>,
    inputmode: &'static str,
    autocomplete: &'static str,
    recognised: Signal<Option<String>>,
) -> AnyView {
    let shown = move || {
        recognised.get().map(|known| {
            view! {
                <Icon name="circle-check"/>
                <bdi class="code" dir="ltr">{known}</bdi>
            }
        })
    };
    let control = view! {
        <span class="input-line">
            <input
                r#type="text"
                inputmode=inputmode
                id=field.id
                name=field.id
                dir="ltr"
                class="input input-code"
                autocomplete=autocomplete
                readonly=field.is_locked()
                aria-invalid=field.invalid()
                aria-describedby=field.described_by()
                value=value.get_untracked()
                prop:value=move || value.get()
                on:input:target=move |ev| value.set(ev.target().value())
                on:change=move |_| value.update(|text| *text = fold_digits(text).trim().to_owned())
            />
            <span class="input-known" role="status">{shown}</span>
        </span>
    };
    field.around(control.into_any())
}
