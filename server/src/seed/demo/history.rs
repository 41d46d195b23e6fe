//! Ninety days of visits, answers and work, lived through the real use cases under a moved clock.

use std::sync::Arc;

use chrono::{DateTime, Datelike as _, Days, NaiveDate, TimeDelta, Utc, Weekday};
use px360_domain::actions::{ActionStatus, CloseAction, DecideAction, StartAction};
use px360_domain::ids::UserId;
use px360_domain::notifications::ReadNotices;
use serde_json::json;
use sqlx::PgPool;

use super::data::Data;
use super::places::{Clinic, HospitalPlace, Places};
use super::stays::Stays;
use super::store;
use crate::chance::Chance;
use crate::clock::{Clock as _, ManualClock, SystemClock};
use crate::ctx::{Actor, Ctx, RequestMeta};
use crate::dates::day;
use crate::deps::{Deps, DepsParts};
use crate::error::Result;
use crate::gateways::Gateways;
use crate::integrations::RawEvent;
use crate::jobs::{self, Wake};
use crate::wall::Walls;
use crate::{accounts, actions, integrations, notifications};
use px360_domain::access::Permission;

/// How long the past is and how busy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HistoryPlan {
    /// How many days before today.
    pub days: u16,
    /// Visits of one hospital on a working day.
    pub visits_a_day: u32,
    /// The same seed makes the same past.
    pub seed: u64,
}

impl Default for HistoryPlan {
    fn default() -> Self {
        Self { days: 90, visits_a_day: 6, seed: 360 }
    }
}

/// The approver of the past, who has left the house since: the visitors are one person per role.
pub(super) const FORMER: &str = "former.admin";

/// How many days back people have not read what they were told.
const UNREAD_DAYS: u64 = 3;

/// The past while it is being made.
pub(super) struct Past<'a> {
    pub(super) deps: Deps,
    pub(super) clock: Arc<ManualClock>,
    pub(super) chance: Chance,
    pub(super) data: &'a Data,
    places: &'a Places,
}

/// Makes the past, day by day.
pub(super) async fn make(
    deps: &Deps,
    pool: &PgPool,
    data: &Data,
    places: &Places,
    plan: &HistoryPlan,
) -> Result<()> {
    let today = day(SystemClock.now());
    let clock = Arc::new(ManualClock::at(at(today, 0)));
    let past = Past {
        deps: Deps::new(DepsParts {
            walls: Walls::Both,
            pool: pool.clone(),
            clock: clock.clone(),
            chance: Chance::from_system(),
            secrets: deps.secrets(),
            gateways: Gateways::silent(),
            identity_provider: None,
            http: deps.http().clone(),
            events: deps.events().clone(),
        }),
        clock,
        chance: Chance::seeded(plan.seed),
        data,
        places,
    };
    let mut stays = Stays::simulate(today - Days::new(u64::from(plan.days)), plan)?;
    for back in (1..=u64::from(plan.days)).rev() {
        past.live(today - Days::new(back), back, plan, &mut stays).await?;
    }
    // Whoever came yesterday evening has left by now, or is in a bed.
    past.clock.set(SystemClock.now());
    past.send(stays.until(past.clock.now())).await?;
    jobs::run(&past.deps, Wake::ProcessEvents).await?;
    Ok(())
}

/// This minute of a day in Riyadh.
pub(super) fn at(day: NaiveDate, minute: i64) -> DateTime<Utc> {
    let midnight = day.and_time(chrono::NaiveTime::MIN).and_utc();
    midnight - TimeDelta::hours(3) + TimeDelta::minutes(minute)
}

