//! How events are kept.

use std::collections::HashMap;

use px360_domain::FieldFault;
use px360_domain::ids::{EventId, HospitalId, SourceId};
use px360_domain::integrations::{
    CodeKind, EventEffects, EventFormat, EventReason, EventReplay, EventStatus, EventView,
    RawEventView,
};
use serde_json::Value;
use sqlx::types::Json;
use uuid::Uuid;

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

/// One column of new rows.
fn each<'a, T>(events: &[NewEvent<'a>], get: impl Fn(&NewEvent<'a>) -> T) -> Vec<T> {
    events.iter().map(get).collect()
}

/// Stores messages; answers the ids of those that are new and acceptable.
pub(super) async fn insert_events(tx: &mut Tx, events: &[NewEvent<'_>]) -> Result<Vec<EventId>> {
    let now = tx.now();
    let status = |event: &NewEvent<'_>| match event.error {
        None => EventStatus::Received,
        Some(_) => EventStatus::Rejected,
    };
    let warnings = events
        .iter()
        .map(|event| {
            serde_json::to_value(event.message.map_or(&[][..], |message| &message.warnings))
        })
        .collect::<Result<Vec<Value>, _>>()?;
    let inserted = sqlx::query_scalar!(
        r#"insert into inbound_events
               (id, source_id, hospital_id, source_event_id, event_code, encounter_number,
                occurred_at, received_at, status, payload, payload_hash, attempts,
                next_attempt_at, effects, error, format, facility, warnings)
           select id, source_id, hospital_id, source_event_id, event_code, encounter_number,
                  occurred_at, $12, status, payload, payload_hash, 0, $12, '{}'::jsonb, error,
                  format, facility, warnings
           from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[],
                       $7::timestamptz[], $8::text[], $9::text[], $10::bytea[], $11::text[],
                       $13::text[], $14::text[], $15::jsonb[])
                as event (id, source_id, hospital_id, source_event_id, event_code,
                          encounter_number, occurred_at, status, payload, payload_hash, error,
                          format, facility, warnings)
           on conflict (source_id, facility, source_event_id) where status <> 'rejected' do nothing
           returning id as "id: EventId""#,
        &each(events, |event| event.arrival.event_id) as _,
        &each(events, |event| event.arrival.source_id) as _,
        &each(events, |event| event.hospital_id) as _,
        &each(events, |event| event.source_event_id.clone()) as _,
        &each(events, |event| event.message.map(|message| message.event_code.clone())) as _,
        &each(events, |event| event.message?.encounter_number.clone()) as _,
        &each(events, |event| event.message.map(|message| message.occurred_at)) as _,
        &each(events, |event| status(event).to_string()),
        // JSON texts may carry a NUL in broken messages; Postgres texts may not.
        &each(events, |event| event.arrival.payload.replace('\0', "\u{fffd}")),
        &each(events, |event| event.arrival.payload_hash.to_vec()),
        &each(events, |event| event.error.clone()) as _,
        now,
        &each(events, |event| event.arrival.format.to_string()),
        &each(events, |event| event
            .message
            .map_or_else(String::new, |message| message.facility.clone())),
        &warnings,
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
    message: &Message,
) -> Result<FirstEvent> {
    let first = sqlx::query_as!(
        FirstEvent,
        r#"select id as "id: EventId", payload_hash from inbound_events
           where source_id = $1 and facility = $2 and source_event_id = $3
             and status <> 'rejected'"#,
        source_id as _,
        message.facility,
        message.source_event_id,
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

/// Puts a message back into the inbox, unless it did its work already or its content is gone.
pub(super) async fn reopen(tx: &mut Tx, id: EventId) -> Result<bool> {
    let (now, by, batch) = (tx.now(), tx.ctx().user_id(), tx.ctx().new_id::<Uuid>());
    let reach = tx.reach().clone();
    let reopened = sqlx::query_scalar!(
        r#"select reopen_events(array(
               select id from inbound_events
               where id = $1 and status in ('parked', 'dead', 'ignored') and culled_at is null
                 and ($3 or hospital_id = any($4))
               for update
           ), $2, $5, $6) as "reopened!""#,
        id as _,
        now,
        reach.all,
        &reach.hospitals as _,
        by as _,
        batch,
    )
    .fetch_one(tx.db())
    .await?;
    Ok(reopened == 1)
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
                  attempts, error, effects, format as "format: EventFormat",
                  warnings as "warnings: Json<Vec<FieldFault>>",
                  waits_for_kind as "waits_for_kind: CodeKind", waits_for_code, culled_at,
                  conflicting_payload_at,
                  coalesce((
                      select jsonb_agg(jsonb_build_object(
                                 'batch_id', batch_id, 'at', at, 'status', replay.status,
                                 'reason', replay.reason, 'error', replay.error, 'by',
                                 case when person.id is not null then jsonb_build_object(
                                     'ar', person.name_ar, 'en', person.name_en) end)
                                 order by at desc)
                      from event_replays as replay
                      left join user_names as person on person.id = replay.asked_by
                      where replay.event_id = inbound_events.id
                  ), '[]') as "replays!: Json<Vec<EventReplay>>"
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
            format: row.format,
            warnings: row.warnings.0,
            attempts: row.attempts,
            error: row.error,
            waits_for_kind: row.waits_for_kind,
            waits_for: row.waits_for_code,
            culled_at: row.culled_at,
            conflicting_payload_at: row.conflicting_payload_at,
            replays: row.replays.0,
            effects: if row.effects == serde_json::json!({}) {
                EventEffects::default()
            } else {
                serde_json::from_value(row.effects)?
            },
        })
    })
    .transpose()
}

/// The content of one message, and whose hospital it is of.
pub(super) async fn raw(
    tx: &mut Tx,
    id: EventId,
) -> Result<Option<(RawEventView, Option<HospitalId>)>> {
    let reach = tx.reach().clone();
    let row = sqlx::query!(
        r#"select format as "format: EventFormat", payload, culled_at is not null as "culled!",
                  hospital_id as "hospital_id: HospitalId"
           from inbound_events where id = $1 and ($2 or hospital_id = any($3))"#,
        id as _,
        reach.all,
        &reach.hospitals as _,
    )
    .fetch_optional(tx.db())
    .await?;
    Ok(row.map(|row| {
        let payload = (!row.culled).then_some(row.payload);
        (RawEventView { format: row.format, payload }, row.hospital_id)
    }))
}
