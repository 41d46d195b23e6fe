//! The laws of the clock, and a slow clock that counts every minute to compare with.

use chrono::{Datelike, Timelike};
use proptest::prelude::*;

use super::tests::{WEEK, at};
use super::*;

/// How far the slow clock counts. Budgets of the laws fit in, calendars that open rarely may not.
const SLOW_DAYS: i64 = 30;

/// Whether this minute counts: word by word what the type says, with no regard to speed.
fn counts(calendar: &WorkCalendar, at: DateTime<Utc>, pauses: &[Pause]) -> bool {
    let local = at.naive_utc() + TimeDelta::seconds(i64::from(calendar.utc_offset_seconds));
    let minute = u16::try_from(local.hour() * 60 + local.minute()).unwrap();
    let opens_on = |w: &WorkWindow, day: NaiveDate| {
        w.weekday == day.weekday() && !calendar.holidays.contains(&day)
    };
    let (today, yesterday) = (local.date(), local.date() - TimeDelta::days(1));
    let open = calendar.windows.iter().any(|w| {
        if w.from_minute < w.to_minute {
            opens_on(w, today) && (w.from_minute..w.to_minute).contains(&minute)
        } else {
            opens_on(w, today) && w.from_minute <= minute
                || opens_on(w, yesterday) && minute < w.to_minute
        }
    });
    open && !pauses.iter().any(|p| p.from <= at && p.to.is_none_or(|to| at < to))
}

/// The beginnings of all minutes that count, from `start` on.
fn slow_minutes(
    calendar: &WorkCalendar,
    start: DateTime<Utc>,
    pauses: &[Pause],
) -> Vec<DateTime<Utc>> {
    (0..SLOW_DAYS * 24 * 60)
        .map(|minute| start + TimeDelta::minutes(minute))
        .filter(|minute| counts(calendar, *minute, pauses))
        .collect()
}

fn any_minute() -> impl Strategy<Value = DateTime<Utc>> {
    (0..14 * 24 * 60_i64).prop_map(|minutes| at("2026-11-20 00:00") + TimeDelta::minutes(minutes))
}

/// Any instant, with a fraction of a second as databases have it.
fn any_instant() -> impl Strategy<Value = DateTime<Utc>> {
    (any_minute(), 0..60_000_000_i64).prop_map(|(at, micros)| at + TimeDelta::microseconds(micros))
}

fn any_window() -> impl Strategy<Value = WorkWindow> {
    (0..7_usize, 0..1440_u16, 0..=1440_u16)
        .prop_map(|(day, from, to)| WorkWindow::new(WEEK[day], from, to))
}

fn any_calendar() -> impl Strategy<Value = WorkCalendar> {
    let windows = prop::collection::vec(any_window(), 1..8);
    let holidays = prop::collection::btree_set(0..40_u64, 0..12);
    (windows, holidays, -14 * 60..=14 * 60_i32).prop_map(|(windows, holidays, offset)| {
        let first: NaiveDate = "2026-11-18".parse().unwrap();
        let holidays = holidays.into_iter().map(|n| first + chrono::Days::new(n)).collect();
        WorkCalendar::new(windows, holidays, offset * 60).unwrap()
    })
}

fn any_pause() -> impl Strategy<Value = Pause> {
    let length = prop_oneof![9 => (-60..3 * 24 * 60_i64).prop_map(Some), 1 => Just(None)];
    (any_minute(), length).prop_map(|(from, length)| Pause {
        from,
        to: length.map(|minutes| from + TimeDelta::minutes(minutes)),
    })
}

fn any_pauses() -> impl Strategy<Value = Vec<Pause>> {
    prop::collection::vec(any_pause(), 0..5)
}

