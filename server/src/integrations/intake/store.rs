//! How messages come into the inbox.

use std::collections::{HashMap, HashSet};

use px360_domain::ids::{EventId, HospitalId, SourceId};
use px360_domain::integrations::EventStatus;
use serde_json::{Value, json};

use super::check::{Checked, Placed};
use crate::error::Result;
use crate::integrations::apply::Settled;
use crate::tx::Tx;

/// Waits for nobody long: what cannot be done soon is done by the clockwork.
pub(super) async fn be_brief(tx: &mut Tx) -> Result<()> {
    sqlx::query!(
        "select set_config('lock_timeout', '1s', true) as lock_timeout,
                set_config('statement_timeout', '5s', true) as statement_timeout"
    )
    .fetch_one(tx.db())
    .await?;
    Ok(())
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

/// A row of the inbox to be.
struct NewEvent<'a> {
    checked: &'a Checked<'a>,
    /// How it stands after its effects, if it was applied.
    settled: Option<&'a Settled>,
}

impl<'a> NewEvent<'a> {
    fn placed(&self) -> Option<Placed<'a>> {
        self.checked.placed.as_ref().ok().copied()
    }

    /// A refused message is kept under the id that can be read of it.
    fn source_event_id(&self) -> Option<String> {
        let arrival = self.checked.arrival;
        match &self.checked.placed {
            Ok(placed) => Some(placed.message.source_event_id.clone()),
            Err(_faults) => arrival.readable_id(),
        }
    }

    fn error(&self) -> Option<String> {
        let faults = self.checked.placed.as_ref().err()?;
        let faults = faults.iter().map(|fault| format!("{}: {}", fault.field, fault.code));
        Some(faults.collect::<Vec<_>>().join("; "))
    }

    fn status(&self) -> EventStatus {
        match (&self.checked.placed, self.settled) {
            (Err(_), _) => EventStatus::Rejected,
            (Ok(_), Some(settled)) => settled.status,
            (Ok(_), None) => EventStatus::Received,
        }
    }

    fn warnings(&self) -> Value {
        let message = self.checked.arrival.message.as_ref().ok();
        json!(message.map_or(&[][..], |message| &message.warnings))
    }
}

