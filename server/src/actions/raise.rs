//! Something asks for action.

use px360_domain::actions::{ActionKind, ActionLogKind, ActionOwner, Severity};
use px360_domain::ids::{ActionId, DepartmentId, HospitalId, PhysicianId, SurveyId};
use px360_domain::notifications::NotificationKind;
use px360_domain::surveys::TriggeredRule;
use serde_json::json;

use super::log::NewLogEntry;
use super::tell::tell_in;
use super::{routing, sla, store};
use crate::audit::Entry;
use crate::error::Result;
use crate::tx::Tx;
use chrono::TimeDelta;

/// What asks for action.
#[derive(Clone, Debug)]
pub struct RaiseAction {
    /// Whose patient.
    pub hospital_id: HospitalId,
    /// Where it happened.
    pub department_id: Option<DepartmentId>,
    /// Who treated.
    pub physician_id: Option<PhysicianId>,
    /// What caused it.
    pub kind: ActionKind,
    /// How bad it is.
    pub severity: Severity,
    /// Who is to own it.
    pub owner: ActionOwner,
    /// For so many days a standing action about the same answers of the same patient is told instead.
    pub once_in_days: Option<u16>,
    /// The survey that caused it; one action per survey.
    pub survey_id: Option<SurveyId>,
    /// The answers that fired rules.
    pub triggered: Vec<TriggeredRule>,
}

/// An action to be, with everything decided.
pub(super) struct NewAction {
    pub(super) id: ActionId,
    pub(super) cause: RaiseAction,
    pub(super) owner_id: Option<px360_domain::ids::UserId>,
    pub(super) deadlines: sla::Deadlines,
}

/// Opens an action in the caller's transaction: deadlines, owner, timeline and a word to the owner. What stands
/// already within its window is noted there; answers which action it is.
pub async fn raise_in(tx: &mut Tx, cause: RaiseAction) -> Result<ActionId> {
    if let Some(standing) = repeat_in(tx, &cause).await? {
        return Ok(standing);
    }
    let id = tx.ctx().new_id();
    let deadlines = sla::deadlines(tx, cause.hospital_id, cause.severity).await?;
    let at = routing::At { hospital_id: cause.hospital_id, department_id: cause.department_id };
    let owner = routing::owner(tx, at, cause.severity, cause.owner).await?;
    let owner_id = owner.map(|owner| owner.user);
    let action = NewAction { id, cause, owner_id, deadlines };
    let reference = store::insert(tx, &action).await?;
    let in_place_of = owner.and_then(|owner| owner.in_place_of);
    let opened =
        NewLogEntry { towards: owner_id, in_place_of, ..NewLogEntry::of(ActionLogKind::Opened) };
    store::insert_log(tx, action.cause.hospital_id, id, opened).await?;
    if let Some(owner) = owner_id {
        let key = format!("assigned:{id}");
        let kind = NotificationKind::ActionAssigned;
        tell_in(tx, action.cause.hospital_id, id, kind, owner, key).await?;
    }
    tx.record(
        Entry::done("action.opened", "action", id).in_hospital(action.cause.hospital_id).with(
            json!({
                "reference": reference,
                "kind": action.cause.kind,
                "severity": action.cause.severity,
                "owner_id": owner_id,
                "response_due_at": action.deadlines.response_due_at,
                "resolution_due_at": action.deadlines.resolution_due_at,
            }),
        ),
    );
    Ok(id)
}

/// Notes on a standing action of the same patient that the same answers came again, if there is one.
async fn repeat_in(tx: &mut Tx, cause: &RaiseAction) -> Result<Option<ActionId>> {
    let (Some(days), Some(survey_id)) = (cause.once_in_days, cause.survey_id) else {
        return Ok(None);
    };
    let since = tx.now() - TimeDelta::days(i64::from(days));
    let questions: Vec<String> = cause.triggered.iter().map(|it| it.question.clone()).collect();
    store::take_turns(tx, survey_id).await?;
    let wanted = (survey_id, cause.kind, cause.severity);
    let Some(id) = store::lock_alike(tx, wanted, &questions, since).await? else {
        return Ok(None);
    };
    let survey = Some((survey_id, cause.triggered.clone()));
    let repeated = NewLogEntry { survey, ..NewLogEntry::of(ActionLogKind::Repeated) };
    store::insert_log(tx, cause.hospital_id, id, repeated).await?;
    tx.record(
        Entry::done("action.repeated", "action", id)
            .in_hospital(cause.hospital_id)
            .with(json!({ "survey_id": survey_id, "severity": cause.severity })),
    );
    Ok(Some(id))
}
