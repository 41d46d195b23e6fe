//! What only the server knows while it renders: the caller, the request and the answer's status.

use http::StatusCode;
use http::header::COOKIE;
use http::request::Parts;
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use px360_domain::{Failure, Locale};
use px360_server::Ctx;

use crate::UiError;
use crate::ui::preferences::{Density, Preference, Theme};

/// The only door from a server function to the use cases.
///
/// # Errors
/// `Internal` when the handler provided no context: a mistake of ours, not of the caller.
pub async fn ctx() -> Result<Ctx, UiError> {
    use_context::<Ctx>()
        .ok_or_else(|| UiError::Refused(Failure::Internal { incident: "no-context".to_owned() }))
}

/// The id under which the log tells more.
pub(crate) fn request_id() -> String {
    use_context::<Ctx>().map(|ctx| ctx.meta().request_id.clone()).unwrap_or_default()
}

/// Sets the status of a server function's answer.
///
/// While a page is rendered its server functions are plain calls: one card's refusal must not turn
/// the whole page into a 401. Pages decide for themselves, through [`page_status`].
pub(crate) fn answer_with(status: u16) {
    if use_context::<Parts>().is_some_and(|parts| parts.uri.path().starts_with("/rpc/")) {
        set_status(status);
    }
}

/// Sets the status of the page that is being rendered.
pub(crate) fn page_status(status: u16) {
    if use_context::<Parts>().is_some_and(|parts| !parts.uri.path().starts_with("/rpc/")) {
        set_status(status);
    }
}

fn set_status(status: u16) {
    if let (Some(options), Ok(status)) =
        (use_context::<ResponseOptions>(), StatusCode::from_u16(status))
    {
        options.set_status(status);
    }
}

/// What the first byte of a page already needs to know.
pub(crate) struct Look {
    /// From the address.
    pub(crate) locale: Locale,
    /// From a cookie.
    pub(crate) theme: Theme,
    /// From a cookie.
    pub(crate) density: Density,
}

/// Reads the look of the page from the request.
pub(crate) fn look() -> Look {
    let Some(parts) = use_context::<Parts>() else {
        return Look { locale: Locale::Ar, theme: Theme::System, density: Density::Comfortable };
    };
    Look {
        locale: crate::texts::of_path(parts.uri.path()).unwrap_or(Locale::Ar),
        theme: cookie(&parts, Theme::COOKIE).unwrap_or(Theme::System),
        density: cookie(&parts, Density::COOKIE).unwrap_or(Density::Comfortable),
    }
}

fn cookie<T: std::str::FromStr>(parts: &Parts, name: &str) -> Option<T> {
    parts
        .headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .and_then(|(_, value)| value.parse().ok())
}
