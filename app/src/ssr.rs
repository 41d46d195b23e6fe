//! What only the server knows while it renders: the caller, the request and the answer's status.

use http::header::{COOKIE, LOCATION};
use http::request::Parts;
use http::{HeaderValue, StatusCode};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use px360_domain::{Failure, Locale};
use px360_server::Ctx;

use crate::UiError;
use crate::ui::preferences::{Density, Keys, Preference, Rail, Theme};

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
///
/// Not for a caller whom we do not know: the frame sends them to the sign-in page, and that answer
/// has a status of its own.
pub(crate) fn page_status(status: u16) {
    let is_page =
        use_context::<Parts>().is_some_and(|parts| !parts.uri.path().starts_with("/rpc/"));
    if is_page && status != Failure::Unauthenticated.status() {
        set_status(status);
    }
}

/// Answers with the way to another page. Unlike `leptos_axum::redirect`, to scripts as well.
pub(crate) fn leave_for(address: &str) {
    if let (Some(options), Ok(address)) =
        (use_context::<ResponseOptions>(), HeaderValue::from_str(address))
    {
        options.insert_header(LOCATION, address);
        options.set_status(StatusCode::FOUND);
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
    /// From a cookie.
    pub(crate) keys: Keys,
    /// From a cookie.
    pub(crate) rail: Rail,
}

/// Reads the look of the page from the request.
pub(crate) fn look() -> Look {
    let Some(parts) = use_context::<Parts>() else {
        return Look {
            locale: Locale::Ar,
            theme: Theme::System,
            density: Density::Comfortable,
            keys: Keys::On,
            rail: Rail::Wide,
        };
    };
    Look {
        locale: crate::texts::of_path(parts.uri.path()),
        theme: cookie(&parts, Theme::COOKIE).unwrap_or(Theme::System),
        density: cookie(&parts, Density::COOKIE).unwrap_or(Density::Comfortable),
        keys: cookie(&parts, Keys::COOKIE).unwrap_or(Keys::On),
        rail: cookie(&parts, Rail::COOKIE).unwrap_or(Rail::Wide),
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
