//! How events are kept.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use px360_domain::FieldFault;
use px360_domain::ids::{EventId, HospitalId, SourceId};
use px360_domain::integrations::{EventEffects, EventReason, EventStatus, EventView};
use serde_json::Value;

use super::intake::{Arrival, Message};
use crate::error::Result;
use crate::tx::{Reader, Tx};

/// A row of the inbox to be.
pub(super) struct NewEvent<'a> {
    arrival: &'a Arrival,
    message: Option<&'a Message>,
    source_event_id: Option<String>,
    hospital_id: Option<HospitalId>,
    error: Option<String>,
}

impl<'a> NewEvent<'a> {
    pub(super) fn accepted(
        arrival: &'a Arrival,
        message: &'a Message,
        hospital_id: HospitalId,
    ) -> Self {
        Self {
            arrival,
            message: Some(message),
            source_event_id: Some(message.source_event_id.clone()),
            hospital_id: Some(hospital_id),
            error: None,
        }
    }

    pub(super) fn rejected(
        arrival: &'a Arrival,
        source_event_id: Option<String>,
        faults: &[FieldFault],
    ) -> Self {
        let error = faults
            .iter()
            .map(|fault| format!("{}: {}", fault.field, fault.code))
            .collect::<Vec<_>>()
            .join("; ");
        Self {
            arrival,
            message: arrival.message.as_ref().ok(),
            source_event_id,
            hospital_id: None,
            error: Some(error),
        }
    }
}

/// The ids of the hospitals with these codes.
pub(super) async fn hospitals(
    tx: &mut Tx,
    codes: Vec<String>,
) -> Result<HashMap<String, HospitalId>> {
    let rows = sqlx::query!(
        r#"select code, id as "id: HospitalId" from hospitals where code = any($1)"#,
        &codes
    )
    .fetch_all(tx.db())
    .await?;
    Ok(rows.into_iter().map(|row| (row.code, row.id)).collect())
}

/// Stores messages; answers the ids of those that are new and acceptable.
pub(super) async fn insert_events(tx: &mut Tx, events: &[NewEvent<'_>]) -> Result<Vec<EventId>> {
    let now = tx.now();
    let status = |event: &NewEvent<'_>| match event.error {
        None => EventStatus::Received,
        Some(_) => EventStatus::Rejected,
    };
    let ids: Vec<EventId> = events.iter().map(|event| event.arrival.event_id).collect();
    let sources: Vec<SourceId> = events.iter().map(|event| event.arrival.source_id).collect();
    let hospitals: Vec<Option<HospitalId>> = events.iter().map(|event| event.hospital_id).collect();
    let source_event_ids: Vec<Option<String>> =
        events.iter().map(|event| event.source_event_id.clone()).collect();
    let codes: Vec<Option<String>> = events
        .iter()
        .map(|event| event.message.map(|message| message.event_code.clone()))
        .collect();
    let encounters: Vec<Option<String>> = events
        .iter()
        .map(|event| event.message.map(|message| message.encounter_number.clone()))
        .collect();
    let occurred: Vec<Option<DateTime<Utc>>> =
        events.iter().map(|event| event.message.map(|message| message.occurred_at)).collect();
    let statuses: Vec<String> =
        events.iter().map(|event| status(event).as_str().to_owned()).collect();
    // JSON texts may carry a NUL in broken messages; Postgres texts may not.
    let payloads: Vec<String> =
        events.iter().map(|event| event.arrival.payload.replace('\0', "\u{fffd}")).collect();
    let hashes: Vec<Vec<u8>> =
        events.iter().map(|event| event.arrival.payload_hash.to_vec()).collect();
    let errors: Vec<Option<String>> = events.iter().map(|event| event.error.clone()).collect();
    let inserted = sqlx::query_scalar!(
        r#"insert into inbound_events
               (id, source_id, hospital_id, source_event_id, event_code, encounter_number,
                occurred_at, received_at, status, payload, payload_hash, attempts,
                next_attempt_at, effects, error)
           select id, source_id, hospital_id, source_event_id, event_code, encounter_number,
                  occurred_at, $12, status, payload, payload_hash, 0, $12, '{}'::jsonb, error
           from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[],
                       $7::timestamptz[], $8::text[], $9::text[], $10::bytea[], $11::text[])
                as event (id, source_id, hospital_id, source_event_id, event_code,
                          encounter_number, occurred_at, status, payload, payload_hash, error)
           on conflict (source_id, source_event_id) where status <> 'rejected' do nothing
           returning id as "id: EventId""#,
        &ids as _,
        &sources as _,
        &hospitals as _,
        &source_event_ids as _,
        &codes as _,
        &encounters as _,
        &occurred as _,
        &statuses,
        &payloads,
        &hashes,
        &errors as _,
        now,
    )
    .fetch_all(tx.db())
    .await?;
    Ok(inserted)
}

