//! A word to somebody about an action.

use px360_domain::ids::{ActionId, HospitalId, UserId};
use px360_domain::notifications::NotificationKind;

use crate::error::Result;
use crate::notifications::{NewNotification, Recipient, queue_in};
use crate::tx::Tx;

/// Tells this person, once for each key; the inbox has it at once, the mail follows.
pub(super) async fn tell_in(
    tx: &mut Tx,
    hospital_id: HospitalId,
    action_id: ActionId,
    kind: NotificationKind,
    user: UserId,
    dedupe_key: String,
) -> Result<()> {
    let notification = NewNotification {
        hospital_id,
        kind,
        recipient: Recipient::User(user),
        survey_id: None,
        action_id: Some(action_id),
        source_id: None,
        survey_version_id: None,
        dedupe_key,
        send_after: tx.now(),
    };
    queue_in(tx, &[notification]).await?;
    Ok(())
}
