//! Which hospital the pages speak of: a filter in the address, so that a link carries it.

use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_query_map};
use leptos_router::params::ParamsMap;
use px360_domain::Locale;
use px360_domain::accounts::HospitalName;

use crate::ui::icon::Icon;
use crate::ui::menu::Menu;

/// The key in the address.
pub(crate) const HOSPITAL: &str = "hospital";
/// Where the next page of a list begins: it belongs to one choice of filters only.
const CURSOR: &str = "cursor";

/// The switch between the hospitals within reach; a plain name where there is but one.
#[component]
pub(super) fn ScopeSwitch(
    /// The hospitals within reach.
    hospitals: Vec<HospitalName>,
) -> impl IntoView {
    let locale = crate::texts::current();
    if let [only] = hospitals.as_slice() {
        let name = only.name.pick(locale).to_owned();
        return view! {
            <p class="scope-only">
                <Icon name="hospital"/>
                <bdi>{name}</bdi>
            </p>
        }
        .into_any();
    }
    let query = use_query_map();
    let chosen = Memo::new(move |_| query.read().get(HOSPITAL).filter(|code| !code.is_empty()));
    let all = text!(locale, common.all_hospitals);
    let name = {
        let hospitals = hospitals.clone();
        move || match chosen.get() {
            None => all.to_owned(),
            Some(code) => name_of(locale, &hospitals, &code),
        }
    };
    let summary = view! {
        <Icon name="hospital"/>
        <span class="visually-hidden">{text!(locale, common.hospital)}": "</span>
        <bdi class="scope-name">{name}</bdi>
    }
    .into_any();
    view! {
        <Menu summary=summary class="scope">
            <ul class="menu-list">
                <ScopeLink code=None name=all.to_owned() chosen=chosen/>
                {hospitals
                    .into_iter()
                    .map(|hospital| {
                        let name = hospital.name.pick(locale).to_owned();
                        view! { <ScopeLink code=Some(hospital.code) name=name chosen=chosen/> }
                    })
                    .collect_view()}
            </ul>
        </Menu>
    }
    .into_any()
}

#[component]
fn ScopeLink(
    /// The hospital's code; none means all.
    code: Option<String>,
    /// What it is called.
    name: String,
    /// The code in the address.
    chosen: Memo<Option<String>>,
) -> impl IntoView {
    let location = use_location();
    let query = use_query_map();
    let href = {
        let code = code.clone();
        move || {
            let mut query = query.get();
            query.remove(HOSPITAL);
            query.remove(CURSOR);
            if let Some(code) = &code {
                query.insert(HOSPITAL, code.clone());
            }
            format!("{}{}", location.pathname.get(), query.to_query_string())
        }
    };
    let current = move || (chosen.get() == code).then_some("true");
    view! {
        <li>
            <a class="menu-item" href=href aria-current=current>
                <Icon name="check"/>
                <bdi>{name}</bdi>
            </a>
        </li>
    }
}

/// This page, for this hospital, unless its address names one already.
pub(super) fn with_hospital(path: &str, hospital: &str) -> String {
    let (page, query) = path.split_once('?').unwrap_or((path, ""));
    if query.split('&').any(|pair| pair.starts_with(HOSPITAL)) {
        return path.to_owned();
    }
    let mut wanted = ParamsMap::new();
    wanted.insert(HOSPITAL, hospital.to_owned());
    let wanted = wanted.to_query_string();
    if query.is_empty() { format!("{page}{wanted}") } else { format!("{page}{wanted}&{query}") }
}

/// The hospital's name, or its code where the name is not known.
pub(crate) fn name_of(locale: Locale, hospitals: &[HospitalName], code: &str) -> String {
    hospitals
        .iter()
        .find(|hospital| hospital.code == code)
        .map_or(code, |hospital| hospital.name.pick(locale))
        .to_owned()
}
