//! Where one can go: a rail on a desk, a bar at the bottom of a phone.

use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_query_map};
use px360_domain::accounts::Me;
use px360_domain::paths;

use super::commands::OpenPalette;
use super::frame::Opening;
use super::places::{Place, opening_address, places};
use super::scope::HOSPITAL;
use crate::notifications::{InboxResource, unread_badge};
use crate::ui::icon::Icon;
use crate::ui::preferences::{Preference, Rail};

/// The main navigation, with what this person may see.
#[component]
pub(super) fn Nav(
    /// The signed-in person.
    me: Me,
    /// The latest messages.
    inbox: InboxResource,
) -> impl IntoView {
    let locale = crate::texts::current();
    let links = places(locale, &me)
        .into_iter()
        .map(|place| view! { <NavLink place=place inbox=inbox/> })
        .collect_view();
    let OpenPalette(palette) = expect_context();
    view! {
        <nav class="nav" aria-label=text!(locale, common.nav_label)>
            <ul>
                {links}
                <li class="nav-search">
                    <button
                        r#type="button"
                        class="nav-link"
                        on:click=move |_| palette.set(true)
                    >
                        <Icon name="search"/>
                        <span class="nav-words">{text!(locale, common.search)}</span>
                    </button>
                </li>
            </ul>
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
    let say = move || {
        if wide.get() {
            text!(locale, common.nav_hide_words)
        } else {
            text!(locale, common.nav_words)
        }
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
            data-tip=say
            aria-keyshortcuts="["
            on:click=turn
        >
            {icon}
            <span class="nav-words">{say}</span>
        </button>
    }
}

/// A link that keeps the hospital that one looks at.
#[component]
fn NavLink(
    /// Where to.
    place: Place,
    /// The latest messages.
    inbox: InboxResource,
) -> impl IntoView {
    let locale = crate::texts::current();
    let Place { path, section, also, icon, label, .. } = place;
    let (to_actions, to_inbox) =
        (path == paths::actions(locale), path == paths::notifications(locale));
    let to_audit = section == paths::audit(locale);
    let at_desk = to_audit || section == paths::surveys(locale);
    // These speak of no hospital in particular.
    let of_none = to_inbox || to_audit || section == paths::records(locale);
    let here = use_location().pathname;
    let query = use_query_map();
    let current = move || {
        let here = here.read();
        let beside = || here.strip_prefix(also.as_deref()?);
        let below = here.strip_prefix(section.as_str()).or_else(beside)?;
        match below {
            "" => Some("page"),
            _ => below.starts_with('/').then_some("true"),
        }
    };
    let opening = use_context::<Opening>();
    let href = move || {
        let opening = to_actions.then(|| opening_address(locale, opening)).flatten();
        let path = opening.unwrap_or_else(|| path.clone());
        match query.read().get_str(HOSPITAL) {
            Some(hospital) if !hospital.is_empty() && !of_none => {
                super::scope::with_hospital(&path, hospital)
            }
            _ => path,
        }
    };
    view! {
        <li class:nav-inbox=to_inbox class:nav-desk=at_desk>
            <a class="nav-link" href=href aria-current=current data-tip=label>
                <span class="nav-picture">
                    <Icon name=icon/>
                    {to_inbox.then(|| unread_badge(inbox))}
                </span>
                <span class="nav-words">{label}</span>
            </a>
        </li>
    }
}
