//! The golden cases of the clock, and its edges.

use super::*;
use crate::dates::in_riyadh;

/// An instant from a Riyadh clock, for example `2026-11-26 15:30` (a Thursday).
pub(super) fn at(local: &str) -> DateTime<Utc> {
    let text = format!("{local}+0300");
    DateTime::parse_from_str(&text, "%Y-%m-%d %H:%M%z").unwrap().with_timezone(&Utc)
}

fn local(at: DateTime<Utc>) -> String {
    in_riyadh(at).format("%a %Y-%m-%d %H:%M").to_string()
}

fn pause(from: &str, to: &str) -> Pause {
    Pause { from: at(from), to: Some(at(to)) }
}

fn riyadh(windows: &[(Weekday, u16, u16)], holidays: &[&str]) -> WorkCalendar {
    WorkCalendar::new(
        windows.iter().map(|(day, from, to)| WorkWindow::new(*day, *from, *to)).collect(),
        holidays.iter().map(|day| day.parse().unwrap()).collect(),
        RIYADH_OFFSET_SECONDS,
    )
    .unwrap()
}

/// Hours on a 24-hour clock, as minutes.
const fn h(hours: u16, minutes: u16) -> u16 {
    hours * 60 + minutes
}

pub(super) const WEEK: [Weekday; 7] = [
    Weekday::Sun,
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
];

fn office_but_on(holidays: &[&str]) -> WorkCalendar {
    riyadh(&[0, 1, 2, 3, 4].map(|day: usize| (WEEK[day], h(8, 0), h(16, 0))), holidays)
}

fn split_day() -> WorkCalendar {
    let halves = |day: usize| [(WEEK[day], h(13, 30), h(16, 0)), (WEEK[day], h(8, 0), h(12, 0))];
    riyadh(&[0, 1, 2, 3, 4].map(halves).concat(), &[])
}

fn nights() -> WorkCalendar {
    riyadh(&WEEK.map(|day| (day, h(22, 0), h(6, 0))), &[])
}

#[test]
fn the_golden_cases_of_the_specification() {
    let office = WorkCalendar::riyadh_office();
    let (thursday, four_hours) = ("2026-11-26 15:30", 240);
    let an_hour = vec![pause("2026-11-29 09:00", "2026-11-29 10:00")];
    let a_weekend = vec![pause("2026-11-26 15:45", "2026-11-29 08:15")];
    let holiday = office_but_on(&["2026-11-29"]);
    let cases = [
        ("weekend", &office, thursday, four_hours, vec![], "Sun 2026-11-29 11:30"),
        ("paused at work", &office, thursday, four_hours, an_hour, "Sun 2026-11-29 12:30"),
        ("paused over days off", &office, thursday, four_hours, a_weekend, "Sun 2026-11-29 12:00"),
        ("begun on a day off", &office, "2026-11-27 03:00", 60, vec![], "Sun 2026-11-29 09:00"),
        ("split day", &split_day(), "2026-11-29 11:30", 60, vec![], "Sun 2026-11-29 14:00"),
        ("nights only", &nights(), "2026-11-29 23:30", 480, vec![], "Mon 2026-11-30 23:30"),
        ("holiday", &holiday, thursday, four_hours, vec![], "Mon 2026-11-30 11:30"),
    ];
    for (case, calendar, start, budget, pauses, expected) in cases {
        let due = calendar.deadline(at(start), budget, &pauses);
        assert_eq!(due.map(local).as_deref(), Ok(expected), "{case}");
    }
}

#[test]
fn a_budget_that_ends_at_closing_time_is_due_then_and_not_the_next_morning() {
    let office = WorkCalendar::riyadh_office();
    let due = |start, budget| office.deadline(at(start), budget, &[]).map(local);
    assert_eq!(due("2026-11-26 08:00", 480).as_deref(), Ok("Thu 2026-11-26 16:00"));
    assert_eq!(due("2026-11-26 08:00", 481).as_deref(), Ok("Sun 2026-11-29 08:01"));
}

#[test]
fn no_budget_is_due_at_the_first_open_unpaused_instant() {
    let office = WorkCalendar::riyadh_office();
    let due = |start, pauses: &[Pause]| office.deadline(at(start), 0, pauses).map(local);
    assert_eq!(due("2026-11-26 15:30", &[]).as_deref(), Ok("Thu 2026-11-26 15:30"));
    assert_eq!(due("2026-11-26 16:00", &[]).as_deref(), Ok("Sun 2026-11-29 08:00"));
    let meanwhile = [pause("2026-11-26 15:00", "2026-11-29 08:20")];
    assert_eq!(due("2026-11-26 15:30", &meanwhile).as_deref(), Ok("Sun 2026-11-29 08:20"));
}

