//! Where pictures are kept.

use chrono::TimeDelta;
use px360_domain::ids::{SurveyPictureId, UserId};

use crate::error::Result;
use crate::tx::{Reader, Tx};

/// How long a picture may wait for a survey that shows it.
const WAITS: TimeDelta = TimeDelta::days(7);

/// Keeps a picture; answers under which id, which is another one where the same picture was there already.
pub(super) async fn keep(
    tx: &mut Tx,
    id: SurveyPictureId,
    hash: &[u8],
    bytes: &[u8],
    by: UserId,
) -> Result<SurveyPictureId> {
    let now = tx.now();
    Ok(sqlx::query_scalar!(
        r#"insert into survey_pictures (id, sha256, bytes, kept_by, kept_at)
           values ($1, $2, $3, $4, $5)
           on conflict on constraint survey_pictures_sha256_key
           do update set kept_at = excluded.kept_at
           returning id as "id: SurveyPictureId""#,
        id as _,
        hash,
        bytes,
        by as _,
        now,
    )
    .fetch_one(tx.db())
    .await?)
}

/// The bytes of a picture.
pub(super) async fn bytes(read: Reader<'_>, id: SurveyPictureId) -> Result<Option<Vec<u8>>> {
    Ok(sqlx::query_scalar!("select bytes from survey_pictures where id = $1", id as _)
        .fetch_optional(&mut *read.db().await?)
        .await?)
}

/// Holds these pictures until the end of the transaction; how many of them there are.
pub(in crate::surveys) async fn hold(tx: &mut Tx, ids: &[SurveyPictureId]) -> Result<usize> {
    let held = sqlx::query_scalar!(
        r#"select id as "id: SurveyPictureId" from survey_pictures where id = any($1) for share"#,
        ids as _,
    )
    .fetch_all(tx.db())
    .await?;
    Ok(held.len())
}

/// Looks at some pictures that were not looked at for a while, and forgets those that no survey shows; how many each.
pub(super) async fn forget_unused(tx: &mut Tx, limit: i64) -> Result<(usize, usize)> {
    let now = tx.now();
    let counts = sqlx::query!(
        r#"with old as (
               select id, exists (select from survey_versions
                                  where content::text like '%' || survey_pictures.id || '%') as shown
               from survey_pictures where kept_at < $1
               order by kept_at limit $2 for update skip locked
           ), kept as (
               update survey_pictures set kept_at = $3 from old
               where old.id = survey_pictures.id and old.shown
           ), gone as (
               delete from survey_pictures using old
               where old.id = survey_pictures.id and not old.shown
               returning 1
           )
           select (select count(*) from old) as "old!", (select count(*) from gone) as "gone!""#,
        now - WAITS,
        limit,
        now,
    )
    .fetch_one(tx.db())
    .await?;
    let count = |rows: i64| usize::try_from(rows).unwrap_or_default();
    Ok((count(counts.old), count(counts.gone)))
}
