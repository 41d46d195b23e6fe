//! What stands where something could not be shown.

use leptos::prelude::*;
use px360_domain::{Failure, Locale, paths};

use crate::UiError;
use crate::ui::failures::sentence;
use crate::ui::heading::PageHeading;
use crate::ui::icon::Icon;

/// In place of a whole page: has the page's heading and decides the page's status.
#[component]
pub(crate) fn ProblemPage(
    /// Why.
    error: UiError,
) -> impl IntoView {
    let locale = crate::texts::current();
    #[cfg(feature = "ssr")]
    crate::ssr::page_status(error.status());
    view! {
        <section class="problem">
            <Icon name=icon(&error)/>
            <PageHeading title=title(locale, &error)/>
            <p>{sentence(locale, &error)}</p>
            <p>{way_out(locale, &error)}</p>
        </section>
    }
}

/// In place of one card; the rest of the page stays.
#[component]
pub(crate) fn ProblemCard(
    /// Why.
    error: UiError,
    /// Asks once more.
    retry: Callback<()>,
) -> impl IntoView {
    let locale = crate::texts::current();
    #[cfg(feature = "ssr")]
    crate::ssr::page_status(error.status());
    view! {
        <section class="problem" role="alert">
            <Icon name=icon(&error)/>
            <h2>{title(locale, &error)}</h2>
            <p>{sentence(locale, &error)}</p>
            <p class="problem-ways">
                <button r#type="button" class="button" on:click=move |_| retry.run(())>
                    <Icon name="rotate-cw"/>
                    {text!(locale, common.retry)}
                </button>
                {way_out(locale, &error)}
            </p>
        </section>
    }
}

/// The page that is nowhere.
#[component]
pub(crate) fn NotFoundPage() -> impl IntoView {
    view! { <ProblemPage error=Failure::not_found("page").into()/> }
}

fn icon(error: &UiError) -> &'static str {
    match error {
        UiError::Refused(Failure::NotFound { .. }) => "search-x",
        UiError::Refused(Failure::Forbidden | Failure::Unauthenticated) => "lock",
        _ => "triangle-alert",
    }
}

fn title(locale: Locale, error: &UiError) -> &'static str {
    match error {
        UiError::Refused(Failure::NotFound { .. }) => text!(locale, failures.title_not_found),
        UiError::Refused(Failure::Forbidden) => text!(locale, failures.title_forbidden),
        UiError::Refused(Failure::Unauthenticated) => text!(locale, failures.title_unauthenticated),
        _ => text!(locale, failures.title_broken),
    }
}

fn way_out(locale: Locale, error: &UiError) -> AnyView {
    match error {
        UiError::Refused(Failure::Unauthenticated) => view! {
            <a class="button button-primary" href=paths::login(locale) rel="external">
                {text!(locale, common.sign_in)}
            </a>
        }
        .into_any(),
        _ => view! {
            <a class="button" href=format!("/{locale}")>
                {text!(locale, common.to_home)}
            </a>
        }
        .into_any(),
    }
}
