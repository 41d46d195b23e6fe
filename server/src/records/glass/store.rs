//! Glasses that were broken.

use chrono::{DateTime, Utc};
use px360_domain::ids::UserId;
use px360_domain::records::{GlassPurpose, OpenGlass};
use uuid::Uuid;

use crate::error::Result;
use crate::tx::{Reader, Tx};

pub(super) async fn insert(
    tx: &mut Tx,
    me: UserId,
    patient: Uuid,
    purpose: GlassPurpose,
    until: DateTime<Utc>,
) -> Result<()> {
    let (id, now) = (tx.ctx().new_id::<Uuid>(), tx.now());
    sqlx::query!(
        "insert into glasses (id, user_id, patient_id, purpose, broken_at, until)
         values ($1, $2, $3, $4, $5, $6)",
        id,
        me as UserId,
        patient,
        purpose as GlassPurpose,
        now,
        until,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// The glass before this patient that this person broke and that is still open.
pub(in crate::records) async fn find_open(
    read: Reader<'_>,
    me: UserId,
    patient: Uuid,
    now: DateTime<Utc>,
) -> Result<Option<OpenGlass>> {
    let until = sqlx::query_scalar!(
        r#"select until from glasses
           where user_id = $1 and patient_id = $2 and until > $3
           order by until desc limit 1"#,
        me as UserId,
        patient,
        now,
    )
    .fetch_optional(&mut *read.db().await?)
    .await?;
    Ok(until.map(|until| OpenGlass { until }))
}
