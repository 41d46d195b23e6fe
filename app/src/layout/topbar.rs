//! The line above every page.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use px360_domain::accounts::Me;
use px360_domain::paths;

use super::commands::OpenPalette;
use super::profile::ProfileMenu;
use super::scope::ScopeSwitch;
use crate::notifications::{Bell, InboxResource};
use crate::ui::icon::Icon;

/// The house's mark, the hospital, the other language and the person.
#[component]
pub(super) fn TopBar(
    /// The signed-in person.
    me: Me,
    /// The latest messages.
    inbox: InboxResource,
) -> impl IntoView {
    let locale = crate::texts::current();
    view! {
        <header class="topbar">
            <a class="brand" href=format!("/{locale}") aria-label=text!(locale, common.home_label)>
                <Icon name="px-mark"/>
                <span class="brand-name" dir="ltr">"PX360"</span>
            </a>
            <ScopeSwitch hospitals=me.hospitals.clone()/>
            <span class="topbar-gap"></span>
            <SearchButton/>
            <Bell inbox=inbox/>
            <LanguageLink/>
            <ProfileMenu me=me/>
        </header>
    }
}

/// Opens the command palette: what a keyboard does with Ctrl and K.
#[component]
fn SearchButton() -> impl IntoView {
    let locale = crate::texts::current();
    let OpenPalette(palette) = expect_context();
    view! {
        <button
            r#type="button"
            class="button button-quiet search-button"
            aria-keyshortcuts="Control+K"
            on:click=move |_| palette.set(true)
        >
            <Icon name="search"/>
            <span class="search-words">{text!(locale, kit.search_or_jump)}</span>
            <kbd class="keys" dir="ltr" aria-hidden="true">"Ctrl K"</kbd>
        </button>
    }
}

/// The same page in the other language. A whole new page: direction and texts are fixed at load.
#[component]
fn LanguageLink() -> impl IntoView {
    let other = crate::texts::current().other();
    let location = use_location();
    let href = move || paths::in_locale(&super::frame::here(&location), other);
    view! {
        <a
            class="button button-quiet language"
            href=href
            rel="external"
            lang=other.as_str()
            hreflang=other.as_str()
        >
            // Each language is called by its own name, whatever the page speaks.
            {text!(other, common.language_name)}
        </a>
    }
}
