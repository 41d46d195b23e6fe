//! Rows as lists and pages read them, and their way into what crosses the wire.

mod answers;
pub(super) mod store;

use chrono::{DateTime, Utc};
use px360_domain::Bilingual;
use px360_domain::access::{Permission, Reach};
use px360_domain::actions::escalation::running_clock;
use px360_domain::actions::{
    ActionCard, ActionDetail, ActionHead, ActionHit, ActionKind, ActionLogEntry, ActionOrder,
    ActionRights, ActionStatus, Clock, Severity,
};
use px360_domain::calendar::WorkCalendar;
use px360_domain::dates::HijriDate;
use px360_domain::ids::{ActionId, DepartmentId, HospitalId, UserId};
use px360_domain::organizations::{deidentified, masked_name, masked_phone};
use sqlx::types::Json;

use self::answers::{Given, Repeat};
use super::gate::Found;
use super::list::Cursor;
use crate::ctx::Granted;
use crate::error::Result;

/// The most characters of a patient's words that a list shows.
const EXCERPT_CHARS: usize = 120;

/// An action as a line of a list.
pub(in crate::actions) struct CardRow {
    pub(super) id: ActionId,
    pub(super) reference: String,
    pub(super) kind: ActionKind,
    pub(super) severity: Severity,
    pub(super) status: ActionStatus,
    pub(super) hospital_id: HospitalId,
    pub(super) department_id: Option<DepartmentId>,
    pub(super) owner_id: Option<UserId>,
    pub(super) nps: Option<i16>,
    pub(super) comment: Option<String>,
    pub(super) hospital_ar: String,
    pub(super) hospital_en: String,
    pub(super) department_ar: Option<String>,
    pub(super) department_en: Option<String>,
    pub(super) stage_ar: Option<String>,
    pub(super) stage_en: Option<String>,
    pub(super) owner_ar: Option<String>,
    pub(super) owner_en: Option<String>,
    pub(super) patient_ar: String,
    pub(super) patient_en: String,
    /// Who answers for the patient.
    pub(super) guardian: String,
    pub(super) opened_at: DateTime<Utc>,
    pub(super) due_at: Option<DateTime<Utc>>,
    pub(super) escalation_level: i16,
    pub(super) calendar: Json<WorkCalendar>,
    /// Where it stands in the order of its list.
    pub(super) place: i64,
}

impl CardRow {
    /// Where the page behind this line begins.
    pub(super) fn cursor(&self, order: ActionOrder) -> Cursor {
        Cursor { order, place: self.place, id: self.id }
    }

    /// The line; the patient's name is masked unless this permission reaches the action.
    pub(super) fn into_card(self, identify: Option<&Granted>, now: DateTime<Utc>) -> ActionCard {
        debug_assert!(
            identify.is_none_or(|granted| granted.permission() == Permission::PatientIdentify)
        );
        let seen =
            |reach: &Reach| reach.covers(self.hospital_id, self.department_id, self.owner_id);
        let identified = identify.is_some_and(|granted| seen(granted.reach()));
        let comment = self.comment.map(|words| {
            let names = [self.patient_ar.as_str(), &self.patient_en, &self.guardian];
            if identified { words } else { deidentified(&words, &names) }
        });
        let mask = |name: String| if identified { name } else { masked_name(&name) };
        let excerpt = |text: String| match text.char_indices().nth(EXCERPT_CHARS) {
            Some((end, _)) => format!("{}…", text[..end].trim_end()),
            None => text,
        };
        ActionCard {
            id: self.id,
            reference: self.reference,
            kind: self.kind,
            severity: self.severity,
            status: self.status,
            nps: self.nps.and_then(|nps| u8::try_from(nps).ok()),
            comment: comment.map(excerpt),
            hospital: Bilingual { ar: self.hospital_ar, en: self.hospital_en },
            department: Bilingual::both(self.department_ar, self.department_en),
            stage: Bilingual::both(self.stage_ar, self.stage_en),
            owner: Bilingual::both(self.owner_ar, self.owner_en),
            patient: Bilingual { ar: mask(self.patient_ar), en: mask(self.patient_en) },
            opened_at: self.opened_at,
            due_at: self.due_at,
            clock: running_clock(self.status),
            overdue: self.due_at.is_some_and(|due| due <= now),
            working_minutes_left: self.due_at.map(|due| self.calendar.minutes_until(now, due)),
            escalation_level: u8::try_from(self.escalation_level).unwrap_or_default(),
        }
    }
}

