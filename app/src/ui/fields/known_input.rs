//! Phone numbers and identity numbers: three digit scripts in, one way of writing out.

use leptos::prelude::*;
use px360_domain::contact::{NationalId, PhoneNumber};

use super::FieldSpec;
use super::digits::{Digits, digits};
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
    let behind = view! { <span class="input-known" role="status">{shown}</span> };
    let kind = Digits { class: "input input-code", inputmode, autocomplete };
    digits(field, value, kind, behind.into_any())
}
