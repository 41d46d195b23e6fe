//! "May we call you?"

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::actions::{ActionKind, ActionOwner, Severity};
use px360_domain::surveys::SurveyStatus;

use super::store;
use crate::actions::{self, RaiseAction};
use crate::audit::Entry;
use crate::ctx::{Actor, Ctx};
use crate::error::Result;

/// Stores the patient's yes or no. A yes reaches somebody: on the action that the answers opened,
/// or as an action of its own.
///
/// # Errors
/// `Conflict` with `survey_not_completed` before the survey was handed in, and with `nobody_to_call` for a poster's, or an anonymous one.
pub async fn answer_callback(ctx: &Ctx, agreed: bool) -> Result<()> {
    let granted = ctx.require(Permission::SurveyAnswer)?;
    let Actor::Invited { survey: id } = *ctx.actor() else {
        return Err(Failure::Forbidden.into());
    };
    let mut tx = ctx.begin(granted).await?;
    let survey = store::lock(&mut tx, id).await?;
    if survey.status != SurveyStatus::Completed {
        return Err(Failure::conflict("survey_not_completed").into());
    }
    if survey.anonymous || survey.cut_off {
        return Err(Failure::conflict("nobody_to_call").into());
    }
    if survey.callback.is_some() {
        // The first answer stands; a second click is no second wish.
        return tx.nothing_to_do().await;
    }
    store::mark_callback(&mut tx, id, agreed).await?;
    let told = actions::note_callback_in(&mut tx, id, agreed).await?;
    if agreed && !told {
        let raised = RaiseAction {
            hospital_id: survey.hospital_id,
            department_id: survey.department_id,
            physician_id: survey.physician_id,
            kind: ActionKind::Callback,
            severity: Severity::Low,
            owner: ActionOwner::BySeverity,
            once_in_days: None,
            survey_id: Some(id),
            triggered: Vec::new(),
        };
        actions::raise_in(&mut tx, raised).await?;
    }
    tx.record(
        Entry::done("survey.callback_answered", "survey", id)
            .in_hospital(survey.hospital_id)
            .with(serde_json::json!({ "agreed": agreed })),
    );
    tx.commit().await
}
