//! The other calendar.

mod server_fns;

use chrono::NaiveDate;
use leptos::prelude::*;
use px360_domain::dates::HijriDate;

use crate::loaded::{Loaded, load};

/// The Umm al-Qura day of a Gregorian one, asked of the server whenever that changes.
pub(crate) fn hijri_of(day: Signal<Option<NaiveDate>>) -> Loaded<Option<HijriDate>> {
    load(
        move || day.get(),
        |day| async move {
            match day {
                Some(day) => server_fns::calendar_hijri(day).await.map(Some),
                None => Ok(None),
            }
        },
    )
}
