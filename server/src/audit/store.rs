//! The audit table's only writer, and its readers.

use chrono::{DateTime, NaiveDate, Utc};
use futures_util::Stream;
use px360_domain::Bilingual;
use px360_domain::audit::{AuditEvent, AuditFilter, Outcome};
use px360_domain::ids::HospitalId;
use serde_json::Value;
use sqlx::PgConnection;

use super::Entry;
use super::ends::{ChainEnd, LANES};
use super::link::StoredLink;
use super::walk::StoredEnd;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::tx::{Reader, Tx};

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

/// One end of each chain.
pub(super) async fn whole_ends(read: Reader<'_>) -> Result<Vec<ChainEnd>> {
    let ends = ends(&mut *read.db().await?).await?;
    let whole = ends.into_iter().filter_map(|end| {
        Some(ChainEnd {
            lane: end.lane?,
            position: end.position?,
            hash: end.hash.unwrap_or_default(),
        })
    });
    let whole: Vec<ChainEnd> = whole.collect();
    let lanes = whole.iter().map(|end| end.lane);
    if lanes.eq((0..).take(LANES)) {
        Ok(whole)
    } else {
        Err(anyhow::anyhow!("the audit log does not keep one end of each chain").into())
    }
}

/// The root of a day with its ends, or the latest one.
pub(super) async fn find_root(
    read: Reader<'_>,
    day: Option<NaiveDate>,
) -> Result<Option<(NaiveDate, Vec<u8>, Vec<String>)>> {
    let found = sqlx::query!(
        "select day, root, ends from audit_roots
         where $1::date is null or day = $1
         order by day desc limit 1",
        day,
    )
    .fetch_optional(&mut *read.db().await?)
    .await?;
    Ok(found.map(|found| (found.day, found.root, found.ends)))
}

/// False when there is one of this day.
pub(super) async fn insert_root(
    tx: &mut Tx,
    day: NaiveDate,
    root: &[u8],
    ends: &[String],
) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        "insert into audit_roots (day, kept_at, root, ends) values ($1, $2, $3, $4)
         on conflict (day) do nothing",
        day,
        now,
        root,
        ends,
    )
    .execute(tx.db())
    .await?;
    Ok(done.rows_affected() == 1)
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