#[test]
fn a_window_that_begins_on_a_holiday_does_not_open_and_the_night_before_is_worked_to_its_end() {
    let calendar = WorkCalendar { holidays: ["2026-11-30".parse().unwrap()].into(), ..nights() };
    let spans = calendar.spans(at("2026-11-29 12:00"), at("2026-12-02 12:00"), &[]);
    let seen: Vec<_> = spans.iter().map(|span| (local(span.from), span.minutes)).collect();
    assert_eq!(
        seen,
        [("Sun 2026-11-29 22:00".to_owned(), 480), ("Tue 2026-12-01 22:00".to_owned(), 480)]
    );
}

#[test]
fn a_window_that_ends_when_it_begins_lasts_a_day() {
    let calendar = riyadh(&[(Weekday::Sun, h(8, 0), h(8, 0))], &[]);
    let (from, to) = (at("2026-11-29 08:00"), at("2026-11-30 08:00"));
    let spans = calendar.spans(from - TimeDelta::days(1), to + TimeDelta::days(1), &[]);
    assert_eq!(spans, [WorkSpan { from, to, minutes: 24 * 60 }]);
}

#[test]
fn a_day_is_a_local_day_whatever_day_it_is_in_greenwich() {
    let due = |utc_offset_seconds: i32| {
        let calendar = WorkCalendar { utc_offset_seconds, ..WorkCalendar::riyadh_office() };
        calendar.deadline(at("2026-11-27 12:00"), 0, &[]).unwrap().to_rfc3339()
    };
    assert_eq!(due(14 * 3600), "2026-11-28T18:00:00+00:00");
    assert_eq!(due(-9 * 3600 - 1800), "2026-11-29T17:30:00+00:00");
}

#[test]
fn a_closed_year_and_more_is_refused_and_never_walked_for_ever() {
    let start: NaiveDate = "2026-11-26".parse().unwrap();
    let closed_for = |days: usize| WorkCalendar {
        holidays: start.iter_days().take(days).collect(),
        ..WorkCalendar::around_the_clock()
    };
    let due = |calendar: WorkCalendar| calendar.deadline(at("2026-11-26 00:00"), 1, &[]);
    assert_eq!(due(closed_for(400)).map(local).as_deref(), Ok("Fri 2027-12-31 00:01"));
    assert_eq!(due(closed_for(401)), Err(CalendarFault::NeverOpen));
    assert_eq!(due(closed_for(40_000)), Err(CalendarFault::NeverOpen));
    assert_eq!(closed_for(40_000).minutes_until(at("2026-11-26 00:00"), at("2027-01-01 00:00")), 0);
}

#[test]
fn an_absurd_budget_or_timestamp_is_refused_and_never_walked_for_ever() {
    let weekly = riyadh(&[(Weekday::Mon, 0, 1)], &[]);
    assert_eq!(weekly.deadline(at("2026-11-26 00:00"), u32::MAX, &[]), Err(CalendarFault::TooFar));
    let (dawn, dusk) = (DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC);
    let a_century = TimeDelta::days(36_600).num_minutes();
    assert!(WorkCalendar::around_the_clock().elapsed_minutes(dawn, dusk, &[]) <= a_century);
    assert!(weekly.deadline(dawn, 5_000, &[]).is_ok());
    assert_eq!(weekly.deadline(dawn, 6_000, &[]), Err(CalendarFault::TooFar));
    for calendar in [weekly, nights(), WorkCalendar::around_the_clock()] {
        assert!(calendar.deadline(dusk, 1, &[]).is_err());
        assert!(calendar.deadline(dawn, 1, &[]).is_ok());
        assert!(calendar.elapsed_minutes(dawn, dusk, &[]) > 0);
        assert!(calendar.minutes_until(dusk, dawn) < 0);
    }
}

#[test]
fn an_open_pause_stops_the_clock_for_ever_unless_the_budget_is_used_up_before() {
    let office = WorkCalendar::riyadh_office();
    let paused = [Pause { from: at("2026-11-29 10:00"), to: None }];
    let due = |budget| office.deadline(at("2026-11-26 15:30"), budget, &paused);
    assert_eq!(due(150).map(local).as_deref(), Ok("Sun 2026-11-29 10:00"));
    assert_eq!(due(151), Err(CalendarFault::PausedForEver));
    let (from, to) = (at("2026-11-26 15:30"), at("2026-12-26 15:30"));
    assert_eq!(office.elapsed_minutes(from, to, &paused), 150);
}

#[test]
fn a_night_shift_on_duty_counts_from_where_it_is() {
    let due = nights().deadline(at("2026-11-29 05:00"), 90, &[]);
    assert_eq!(due.map(local).as_deref(), Ok("Sun 2026-11-29 22:30"));
}

#[test]
fn a_pause_longer_than_a_year_is_not_a_closed_calendar() {
    let office = WorkCalendar::riyadh_office();
    let long = [pause("2026-11-26 12:00", "2028-11-26 12:00")];
    let due = office.deadline(at("2026-11-26 15:30"), 60, &long);
    assert_eq!(due.map(local).as_deref(), Ok("Sun 2028-11-26 13:00"));
}

