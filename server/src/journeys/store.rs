//! How templates are kept.

use std::collections::HashMap;

use px360_domain::Bilingual;
use px360_domain::ids::{HospitalId, JourneyTemplateId, StageTemplateId, SurveyTemplateId};
use px360_domain::journeys::{Attribution, JourneyTemplate, JourneyType, StageTemplate, Trigger};
use sqlx::types::Json;

use super::templates::Published;
use crate::error::Result;
use crate::tx::Tx;

/// Every template that was ever published, and this one, with its stages in order.
pub(super) async fn published_templates(
    tx: &mut Tx,
    also: Option<JourneyTemplateId>,
) -> Result<Vec<Published>> {
    let mut stages = published_stages(tx, also).await?;
    let templates = sqlx::query!(
        r#"select id as "id: JourneyTemplateId", hospital_id as "hospital_id: HospitalId",
                  journey_type as "journey_type: JourneyType", closing_codes,
                  retired_at is not null as "retired!"
           from journey_templates where published_at is not null or id = $1
           order by published_at, id"#,
        also as _,
    )
    .fetch_all(tx.db())
    .await?;
    Ok(templates
        .into_iter()
        .map(|row| Published {
            hospital_id: row.hospital_id,
            retired: row.retired,
            template: JourneyTemplate {
                id: row.id,
                journey_type: row.journey_type,
                closing_codes: row.closing_codes,
                stages: stages.remove(&row.id).unwrap_or_default(),
            },
        })
        .collect())
}

async fn published_stages(
    tx: &mut Tx,
    also: Option<JourneyTemplateId>,
) -> Result<HashMap<JourneyTemplateId, Vec<StageTemplate>>> {
    let rows = sqlx::query!(
        r#"select stage.id as "id: StageTemplateId",
                  journey_template_id as "journey_template_id: JourneyTemplateId", stage.code,
                  stage.name_ar, stage.name_en, position, parallel, optional, repeatable,
                  triggers as "triggers: Json<Vec<Trigger>>", opens_journey, needs_department,
                  needs_physician, dwell_minutes_min, dwell_minutes_max,
                  attribution as "attribution: Attribution",
                  survey_template_id as "survey_template_id: SurveyTemplateId", survey_delay_minutes
           from stage_templates as stage
           join journey_templates as template on template.id = stage.journey_template_id
           where template.published_at is not null or template.id = $1
           order by journey_template_id, position"#,
        also as _,
    )
    .fetch_all(tx.db())
    .await?;
    let mut stages: HashMap<JourneyTemplateId, Vec<StageTemplate>> = HashMap::new();
    for row in rows {
        stages.entry(row.journey_template_id).or_default().push(StageTemplate {
            id: row.id,
            code: row.code,
            name: Bilingual::new(row.name_ar, row.name_en),
            position: row.position,
            parallel: row.parallel,
            optional: row.optional,
            repeatable: row.repeatable,
            triggers: row.triggers.0,
            opens_journey: row.opens_journey,
            needs_department: row.needs_department,
            needs_physician: row.needs_physician,
            dwell_minutes_min: row.dwell_minutes_min,
            dwell_minutes_max: row.dwell_minutes_max,
            attribution: row.attribution,
            survey_template_id: row.survey_template_id,
            survey_delay_minutes: row.survey_delay_minutes,
        });
    }
    Ok(stages)
}
