//! How published surveys are kept.

use px360_domain::ids::{SurveyTemplateId, SurveyVersionId};
use px360_domain::surveys::SurveyContent;

use crate::error::Result;
use crate::tx::Tx;

/// Stores a template with its first version.
pub(super) async fn publish(
    tx: &mut Tx,
    code: &str,
    content: &SurveyContent,
) -> Result<SurveyTemplateId> {
    let template_id: SurveyTemplateId = tx.ctx().new_id();
    let version_id: SurveyVersionId = tx.ctx().new_id();
    let now = tx.now();
    sqlx::query!(
        "insert into survey_templates (id, code, created_at) values ($1, $2, $3)",
        template_id as _,
        code,
        now,
    )
    .execute(tx.db())
    .await?;
    sqlx::query!(
        "insert into survey_versions (id, survey_template_id, number, content, published_at)
         values ($1, $2, 1, $3, $4)",
        version_id as _,
        template_id as _,
        serde_json::to_value(content)?,
        now,
    )
    .execute(tx.db())
    .await?;
    Ok(template_id)
}
