//! Patients who are in the house right now, told by each hospital in a format of its own; and codes that
//! nobody knows yet.

use chrono::{DateTime, TimeDelta, Utc};
use px360_domain::access::Permission;
use px360_domain::integrations::EventFormat;
use px360_domain::journeys::PatientClass as C;

use super::names::{Names, licence, names};
use super::places::Places;
use super::stays::{DAMMAM, JEDDAH, RIYADH};
use super::store;
use crate::audit::Entry;
use crate::ctx::{Actor, Ctx, RequestMeta};
use crate::error::Result;
use crate::integrations::{self, RawEvent};
use crate::jobs::{self, Wake};
use crate::simulator::{Simulated, SimulatedPerson, render};

/// One visit that is under way: what happened, how many minutes ago, and where.
struct Present {
    hospital: (&'static str, EventFormat),
    class: C,
    steps: &'static [(&'static str, i64, Option<&'static str>)],
}

/// Outpatients of Riyadh, emergencies of Jeddah, beds of Dammam.
const PRESENT: [Present; 9] = [
    Present { hospital: RIYADH, class: C::Outpatient, steps: &[("OPD_REGISTERED", 12, None)] },
    Present { hospital: RIYADH, class: C::Outpatient, steps: &[("OPD_REGISTERED", 41, None)] },
    Present {
        hospital: RIYADH,
        class: C::Outpatient,
        steps: &[("OPD_REGISTERED", 55, None), ("OPD_TRIAGED", 38, Some("OPD"))],
    },
    Present { hospital: JEDDAH, class: C::Emergency, steps: &[("A04", 6, Some("ER"))] },
    Present { hospital: JEDDAH, class: C::Emergency, steps: &[("A04", 52, Some("ER"))] },
    Present {
        hospital: JEDDAH,
        class: C::Emergency,
        steps: &[("A04", 95, Some("ER")), ("EMS_TRIAGED", 88, Some("ER"))],
    },
    Present { hospital: DAMMAM, class: C::Inpatient, steps: &[("A01", 95, Some("CARD"))] },
    Present { hospital: DAMMAM, class: C::Inpatient, steps: &[("A01", 260, Some("OBG"))] },
    Present {
        hospital: JEDDAH,
        class: C::Inpatient,
        steps: &[("A01", 2_900, Some("ORTH")), ("A02", 700, Some("CARD"))],
    },
];

/// What waits for somebody who says what it means.
const WAITING: [Present; 3] = [
    Present { hospital: JEDDAH, class: C::Outpatient, steps: &[("A04", 70, Some("HEART-2"))] },
    Present { hospital: JEDDAH, class: C::Outpatient, steps: &[("A04", 25, Some("HEART-2"))] },
    Present { hospital: RIYADH, class: C::Outpatient, steps: &[("Z01", 33, None)] },
];

/// Sends what happened, as each hospital would.
pub(super) async fn make(ctx: &Ctx, places: &Places) -> Result<()> {
    let (names, now) = (names()?, ctx.now());
    let mut events = Vec::new();
    for (number, present) in (0_u32..).zip(PRESENT.iter().chain(&WAITING)) {
        for (step, told) in (0_u32..).zip(present.steps) {
            let message = message(&names, present, number, step, told, now);
            let payload = render(&message, present.hospital.1);
            events.push(RawEvent { format: present.hospital.1, payload, fault: None });
        }
    }
    let source = Actor::Source { id: places.source_id, hospitals: Vec::new() };
    let sender = Ctx::new(ctx.deps().clone(), source, RequestMeta::default());
    integrations::receive_events(&sender, events).await?;
    jobs::run(ctx.deps(), Wake::ProcessEvents).await?;
    let mut tx = ctx.begin(ctx.require(Permission::SystemSetUp)?).await?;
    store::watch_source(&mut tx, places.source_id).await?;
    tx.record(Entry::done("source.updated", "source", places.source_id));
    tx.commit().await
}

fn message(
    names: &Names,
    present: &Present,
    number: u32,
    step: u32,
    (code, ago, department): &(&'static str, i64, Option<&'static str>),
    now: DateTime<Utc>,
) -> Simulated {
    let hospital = present.hospital.0;
    Simulated {
        id: format!("{hospital}-NOW-{number}-{step}"),
        hospital: hospital.to_owned(),
        at: now - TimeDelta::minutes(*ago),
        code,
        encounter: Some(format!("{hospital}-NOW-{number:03}")),
        class: present.class,
        department: department.map(str::to_owned),
        physician: (*department == Some("CARD")).then(|| physician(hospital)),
        bed: (present.class == C::Inpatient).then(|| format!("{}-B", 200 + number)),
        disposition: None,
        person: person(names, hospital, number),
        prior_mrn: None,
    }
}

/// The first physician of cardiology.
fn physician(hospital: &str) -> String {
    let place = ["RYD", "JED", "DMM"].iter().position(|code| *code == hospital);
    licence(place.unwrap_or_default(), 1, 0)
}

fn person(names: &Names, hospital: &str, number: u32) -> SimulatedPerson {
    let is_female = number.is_multiple_of(2);
    let ((first_ar, first_en), (family_ar, family_en)) =
        (names.first(is_female, number + 3), names.family(number + 5));
    SimulatedPerson {
        mrn: format!("{hospital}9{number:05}"),
        arabic: (first_ar, family_ar),
        english: (first_en, family_en),
        mobile: format!("05009{number:05}"),
        birth_date: chrono::NaiveDate::from_yo_opt(
            1950 + i32::try_from(number * 5).unwrap_or(0),
            90,
        )
        .unwrap_or_default(),
        is_female,
        reads_english: false,
    }
}
