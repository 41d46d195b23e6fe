//! Queues messages in the transaction of their cause.

use chrono::{DateTime, Utc};
use px360_domain::ids::{
    ActionId, HospitalId, NotificationId, PatientId, SourceId, SurveyId, SurveyVersionId, UserId,
};
use px360_domain::notifications::NotificationKind;

use super::store;
use crate::error::Result;
use crate::jobs::Wake;
use crate::tx::Tx;

/// A message that somebody is to get.
#[derive(Clone, Debug)]
pub struct NewNotification {
    /// Whose tenant.
    pub hospital_id: HospitalId,
    /// What it is about.
    pub kind: NotificationKind,
    /// Who gets it.
    pub recipient: Recipient,
    /// The survey that it invites to: of every invitation.
    pub survey_id: Option<SurveyId>,
    /// The action that it is about.
    pub action_id: Option<ActionId>,
    /// The source that it is about.
    pub source_id: Option<SourceId>,
    /// The version of a survey that is tried out.
    pub survey_version_id: Option<SurveyVersionId>,
    /// What makes it one message, whatever runs twice: `survey:…`, `escalated:…:2`.
    pub dedupe_key: String,
    /// Not before this instant.
    pub send_after: DateTime<Utc>,
}

/// Who gets a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recipient {
    /// A patient: by phone or mail, in quiet hours never.
    Patient(PatientId),
    /// A member of staff: by mail, at any time.
    User(UserId),
}

/// Queues these messages, except those whose key was used before; gives the ids of the new ones.
/// The caller records why they exist.
pub async fn queue_in(
    tx: &mut Tx,
    notifications: &[NewNotification],
) -> Result<Vec<NotificationId>> {
    let mut rows: Vec<(NotificationId, &NewNotification)> =
        notifications.iter().map(|new| (tx.ctx().new_id(), new)).collect();
    // One order for everybody: two units of work with the same keys must not lock each other out.
    rows.sort_by(|(_, a), (_, b)| a.dedupe_key.cmp(&b.dedupe_key));
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let queued = store::insert(tx, &rows).await?;
    let now = tx.now();
    if rows.iter().any(|(id, new)| new.send_after <= now && queued.contains(id)) {
        tx.wake(Wake::DeliverNotifications);
    }
    Ok(queued)
}