/// A deadline that can be compared: none comes later than any.
fn due(
    calendar: &WorkCalendar,
    start: DateTime<Utc>,
    budget: u32,
    pauses: &[Pause],
) -> DateTime<Utc> {
    calendar.deadline(start, budget, pauses).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

proptest! {
    #[test]
    fn a_bigger_budget_is_never_due_earlier(
        calendar in any_calendar(), start in any_instant(), pauses in any_pauses(),
        budget in 0..5_000_u32, more in 0..5_000_u32,
    ) {
        let (less, more) = (budget, budget + more);
        prop_assert!(due(&calendar, start, less, &pauses) <= due(&calendar, start, more, &pauses));
    }

    #[test]
    fn one_more_pause_is_never_due_earlier(
        calendar in any_calendar(), start in any_instant(), pauses in any_pauses(),
        another in any_pause(), place in any::<prop::sample::Index>(), budget in 0..5_000_u32,
    ) {
        let mut with_another = pauses.clone();
        with_another.insert(place.index(pauses.len() + 1), another);
        let before = due(&calendar, start, budget, &pauses);
        prop_assert!(before <= due(&calendar, start, budget, &with_another));
    }

    #[test]
    fn a_deadline_lies_in_open_unpaused_time_and_the_elapsed_time_until_then_is_the_budget(
        calendar in any_calendar(), start in any_instant(), pauses in any_pauses(),
        budget in 0..5_000_u32,
    ) {
        let Ok(due) = calendar.deadline(start, budget, &pauses) else { return Ok(()) };
        let instant = TimeDelta::microseconds(1);
        // Its first instant without a budget, otherwise the last one that was needed.
        let needed = if budget == 0 { due } else { due - instant };
        prop_assert!(counts(&calendar, needed, &pauses), "{due}");
        prop_assert_eq!(calendar.elapsed_minutes(start, due, &pauses), i64::from(budget));
        if budget > 0 {
            let before = calendar.elapsed_minutes(start, due - instant, &pauses);
            prop_assert_eq!(before, i64::from(budget) - 1);
        }
    }

    #[test]
    fn splitting_a_window_in_two_adjacent_windows_changes_nothing(
        calendar in any_calendar(), start in any_instant(), pauses in any_pauses(),
        which in any::<prop::sample::Index>(), place in any::<prop::sample::Index>(),
        budget in 0..5_000_u32,
    ) {
        let mut windows = calendar.windows.clone();
        let window = windows.swap_remove(which.index(windows.len()));
        let minutes = (window.to_minute + 1440 - window.from_minute) % 1440;
        let minutes = usize::from(if minutes == 0 { 1440 } else { minutes });
        prop_assume!(minutes > 1);
        let cut = window.from_minute + u16::try_from(1 + place.index(minutes - 1)).unwrap();
        // After midnight the second half begins on another day, which holidays treat differently.
        let mut calendar = calendar;
        if cut >= 1440 {
            calendar.holidays.clear();
        }
        windows.push(WorkWindow { to_minute: if cut > 1440 { cut - 1440 } else { cut }, ..window });
        windows.push(WorkWindow {
            weekday: if cut < 1440 { window.weekday } else { window.weekday.succ() },
            from_minute: cut % 1440,
            ..window
        });
        let split =
            WorkCalendar::new(windows, calendar.holidays.clone(), calendar.utc_offset_seconds)
                .unwrap();

        let same = calendar.deadline(start, budget, &pauses);
        prop_assert_eq!(split.deadline(start, budget, &pauses), same);
        let later = start + TimeDelta::days(9);
        prop_assert_eq!(split.spans(start, later, &pauses), calendar.spans(start, later, &pauses));
    }

    #[test]
    fn spans_are_apart_within_bounds_and_add_up(
        calendar in any_calendar(), from in any_instant(), to in any_instant(),
        pauses in any_pauses(),
    ) {
        let spans = calendar.spans(from, to, &pauses);
        prop_assert!(spans.iter().all(|s| from <= s.from && s.from < s.to && s.to <= to));
        prop_assert!(spans.windows(2).all(|pair| pair[0].to < pair[1].from));
        let minutes: i64 = spans.iter().map(|s| s.minutes).sum();
        prop_assert_eq!(minutes, calendar.elapsed_minutes(from, to, &pauses));
    }

    #[test]
    fn minutes_left_count_down_to_the_deadline(
        calendar in any_calendar(), start in any_instant(), budget in 0..5_000_u32,
    ) {
        if let Ok(due) = calendar.deadline(start, budget, &[]) {
            prop_assert_eq!(calendar.minutes_until(start, due), i64::from(budget));
            prop_assert_eq!(calendar.minutes_until(due, start), -i64::from(budget));
        }
    }
}

proptest! {
    // Counting a month minute by minute is slow; so are 256 cases of it.
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
    #[test]
    fn the_clock_agrees_with_counting_every_minute(
        calendar in any_calendar(), start in any_minute(), pauses in any_pauses(),
        budget in 0..3_000_u32, days in 0..SLOW_DAYS,
    ) {
        let minutes = slow_minutes(&calendar, start, &pauses);
        let end = start + TimeDelta::days(days);
        let elapsed = minutes.iter().filter(|minute| **minute < end).count();
        let minute = TimeDelta::minutes(1);
        let expected = match budget as usize {
            0 => minutes.first().copied(),
            budget => minutes.get(budget - 1).map(|last| *last + minute),
        };
        match calendar.deadline(start, budget, &pauses) {
            Ok(due) if due <= start + TimeDelta::days(SLOW_DAYS) => {
                prop_assert_eq!(Some(due), expected);
            }
            _ => prop_assert_eq!(expected, None),
        }
        prop_assert_eq!(calendar.elapsed_minutes(start, end, &pauses), i64::try_from(elapsed).unwrap());
        let spans = calendar.spans(start, end, &pauses);
        let after_a_break = |at: DateTime<Utc>| minutes.binary_search(&(at - minute)).is_err();
        let breaks = minutes.iter().filter(|at| **at < end && after_a_break(**at));
        prop_assert_eq!(
            spans.iter().map(|span| span.from).collect::<Vec<_>>(),
            breaks.copied().collect::<Vec<_>>()
        );
    }
}
