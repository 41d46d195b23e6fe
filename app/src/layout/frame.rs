//! The frame around every staff page.

use leptos::prelude::*;
use leptos_router::components::Outlet;
use leptos_router::hooks::use_location;
use leptos_router::location::Location;
use px360_domain::accounts::Me;
use px360_domain::saved_views::OpeningView;
use px360_domain::{Failure, Locale, paths};

use super::commands::{Commands, OpenPalette};
use super::nav::Nav;
use super::profile::Looks;
use super::topbar::TopBar;
use crate::UiError;
use crate::accounts::account_me;
use crate::loaded::{Loaded, load, load_first};
use crate::notifications::InboxResource;
use crate::saved_views::saved_views_opening;
use crate::ui::banners::{BrokenBanner, NewVersionBanner, OfflineBanner, newer_version};
use crate::ui::leave::{Leave, LeaveStaffPages};
use crate::ui::problem::NotFoundPage;
use crate::ui::toast::{ToastPlace, Toasts};

/// The signed-in person, loaded once for the whole visit.
#[derive(Clone, Copy)]
pub(crate) struct MeResource(pub(crate) Loaded<Me>);

/// The saved views that lists open with, loaded once for the whole visit.
#[derive(Clone, Copy)]
pub(crate) struct Opening(pub(crate) Loaded<Vec<OpeningView>>);

/// Top bar, navigation and the page itself.
#[component]
pub(crate) fn Frame() -> impl IntoView {
    let path = use_location().pathname;
    let locale = crate::texts::of_path(&path.get_untracked());
    provide_context(locale);
    let me = load_first(account_me);
    provide_context(MeResource(me));
    let opening = Opening(load(|| (), |()| saved_views_opening()));
    provide_context(opening);
    let inbox = InboxResource::provide();
    Looks::provide();
    let toasts = Toasts::provide();
    provide_context(OpenPalette(RwSignal::new(false)));
    view! {
        <a class="skip-link" href="#main" rel="external">
            {text!(locale, common.skip_to_content)}
        </a>
        <Transition>
            {move || {
                opening.0.wait();
                inbox.0.wait();
                me.get().map(|me| match me {
                    Ok(me) => view! {
                        {me.must_change_password.then(|| view! { <PasswordFirst locale=locale/> })}
                        <TopBar me=me.clone() inbox=inbox/>
                        <Nav me=me.clone() inbox=inbox/>
                        <Commands me=me/>
                    }
                    .into_any(),
                    Err(UiError::Refused(Failure::Unauthenticated)) => {
                        view! { <ToLogin locale=locale/> }.into_any()
                    }
                    Err(_) => ().into_any(),
                })
            }}
        </Transition>
        <div class="banners">
            <BrokenBanner/>
            <OfflineBanner/>
            <NewVersionBanner newer=newer_version()/>
        </div>
        <main id="main" class="page" tabindex="-1">
            <Outlet/>
        </main>
        <ToastPlace toasts=toasts/>
    }
}

/// A page that is nowhere, in the language that its address begins with.
#[component]
pub(crate) fn Nowhere() -> impl IntoView {
    let path = use_location().pathname;
    provide_context(crate::texts::of_path(&path.get_untracked()));
    view! {
        <main id="main" class="page page-alone">
            <NotFoundPage/>
        </main>
    }
}

/// While the password is a temporary one, every way leads to where it can be changed; anything else
/// would be refused.
#[component]
fn PasswordFirst(
    /// The language of the page.
    locale: Locale,
) -> impl IntoView {
    let path = use_location().pathname;
    let profile = paths::profile(locale);
    move || (*path.read() != profile).then(|| view! { <Leave to=profile.clone()/> })
}

/// Leaves for the sign-in page, which is none of ours, and comes back to this one.
#[component]
fn ToLogin(
    /// The language of the page.
    locale: Locale,
) -> impl IntoView {
    let location = use_location();
    let next = leptos_router::location::Url::escape(&untrack(|| here(&location)));
    view! { <LeaveStaffPages to=format!("{}?next={next}", paths::login(locale))/> }
}

/// The address of this page within the house: its path, and its query where it has one.
pub(super) fn here(location: &Location) -> String {
    let (path, search) = (location.pathname.read(), location.search.read());
    let mark = if search.is_empty() || search.starts_with('?') { "" } else { "?" };
    format!("{}{mark}{}", *path, *search)
}