/// The message that came first under an id.
pub(super) struct FirstEvent {
    pub(super) id: EventId,
    pub(super) payload_hash: Vec<u8>,
}

/// The message that came first under this id.
pub(super) async fn find_first(
    tx: &mut Tx,
    source_id: SourceId,
    source_event_id: &str,
) -> Result<FirstEvent> {
    let first = sqlx::query_as!(
        FirstEvent,
        r#"select id as "id: EventId", payload_hash from inbound_events
           where source_id = $1 and source_event_id = $2 and status <> 'rejected'"#,
        source_id as _,
        source_event_id,
    )
    .fetch_one(tx.db())
    .await?;
    Ok(first)
}

/// Remembers that other content came under the id of this message.
pub(super) async fn flag_conflicting_payload(tx: &mut Tx, id: EventId) -> Result<()> {
    let now = tx.now();
    sqlx::query!(
        "update inbound_events set conflicting_payload_at = $2 where id = $1",
        id as _,
        now
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// A stored message that is to be applied.
pub(super) struct Claimed {
    pub(super) id: EventId,
    pub(super) hospital_id: HospitalId,
    pub(super) payload: String,
    pub(super) attempts: i32,
}

/// Waits until this transaction is the only one that applies events: what keeps each encounter in
/// order. It waits rather than gives up, so that whoever is woken for a new event sees it applied.
pub(super) async fn lock(tx: &mut Tx) -> Result<()> {
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended('px360 process events', 0))")
        .execute(tx.db())
        .await?;
    Ok(())
}

/// Takes what waits, oldest first.
pub(super) async fn claim(tx: &mut Tx, limit: i64) -> Result<Vec<Claimed>> {
    let now = tx.now();
    let claimed = sqlx::query_as!(
        Claimed,
        r#"select id as "id: EventId", hospital_id as "hospital_id!: HospitalId", payload, attempts
           from inbound_events
           where status = 'received' and next_attempt_at <= $1
           order by next_attempt_at, occurred_at
           limit $2
           for update skip locked"#,
        now,
        limit,
    )
    .fetch_all(tx.db())
    .await?;
    Ok(claimed)
}

/// Takes one message, if it still waits.
pub(super) async fn claim_one(tx: &mut Tx, id: EventId) -> Result<Option<Claimed>> {
    let claimed = sqlx::query_as!(
        Claimed,
        r#"select id as "id: EventId", hospital_id as "hospital_id!: HospitalId", payload, attempts
           from inbound_events where id = $1 and status = 'received' for update"#,
        id as _,
    )
    .fetch_optional(tx.db())
    .await?;
    Ok(claimed)
}

/// Takes what is parked for these encounters because nobody knew them.
pub(super) async fn claim_parked(
    tx: &mut Tx,
    hospitals: &[HospitalId],
    encounters: &[String],
) -> Result<Vec<Claimed>> {
    let claimed = sqlx::query_as!(
        Claimed,
        r#"select event.id as "id: EventId", event.hospital_id as "hospital_id!: HospitalId",
                  event.payload, event.attempts
           from inbound_events as event
           join unnest($1::uuid[], $2::text[]) as opened (hospital_id, encounter_number)
             on event.hospital_id = opened.hospital_id
            and event.encounter_number = opened.encounter_number
           where event.status = 'parked' and event.reason = 'unknown_encounter'
           for update of event"#,
        hospitals as _,
        encounters,
    )
    .fetch_all(tx.db())
    .await?;
    Ok(claimed)
}

/// What became of a message.
pub(super) struct Settled {
    pub(super) id: EventId,
    pub(super) status: EventStatus,
    pub(super) reason: Option<EventReason>,
    pub(super) effects: EventEffects,
}

/// Writes what became of messages.
pub(super) async fn settle(tx: &mut Tx, settled: &[Settled]) -> Result<()> {
    let now = tx.now();
    let ids: Vec<EventId> = settled.iter().map(|event| event.id).collect();
    let statuses: Vec<String> =
        settled.iter().map(|event| event.status.as_str().to_owned()).collect();
    let reasons: Vec<Option<String>> =
        settled.iter().map(|event| event.reason.map(|reason| reason.as_str().to_owned())).collect();
    let effects = settled
        .iter()
        .map(|event| serde_json::to_value(&event.effects))
        .collect::<Result<Vec<Value>, _>>()?;
    sqlx::query!(
        "update inbound_events as event
         set status = settled.status, reason = settled.reason, effects = settled.effects,
             processed_at = $5, attempts = event.attempts + 1, error = null
         from unnest($1::uuid[], $2::text[], $3::text[], $4::jsonb[])
              as settled (id, status, reason, effects)
         where event.id = settled.id",
        &ids as _,
        &statuses,
        &reasons as _,
        &effects,
        now,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Notes a failed attempt, and when the next one is.
pub(super) async fn note_failure(
    tx: &mut Tx,
    id: EventId,
    status: EventStatus,
    next_attempt_at: DateTime<Utc>,
    error: &str,
) -> Result<()> {
    sqlx::query!(
        "update inbound_events
         set attempts = attempts + 1, status = $2, next_attempt_at = $3, error = $4
         where id = $1",
        id as _,
        status as _,
        next_attempt_at,
        error,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Puts a message back into the inbox, unless it did its work already.
pub(super) async fn reopen(tx: &mut Tx, id: EventId) -> Result<bool> {
    let now = tx.now();
    let reach = tx.reach().clone();
    let reopened = sqlx::query!(
        "update inbound_events
         set status = 'received', reason = null, error = null, attempts = 0, next_attempt_at = $2
         where id = $1 and status in ('parked', 'dead', 'ignored')
           and ($3 or hospital_id = any($4))",
        id as _,
        now,
        reach.all,
        &reach.hospitals as _,
    )
    .execute(tx.db())
    .await?;
    Ok(reopened.rows_affected() == 1)
}

/// One message and what it did.
pub(super) async fn find(
    read: Reader<'_>,
    id: EventId,
    source: Option<SourceId>,
) -> Result<Option<EventView>> {
    let reach = read.reach();
    let row = sqlx::query!(
        r#"select id as "id: EventId", source_event_id, event_code, encounter_number, occurred_at,
                  received_at, status as "status: EventStatus", reason as "reason: EventReason",
                  attempts, error, effects
           from inbound_events
           where id = $1
             -- A refused message has no hospital: its sender may look at it all the same.
             and ($2 or hospital_id = any($3) or source_id = $4)
             and ($4::uuid is null or source_id = $4)"#,
        id as _,
        reach.all,
        &reach.hospitals as _,
        source as _,
    )
    .fetch_optional(&mut *read.db().await?)
    .await?;
    row.map(|row| {
        Ok(EventView {
            event_id: row.id,
            source_event_id: row.source_event_id,
            event_code: row.event_code,
            encounter_id: row.encounter_number,
            occurred_at: row.occurred_at,
            received_at: row.received_at,
            status: row.status,
            reason: row.reason,
            attempts: row.attempts,
            error: row.error,
            effects: if row.effects == serde_json::json!({}) {
                EventEffects::default()
            } else {
                serde_json::from_value(row.effects)?
            },
        })
    })
    .transpose()
}