/// Keeps messages: those that were applied as they stand, the others for the clockwork; answers the ids of those that
/// are new.
pub(super) async fn insert_events(
    tx: &mut Tx,
    checked: &[Checked<'_>],
    settled: &HashMap<EventId, Settled>,
) -> Result<HashSet<EventId>> {
    let now = tx.now();
    let events: Vec<NewEvent<'_>> = checked
        .iter()
        .map(|checked| NewEvent { checked, settled: settled.get(&checked.arrival.event_id) })
        .collect();
    let arrivals: Vec<_> = checked.iter().map(|checked| checked.arrival).collect();
    let messages: Vec<_> = arrivals.iter().map(|arrival| arrival.message.as_ref().ok()).collect();
    let facts: Vec<Option<&(String, Value)>> =
        events.iter().map(|event| event.settled?.fact.as_ref()).collect();
    let waits: Vec<_> = events.iter().map(|event| event.settled?.waits_for.as_ref()).collect();
    let inserted = sqlx::query_scalar!(
        r#"insert into inbound_events
               (id, source_id, hospital_id, source_event_id, event_code, encounter_number,
                occurred_at, received_at, status, payload, payload_hash, attempts,
                next_attempt_at, effects, error, format, facility, warnings, reason, processed_at,
                waits_for_kind, waits_for_code, mrn, facts)
           select id, source_id, hospital_id, source_event_id, event_code, encounter_number,
                  occurred_at, $12::timestamptz, status, payload, payload_hash,
                  (effects is not null)::int, $12::timestamptz,
                  coalesce(effects, '{}'), error, format, facility, warnings, reason,
                  case when effects is not null then $12::timestamptz end, kind, code, mrn, facts
           from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[],
                       $7::timestamptz[], $8::text[], $9::text[], $10::bytea[], $11::text[],
                       $13::text[], $14::text[], $15::jsonb[], $16::text[], $17::jsonb[],
                       $18::text[], $19::text[], $20::text[], $21::jsonb[])
                as event (id, source_id, hospital_id, source_event_id, event_code,
                          encounter_number, occurred_at, status, payload, payload_hash, error,
                          format, facility, warnings, reason, effects, kind, code, mrn, facts)
           on conflict (source_id, facility, source_event_id) where status <> 'rejected' do nothing
           returning id as "id: EventId""#,
        &each(&arrivals, |arrival| arrival.event_id) as _,
        &each(&arrivals, |arrival| arrival.source_id) as _,
        &each(&events, |event| event.placed().map(|placed| placed.hospital_id)) as _,
        &each(&events, NewEvent::source_event_id) as _,
        &each(&messages, |message| message.map(|message| message.event_code.clone())) as _,
        &each(&messages, |message| message.and_then(|message| message.encounter_id.clone())) as _,
        &each(&messages, |message| message.map(|message| message.occurred_at)) as _,
        &each(&events, |event| event.status().to_string()),
        // JSON texts may carry a NUL in broken messages; Postgres texts may not.
        &each(&arrivals, |arrival| arrival.payload.replace('\0', "\u{fffd}")),
        &each(&arrivals, |arrival| arrival.payload_hash.to_vec()),
        &each(&events, NewEvent::error) as _,
        now,
        &each(&arrivals, |arrival| arrival.format.to_string()),
        &each(&messages, |message| message
            .map_or_else(String::new, |message| message.facility.clone())),
        &each(&events, NewEvent::warnings),
        &each(&events, |event| Some(event.settled?.reason?.to_string())) as _,
        &each(&events, |event| Some(event.settled?.effects.clone())) as _,
        &each(&waits, |waits| waits.map(|(kind, _)| kind.to_string())) as _,
        &each(&waits, |waits| waits.map(|(_, code)| code.clone())) as _,
        &each(&facts, |fact| fact.map(|(mrn, _)| mrn.clone())) as _,
        &each(&facts, |fact| fact.map(|(_, said)| said.clone())) as _,
    )
    .fetch_all(tx.db())
    .await?;
    Ok(inserted.into_iter().collect())
}

/// One column of new rows.
fn each<T, U>(rows: &[T], get: impl Fn(&T) -> U) -> Vec<U> {
    rows.iter().map(get).collect()
}

/// What makes a message the same as another: its source, the facility within it, and the source's id.
pub(super) type EventKey = (SourceId, String, String);

/// The message that came first under an id.
pub(super) struct FirstEvent {
    pub(super) id: EventId,
    pub(super) payload_hash: Vec<u8>,
}

/// The messages that came first under these ids.
pub(super) async fn first_events(
    tx: &mut Tx,
    keys: &[EventKey],
) -> Result<HashMap<EventKey, FirstEvent>> {
    if keys.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = sqlx::query!(
        r#"select event.id as "id: EventId", payload_hash, source_id as "source_id!: SourceId",
                  facility as "facility!", source_event_id as "source_event_id!"
           from unnest($1::uuid[], $2::text[], $3::text[])
                as asked (source_id, facility, source_event_id)
           join inbound_events as event using (source_id, facility, source_event_id)
           where event.status <> 'rejected'"#,
        &each(keys, |key| key.0) as _,
        &each(keys, |key| key.1.clone()),
        &each(keys, |key| key.2.clone()),
    )
    .fetch_all(tx.db())
    .await?;
    let first = rows.into_iter().map(|row| {
        let key = (row.source_id, row.facility, row.source_event_id);
        (key, FirstEvent { id: row.id, payload_hash: row.payload_hash })
    });
    Ok(first.collect())
}

/// Remembers that other content came under the ids of these messages.
pub(super) async fn flag_conflicting_payloads(tx: &mut Tx, ids: &[EventId]) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let now = tx.now();
    sqlx::query!(
        "update inbound_events set conflicting_payload_at = $2 where id = any($1)",
        ids as _,
        now
    )
    .execute(tx.db())
    .await?;
    Ok(())
}
