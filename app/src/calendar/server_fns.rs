//! Calls about days.

use chrono::NaiveDate;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use px360_domain::dates::HijriDate;

use crate::UiError;
use crate::wire::Answer;

/// The Umm al-Qura day of a Gregorian one.
#[server(prefix = "/rpc", endpoint = "calendar/hijri", input = Json, output = Answer)]
pub async fn calendar_hijri(day: NaiveDate) -> Result<HijriDate, UiError> {
    Ok(px360_server::calendar::hijri_day(&crate::ssr::ctx().await?, day)?)
}
