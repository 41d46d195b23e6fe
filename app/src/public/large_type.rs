//! Larger letters, for as long as the browser is open.
//!
//! The box in a survey's header enlarges the page at once, by style alone, and goes along with the page's answers. The
//! server remembers it in a cookie that says nothing else, and renders every further page large.

use axum::response::Response;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use http::{HeaderMap, HeaderValue, header};

/// What the box and the cookie are called. No answer is: keys have no hyphen.
pub(super) const NAME: &str = "large-type";

/// Whether this browser wants large letters.
pub(super) fn wanted(headers: &HeaderMap) -> bool {
    CookieJar::from_headers(headers).get(NAME).is_some()
}

/// Whether the box of a posted page is ticked.
pub(super) fn ticked(fields: &[(String, String)]) -> bool {
    fields.iter().any(|(name, _)| name == NAME)
}

/// Has the browser remember it until it is closed.
pub(super) fn remember(response: &mut Response, wanted: bool) {
    let mut cookie = Cookie::build((NAME, "1"))
        .path("/")
        .http_only(true)
        .secure(true)
        .same_site(SameSite::Lax)
        .build();
    if !wanted {
        cookie.make_removal();
    }
    if let Ok(value) = HeaderValue::from_str(&cookie.to_string()) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// The same page in large letters. Its own words cannot be meant: `<` is escaped in them.
pub(super) fn enlarged(html: &str) -> String {
    let ticked = format!("<input type=\"checkbox\" name=\"{NAME}\" checked ");
    html.replacen("<html ", "<html class=\"large\" ", 1).replacen(
        &format!("<input type=\"checkbox\" name=\"{NAME}\" "),
        &ticked,
        1,
    )
}
