//! Where one can go: a rail on a desk, a bar at the bottom of a phone.

use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_query_map};
use px360_domain::accounts::Me;

use super::places::{Place, places};
use super::scope::HOSPITAL;
use crate::ui::icon::Icon;
use crate::ui::preferences::{Preference, Rail};

/// The main navigation, with what this person may see.
#[component]
pub(super) fn Nav(
    /// The signed-in person.
    me: Me,
) -> impl IntoView {
    let locale = crate::texts::current();
    let links = places(locale, &me)
        .into_iter()
        .map(|Place { path, icon, label, .. }| {
            view! { <NavLink path=path icon=icon label=label/> }
        })
        .collect_view();
    view! {
        <nav class="nav" aria-label=text!(locale, common.nav_label)>
            <ul>{links}</ul>
            <RailButton/>
        </nav>
    }
}

/// Leaves the rail its pictures only, or gives it back its words.
#[component]
fn RailButton() -> impl IntoView {
    let locale = crate::texts::current();
    let wide = RwSignal::new(Rail::current() == Rail::Wide);
    let turn = move |_| {
        let rail = if wide.get_untracked() { Rail::Narrow } else { Rail::Wide };
        rail.choose();
        wide.set(rail == Rail::Wide);
    };
    let icon = move || {
        let name = if wide.get() { "chevron-left" } else { "chevron-right" };
        view! { <Icon name=name/> }
    };
    view! {
        <button
            r#type="button"
            class="nav-link nav-fold"
            data-shortcut="BracketLeft"
            data-tip=text!(locale, common.nav_words)
            aria-pressed=move || if wide.get() { "true" } else { "false" }
            aria-keyshortcuts="["
            on:click=turn
        >
            {icon}
            <span>{text!(locale, common.nav_words)}</span>
        </button>
    }
}

/// A link that keeps the hospital that one looks at.
#[component]
fn NavLink(
    /// Where to.
    path: String,
    /// Its picture.
    icon: &'static str,
    /// Its word.
    label: &'static str,
) -> impl IntoView {
    let here = use_location().pathname;
    let query = use_query_map();
    let current = {
        let path = path.clone();
        move || {
            let here = here.read();
            let below = here.strip_prefix(path.as_str())?;
            match below {
                "" => Some("page"),
                _ => below.starts_with('/').then_some("true"),
            }
        }
    };
    let href = move || match query.read().get_str(HOSPITAL) {
        Some(hospital) if !hospital.is_empty() => super::scope::with_hospital(&path, hospital),
        _ => path.clone(),
    };
    view! {
        <li>
            <a class="nav-link" href=href aria-current=current data-tip=label>
                <Icon name=icon/>
                <span>{label}</span>
            </a>
        </li>
    }
}
