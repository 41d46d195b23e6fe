//! Whoever writes a survey gets it as a patient would.

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::ids::SurveyTemplateId;
use px360_domain::notifications::NotificationKind;

use super::{hold, versions_of, visible};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::notifications::{NewNotification, Recipient, queue_in};
use crate::organizations::hospitals_within;

/// Sends the draft of a template, or else its current version, to the caller, by mail. The link leads to the preview,
/// which keeps nothing. Said twice within a minute it is one mail.
///
/// # Errors
/// `NotFound` and `Forbidden` as for every template; `NotFound` for a house without a hospital.
pub async fn test_send(ctx: &Ctx, id: SurveyTemplateId) -> Result<()> {
    let granted = ctx.require(Permission::SurveyTemplateWrite)?;
    let me = ctx.user_id().ok_or(Failure::Forbidden)?;
    let read = ctx.read(&granted);
    visible(read, ctx.now(), id).await?;
    let version = versions_of(read, id).await?.into_iter().next();
    let version = version.ok_or_else(|| Failure::not_found("survey_version"))?.id;
    let hospitals = hospitals_within(read).await?;
    let mut tx = ctx.begin(granted).await?;
    let held = hold(&mut tx, id).await?;
    let hospital_id = held.hospital_id.or_else(|| hospitals.first().map(|hospital| hospital.id));
    let hospital_id = hospital_id.ok_or_else(|| Failure::not_found("hospital"))?;
    let minute = tx.now().timestamp() / 60;
    let message = NewNotification {
        hospital_id,
        kind: NotificationKind::SurveyTest,
        recipient: Recipient::User(me),
        survey_id: None,
        action_id: None,
        source_id: None,
        survey_version_id: Some(version),
        dedupe_key: format!("survey_test:{version}:{me}:{minute}"),
        send_after: tx.now(),
    };
    queue_in(&mut tx, &[message]).await?;
    tx.record(
        Entry::done("survey_template.tested", "survey_template", id).in_hospital(hospital_id),
    );
    tx.commit().await
}
