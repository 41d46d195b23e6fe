//! What happens in simulated hospitals, in the order in which it happens.

use chrono::{DateTime, Datelike as _, NaiveDate, TimeDelta, Utc, Weekday};
use px360_domain::dates::day_begins;
use px360_domain::journeys::PatientClass;

use super::people::People;
use super::plan::{Simulated, SimulatedPerson, SimulationPlan};
use crate::chance::Chance;
use crate::error::Result;
use crate::seed::demo::names;

/// Everything that happens, sorted by the time at which it does.
///
/// Visits of four kinds: outpatients, emergencies, stays in a bed with transfers, and outpatients who get a bed.
/// Some are cancelled, some discharges and transfers are taken back, some patients turn out to be one person.
///
/// # Errors
/// `Broken` when the demo texts cannot be read.
pub fn simulate(plan: &SimulationPlan) -> Result<Vec<Simulated>> {
    let chance = Chance::seeded(plan.seed);
    let (known, clinics) = names::names()?.places();
    let mut all = Vec::new();
    for number in 0..usize::from(plan.hospitals) {
        let code = known.get(number).cloned().unwrap_or_else(|| format!("H{number:02}"));
        let people = People::of(&code, plan.visits_a_day)?;
        let hospital = Hospital { code, number, people, clinics: &clinics, chance: &chance };
        for day in plan.start.iter_days().take(usize::from(plan.days)) {
            for visit in 0..hospital.busy(day, plan.visits_a_day) {
                hospital.visit(day, visit, &mut all);
            }
        }
    }
    all.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
    Ok(all)
}

/// One hospital.
struct Hospital<'a> {
    code: String,
    number: usize,
    people: People,
    clinics: &'a [(usize, String)],
    chance: &'a Chance,
}

/// A visit while it goes on.
struct Visit<'a> {
    hospital: &'a Hospital<'a>,
    number: String,
    class: PatientClass,
    person: SimulatedPerson,
    department: String,
    physician: String,
    at: DateTime<Utc>,
    told: u32,
}

impl Hospital<'_> {
    /// How many visits this day has: fewer at weekends and in summer, more in winter.
    fn busy(&self, day: NaiveDate, usual: u32) -> u32 {
        let weekend = matches!(day.weekday(), Weekday::Fri | Weekday::Sat);
        let of_weekday = if weekend { usual / 3 } else { usual };
        let season = match day.month() {
            12 | 1 | 2 => 120,
            6..=8 => 80,
            _ => 100,
        };
        of_weekday * season / 100 + self.chance.below(usual / 4 + 1)
    }

    /// The minute of the day at which somebody comes: two in three before noon, emergencies at any hour.
    fn comes_at(&self, is_emergency: bool) -> i64 {
        if is_emergency {
            return i64::from(self.chance.below(24 * 60));
        }
        let morning = self.chance.below(3) < 2;
        let (from, length) = if morning { (7 * 60, 5 * 60) } else { (12 * 60, 8 * 60) };
        i64::from(from + self.chance.below(length))
    }

    fn clinic(&self) -> (String, String) {
        let count = u32::try_from(self.clinics.len()).unwrap_or(1);
        let place = usize::try_from(self.chance.below(count)).unwrap_or_default();
        let (number, code) = self.clinics.get(place).cloned().unwrap_or_default();
        let seat = usize::try_from(self.chance.below(2)).unwrap_or_default();
        (code, names::licence(self.number, number, seat))
    }

    fn visit(&self, day: NaiveDate, number: u32, all: &mut Vec<Simulated>) {
        let kind = self.chance.below(100);
        let (department, physician) = self.clinic();
        let class = match kind {
            0..60 => PatientClass::Outpatient,
            60..80 => PatientClass::Emergency,
            _ => PatientClass::Inpatient,
        };
        let minute = self.comes_at(class == PatientClass::Emergency);
        let seconds = i64::from(self.chance.below(60));
        let mut visit = Visit {
            hospital: self,
            number: format!("{}{}{number:04}", self.code, day.format("%y%m%d")),
            class,
            person: self.people.anybody(self.chance),
            department,
            physician,
            at: day_begins(day).unwrap_or_default()
                + TimeDelta::minutes(minute)
                + TimeDelta::seconds(seconds),
            told: 0,
        };
        match class {
            PatientClass::Emergency => visit.emergency(all),
            PatientClass::Inpatient => visit.stay(all),
            _ => visit.clinic(all),
        }
    }
}

