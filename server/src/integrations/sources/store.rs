//! How sources are kept.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use px360_domain::Failure;
use px360_domain::ids::{HospitalId, SourceId, UserId};
use px360_domain::integrations::{SaveSource, SourceHealth, SourceState, SourceView};
use px360_domain::organizations::HospitalChoice;
use sqlx::PgConnection;
use sqlx::types::Json;

use crate::db::OnConstraint as _;
use crate::error::{Error, Result};
use crate::tx::{Reader, Tx};

/// Sources that speak for a hospital within reach, or one of them; what they do is not counted yet.
pub(super) async fn list(read: Reader<'_>, id: Option<SourceId>) -> Result<Vec<SourceView>> {
    let reach = read.reach();
    let rows = sqlx::query!(
        r#"select source.id as "id: SourceId", source.code, source.name, source.active,
                  sending_application, sending_facility, retention_days, silence_minutes_max,
                  failure_percent_max, lock_version, created_at, last_received_at,
                  alerted_state as "alerted_state: SourceState",
                  coalesce((
                      select jsonb_agg(jsonb_build_object('id', hospital.id, 'code', hospital.code, 'name',
                                 jsonb_build_object('ar', hospital.name_ar, 'en', hospital.name_en))
                                 order by hospital.code)
                      from source_hospitals as speaks
                      join hospital_names as hospital on hospital.id = speaks.hospital_id
                      where speaks.source_id = source.id
                  ), '[]') as "hospitals!: Json<Vec<HospitalChoice>>"
           from sources as source
           where ($3::uuid is null or source.id = $3)
             and ($1
                  or not exists (select from source_hospitals where source_id = source.id)
                  or exists (select from source_hospitals
                             where source_id = source.id and hospital_id = any($2)))
           order by source.name, source.code"#,
        reach.all,
        &reach.hospitals as _,
        id as _,
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| SourceView {
            id: row.id,
            code: row.code,
            name: row.name,
            active: row.active,
            hospitals: row.hospitals.0,
            sending_application: row.sending_application,
            sending_facility: row.sending_facility,
            retention_days: row.retention_days,
            silence_minutes_max: row.silence_minutes_max,
            failure_percent_max: row.failure_percent_max,
            lock_version: row.lock_version,
            created_at: row.created_at,
            health: SourceHealth {
                // Whatever was told of it last, until it is judged.
                state: row.alerted_state.unwrap_or(SourceState::New),
                last_received_at: row.last_received_at,
                received: 0,
                failed: 0,
                parked: 0,
                dead: 0,
            },
        })
        .collect())
}

/// What a source sent.
pub(super) struct Counts {
    pub(super) last_received_at: Option<DateTime<Utc>>,
    pub(super) received: i64,
    pub(super) failed: i64,
    pub(super) parked: i64,
    pub(super) dead: i64,
}

/// What each source sent since an instant, and what of it is in trouble, as far as the reader may see it.
pub(super) async fn counts(
    db: &mut PgConnection,
    since: DateTime<Utc>,
) -> Result<HashMap<SourceId, Counts>> {
    let rows = sqlx::query!(
        r#"select source.id as "id: SourceId", lately.last_received_at as "last_received_at?",
                  coalesce(lately.received, 0) as "received!", coalesce(trouble.failed, 0) as "failed!",
                  coalesce(trouble.parked, 0) as "parked!", coalesce(trouble.dead, 0) as "dead!"
           from sources as source
           left join (
               select source_id, max(received_at) as last_received_at, count(*) as received
               from inbound_events where received_at >= $1 group by source_id
           ) as lately on lately.source_id = source.id
           left join (
               select source_id, count(*) filter (where status = 'parked') as parked,
                      count(*) filter (where status = 'dead') as dead,
                      count(*) filter (where status <> 'parked' and received_at >= $1) as failed
               from inbound_events
               where status in ('parked', 'dead') or status = 'rejected' and received_at >= $1
               group by source_id
           ) as trouble on trouble.source_id = source.id"#,
        since,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let counts = Counts {
                last_received_at: row.last_received_at,
                received: row.received,
                failed: row.failed,
                parked: row.parked,
                dead: row.dead,
            };
            (row.id, counts)
        })
        .collect())
}

