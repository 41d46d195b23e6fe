//! The clock: open time, minus pauses, added up until the budget is reached.
//!
//! Everything is one walk over local days with a constant amount of work on each, so that a list
//! of hundreds of deadlines costs nothing to speak of. Time is added up exactly, whatever fraction
//! of a second an instant has, and rounded down to minutes once, at the end.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};

use super::{CLOSED_DAYS_MAX, CalendarFault, Pause, Stretch, WorkCalendar, WorkSpan};

/// How many days a walk may take: a hundred years. An absurd timestamp or budget then costs a
/// wrong number or a refusal, never a page that hangs.
const WALK_DAYS_MAX: usize = 36_600;

impl WorkCalendar {
    /// The first instant at which this many minutes of open, unpaused time have passed.
    ///
    /// It lies in open time: within a stretch of it, or on the edge where one closes, when the
    /// budget ends there. A budget of 0 is due at the first open, unpaused instant from `start`.
    ///
    /// # Errors
    /// [`CalendarFault::NeverOpen`] when the calendar, pauses aside, stays closed for more than
    /// [`CLOSED_DAYS_MAX`] days before the budget is used up; [`CalendarFault::PausedForEver`] when
    /// a pause without an end comes first; [`CalendarFault::TooFar`] after a hundred years.
    pub fn deadline(
        &self,
        start: DateTime<Utc>,
        budget_minutes: u32,
        pauses: &[Pause],
    ) -> Result<DateTime<Utc>, CalendarFault> {
        let running = running_time(start, pauses);
        let stops_for_ever = pauses.iter().filter(|p| p.to.is_none()).map(|p| p.from).min();
        let mut left = TimeDelta::minutes(i64::from(budget_minutes));
        let mut open_until = None;
        for open in self.open_time(start) {
            let closed = open.from - open_until.unwrap_or(start);
            if closed > TimeDelta::days(i64::from(CLOSED_DAYS_MAX)) {
                return Err(CalendarFault::NeverOpen);
            }
            for worked in running.iter().filter_map(|running| overlap(*running, open)) {
                let length = worked.to - worked.from;
                if left <= length {
                    return Ok(worked.from + left);
                }
                left -= length;
            }
            if stops_for_ever.is_some_and(|at| at <= open.to) {
                return Err(CalendarFault::PausedForEver);
            }
            open_until = Some(open.to);
        }
        Err(open_until.map_or(CalendarFault::NeverOpen, |_| CalendarFault::TooFar))
    }

    /// How many whole minutes of open, unpaused time lie between the two; 0 when `to` is earlier.
    ///
    /// Looks no further than a hundred years.
    pub fn elapsed_minutes(&self, from: DateTime<Utc>, to: DateTime<Utc>, pauses: &[Pause]) -> i64 {
        self.worked(from, to, pauses).num_minutes()
    }

    /// How many minutes of working time are left until `due`, negative when it has passed.
    ///
    /// Rounded down on either side: 30 seconds left are 0, and 30 working seconds too late are −1.
    /// Outside open time nothing moves, so what became due at closing time is at 0 until morning.
    pub fn minutes_until(&self, now: DateTime<Utc>, due: DateTime<Utc>) -> i64 {
        if now <= due {
            return self.elapsed_minutes(now, due, &[]);
        }
        let late = self.worked(due, now, &[]);
        let begun = i64::from(late > TimeDelta::minutes(late.num_minutes()));
        -(late.num_minutes() + begun)
    }

    /// The stretches of working time between the two, oldest first: why it is due then.
    ///
    /// One for each unbroken stretch, however many windows it crosses. Minutes are rounded down on
    /// the running total, so that they add up to [`Self::elapsed_minutes`].
    pub fn spans(&self, from: DateTime<Utc>, to: DateTime<Utc>, pauses: &[Pause]) -> Vec<WorkSpan> {
        let mut spans: Vec<WorkSpan> = Vec::new();
        let mut total = TimeDelta::zero();
        for worked in self.work_time(from, to, &running_time(from, pauses)) {
            let minutes_before = total.num_minutes();
            total += worked.to - worked.from;
            let minutes = total.num_minutes() - minutes_before;
            match spans.last_mut() {
                Some(last) if last.to == worked.from => {
                    last.to = worked.to;
                    last.minutes += minutes;
                }
                _ => spans.push(WorkSpan { from: worked.from, to: worked.to, minutes }),
            }
        }
        spans
    }

    fn worked(&self, from: DateTime<Utc>, to: DateTime<Utc>, pauses: &[Pause]) -> TimeDelta {
        self.work_time(from, to, &running_time(from, pauses))
            .fold(TimeDelta::zero(), |total, worked| total + (worked.to - worked.from))
    }

    /// Open and running time between the two, in order and without overlaps.
    fn work_time(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
        running: &[Stretch],
    ) -> impl Iterator<Item = Stretch> {
        self.open_time(from)
            .take_while(move |open| open.from < to)
            .filter_map(move |open| overlap(open, Stretch { from, to }))
            .flat_map(move |open| running.iter().filter_map(move |run| overlap(open, *run)))
    }

    /// Open time from this instant on, in order and without overlaps, as long as a walk may take.
    fn open_time(&self, from: DateTime<Utc>) -> impl Iterator<Item = Stretch> {
        let today = self.local_day(from);
        // Yesterday's night shift may still be on duty.
        let mut counted_until = from;
        today
            .pred_opt()
            .unwrap_or(today)
            .iter_days()
            .take(WALK_DAYS_MAX)
            .filter(|day| !self.holidays.contains(day))
            .flat_map(|day| self.opening_on(day))
            .filter_map(move |window| {
                let rest = Stretch { from: window.from.max(counted_until), to: window.to };
                counted_until = counted_until.max(window.to);
                (rest.from < rest.to).then_some(rest)
            })
    }

    fn opening_on(&self, day: NaiveDate) -> impl Iterator<Item = Stretch> {
        let weekday = day.weekday();
        self.windows
            .iter()
            .filter(move |window| window.weekday == weekday)
            .filter_map(move |window| window.on(day, self.utc_offset_seconds))
    }

    fn local_day(&self, at: DateTime<Utc>) -> NaiveDate {
        let offset = TimeDelta::seconds(i64::from(self.utc_offset_seconds));
        at.naive_utc().checked_add_signed(offset).unwrap_or_else(|| at.naive_utc()).date()
    }
}

/// The time from this instant on that is not paused, in order; pauses may overlap in any order.
fn running_time(from: DateTime<Utc>, pauses: &[Pause]) -> Vec<Stretch> {
    let end_of_time = DateTime::<Utc>::MAX_UTC;
    let mut paused: Vec<Stretch> = pauses
        .iter()
        .map(|pause| Stretch { from: pause.from, to: pause.to.unwrap_or(end_of_time) })
        .filter(|pause| pause.from < pause.to)
        .collect();
    paused.sort_unstable_by_key(|pause| pause.from);

    let mut running = Vec::with_capacity(paused.len() + 1);
    let mut resumed = from;
    for pause in paused {
        running.push(Stretch { from: resumed, to: pause.from });
        resumed = resumed.max(pause.to);
    }
    running.push(Stretch { from: resumed, to: end_of_time });
    running.retain(|stretch| stretch.from < stretch.to);
    running
}

fn overlap(a: Stretch, b: Stretch) -> Option<Stretch> {
    let both = Stretch { from: a.from.max(b.from), to: a.to.min(b.to) };
    (both.from < both.to).then_some(both)
}
