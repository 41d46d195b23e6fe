//! What narrows a list: a form whose fields stand in the address, and a chip for each that holds.

use leptos::prelude::*;
use leptos_router::params::ParamsMap;
use wasm_bindgen::JsCast;
use web_sys::{FormData, SubmitEvent};

use crate::ui::icon::Icon;

/// What a form would send, for the page to go there without loading anew. None where it cannot be read;
/// the browser then goes there itself.
pub(crate) fn sent_by(ev: &SubmitEvent) -> Option<ParamsMap> {
    let form = ev.target()?.dyn_into().ok()?;
    let data = FormData::new_with_form(&form).ok()?;
    ev.prevent_default();
    let mut query = ParamsMap::new();
    for entry in data.entries() {
        let Ok(pair) = entry.map(|pair| js_sys::Array::from(&pair)) else { continue };
        if let (Some(key), Some(value)) = (pair.get(0).as_string(), pair.get(1).as_string()) {
            query.insert(key, value);
        }
    }
    Some(query)
}

/// What a form does not ask for and keeps as it is, also without scripts.
pub(crate) fn hidden(kept: ParamsMap) -> impl IntoView {
    kept.into_iter()
        .map(|(name, value)| view! { <input r#type="hidden" name=name value=value/> })
        .collect_view()
}

/// One filter that holds.
pub(crate) struct Chip {
    /// What it says.
    pub(crate) label: String,
    /// What following it does, for those who only hear it.
    pub(crate) remove: String,
    /// The same list without it.
    pub(crate) href: String,
}

/// One chip for each filter that holds; following it takes that filter away.
#[component]
pub(crate) fn Chips(
    /// What they are, for those who only hear it.
    label: &'static str,
    /// The filters.
    chips: Vec<Chip>,
    /// What takes all of them away is called so.
    clear: &'static str,
    /// The list without any.
    clear_href: String,
) -> impl IntoView {
    (!chips.is_empty()).then(|| {
        let chips = chips
            .into_iter()
            .map(|Chip { label, remove, href }| {
                view! {
                    <li>
                        <a class="chip" href=href aria-label=remove>
                            <bdi dir="auto">{label}</bdi>
                            <Icon name="x"/>
                        </a>
                    </li>
                }
            })
            .collect_view();
        view! {
            <ul class="chips" aria-label=label>{chips}</ul>
            <a class="chips-clear" href=clear_href>{clear}</a>
        }
    })
}