/// Keeps a new source.
pub(super) async fn insert(
    tx: &mut Tx,
    id: SourceId,
    cmd: &SaveSource,
    key_hash: &[u8; 32],
) -> Result<()> {
    let now = tx.now();
    sqlx::query!(
        "insert into sources (id, code, name, key_hash, active, created_at, updated_at,
                              sending_application, sending_facility, retention_days,
                              silence_minutes_max, failure_percent_max)
         values ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9, $10, $11)",
        id as _,
        cmd.code,
        cmd.name,
        key_hash,
        cmd.active,
        now,
        cmd.sending_application,
        cmd.sending_facility,
        cmd.retention_days,
        cmd.silence_minutes_max,
        cmd.failure_percent_max,
    )
    .execute(tx.db())
    .await
    .map_err(|error| match error.as_database_error().and_then(|cause| cause.constraint()) {
        Some("sources_code_key") => Failure::invalid("code", "taken").into(),
        Some("sources_sender_key") => Failure::invalid("sending_application", "taken").into(),
        _ => Error::from(error),
    })?;
    speak_for(tx, id, cmd).await
}

/// Says anew what a source is; false when somebody else did so meanwhile.
pub(super) async fn update(tx: &mut Tx, id: SourceId, cmd: &SaveSource) -> Result<bool> {
    let now = tx.now();
    let updated = sqlx::query!(
        "update sources
         set name = $2, active = $3, updated_at = $4, sending_application = $5,
             sending_facility = $6, retention_days = $7, silence_minutes_max = $8,
             failure_percent_max = $9, lock_version = lock_version + 1, alerted_state = null
         where id = $1 and lock_version = $10",
        id as _,
        cmd.name,
        cmd.active,
        now,
        cmd.sending_application,
        cmd.sending_facility,
        cmd.retention_days,
        cmd.silence_minutes_max,
        cmd.failure_percent_max,
        cmd.lock_version.unwrap_or_default(),
    )
    .execute(tx.db())
    .await
    .on_constraint("sources_sender_key", Failure::invalid("sending_application", "taken"))?;
    if updated.rows_affected() == 0 {
        return Ok(false);
    }
    speak_for(tx, id, cmd).await?;
    Ok(true)
}

async fn speak_for(tx: &mut Tx, id: SourceId, cmd: &SaveSource) -> Result<()> {
    sqlx::query!("delete from source_hospitals where source_id = $1", id as _)
        .execute(tx.db())
        .await?;
    sqlx::query!(
        "insert into source_hospitals (source_id, hospital_id) select $1, unnest($2::uuid[])",
        id as _,
        &cmd.hospital_ids as _,
    )
    .execute(tx.db())
    .await
    .on_constraint(
        "source_hospitals_hospital_fkey",
        Failure::invalid("hospital_ids", "unknown_reference"),
    )?;
    Ok(())
}

/// Gives a source another key, after which the old one is worth nothing; false where it may not be changed.
pub(super) async fn set_key(tx: &mut Tx, id: SourceId, key_hash: &[u8; 32]) -> Result<bool> {
    let now = tx.now();
    let changed = sqlx::query!(
        "update sources set key_hash = $2, updated_at = $3, lock_version = lock_version + 1
         where id = $1",
        id as _,
        key_hash,
        now,
    )
    .execute(tx.db())
    .await?;
    Ok(changed.rows_affected() == 1)
}

