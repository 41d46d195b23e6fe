//! The audit table's only writer, and its readers.

use chrono::{DateTime, Utc};
use px360_domain::Bilingual;
use px360_domain::audit::{AuditEvent, AuditFilter, Outcome};
use sqlx::PgConnection;

use super::Entry;
use super::verify::BrokenLink;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::tx::Reader;

/// Writes entries in the caller's transaction.
pub(crate) async fn write(
    db: &mut PgConnection,
    ctx: &Ctx,
    now: DateTime<Utc>,
    entries: &[Entry],
) -> Result<(), sqlx::Error> {
    let (actor_kind, actor) = ctx.actor().audit_name();
    let meta = ctx.meta();
    for entry in entries {
        sqlx::query!(
            "insert into audit_events
                (at, actor_kind, actor, action, entity, entity_id, hospital_id, detail, outcome,
                 ip, user_agent, request_id)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            now,
            actor_kind,
            actor,
            entry.action.as_ref(),
            entry.entity,
            entry.entity_id,
            entry.hospital_id as _,
            entry.detail,
            if entry.done { "done" } else { "refused" },
            meta.ip.map(|ip| ip.to_string()),
            meta.user_agent,
            meta.request_id,
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

/// The first broken link of each chain: an entry that was changed, one before which others are
/// missing or stand in another order, or an end that was cut off.
pub(super) async fn broken_links(read: Reader<'_>) -> Result<Vec<BrokenLink>> {
    Ok(sqlx::query_as!(
        BrokenLink,
        r#"with links as (
               select lane, position, id, hash,
                      hash <> audit_event_hash(event) as changed,
                      position <> coalesce(lag(position) over chain, 0) + 1 as gap,
                      previous_hash <> coalesce(lag(hash) over chain, '') as moved
               from audit_events as event
               window chain as (partition by lane order by position)
           ), ends as (
               select chain.lane, chain.position, null::bigint as id, 'cut off' as fault
               from audit_chains as chain
               left join (select distinct on (lane) lane, position, hash from links
                          order by lane, position desc) as last on last.lane = chain.lane
               where chain.position <> coalesce(last.position, 0)
                  or chain.hash <> coalesce(last.hash, '')
           )
           select distinct on (lane) lane as "lane!", position as "position!", id, fault as "fault!"
           from (select lane, position, id,
                        case when changed then 'changed' when gap then 'missing'
                             when moved then 'moved' end as fault
                 from links where changed or gap or moved
                 union all
                 select lane, position, id, fault from ends) as broken
           order by lane, position, id"#,
    )
    .fetch_all(read.db())
    .await?)
}

/// How many entries there are, and one hash over the ends of all chains.
pub(super) async fn root(read: Reader<'_>) -> Result<(i64, Vec<u8>)> {
    let row = sqlx::query!(
        r#"select coalesce(sum(position), 0)::bigint as "events!",
                  sha256(string_agg(int4send(lane::int4) || int8send(position) || hash, ''::bytea
                                    order by lane)) as "root!"
           from audit_chains"#,
    )
    .fetch_one(read.db())
    .await?;
    Ok((row.events, row.root))
}

/// Entries within reach, newest first.
pub(super) async fn list(
    read: Reader<'_>,
    filter: &AuditFilter,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<AuditEvent>> {
    let reach = read.reach();
    let rows = sqlx::query!(
        r#"select event.id, at, actor_kind, actor, action, entity, entity_id, detail,
                  outcome as "outcome: Outcome", ip, user_agent, request_id,
                  hospital.name_ar as "name_ar?", hospital.name_en as "name_en?"
           from audit_events as event
           left join hospitals as hospital on hospital.id = event.hospital_id
           where ($1 or event.hospital_id = any($2))
             and ($3::text is null or actor = $3)
             and ($4::text is null or entity = $4)
             and ($5::text is null or entity_id = $5)
             and ($6::text is null or action = $6 or action like $6 || '.%')
             and ($7::text is null or outcome = $7)
             and ($8::timestamptz is null or at >= $8)
             and ($9::timestamptz is null or at < $9)
             and ($10::bigint is null or event.id < $10)
           order by event.id desc
           limit $11"#,
        reach.all,
        &reach.hospitals as _,
        filter.actor,
        filter.entity,
        filter.entity_id,
        filter.action,
        filter.outcome as _,
        filter.from,
        filter.until,
        before,
        limit,
    )
    .fetch_all(read.db())
    .await?;
    let events = rows.into_iter().map(|row| AuditEvent {
        id: row.id,
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
