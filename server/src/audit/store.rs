//! The audit table's only writer, and its readers.

use chrono::{DateTime, Utc};
use futures_util::Stream;
use px360_domain::Bilingual;
use px360_domain::audit::{AuditEvent, AuditFilter, Outcome};
use px360_domain::ids::HospitalId;
use serde_json::Value;
use sqlx::PgConnection;

use super::Entry;
use super::link::StoredLink;
use super::walk::StoredEnd;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::tx::Reader;

/// Writes entries in the caller's transaction, in their order and in one statement. From here to the
/// commit, whoever writes to the same chain waits.
pub(crate) async fn write(
    db: &mut PgConnection,
    ctx: &Ctx,
    now: DateTime<Utc>,
    entries: &[Entry],
) -> Result<(), sqlx::Error> {
    let (actor_kind, actor) = ctx.actor().audit_name();
    let meta = ctx.meta();
    let actions: Vec<&str> = entries.iter().map(|entry| entry.action.as_ref()).collect();
    let entities: Vec<&str> = entries.iter().map(|entry| entry.entity).collect();
    let entity_ids: Vec<&str> = entries.iter().map(|entry| entry.entity_id.as_str()).collect();
    let hospitals: Vec<Option<HospitalId>> =
        entries.iter().map(|entry| entry.hospital_id).collect();
    let details: Vec<&Value> = entries.iter().map(|entry| &entry.detail).collect();
    let done: Vec<bool> = entries.iter().map(|entry| entry.done).collect();
    sqlx::query!(
        "insert into audit_events
            (at, actor_kind, actor, action, entity, entity_id, hospital_id, detail, outcome,
             ip, user_agent, request_id)
         select $1::timestamptz, $2::text, $3::text, action, entity, entity_id, hospital_id, detail,
                case when done then 'done' else 'refused' end, $4::text, $5::text, $6::text
         from unnest($7::text[], $8::text[], $9::text[], $10::uuid[], $11::jsonb[], $12::bool[])
              with ordinality
              as entry (action, entity, entity_id, hospital_id, detail, done, place)
         order by place",
        now,
        actor_kind,
        actor,
        meta.ip.map(|ip| ip.to_string()),
        meta.user_agent,
        meta.request_id,
        &actions as _,
        &entities as _,
        &entity_ids as _,
        &hospitals as _,
        &details as _,
        &done,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Every entry with its place, chain by chain, as they come from the database: neither side holds all
/// of them. In one statement, because pages need a key that is unique, and a tampered one may not be.
pub(super) fn links(
    db: &mut PgConnection,
) -> impl Stream<Item = sqlx::Result<StoredLink>> + Unpin + '_ {
    sqlx::query_as!(
        StoredLink,
        r#"select lane as "lane?", position as "position?", previous_hash as "previous_hash?",
                  hash as "hash?", id as "id?", pg_catalog.timestamptz_send(at) as "at?",
                  actor_kind as "actor_kind?", actor as "actor?", action as "action?",
                  entity as "entity?", entity_id as "entity_id?",
                  hospital_id::text as "hospital_id?", detail::text as "detail?",
                  outcome as "outcome?", ip as "ip?", user_agent as "user_agent?",
                  request_id as "request_id?"
           from audit_events
           order by lane, position, id"#,
    )
    .fetch(db)
}

/// The ends that the database keeps. More than there are chains are read, so that one too many is seen.
pub(super) async fn ends(db: &mut PgConnection) -> Result<Vec<StoredEnd>> {
    Ok(sqlx::query_as!(
        StoredEnd,
        r#"select lane as "lane?", position as "position?", hash as "hash?"
           from audit_chains order by lane, position limit 64"#,
    )
    .fetch_all(db)
    .await?)
}

/// Entries within reach, newest first.
pub(super) async fn list(
    read: Reader<'_>,
    filter: &AuditFilter,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<AuditEvent>> {
    let reach = read.reach();
    let rows = sqlx::query_file!(
        "src/audit/sql/list.sql",
        reach.all,
        &reach.hospitals as _,
        filter.actor,
        filter.entity,
        filter.entity_id,
        filter.action,
        filter.outcome as _,
        filter.from,
        filter.until,
        filter.search,
        before,
        limit,
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    let events = rows.into_iter().map(|row| AuditEvent {
        id: row.id,
        lane: row.lane,
        position: row.position,
        at: row.at,
        actor_kind: row.actor_kind,
        actor: row.actor,
        action: row.action,
        entity: row.entity,
        entity_id: row.entity_id,
        hospital: row.name_ar.zip(row.name_en).map(|(ar, en)| Bilingual { ar, en }),
        detail: row.detail,
        outcome: row.outcome,
        ip: row.ip,
        user_agent: row.user_agent,
        request_id: row.request_id,
    });
    Ok(events.collect())
}
