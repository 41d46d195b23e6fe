//! Saved views, and what each person wants of them.

use px360_domain::Failure;
use px360_domain::access::{Reach, Role};
use px360_domain::ids::{HospitalId, SavedViewId, UserId};
use px360_domain::saved_views::{Audience, ListName, Look, MarkView, OpeningView, SaveView};
use sqlx::types::Json;

use crate::error::{Error, Result};
use crate::tx::{Reader, Tx};

/// A view as one person finds it.
pub(super) struct ViewRow {
    pub(super) id: SavedViewId,
    pub(super) name: String,
    pub(super) audience: Audience,
    pub(super) hospital_id: Option<HospitalId>,
    pub(super) role: Option<Role>,
    pub(super) by_ar: String,
    pub(super) by_en: String,
    pub(super) mine: bool,
    pub(super) hidden: bool,
    pub(super) opens_first: bool,
    pub(super) version: i32,
    pub(super) look: Json<Look>,
}

/// What gates ask about.
pub(super) struct ViewHead {
    pub(super) list: ListName,
    pub(super) owner_id: UserId,
    pub(super) audience: Audience,
    pub(super) hospital_id: Option<HospitalId>,
    pub(super) removed: bool,
}

/// The views that one person finds beside a list, their own first, each part by its name; and those
/// of others that are shared where this person may share, which stand there only when asked for.
pub(super) async fn list(
    read: Reader<'_>,
    list: ListName,
    me: UserId,
    shares: &Reach,
) -> Result<Vec<ViewRow>> {
    Ok(sqlx::query_as!(
        ViewRow,
        r#"select view.id as "id: SavedViewId", name, audience as "audience: Audience",
                  view.hospital_id as "hospital_id: HospitalId", view.role as "role: Role",
                  owner.name_ar as "by_ar!", owner.name_en as "by_en!", owner_id = $2 as "mine!",
                  coalesce(mark.hidden, found.id is null) as "hidden!",
                  coalesce(mark.opens_first, false) as "opens_first!",
                  view.version, look as "look: Json<Look>"
           from saved_views as view
           join user_names as owner on owner.id = view.owner_id
           left join (select id from saved_views_found($2)) as found on found.id = view.id
           left join saved_view_marks as mark
             on mark.saved_view_id = view.id and mark.user_id = $2
           where view.list = $1 and removed_at is null
             and (found.id is not null
                  or audience <> 'personal' and ($3 or view.hospital_id = any($4)))
           order by owner_id <> $2, fold_words(name), view.id
           limit 200"#,
        list as _,
        me as _,
        shares.all,
        &shares.hospitals as _,
    )
    .fetch_all(&mut *read.db().await?)
    .await?)
}

/// A view that this person finds or may look after, also a removed one.
pub(super) async fn find(
    read: Reader<'_>,
    id: SavedViewId,
    me: UserId,
    shares: &Reach,
) -> Result<Option<ViewHead>> {
    Ok(sqlx::query_as!(
        ViewHead,
        r#"select list as "list: ListName", owner_id as "owner_id: UserId",
                  audience as "audience: Audience", hospital_id as "hospital_id: HospitalId",
                  removed_at is not null as "removed!"
           from saved_views as view
           where id = $1
             and (exists (select from saved_views_found($2) as found where found.id = view.id)
                  or audience <> 'personal' and ($3 or hospital_id = any($4)))"#,
        id as _,
        me as _,
        shares.all,
        &shares.hospitals as _,
    )
    .fetch_optional(&mut *read.db().await?)
    .await?)
}

/// What this person's lists open with, as long as they still find it.
pub(super) async fn list_opening(read: Reader<'_>, me: UserId) -> Result<Vec<OpeningView>> {
    let rows = sqlx::query!(
        r#"select view.id as "id!: SavedViewId", look as "look!: Json<Look>"
           from saved_view_marks as mark
           join saved_views_found($1) as view on view.id = mark.saved_view_id
           where mark.user_id = $1 and mark.opens_first and removed_at is null"#,
        me as _,
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    Ok(rows.into_iter().map(|row| OpeningView { id: row.id, look: row.look.0 }).collect())
}

/// How many views somebody saved of a list.
pub(super) async fn count(tx: &mut Tx, owner: UserId, list: ListName) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!" from saved_views
           where owner_id = $1 and list = $2 and removed_at is null"#,
        owner as _,
        list as _,
    )
    .fetch_one(tx.db())
    .await?)
}