#[test]
fn minutes_left_are_minutes_of_work_and_negative_when_it_is_late() {
    let office = WorkCalendar::riyadh_office();
    let due = at("2026-11-29 11:30");
    for (now, expected) in [
        ("2026-11-26 15:30", 240),
        ("2026-11-27 12:00", 210),
        ("2026-11-29 11:29", 1),
        ("2026-11-29 11:30", 0),
        ("2026-11-29 11:31", -1),
        ("2026-11-30 08:00", -270),
    ] {
        assert_eq!(office.minutes_until(at(now), due), expected, "{now}");
    }
    let half = TimeDelta::seconds(30);
    assert_eq!(office.minutes_until(due - half, due), 0);
    assert_eq!(office.minutes_until(due + half, due), -1);
    let closing = at("2026-11-26 16:00");
    assert_eq!(office.minutes_until(at("2026-11-28 16:00"), closing), 0);
}

#[test]
fn spans_tell_why_it_is_due_then_and_lose_no_second() {
    let office = WorkCalendar::riyadh_office();
    let start = at("2026-11-26 15:30") + TimeDelta::seconds(30);
    let pauses = [pause("2026-11-29 09:00", "2026-11-29 10:00")];
    let due = office.deadline(start, 240, &pauses).unwrap();
    let spans = office.spans(start, due, &pauses);
    let seen: Vec<_> = spans.iter().map(|s| (local(s.from), local(s.to), s.minutes)).collect();
    let line = |from: &str, to: &str, minutes| (from.to_owned(), to.to_owned(), minutes);
    // 29.5 + 60 + 150.5: the half minutes are carried over, not dropped twice.
    assert_eq!(
        seen,
        [
            line("Thu 2026-11-26 15:30", "Thu 2026-11-26 16:00", 29),
            line("Sun 2026-11-29 08:00", "Sun 2026-11-29 09:00", 60),
            line("Sun 2026-11-29 10:00", "Sun 2026-11-29 12:30", 151),
        ]
    );
    assert_eq!(office.elapsed_minutes(due, start, &pauses), 0);
    assert_eq!(office.spans(due, start, &pauses), []);
}

#[test]
fn around_the_clock_every_minute_counts_and_is_one_span() {
    let always = WorkCalendar::around_the_clock();
    let (from, to) = (at("2026-11-26 15:30"), at("2026-12-26 15:31"));
    let minutes = 30 * 24 * 60 + 1;
    assert_eq!(always.spans(from, to, &[]), [WorkSpan { from, to, minutes }]);
}

#[test]
fn a_calendar_that_no_week_has_is_refused() {
    let new = |windows, offset| WorkCalendar::new(windows, BTreeSet::new(), offset);
    let window = |from, to| vec![WorkWindow::new(Weekday::Sun, from, to)];
    assert_eq!(new(vec![], 0), Err(CalendarFault::NeverOpen));
    assert_eq!(new(window(1440, 60), 0), Err(CalendarFault::WindowMinutes));
    assert_eq!(new(window(0, 1441), 0), Err(CalendarFault::WindowMinutes));
    assert_eq!(new(window(0, 60), 86_400), Err(CalendarFault::UtcOffset));
    assert_eq!(new(window(0, 60), i32::MIN), Err(CalendarFault::UtcOffset));
    assert!(new(window(1439, 1440), -86_399).is_ok());
    assert_eq!(CalendarFault::NeverOpen.code(), "calendar_never_open");
}

#[test]
fn what_is_stored_as_json_is_checked_when_it_is_read() {
    let json = r#"{"windows":[{"weekday":"sun","from_minute":1320,"to_minute":360}],"holidays":["2026-09-23"],"utc_offset_seconds":10800}"#;
    let calendar: WorkCalendar = serde_json::from_str(json).unwrap();
    assert_eq!(calendar, riyadh(&[(Weekday::Sun, 1320, 360)], &["2026-09-23"]));
    assert_eq!(serde_json::to_string(&calendar).unwrap(), json);
    for (good, bad) in [("1320", "1440"), ("\"sun\"", "\"Sunday\""), ("10800", "90000")] {
        assert!(serde_json::from_str::<WorkCalendar>(&json.replace(good, bad)).is_err(), "{bad}");
    }
    for day in WEEK {
        let window = WorkWindow::new(day, 0, 1);
        let text = serde_json::to_string(&window).unwrap();
        assert!(text.contains(&day.to_string().to_lowercase()), "{text}");
        assert_eq!(serde_json::from_str::<WorkWindow>(&text).unwrap(), window);
    }
}

#[test]
fn ready_made_calendars_are_ones_that_could_have_been_entered() {
    for made in [WorkCalendar::riyadh_office(), WorkCalendar::around_the_clock()] {
        let entered =
            WorkCalendar::new(made.windows.clone(), made.holidays.clone(), made.utc_offset_seconds);
        assert_eq!(entered, Ok(made));
    }
}
