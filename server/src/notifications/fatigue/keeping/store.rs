//! How fatigue rules are read and written.

use chrono::{DateTime, TimeDelta, Utc};
use px360_domain::ids::{DepartmentId, FatigueRuleId, HospitalId, SurveyTemplateId};
use px360_domain::journeys::JourneyType;
use px360_domain::notifications::{Channel, FatigueRule, RuleSurvey, SetFatigueRule};
use px360_domain::{Bilingual, Failure};
use sqlx::types::Json;

use crate::error::{Error, Result};
use crate::tx::{Reader, Tx};

/// How far back what a rule stopped is counted.
const COUNTED: TimeDelta = TimeDelta::days(30);
/// The window of a rule that names none.
const WINDOW_DAYS: i32 = 30;

/// Rules within reach: those of the group first.
pub(in crate::notifications::fatigue) async fn list(
    read: Reader<'_>,
    now: DateTime<Utc>,
) -> Result<Vec<FatigueRule>> {
    let reach = read.reach();
    let rows = sqlx::query!(
        r#"select rule.id as "id: FatigueRuleId", rule.hospital_id as "hospital_id: HospitalId",
                  rule.survey_template_id as "template_id: SurveyTemplateId",
                  rule.channel as "channel: Channel",
                  rule.journey_type as "journey_type: JourneyType",
                  rule.department_id as "department_id: DepartmentId",
                  rule.invitations_max, rule.window_days, rule.gap_days,
                  hospital.name_ar as "hospital_ar?", hospital.name_en as "hospital_en?",
                  department.name_ar as "department_ar?", department.name_en as "department_en?",
                  (select content -> 'title' from survey_versions
                   where survey_template_id = rule.survey_template_id
                   order by published_at is null, number desc limit 1)
                      as "survey: Json<Bilingual>",
                  (select count(*) from notifications as message
                   where message.fatigue_rule_id = rule.id and message.created_at > $3
                     and ($1 or message.hospital_id = any($2))) as "stopped!"
           from fatigue_rules as rule
           left join hospital_names as hospital on hospital.id = rule.hospital_id
           left join department_names as department on department.id = rule.department_id
           where rule.active and ($1 or rule.hospital_id is null or rule.hospital_id = any($2))
           order by rule.hospital_id is not null, hospital.code, rule.id"#,
        reach.all,
        &reach.hospitals as _,
        now - COUNTED,
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    let both =
        |ar: Option<String>, en: Option<String>| ar.zip(en).map(|(ar, en)| Bilingual { ar, en });
    Ok(rows
        .into_iter()
        .map(|row| FatigueRule {
            id: row.id,
            rule: SetFatigueRule {
                hospital_id: row.hospital_id,
                template_id: row.template_id,
                channel: row.channel,
                journey_type: row.journey_type,
                department_id: row.department_id,
                invitations_max: row.invitations_max,
                window_days: Some(row.window_days),
                gap_days: row.gap_days,
            },
            hospital: both(row.hospital_ar, row.hospital_en),
            survey: row.survey.map(|Json(title)| title),
            department: both(row.department_ar, row.department_en),
            stopped: row.stopped,
            may_remove: false,
        })
        .collect())
}

/// The surveys that a rule may be about.
pub(in crate::notifications) async fn surveys(read: Reader<'_>) -> Result<Vec<RuleSurvey>> {
    let reach = read.reach();
    let rows = sqlx::query!(
        r#"select distinct on (template.code, template.id) template.id as "id: SurveyTemplateId",
                  content -> 'title' as "name!: Json<Bilingual>"
           from survey_templates as template
           join survey_versions as version on version.survey_template_id = template.id
           where version.published_at is not null and template.retired_at is null
             and ($1 or template.hospital_id is null or template.hospital_id = any($2))
           order by template.code, template.id, number desc"#,
        reach.all,
        &reach.hospitals as _,
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    Ok(rows.into_iter().map(|row| RuleSurvey { id: row.id, name: row.name.0 }).collect())
}

pub(in crate::notifications::fatigue) async fn insert(
    tx: &mut Tx,
    id: FatigueRuleId,
    cmd: &SetFatigueRule,
) -> Result<()> {
    let now = tx.now();
    sqlx::query!(
        "insert into fatigue_rules
             (id, hospital_id, survey_template_id, channel, journey_type, department_id,
              invitations_max, window_days, gap_days, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        id as _,
        cmd.hospital_id as _,
        cmd.template_id as _,
        cmd.channel as _,
        cmd.journey_type as _,
        cmd.department_id as _,
        cmd.invitations_max,
        cmd.window_days.unwrap_or(WINDOW_DAYS),
        cmd.gap_days,
        now,
    )
    .execute(tx.db())
    .await
    .map_err(|error| match error.as_database_error().and_then(|cause| cause.constraint()) {
        Some("fatigue_rules_survey_fkey") => Failure::invalid("template_id", "unknown").into(),
        Some("fatigue_rules_department_fkey") => {
            Failure::invalid("department_id", "unknown").into()
        }
        _ => Error::from(error),
    })?;
    Ok(())
}

pub(in crate::notifications::fatigue) async fn delete(
    tx: &mut Tx,
    id: FatigueRuleId,
) -> Result<()> {
    sqlx::query!("delete from fatigue_rules where id = $1", id as _).execute(tx.db()).await?;
    Ok(())
}
