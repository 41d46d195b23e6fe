//! One's own account: details, password, second factor, sessions.

use leptos::prelude::*;
use px360_domain::accounts::{Delegations, Profile, SessionList};

use super::delegations::DelegationsCard;
use super::details_form::DetailsForm;
use super::password_form::PasswordForm;
use super::second_factor::SecondFactorCard;
use super::server_fns::{account_delegations, account_profile, account_sessions};
use super::sessions_card::SessionsCard;
use crate::loaded::{Loaded, load};
use crate::ui::card::Skeleton;
use crate::ui::heading::PageHeading;
use crate::ui::icon::Icon;
use crate::ui::problem::ProblemPage;

/// One's own account.
#[component]
pub(crate) fn ProfilePage() -> impl IntoView {
    let profile = load(|| (), |()| account_profile());
    let sessions = load(|| (), |()| account_sessions());
    let delegations = load(|| (), |()| account_delegations(None));
    let body = move || {
        sessions.wait();
        delegations.wait();
        profile.get().map(|found| match found {
            Ok(found) => {
                let reload = Callback::new(move |()| {
                    profile.refetch();
                    sessions.refetch();
                });
                view! {
                    <Whole profile=found sessions=sessions delegations=delegations reload=reload/>
                }
                .into_any()
            }
            Err(error) => view! { <ProblemPage error=error/> }.into_any(),
        })
    };
    view! { <Transition fallback=|| view! { <Skeleton lines=10/> }>{body}</Transition> }
}

#[component]
fn Whole(
    /// The account.
    profile: Profile,
    /// Where one is signed in.
    sessions: Loaded<SessionList>,
    /// When one is away.
    delegations: Loaded<Delegations>,
    /// Loads all of it again.
    reload: Callback<()>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let first = profile.must_change_password.then(|| {
        view! {
            <div class="alert alert-info" role="status">
                <Icon name="lock"/>
                <p>
                    <strong>{text!(locale, account.must_change_title)}</strong>
                    " "
                    {text!(locale, account.must_change_text)}
                </p>
            </div>
        }
    });
    view! {
        <header class="page-head">
            <PageHeading title=text!(locale, account.title)/>
        </header>
        {first}
        <div class="columns">
            <div class="column-story">
                <DetailsForm profile=profile.clone()/>
                <SessionsCard sessions=sessions/>
            </div>
            <div class="column-facts">
                <PasswordForm username=profile.username.clone() changed=reload/>
                <DelegationsCard user=None delegations=delegations/>
                <SecondFactorCard factor=profile.second_factor changed=reload/>
            </div>
        </div>
    }
}
