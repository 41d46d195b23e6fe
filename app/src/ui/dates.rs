//! Days and instants in words: Gregorian first, Umm al-Qura second, always on a clock in Riyadh.

use chrono::{DateTime, Datelike, NaiveDate, SecondsFormat, Timelike, Utc};
use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::dates::{HijriDate, in_riyadh};

/// `23 نوفمبر 2026`.
pub(crate) fn date(locale: Locale, day: NaiveDate) -> String {
    let month = month(locale, day.month());
    text!(locale, common.date, day = day.day(), month = month, year = day.year())
}

/// `23 نوفمبر`, `23 Nov`: where room is short and the year goes without saying.
pub(crate) fn day_and_month(locale: Locale, day: NaiveDate) -> String {
    text!(locale, common.day_month, day = day.day(), month = short_month(locale, day.month()))
}

/// `23 نوفمبر 2026، 14:05`.
pub(crate) fn date_time(locale: Locale, at: DateTime<Utc>) -> String {
    let day = date(locale, in_riyadh(at).date());
    text!(locale, common.date_time, date = day, time = time(at))
}

/// `14:05`.
pub(crate) fn time(at: DateTime<Utc>) -> String {
    // Not `format`, which would bring all of chrono's patterns into the browser.
    let at = in_riyadh(at);
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// `13 جمادى الآخرة 1448 هـ`.
pub(crate) fn hijri(locale: Locale, day: HijriDate) -> String {
    let month = hijri_month(locale, day.month);
    text!(locale, common.hijri_date, day = day.day, month = month, year = day.year)
}

/// An instant, machine-readable as well; the year is left out when it is the page's own.
#[component]
pub(crate) fn When(
    /// The instant.
    at: DateTime<Utc>,
    /// The page's own instant: in its year the year goes without saying.
    as_of: DateTime<Utc>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let full = date_time(locale, at);
    let (local, now) = (in_riyadh(at), in_riyadh(as_of));
    let short = if local.year() == now.year() {
        let day = day_and_month(locale, local.date());
        text!(locale, common.date_time, date = day, time = time(at))
    } else {
        full.clone()
    };
    view! {
        <time datetime=at.to_rfc3339_opts(SecondsFormat::Secs, true) title=full>
            {short}
        </time>
    }
}

fn month(locale: Locale, month: u32) -> &'static str {
    match month {
        1 => text!(locale, common.month_1),
        2 => text!(locale, common.month_2),
        3 => text!(locale, common.month_3),
        4 => text!(locale, common.month_4),
        5 => text!(locale, common.month_5),
        6 => text!(locale, common.month_6),
        7 => text!(locale, common.month_7),
        8 => text!(locale, common.month_8),
        9 => text!(locale, common.month_9),
        10 => text!(locale, common.month_10),
        11 => text!(locale, common.month_11),
        _ => text!(locale, common.month_12),
    }
}

fn short_month(locale: Locale, month: u32) -> &'static str {
    match month {
        1 => text!(locale, common.month_short_1),
        2 => text!(locale, common.month_short_2),
        3 => text!(locale, common.month_short_3),
        4 => text!(locale, common.month_short_4),
        5 => text!(locale, common.month_short_5),
        6 => text!(locale, common.month_short_6),
        7 => text!(locale, common.month_short_7),
        8 => text!(locale, common.month_short_8),
        9 => text!(locale, common.month_short_9),
        10 => text!(locale, common.month_short_10),
        11 => text!(locale, common.month_short_11),
        _ => text!(locale, common.month_short_12),
    }
}

fn hijri_month(locale: Locale, month: u8) -> &'static str {
    match month {
        1 => text!(locale, common.hijri_1),
        2 => text!(locale, common.hijri_2),
        3 => text!(locale, common.hijri_3),
        4 => text!(locale, common.hijri_4),
        5 => text!(locale, common.hijri_5),
        6 => text!(locale, common.hijri_6),
        7 => text!(locale, common.hijri_7),
        8 => text!(locale, common.hijri_8),
        9 => text!(locale, common.hijri_9),
        10 => text!(locale, common.hijri_10),
        11 => text!(locale, common.hijri_11),
        _ => text!(locale, common.hijri_12),
    }
}