impl Visit<'_> {
    fn clinic(&mut self, all: &mut Vec<Simulated>) {
        self.tell("A04", all);
        if self.one_in(30) {
            self.wait(5, 60);
            return self.tell("A11", all);
        }
        self.wait(3, 15);
        self.tell("OPD_TRIAGED", all);
        self.describe_again(all);
        self.wait(10, 40);
        self.tell("OPD_CONSULTED", all);
        if self.one_in(25) {
            // The clinic keeps the patient: the visit goes on in a bed.
            self.wait(20, 60);
            self.class = PatientClass::Inpatient;
            return self.stay(all);
        }
        self.wait(5, 40);
        self.tell("OPD_DISPENSED", all);
        self.wait(1, 10);
        self.tell("A03", all);
    }

    fn emergency(&mut self, all: &mut Vec<Simulated>) {
        self.tell("A04", all);
        self.wait(2, 8);
        self.tell("EMS_TRIAGED", all);
        self.describe_again(all);
        self.wait(15, 120);
        self.tell("EMS_TREATED", all);
        if self.one_in(5) {
            self.wait(10, 60);
            self.class = PatientClass::Inpatient;
            return self.stay(all);
        }
        self.wait(5, 60);
        self.tell("A03", all);
    }

    fn stay(&mut self, all: &mut Vec<Simulated>) {
        self.tell("A01", all);
        if self.one_in(40) {
            self.wait(10, 120);
            return self.tell("A11", all);
        }
        self.describe_again(all);
        for _ in 0..self.hospital.chance.below(3) {
            self.wait(60, 24 * 60);
            let before = (self.department.clone(), self.physician.clone());
            (self.department, self.physician) = self.hospital.clinic();
            self.tell("A02", all);
            if self.one_in(8) {
                self.wait(5, 30);
                (self.department, self.physician) = before;
                self.tell("A12", all);
            }
        }
        self.wait(12 * 60, 4 * 24 * 60);
        self.tell("A03", all);
        if self.one_in(15) {
            self.wait(5, 60);
            self.tell("A13", all);
            self.wait(6 * 60, 24 * 60);
            self.tell("A03", all);
        }
    }

    /// One visit in ten corrects what is known of the patient, and a few find that two records are one.
    fn describe_again(&mut self, all: &mut Vec<Simulated>) {
        if self.one_in(10) {
            self.wait(1, 3);
            self.person.mobile = format!("05000{:05}", self.hospital.chance.below(100_000));
            self.tell("A08", all);
        }
        if self.one_in(60) {
            self.wait(1, 3);
            self.tell("A40", all);
        }
    }

    fn tell(&mut self, code: &'static str, all: &mut Vec<Simulated>) {
        self.told += 1;
        let merges = code == "A40";
        let in_bed = self.class == PatientClass::Inpatient;
        let bed = in_bed.then(|| format!("{}-{}", 1 + self.told % 40, 1 + self.told % 4));
        all.push(Simulated {
            id: format!("{}-{:02}", self.number, self.told),
            hospital: self.hospital.code.clone(),
            at: self.at,
            code,
            encounter: Some(self.number.clone()).filter(|_| !merges),
            class: self.class,
            department: Some(self.department.clone()),
            physician: Some(self.physician.clone()),
            bed,
            disposition: (code == "A03").then_some("01"),
            person: self.person.clone(),
            prior_mrn: merges.then(|| format!("{}-OLD", self.person.mrn)),
        });
    }

    /// Some minutes pass, and some seconds, so that hardly anything happens at the same instant.
    fn wait(&mut self, at_least: u32, at_most: u32) {
        let minutes = at_least + self.hospital.chance.below(at_most - at_least + 1);
        let seconds = i64::from(minutes) * 60 + i64::from(self.hospital.chance.below(60));
        self.at += TimeDelta::seconds(seconds);
    }

    fn one_in(&self, many: u32) -> bool {
        self.hospital.chance.below(many) == 0
    }
}