/// Remembers when each source sent last; answers of how many that is news.
pub(super) async fn remember_last_received(tx: &mut Tx) -> Result<u64> {
    let since = tx.now() - chrono::TimeDelta::hours(1);
    let seen = sqlx::query!(
        "update sources set last_received_at = lately.at
         from (select source_id, max(received_at) as at from inbound_events
               where received_at >= $1 group by source_id) as lately
         where lately.source_id = sources.id
           and (last_received_at is null or lately.at > last_received_at + interval '1 minute')",
        since,
    )
    .execute(tx.db())
    .await?;
    Ok(seen.rows_affected())
}

/// Content of one source that has had its time.
pub(super) struct OldContent {
    pub(super) source_id: SourceId,
    /// From where on it was not looked at yet.
    pub(super) from: DateTime<Utc>,
    /// Up to where it has had its time.
    pub(super) until: DateTime<Utc>,
}

/// Sources whose content has had its time since it was looked at last, a day or more ago.
///
/// What waited then and did its work since is looked for again for two months.
pub(super) async fn old_content(tx: &mut Tx) -> Result<Vec<OldContent>> {
    let now = tx.now();
    let old = sqlx::query_as!(
        OldContent,
        r#"select id as "source_id: SourceId",
                  coalesce(culled_until - interval '2 months', created_at) as "from!",
                  $1::timestamptz - make_interval(days => retention_days) as "until!"
           from sources
           where retention_days is not null
             and (culled_until is null
                  or culled_until + make_interval(days => retention_days + 1) <= $1::timestamptz)"#,
        now,
    )
    .fetch_all(tx.db())
    .await?;
    Ok(old)
}

/// Forgets the content of messages that are done with; answers how many.
///
/// What waits or is dead keeps its content: it could not run again without.
pub(super) async fn cull(tx: &mut Tx, old: &OldContent, limit: i64) -> Result<u64> {
    let now = tx.now();
    let culled = sqlx::query!(
        "update inbound_events as event set payload = '', culled_at = $1
         from (select id from inbound_events
               where source_id = $2 and received_at >= $3 and received_at < $4
                 and culled_at is null and status in ('processed', 'ignored', 'rejected')
               limit $5
               for update skip locked) as old
         where event.id = old.id",
        now,
        old.source_id as _,
        old.from,
        old.until,
        limit,
    )
    .execute(tx.db())
    .await?;
    Ok(culled.rows_affected())
}

/// Remembers up to where the content of a source was forgotten.
pub(super) async fn set_culled(tx: &mut Tx, old: &OldContent) -> Result<()> {
    sqlx::query!(
        "update sources set culled_until = $2 where id = $1",
        old.source_id as _,
        old.until
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Remembers the trouble that was told of a source; none when it does well again.
pub(super) async fn set_alerted(
    tx: &mut Tx,
    id: SourceId,
    state: Option<SourceState>,
) -> Result<()> {
    let now = tx.now();
    sqlx::query!(
        "update sources set alerted_state = $2, alerted_at = $3 where id = $1",
        id as _,
        state as _,
        now,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Who looks after a source: administrators of the group, and of the hospitals that it speaks for; each with a
/// hospital that they look after it in.
pub(super) async fn keepers(tx: &mut Tx, id: SourceId) -> Result<Vec<(UserId, HospitalId)>> {
    let rows = sqlx::query!(
        r#"select distinct on (person.id) person.id as "user_id: UserId",
                  hospital.id as "hospital_id: HospitalId"
           from users as person
           join role_grants as held on held.user_id = person.id
           join hospitals as hospital
             on hospital.deleted_at is null
            and (held.hospital_id is null or held.hospital_id = hospital.id)
           where person.active and person.deleted_at is null
             and held.role in ('px_admin', 'hospital_admin')
             and (not exists (select from source_hospitals where source_id = $1)
                  or exists (select from source_hospitals
                             where source_id = $1 and hospital_id = hospital.id))
           order by person.id, hospital.code"#,
        id as _,
    )
    .fetch_all(tx.db())
    .await?;
    Ok(rows.into_iter().map(|row| (row.user_id, row.hospital_id)).collect())
}