/// An action as a line of a search.
pub(in crate::actions) struct HitRow {
    pub(super) id: ActionId,
    pub(super) reference: String,
    pub(super) status: ActionStatus,
    pub(super) hospital_id: HospitalId,
    pub(super) department_id: Option<DepartmentId>,
    pub(super) owner_id: Option<UserId>,
    pub(super) hospital: Bilingual,
    pub(super) patient: Bilingual,
}

impl HitRow {
    /// The line; the patient's name is masked unless this permission reaches the action.
    pub(in crate::actions) fn into_hit(self, identify: Option<&Granted>) -> ActionHit {
        let identified = identify.is_some_and(|granted| {
            granted.reach().covers(self.hospital_id, self.department_id, self.owner_id)
        });
        let mask = |name: String| if identified { name } else { masked_name(&name) };
        ActionHit {
            id: self.id,
            reference: self.reference,
            status: self.status,
            hospital: self.hospital,
            patient: Bilingual { ar: mask(self.patient.ar), en: mask(self.patient.en) },
        }
    }
}

/// What the page of one action needs beyond its line.
pub(super) struct DetailRow {
    pub(super) card: CardRow,
    pub(super) version: i32,
    pub(super) close_requested_by: Option<UserId>,
    pub(super) asked_in_place_of: Option<UserId>,
    pub(super) mobile: Option<String>,
    pub(super) mrn: Option<String>,
    pub(super) physician: Option<Bilingual>,
    pub(super) encounter: String,
    pub(super) callback: Option<bool>,
    pub(super) given: Given,
    pub(super) response_due_at: DateTime<Utc>,
    pub(super) responded_at: Option<DateTime<Utc>>,
    pub(super) resolution_due_at: DateTime<Utc>,
    pub(super) closed_at: Option<DateTime<Utc>>,
    pub(super) resolution: Option<String>,
}

impl DetailRow {
    /// What gates and machines ask about.
    pub(super) fn found(&self) -> Found {
        let card = &self.card;
        Found {
            head: ActionHead {
                id: card.id,
                status: card.status,
                severity: card.severity,
                owner_id: card.owner_id,
                close_requested_by: self.close_requested_by,
                version: self.version,
            },
            hospital_id: card.hospital_id,
            department_id: card.department_id,
            asked_in_place_of: self.asked_in_place_of,
        }
    }

    /// The running deadline.
    pub(super) fn due_at(&self) -> Option<DateTime<Utc>> {
        self.card.due_at
    }

    /// The page.
    pub(super) fn into_detail(
        self,
        timeline: Vec<ActionLogEntry>,
        repeats: &[Repeat],
        may: ActionRights,
        due_hijri: Option<HijriDate>,
        identify: Option<&Granted>,
        now: DateTime<Utc>,
    ) -> Result<ActionDetail> {
        let clock_began = match running_clock(self.card.status) {
            Some(Clock::Response | Clock::Resolution) => Some(self.card.opened_at),
            None => None,
        };
        let why_due = match (clock_began, self.card.due_at) {
            (Some(from), Some(to)) => self.card.calendar.spans(from, to, &[]),
            _ => Vec::new(),
        };
        let identified = identify.is_some();
        let card = &self.card;
        let names = [card.patient_ar.as_str(), &card.patient_en, &card.guardian];
        let answers = self.given.shown(identified, &names);
        let repeats = repeats.iter().map(|repeat| repeat.shown(identified, &names)).collect();
        // The visit number leads to the record as surely as the record number does.
        let shown = |number: String| if identified { number } else { masked_phone(&number) };
        Ok(ActionDetail {
            version: self.version,
            patient_phone: self
                .mobile
                .map(|mobile| if identified { mobile } else { masked_phone(&mobile) }),
            patient_mrn: self.mrn.map(shown),
            physician: self.physician,
            encounter: shown(self.encounter),
            callback: self.callback,
            answers,
            repeats,
            response_due_at: self.response_due_at,
            responded_at: self.responded_at,
            resolution_due_at: self.resolution_due_at,
            closed_at: self.closed_at,
            why_due,
            due_hijri,
            resolution: self.resolution,
            timeline,
            may,
            as_of: now,
            card: self.card.into_card(identify, now),
        })
    }
}