impl Past<'_> {
    async fn live(
        &self,
        day: NaiveDate,
        back: u64,
        plan: &HistoryPlan,
        stays: &mut Stays,
    ) -> Result<()> {
        self.clock.set(at(day, 9 * 60));
        jobs::run(&self.deps, Wake::EscalateOverdue).await?;
        self.work(back).await?;
        self.clock.set(at(day, 16 * 60));
        self.send(self.visits(day, plan)).await?;
        self.send(stays.until(self.clock.now())).await?;
        jobs::run(&self.deps, Wake::ProcessEvents).await?;
        jobs::run(&self.deps, Wake::DeliverNotifications).await?;
        self.clock.set(at(day, 19 * 60));
        self.answer(day, back).await?;
        jobs::run(&self.deps, Wake::DeliverNotifications).await?;
        jobs::run(&self.deps, Wake::SweepExpired).await?;
        // What is older than the last days was read; the visitor finds a few that are not.
        if back == UNREAD_DAYS { self.read().await } else { Ok(()) }
    }

    async fn read(&self) -> Result<()> {
        for username in self.places.users.keys() {
            if let Some(person) = self.person(username).await? {
                notifications::mark_read(
                    &person,
                    ReadNotices { ids: Vec::new(), until: Some(self.clock.now()) },
                )
                .await?;
            }
        }
        Ok(())
    }

    fn visits(&self, day: NaiveDate, plan: &HistoryPlan) -> Vec<RawEvent> {
        let weekend = matches!(day.weekday(), Weekday::Fri | Weekday::Sat);
        let busy = if weekend { plan.visits_a_day / 3 } else { plan.visits_a_day };
        let mut events = Vec::new();
        for hospital in &self.places.hospitals {
            let visits = busy + self.chance.below(busy / 2 + 1);
            for number in 0..visits {
                let encounter = format!("{}-{}-{number:03}", hospital.code, day.format("%y%m%d"));
                events.extend(self.visit(hospital, day, &encounter));
            }
        }
        events
    }

    async fn send(&self, events: Vec<RawEvent>) -> Result<()> {
        let source = Actor::Source { id: self.places.source_id, hospitals: Vec::new() };
        let ctx = Ctx::new(self.deps.clone(), source, RequestMeta::default());
        for chunk in events.chunks(500) {
            integrations::receive_events(&ctx, chunk.to_vec()).await?;
        }
        Ok(())
    }

    fn visit(&self, hospital: &HospitalPlace, day: NaiveDate, encounter: &str) -> Vec<RawEvent> {
        let clinic = self.pick(&hospital.clinics);
        let licence = self.pick(&clinic.licences);
        let begin = 8 * 60 + i64::from(self.chance.below(6 * 60));
        let patient = patient(self.data, &hospital.code, self.chance.below(160));
        let steps = [
            ("OPD_REGISTERED", 0, None, None),
            ("OPD_TRIAGED", 12, Some("OPD"), None),
            ("OPD_CONSULTED", 45, Some(clinic.code.as_str()), Some(licence.as_str())),
            ("OPD_DISPENSED", 70, Some("PHARM"), None),
        ];
        steps
            .into_iter()
            .map(|(code, minutes, department, physician)| {
                let event = json!({
                    "source_event_id": format!("{encounter}-{code}"),
                    "event_code": code,
                    "occurred_at": at(day, begin + minutes).to_rfc3339(),
                    "encounter_id": encounter,
                    "hospital": hospital.code,
                    "department": department,
                    "physician": physician,
                    "patient": patient,
                    "data": {},
                });
                RawEvent::json(event.to_string())
            })
            .collect()
    }

    /// People work: most of what is old gets done, some of what is new is left for the visitor.
    async fn work(&self, back: u64) -> Result<()> {
        let ctx = self.deps.system("seed-demo");
        let granted = ctx.require(Permission::SystemSetUp)?;
        let (worker, approver) = (self.person("admin").await?, self.person(FORMER).await?);
        let (Some(worker), Some(approver)) = (worker, approver) else { return Ok(()) };
        let eager = if back > 6 { 60 } else { 20 };
        for action in store::live_actions(ctx.read(&granted)).await? {
            if self.chance.below(100) >= eager {
                continue;
            }
            let version = action.version;
            match action.status {
                ActionStatus::Open => {
                    actions::start(&worker, action.id, StartAction { version }).await?;
                }
                ActionStatus::InProgress => {
                    let (ar, _) = self.pick(&self.data.resolutions);
                    let close = CloseAction { version, resolution: ar.clone() };
                    actions::close(&worker, action.id, close).await?;
                }
                ActionStatus::PendingApproval => {
                    let cmd = DecideAction { version, approve: true, reason: String::new() };
                    // What the approver owns waits for somebody else.
                    let _refused = actions::decide(&approver, action.id, cmd).await;
                }
                ActionStatus::Closed => {}
            }
        }
        Ok(())
    }

    async fn person(&self, username: &str) -> Result<Option<Ctx>> {
        let Some(id): Option<&UserId> = self.places.users.get(username) else { return Ok(None) };
        let actor = accounts::load_actor(&self.deps, *id).await?;
        Ok(actor.map(|actor| Ctx::new(self.deps.clone(), actor, RequestMeta::default())))
    }

    pub(super) fn pick<'b, T>(&self, from: &'b [T]) -> &'b T {
        let index = self.chance.below(u32::try_from(from.len()).unwrap_or(1));
        &from[usize::try_from(index).unwrap_or_default()]
    }
}

/// The patient of this number: the same one every time. Phone numbers are of a block that nobody
/// has been given.
pub(super) fn patient(data: &Data, hospital: &str, number: u32) -> serde_json::Value {
    let index = usize::try_from(number).unwrap_or_default();
    let female = index.is_multiple_of(2);
    let firsts = if female { &data.first_names.female } else { &data.first_names.male };
    let (first_ar, first_en) = &firsts[(index / 2) % firsts.len()];
    let (family_ar, family_en) = &data.family_names[(index * 7 + 3) % data.family_names.len()];
    let language = if index.is_multiple_of(7) { "en" } else { "ar" };
    json!({
        "mrn": format!("{hospital}-{:06}", 100_000 + number),
        "name_ar": format!("{first_ar} {family_ar}"),
        "name_en": format!("{first_en} {family_en}"),
        "mobile": format!("+96650000{number:04}"),
        "email": format!("patient{number}@{}.demo.example", hospital.to_ascii_lowercase()),
        "language": language,
        "birth_date": format!("{}-{:02}-{:02}", 1950 + number % 60, 1 + number % 12, 1 + number % 28),
        "sex": if female { "female" } else { "male" },
    })
}

/// The clinic that today's visitor goes to.
pub(super) fn first_clinic(place: &HospitalPlace) -> Option<&Clinic> {
    place.clinics.first()
}
