//! One mail a day for whoever wants no more.

mod store;

use chrono::{NaiveTime, TimeDelta};
use px360_domain::access::Permission;
use px360_domain::dates::in_riyadh;
use px360_domain::notifications::NotificationKind;
use serde_json::json;

use super::queue::{NewNotification, Recipient, queue_in};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;

/// When it goes out, in Riyadh: before the working day.
const MORNING: (u32, u32) = (7, 30);
/// How many people at once.
const BATCH: i64 = 500;

/// Queues today's digest for everybody who wants one and has something unread since before the morning; answers for how many. Run again it
/// changes nothing: one digest for a person and a day.
///
/// # Errors
/// None but those of the database.
pub async fn queue_digests(ctx: &Ctx) -> Result<usize> {
    let local = in_riyadh(ctx.now());
    let morning = NaiveTime::from_hms_opt(MORNING.0, MORNING.1, 0).unwrap_or_default();
    let since_morning = local.time().signed_duration_since(morning);
    if since_morning < TimeDelta::zero() {
        return Ok(0);
    }
    let granted = ctx.require(Permission::NotificationDeliver)?;
    let today = local.date();
    // What came later today is tomorrow's, also where the clockwork was late.
    let until = ctx.now() - since_morning;
    let wanted = store::wanted(ctx.read(&granted), (today, until), BATCH).await?;
    if wanted.is_empty() {
        return Ok(0);
    }
    let mut tx = ctx.begin(granted).await?;
    let digests: Vec<NewNotification> = wanted
        .into_iter()
        .map(|(user, hospital_id)| NewNotification {
            hospital_id,
            kind: NotificationKind::StaffDigest,
            recipient: Recipient::User(user),
            survey_id: None,
            action_id: None,
            source_id: None,
            survey_version_id: None,
            dedupe_key: store::key(user, today),
            send_after: tx.now(),
        })
        .collect();
    queue_in(&mut tx, &digests).await?;
    tx.record(
        Entry::done("staff_digest.queued", "notification", "")
            .with(json!({ "day": today, "people": digests.len() })),
    );
    tx.commit().await?;
    Ok(digests.len())
}
