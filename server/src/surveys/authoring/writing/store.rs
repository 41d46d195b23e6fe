//! How survey templates and their drafts are written.

use px360_domain::Failure;
use px360_domain::ids::{HospitalId, SurveyTemplateId, SurveyVersionId};
use px360_domain::surveys::SurveyContent;
use sqlx::types::Json;

use crate::ctx::Actor;
use crate::error::Result;
use crate::tx::Tx;

/// A template, locked.
pub(in crate::surveys::authoring) struct TemplateLock {
    pub(in crate::surveys::authoring) hospital_id: Option<HospitalId>,
    pub(in crate::surveys::authoring) retired: bool,
    /// Whether the wall lets the caller change it: whoever only reads it cannot lock it.
    pub(in crate::surveys::authoring) may_change: bool,
}

/// A draft, locked with its template.
pub(in crate::surveys::authoring) struct DraftRow {
    pub(in crate::surveys::authoring) id: SurveyVersionId,
    pub(in crate::surveys::authoring) number: i32,
    pub(in crate::surveys::authoring) lock_version: i32,
    pub(in crate::surveys::authoring) content: SurveyContent,
}

/// Locks a template as far as the caller may change it; tells of one that they only see.
pub(in crate::surveys::authoring) async fn lock(
    tx: &mut Tx,
    id: SurveyTemplateId,
) -> Result<Option<TemplateLock>> {
    let locked = sqlx::query_scalar!(
        "select 1 as locked from survey_templates where id = $1 for update",
        id as _
    )
    .fetch_optional(tx.db())
    .await?;
    let found = sqlx::query!(
        r#"select hospital_id as "hospital_id: HospitalId", retired_at is not null as "retired!"
           from survey_templates where id = $1"#,
        id as _,
    )
    .fetch_optional(tx.db())
    .await?;
    Ok(found.map(|row| TemplateLock {
        hospital_id: row.hospital_id,
        retired: row.retired,
        may_change: locked.is_some(),
    }))
}

/// The draft of a template, if there is one.
pub(in crate::surveys::authoring) async fn draft(
    tx: &mut Tx,
    id: SurveyTemplateId,
) -> Result<Option<DraftRow>> {
    let draft = sqlx::query!(
        r#"select id as "id: SurveyVersionId", number, lock_version,
                  content as "content: Json<SurveyContent>"
           from survey_versions where survey_template_id = $1 and published_at is null"#,
        id as _,
    )
    .fetch_optional(tx.db())
    .await?;
    Ok(draft.map(|row| DraftRow {
        id: row.id,
        number: row.number,
        lock_version: row.lock_version,
        content: row.content.0,
    }))
}

/// Stores a template under this code, or the next free one: `visit`, `visit_2`. Answers which it became.
pub(in crate::surveys::authoring) async fn insert_template(
    tx: &mut Tx,
    id: SurveyTemplateId,
    code: &str,
    owner: Option<HospitalId>,
) -> Result<String> {
    let now = tx.now();
    for number in 1..=99 {
        let code = if number == 1 { code.to_owned() } else { format!("{code}_{number}") };
        let inserted = sqlx::query!(
            "insert into survey_templates (id, code, hospital_id, created_at)
             values ($1, $2, $3, $4)
             on conflict on constraint survey_templates_code_key do nothing",
            id as _,
            code,
            owner as _,
            now,
        )
        .execute(tx.db())
        .await?;
        if inserted.rows_affected() == 1 {
            return Ok(code);
        }
    }
    Err(Failure::conflict("code_taken").into())
}

/// The number of the version that would be published next.
pub(in crate::surveys::authoring) async fn next_number(
    tx: &mut Tx,
    id: SurveyTemplateId,
) -> Result<i32> {
    Ok(sqlx::query_scalar!(
        r#"select coalesce(max(number) filter (where published_at is not null), 0) + 1 as "next!"
           from survey_versions where survey_template_id = $1"#,
        id as _,
    )
    .fetch_one(tx.db())
    .await?)
}

/// Stores a draft; `Conflict` with `draft_exists` where there is one.
pub(in crate::surveys::authoring) async fn insert_draft(
    tx: &mut Tx,
    template: SurveyTemplateId,
    number: i32,
    content: &SurveyContent,
) -> Result<()> {
    let (id, now): (SurveyVersionId, _) = (tx.ctx().new_id(), tx.now());
    let author = author(tx);
    let inserted = sqlx::query!(
        "insert into survey_versions
             (id, survey_template_id, number, content, updated_at, author_id)
         values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
        id as _,
        template as _,
        number,
        serde_json::to_value(content)?,
        now,
        author,
    )
    .execute(tx.db())
    .await?;
    if inserted.rows_affected() == 0 {
        return Err(Failure::conflict("draft_exists").into());
    }
    Ok(())
}

/// Writes a draft anew; answers its new `lock_version`.
pub(in crate::surveys::authoring) async fn rewrite(
    tx: &mut Tx,
    id: SurveyVersionId,
    content: &SurveyContent,
) -> Result<i32> {
    let (now, author) = (tx.now(), author(tx));
    Ok(sqlx::query_scalar!(
        "update survey_versions
         set content = $2, lock_version = lock_version + 1, updated_at = $3, author_id = $4
         where id = $1 returning lock_version",
        id as _,
        serde_json::to_value(content)?,
        now,
        author,
    )
    .fetch_one(tx.db())
    .await?)
}

pub(in crate::surveys::authoring) async fn publish(tx: &mut Tx, id: SurveyVersionId) -> Result<()> {
    let (now, author) = (tx.now(), author(tx));
    sqlx::query!(
        "update survey_versions set published_at = $2, author_id = $3 where id = $1",
        id as _,
        now,
        author,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Takes a draft away, and the template with it when nothing of it was published.
pub(in crate::surveys::authoring) async fn delete_draft(
    tx: &mut Tx,
    template: SurveyTemplateId,
    id: SurveyVersionId,
) -> Result<()> {
    sqlx::query!("delete from survey_versions where id = $1", id as _).execute(tx.db()).await?;
    // A draft of a journey may name it by now; then it stays, without a version.
    sqlx::query!(
        "delete from survey_templates where id = $1
           and not exists (select from survey_versions where survey_template_id = $1)
           and not exists (select from stage_templates where survey_template_id = $1)",
        template as _
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Whether a stage of a journey template that holds, or is written, sends it.
pub(in crate::surveys::authoring) async fn is_sent(
    tx: &mut Tx,
    id: SurveyTemplateId,
) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (
               select from stage_templates as stage
               join journey_templates as journey on journey.id = stage.journey_template_id
               where stage.survey_template_id = $1 and journey.retired_at is null) as "sent!""#,
        id as _,
    )
    .fetch_one(tx.db())
    .await?)
}

pub(in crate::surveys::authoring) async fn set_retired(
    tx: &mut Tx,
    id: SurveyTemplateId,
    retired: bool,
) -> Result<()> {
    let at = retired.then(|| tx.now());
    sqlx::query!("update survey_templates set retired_at = $2 where id = $1", id as _, at)
        .execute(tx.db())
        .await?;
    Ok(())
}

fn author(tx: &Tx) -> Option<uuid::Uuid> {
    match tx.ctx().actor() {
        Actor::User { id, .. } => Some(id.0),
        _ => None,
    }
}
