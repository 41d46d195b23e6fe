//! How stored messages are taken up, and what became of them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use px360_domain::ids::{EventId, HospitalId, PatientId, SourceId};
use px360_domain::integrations::{CodeKind, EventFormat, EventReason, EventStatus};
use px360_domain::journeys::Said;
use serde_json::Value;
use sqlx::types::Json;

use crate::error::Result;
use crate::tx::Tx;

/// A stored message that is to be applied.
pub(super) struct Claimed {
    pub(super) id: EventId,
    pub(super) source_id: SourceId,
    pub(super) hospital_id: HospitalId,
    pub(super) format: EventFormat,
    pub(super) payload: String,
    pub(super) payload_hash: Vec<u8>,
    pub(super) attempts: i32,
}

/// Takes what waits, oldest first.
pub(super) async fn claim(tx: &mut Tx, limit: i64) -> Result<Vec<Claimed>> {
    let now = tx.now();
    let claimed = sqlx::query_as!(
        Claimed,
        r#"select id as "id: EventId", source_id as "source_id: SourceId",
                  hospital_id as "hospital_id!: HospitalId", format as "format: EventFormat", payload,
                  payload_hash, attempts
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
        r#"select id as "id: EventId", source_id as "source_id: SourceId",
                  hospital_id as "hospital_id!: HospitalId", format as "format: EventFormat", payload,
                  payload_hash, attempts
           from inbound_events where id = $1 and status = 'received' for update"#,
        id as _,
    )
    .fetch_optional(tx.db())
    .await?;
    Ok(claimed)
}

/// Who has these record numbers now.
pub(super) async fn holders(
    tx: &mut Tx,
    numbers: &[(HospitalId, String)],
) -> Result<HashMap<(HospitalId, String), PatientId>> {
    let (hospitals, mrns): (Vec<HospitalId>, Vec<String>) = numbers.iter().cloned().unzip();
    let rows = sqlx::query!(
        r#"select number.hospital_id as "hospital_id: HospitalId", number.mrn,
                  patient_id as "patient_id: PatientId"
           from unnest($1::uuid[], $2::text[]) as asked (hospital_id, mrn)
           join patient_mrns as number using (hospital_id, mrn)"#,
        &hospitals as _,
        &mrns,
    )
    .fetch_all(tx.db())
    .await?;
    Ok(rows.into_iter().map(|row| ((row.hospital_id, row.mrn), row.patient_id)).collect())
}

/// One message of an encounter.
pub(super) struct Part {
    pub(super) id: EventId,
    pub(super) hospital_id: HospitalId,
    pub(super) encounter_number: String,
    pub(super) source_event_id: String,
    pub(super) said: Vec<Said>,
    pub(super) patient_id: Option<PatientId>,
    pub(super) status: EventStatus,
    pub(super) reason: Option<EventReason>,
    pub(super) effects: Value,
}

/// Everything that was said of these encounters before.
pub(super) async fn parts(
    tx: &mut Tx,
    hospitals: &[HospitalId],
    encounters: &[String],
    now_said: &[EventId],
) -> Result<Vec<Part>> {
    let rows = sqlx::query!(
        r#"select event.id as "id: EventId", event.hospital_id as "hospital_id!: HospitalId",
                  event.encounter_number as "encounter_number!",
                  coalesce(event.source_event_id, '') as "source_event_id!",
                  facts as "facts!: Json<Vec<Said>>", number.patient_id as "patient_id?: PatientId",
                  status as "status: EventStatus", reason as "reason: EventReason", effects
           from unnest($1::uuid[], $2::text[]) as asked (hospital_id, encounter_number)
           join inbound_events as event
             on event.hospital_id = asked.hospital_id
            and event.encounter_number = asked.encounter_number and event.facts is not null
           left join patient_mrns as number
             on number.hospital_id = event.hospital_id and number.mrn = event.mrn
           where event.id <> all ($3)"#,
        hospitals as _,
        encounters,
        now_said as _,
    )
    .fetch_all(tx.db())
    .await?;
    let part = rows.into_iter().map(|row| Part {
        id: row.id,
        hospital_id: row.hospital_id,
        encounter_number: row.encounter_number,
        source_event_id: row.source_event_id,
        said: row.facts.0,
        patient_id: row.patient_id,
        status: row.status,
        reason: row.reason,
        effects: row.effects,
    });
    Ok(part.collect())
}

/// What became of a message.
pub(in crate::integrations) struct Settled {
    pub(in crate::integrations) id: EventId,
    pub(in crate::integrations) status: EventStatus,
    pub(in crate::integrations) reason: Option<EventReason>,
    pub(in crate::integrations) effects: Value,
    /// The code that it waits for.
    pub(in crate::integrations) waits_for: Option<(CodeKind, String)>,
    /// Of a new message of an encounter: whose record number it names, and what it says.
    pub(in crate::integrations) fact: Option<(String, Value)>,
    /// Whether it stood before, and a later message changed what it means.
    pub(in crate::integrations) said_before: bool,
}

/// Writes what became of messages that are kept.
pub(in crate::integrations) async fn settle(tx: &mut Tx, settled: &[Settled]) -> Result<()> {
    if settled.is_empty() {
        return Ok(());
    }
    let now = tx.now();
    let ids: Vec<EventId> = settled.iter().map(|event| event.id).collect();
    let statuses: Vec<String> =
        settled.iter().map(|event| event.status.as_str().to_owned()).collect();
    let reasons: Vec<Option<String>> =
        settled.iter().map(|event| event.reason.map(|reason| reason.as_str().to_owned())).collect();
    let effects: Vec<Value> = settled.iter().map(|event| event.effects.clone()).collect();
    let waits = |event: &Settled| event.waits_for.clone().unzip();
    sqlx::query!(
        "update inbound_events as event
         set status = settled.status, reason = settled.reason, effects = settled.effects,
             processed_at = $5, error = null, waits_for_kind = settled.kind,
             waits_for_code = settled.code, facts = coalesce(settled.said, event.facts),
             mrn = coalesce(settled.mrn, event.mrn),
             -- An old message whose meaning a late one has changed was not tried again.
             attempts = event.attempts + case event.status when 'received' then 1 else 0 end
         from unnest($1::uuid[], $2::text[], $3::text[], $4::jsonb[], $6::text[], $7::text[],
                     $8::text[], $9::jsonb[], $10::boolean[])
              as settled (id, status, reason, effects, kind, code, mrn, said, said_before)
         where event.id = settled.id
           -- Whoever put an old one back into the inbox meanwhile has it tried again.
           and not (settled.said_before and event.status = 'received')",
        &ids as _,
        &statuses,
        &reasons as _,
        &effects,
        now,
        &settled.iter().map(|event| waits(event).0.map(|kind| kind.to_string())).collect::<Vec<_>>()
            as _,
        &settled.iter().map(|event| waits(event).1).collect::<Vec<_>>() as _,
        &settled
            .iter()
            .map(|event| event.fact.as_ref().map(|(mrn, _)| mrn.clone()))
            .collect::<Vec<_>>() as _,
        &settled
            .iter()
            .map(|event| event.fact.as_ref().map(|(_, said)| said.clone()))
            .collect::<Vec<_>>() as _,
        &settled.iter().map(|event| event.said_before).collect::<Vec<_>>(),
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
