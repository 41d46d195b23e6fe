//! Instants and days as HL7 writes them.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

use crate::dates::RIYADH_OFFSET_SECONDS;

/// An instant: `YYYYMMDD[HH[MM[SS[.S…]]]][+ZZZZ]`. Without an offset it is Riyadh's clock.
pub(super) fn instant(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    let (clock, offset) = match text.find(['+', '-']) {
        Some(place) => (&text[..place], offset(&text[place..])?),
        None => (text, FixedOffset::east_opt(RIYADH_OFFSET_SECONDS)?),
    };
    let (whole, fraction) =
        clock.split_once('.').map_or((clock, None), |(whole, part)| (whole, Some(part)));
    let day = day(whole)?;
    let part = |from: usize| -> Option<u32> {
        match whole.get(from..from + 2) {
            Some(digits) => number(digits),
            None if whole.len() <= from => Some(0),
            None => None,
        }
    };
    if whole.len() > 14 {
        return None;
    }
    let (hour, minute, second) = (part(8)?, part(10)?, part(12)?);
    // A leap second, and the midnight at the end of a day.
    let time = NaiveTime::from_hms_opt(hour, minute, second.min(59));
    let local = match time {
        Some(time) => NaiveDateTime::new(day, time),
        None if (hour, minute) == (24, 0) => NaiveDateTime::new(day.succ_opt()?, NaiveTime::MIN),
        None => return None,
    };
    let at = local.and_local_timezone(offset).single()?.with_timezone(&Utc);
    Some(at + TimeDelta::microseconds(micros(fraction)?))
}

/// A day: the first eight digits.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    let digits = text.trim().get(..8)?;
    let year = i32::try_from(number(digits.get(..4)?)?).ok()?;
    NaiveDate::from_ymd_opt(year, number(digits.get(4..6)?)?, number(digits.get(6..8)?)?)
        .filter(|day| (1850..=2200).contains(&chrono::Datelike::year(day)))
}

fn number(digits: &str) -> Option<u32> {
    digits.bytes().all(|digit| digit.is_ascii_digit()).then(|| digits.parse().ok())?
}

fn micros(fraction: Option<&str>) -> Option<i64> {
    let Some(digits) = fraction else { return Some(0) };
    number(digits)?;
    format!("{digits:0<6}").get(..6)?.parse().ok()
}

fn offset(text: &str) -> Option<FixedOffset> {
    let (hours, minutes) = (number(text.get(1..3)?)?, number(text.get(3..5)?)?);
    if text.len() != 5 || hours > 14 || minutes > 59 {
        return None;
    }
    let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
    FixedOffset::east_opt(if text.starts_with('-') { -seconds } else { seconds })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_without_an_offset_is_of_riyadh() {
        for (text, expected) in [
            ("20261123", "2026-11-22T21:00:00Z"),
            ("202611231015", "2026-11-23T07:15:00Z"),
            ("20261123101530.25", "2026-11-23T07:15:30.250Z"),
            ("20261123101530+0000", "2026-11-23T10:15:30Z"),
            ("20261123101530.1-0430", "2026-11-23T14:45:30.100Z"),
            ("202611232400", "2026-11-23T21:00:00Z"),
        ] {
            assert_eq!(instant(text), Some(expected.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn what_is_no_instant_is_none() {
        for text in [
            "",
            "2026",
            "20261301",
            "20260230",
            "2026112325",
            "202611231",
            "20261123101530999",
            "20261123+3",
            "20261123+99999",
            "٢٠٢٦١١٢٣",
            "20261123101530.x",
            "00000000",
            "20261123 1015",
        ] {
            assert_eq!(instant(text), None, "{text}");
        }
    }
}