pub(super) async fn insert(
    tx: &mut Tx,
    id: SavedViewId,
    owner: UserId,
    view: &SaveView,
) -> Result<()> {
    let now = tx.now();
    sqlx::query!(
        "insert into saved_views
             (id, owner_id, list, name, audience, hospital_id, role, look, version, created_at,
              changed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $9)",
        id as _,
        owner as _,
        view.look.list() as _,
        view.name,
        view.audience as _,
        view.hospital_id as _,
        view.role as _,
        Json(&view.look) as _,
        now,
    )
    .execute(tx.db())
    .await
    .map(drop)
    .map_err(refused)
}

/// What the database says no to, in our words.
fn refused(error: sqlx::Error) -> Error {
    let name = match &error {
        sqlx::Error::Database(cause) => cause.constraint(),
        _ => None,
    };
    match name {
        Some("saved_views_name_key") => Error::Refused(Failure::conflict("view_name_taken")),
        Some("saved_views_hospital_fkey") => {
            Error::Refused(Failure::invalid("hospital_id", "unknown"))
        }
        _ => error.into(),
    }
}

pub(super) async fn update(
    tx: &mut Tx,
    id: SavedViewId,
    version: i32,
    view: &SaveView,
) -> Result<()> {
    let now = tx.now();
    let updated = sqlx::query!(
        "update saved_views
         set name = $3, audience = $4, hospital_id = $5, role = $6, look = $7, changed_at = $8,
             version = version + 1
         where id = $1 and version = $2 and removed_at is null",
        id as _,
        version,
        view.name,
        view.audience as _,
        view.hospital_id as _,
        view.role as _,
        Json(&view.look) as _,
        now,
    )
    .execute(tx.db())
    .await
    .map_err(refused)?;
    match updated.rows_affected() {
        1 => Ok(()),
        _ => Err(Failure::conflict("stale_version").into()),
    }
}

pub(super) async fn mark_removed(tx: &mut Tx, id: SavedViewId, removed: bool) -> Result<()> {
    let now = tx.now();
    let done = sqlx::query!(
        "update saved_views
         set removed_at = case when $2 then $3::timestamptz end, version = version + 1
         where id = $1",
        id as _,
        removed,
        now,
    )
    .execute(tx.db())
    .await
    .map_err(refused)?;
    // The database may know better than the gate.
    if done.rows_affected() == 1 { Ok(()) } else { Err(Failure::Forbidden.into()) }
}

/// Lets the changes of one person's marks pass one by one: only one view can be the first.
pub(super) async fn take_turn(tx: &mut Tx, me: UserId) -> Result<()> {
    sqlx::query!(
        "select 1 as turn
         from pg_advisory_xact_lock(hashtextextended('saved_view_marks:' || $1::uuid::text, 0))",
        me as _,
    )
    .fetch_one(tx.db())
    .await?;
    Ok(())
}

/// No view of this list is the first one any more.
pub(super) async fn clear_first(tx: &mut Tx, me: UserId, list: ListName) -> Result<()> {
    sqlx::query!(
        "update saved_view_marks set opens_first = false
         where user_id = $1 and list = $2 and opens_first",
        me as _,
        list as _,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

pub(super) async fn upsert_mark(
    tx: &mut Tx,
    me: UserId,
    id: SavedViewId,
    list: ListName,
    mark: MarkView,
) -> Result<()> {
    sqlx::query!(
        "insert into saved_view_marks (user_id, saved_view_id, list, hidden, opens_first)
         values ($1, $2, $3, coalesce($4, false), coalesce($5, false))
         on conflict on constraint saved_view_marks_key
         do update set hidden = coalesce($4, saved_view_marks.hidden),
                       opens_first = coalesce($5, saved_view_marks.opens_first)",
        me as _,
        id as _,
        list as _,
        mark.shown.map(|shown| !shown),
        mark.opens_first,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}
