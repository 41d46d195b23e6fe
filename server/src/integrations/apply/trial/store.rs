//! What the test bench moves out of the way and reads, inside a transaction that is taken back.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use px360_domain::Failure;
use px360_domain::ids::{EventId, HospitalId, SourceId};
use px360_domain::integrations::{CodeKind, EventEffects, EventFormat, EventReason, EventStatus};

use crate::error::Result;
use crate::integrations::apply::store::Claimed;
use crate::tx::Tx;

/// Begins a trial: one at a time, and none that others would have to wait for long.
///
/// # Errors
/// `TooMany` while another one runs.
pub(in crate::integrations::apply) async fn begin(tx: &mut Tx) -> Result<()> {
    let alone = sqlx::query_scalar!(
        r#"select pg_try_advisory_xact_lock(hashtextextended('px360 trial', 0)) as "alone!""#
    )
    .fetch_one(tx.db())
    .await?;
    if !alone {
        return Err(Failure::TooMany { retry_after_seconds: 1 }.into());
    }
    sqlx::query!("set local statement_timeout = '5s'").execute(tx.db()).await?;
    Ok(())
}

/// How a message stands.
pub(in crate::integrations::apply) struct Standing {
    pub(in crate::integrations::apply) hospital_id: Option<HospitalId>,
    pub(in crate::integrations::apply) encounter_number: Option<String>,
    pub(in crate::integrations::apply) status: EventStatus,
    pub(in crate::integrations::apply) reason: Option<EventReason>,
    pub(in crate::integrations::apply) waits_for_kind: Option<CodeKind>,
    pub(in crate::integrations::apply) waits_for: Option<String>,
    pub(in crate::integrations::apply) effects: EventEffects,
}

/// How these messages stand; one that came twice is kept once.
pub(in crate::integrations::apply) async fn standing(
    tx: &mut Tx,
    ids: &[EventId],
) -> Result<HashMap<EventId, Standing>> {
    let rows = sqlx::query!(
        r#"select id as "id: EventId", hospital_id as "hospital_id: HospitalId", encounter_number,
                  status as "status: EventStatus", reason as "reason: EventReason",
                  waits_for_kind as "waits_for_kind: CodeKind", waits_for_code, effects
           from inbound_events where id = any($1)"#,
        ids as _,
    )
    .fetch_all(tx.db())
    .await?;
    rows.into_iter()
        .map(|row| {
            let effects = match row.effects {
                effects if effects == serde_json::json!({}) => EventEffects::default(),
                effects => serde_json::from_value(effects)?,
            };
            let standing = Standing {
                hospital_id: row.hospital_id,
                encounter_number: row.encounter_number,
                status: row.status,
                reason: row.reason,
                waits_for_kind: row.waits_for_kind,
                waits_for: row.waits_for_code,
                effects,
            };
            Ok((row.id, standing))
        })
        .collect()
}

/// Takes the message that came before under this id out of the way; answers whether there was one.
pub(in crate::integrations::apply) async fn set_event_aside(
    tx: &mut Tx,
    source_id: SourceId,
    facility: &str,
    source_event_id: &str,
) -> Result<bool> {
    let set_aside = sqlx::query!(
        "update inbound_events set facts = null
         where source_id = $1 and facility = $2 and source_event_id = $3 and status <> 'rejected'",
        source_id as _,
        facility,
        source_event_id,
    )
    .execute(tx.db())
    .await?;
    Ok(set_aside.rows_affected() > 0)
}

/// Takes the journeys of these messages' encounters out of the way, so that they begin anew.
pub(in crate::integrations::apply) async fn set_journeys_aside(
    tx: &mut Tx,
    ids: &[EventId],
) -> Result<()> {
    sqlx::query!(
        "update journeys set encounter_number = journeys.id::text
         from inbound_events as event
         where event.id = any($1) and journeys.hospital_id = event.hospital_id
           and journeys.encounter_number = event.encounter_number",
        ids as _,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Longer messages are not lived through again.
const BYTES_MAX: i32 = 16 * 1024;

/// The least id that a message of this instant can have: ids grow with time.
fn first_id(since: DateTime<Utc>) -> EventId {
    let millis = u64::try_from(since.timestamp_millis()).unwrap_or_default();
    EventId(uuid::Builder::from_unix_timestamp_millis(millis, &[0; 10]).into_uuid())
}

/// The latest messages since an instant, of one hospital or of all; most recent first.
pub(in crate::integrations::apply) async fn lately(
    tx: &mut Tx,
    hospital_id: Option<HospitalId>,
    since: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Claimed>> {
    let messages = sqlx::query_as!(
        Claimed,
        r#"select id as "id: EventId", source_id as "source_id: SourceId",
                  hospital_id as "hospital_id!: HospitalId", format as "format: EventFormat", payload,
                  payload_hash, attempts
           from inbound_events
           where received_at >= $2 and id >= $5 and ($1::uuid is null or hospital_id = $1)
             and hospital_id is not null and encounter_number is not null
             and status <> 'rejected' and culled_at is null
             -- What carries a document within is no step of a visit.
             and octet_length(payload) <= $4
           order by id desc
           limit $3"#,
        hospital_id as _,
        since,
        limit,
        BYTES_MAX,
        first_id(since) as _,
    )
    .fetch_all(tx.db())
    .await?;
    Ok(messages)
}
