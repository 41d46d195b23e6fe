//! The rows of delegations.

use chrono::{DateTime, NaiveDate, Utc};
use px360_domain::access::Role;
use px360_domain::accounts::{Colleague, Delegate, Delegation};
use px360_domain::ids::{DelegationId, UserId};
use px360_domain::{Bilingual, Failure};
use sqlx::PgPool;

use crate::ctx::StandIn;
use crate::dates::day;
use crate::db::OnConstraint as _;
use crate::error::Result;
use crate::tx::{Reader, Tx};

/// Whether somebody is there, or who is in their place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// There.
    Here,
    /// Away, and this one stands in.
    Deputy(UserId),
    /// Away, as is whoever would stand in, or no longer somebody who could.
    Away,
}

/// Whom somebody stands in for on this day; their roles are not read yet.
pub(super) async fn stands_in_for(
    db: &PgPool,
    deputy: UserId,
    today: NaiveDate,
) -> Result<Vec<StandIn>> {
    let rows = sqlx::query!(
        r#"select absent.id as "id: UserId", absent.username, absent.name_ar, absent.name_en, ends_on
           from delegations join users as absent on absent.id = delegations.user_id
           where deputy_id = $1 and ended_at is null and $2 between starts_on and ends_on
             and absent.active
           order by ends_on, absent.id"#,
        deputy as UserId,
        today,
    )
    .fetch_all(db)
    .await?;
    let found = rows.into_iter().map(|row| StandIn {
        id: row.id,
        username: row.username,
        name: Bilingual::new(row.name_ar, row.name_en),
        ends_on: row.ends_on,
        grants: Vec::new(),
    });
    Ok(found.collect())
}

/// Whether somebody is there today.
pub(super) async fn presence(tx: &mut Tx, user: UserId, roles: &[Role]) -> Result<Presence> {
    let today = day(tx.now());
    let found = sqlx::query!(
        r#"select deputy_id as "deputy_id: UserId",
                  -- Still somebody who could be named, and not away as well.
                  exists (select from deputies_of($1, $3) as could where could.id = deputy_id)
                  and not exists (
                      select from delegations as theirs
                      where theirs.user_id = delegations.deputy_id and theirs.ended_at is null
                        and $2 between theirs.starts_on and theirs.ends_on) as "is_there!"
           from delegations
           where user_id = $1 and ended_at is null and $2 between starts_on and ends_on"#,
        user as UserId,
        today,
        roles as _,
    )
    .fetch_optional(tx.db())
    .await?;
    Ok(match found {
        None => Presence::Here,
        Some(row) if row.is_there => Presence::Deputy(row.deputy_id),
        Some(_) => Presence::Away,
    })
}

/// Whether somebody may stand in for another.
pub(super) async fn may_stand_in(
    read: Reader<'_>,
    user: UserId,
    deputy: UserId,
    roles: &[Role],
) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from deputies_of($1, $3) where id = $2) as "may!""#,
        user as UserId,
        deputy as UserId,
        roles as _,
    )
    .fetch_one(&mut *read.db().await?)
    .await?)
}

/// Whoever may stand in for somebody and is called so.
pub(super) async fn deputies(
    read: Reader<'_>,
    user: UserId,
    roles: &[Role],
    words: &[String],
    limit: i64,
) -> Result<Vec<Colleague>> {
    let rows = sqlx::query!(
        r#"select id as "id!: UserId", name_ar as "name_ar!", name_en as "name_en!"
           from deputies_of($1, $2) where words like all($3) order by name_ar, id limit $4"#,
        user as UserId,
        roles as _,
        words,
        limit,
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    let named = rows
        .into_iter()
        .map(|row| Colleague { id: row.id, name: Bilingual::new(row.name_ar, row.name_en) });
    Ok(named.collect())
}

/// Keeps a time away.
pub(super) async fn insert(
    tx: &mut Tx,
    id: DelegationId,
    user: UserId,
    cmd: &Delegate,
) -> Result<()> {
    let now = tx.now();
    sqlx::query!(
        "insert into delegations (id, user_id, deputy_id, starts_on, ends_on, created_at)
         values ($1, $2, $3, $4, $5, $6)",
        id as DelegationId,
        user as UserId,
        cmd.deputy_id as UserId,
        cmd.starts_on,
        cmd.ends_on,
        now,
    )
    .execute(tx.db())
    .await
    .on_constraint("delegations_once_excl", Failure::conflict("away_already"))?;
    Ok(())
}

/// Who is away, of one that is not over.
pub(super) async fn find_user(read: Reader<'_>, id: DelegationId) -> Result<Option<UserId>> {
    Ok(sqlx::query_scalar!(
        r#"select user_id as "user_id: UserId" from delegations where id = $1 and ended_at is null"#,
        id as DelegationId,
    )
    .fetch_optional(&mut *read.db().await?)
    .await?)
}

/// False when it is over.
pub(super) async fn end(tx: &mut Tx, id: DelegationId) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        "update delegations set ended_at = $2
         where id = $1 and ended_at is null and ends_on >= $3",
        id as DelegationId,
        now,
        day(now),
    )
    .execute(tx.db())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends whatever is not over of somebody's; says how many.
pub(super) async fn end_all(tx: &mut Tx, user: UserId) -> Result<u64> {
    let now = tx.now();
    let done = sqlx::query!(
        "update delegations set ended_at = $2
         where user_id = $1 and ended_at is null and ends_on >= $3",
        user as UserId,
        now,
        day(now),
    )
    .execute(tx.db())
    .await?;
    Ok(done.rows_affected())
}

/// What is not over and has to do with somebody.
pub(super) async fn list(
    read: Reader<'_>,
    user: UserId,
    now: DateTime<Utc>,
) -> Result<Vec<Delegation>> {
    let today = day(now);
    let rows = sqlx::query!(
        r#"select delegation.id as "id: DelegationId", user_id as "user_id: UserId",
                  deputy_id as "deputy_id: UserId", starts_on, ends_on,
                  absent.name_ar as "absent_ar!", absent.name_en as "absent_en!",
                  deputy.name_ar as "deputy_ar!", deputy.name_en as "deputy_en!"
           from delegations as delegation
           join user_names as absent on absent.id = delegation.user_id
           join user_names as deputy on deputy.id = delegation.deputy_id
           where (user_id = $1 or deputy_id = $1) and ended_at is null and ends_on >= $2
           order by starts_on, delegation.id"#,
        user as UserId,
        today,
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    let found = rows.into_iter().map(|row| Delegation {
        id: row.id,
        user: Colleague { id: row.user_id, name: Bilingual::new(row.absent_ar, row.absent_en) },
        deputy: Colleague { id: row.deputy_id, name: Bilingual::new(row.deputy_ar, row.deputy_en) },
        starts_on: row.starts_on,
        ends_on: row.ends_on,
        in_force: row.starts_on <= today,
    });
    Ok(found.collect())
}
