//! How templates that people write are read.

use px360_domain::ids::{HospitalId, JourneyTemplateId, SurveyTemplateId};
use px360_domain::journeys::template::{
    RunningJourneys, StageBody, SurveyChoice, TemplateBody, TemplateRow, TemplateState,
};
use px360_domain::journeys::{Attribution, JourneyType, Trigger};
use px360_domain::{Bilingual, Failure};
use sqlx::PgConnection;
use sqlx::types::Json;

use crate::error::Result;
use crate::tx::{Reader, Tx};

/// Versions within reach, or one of them.
pub(super) async fn list(
    read: Reader<'_>,
    id: Option<JourneyTemplateId>,
) -> Result<Vec<TemplateRow>> {
    let reach = read.reach();
    let rows = sqlx::query!(
        r#"select template.id as "id: JourneyTemplateId",
                  template.hospital_id as "hospital_id: HospitalId",
                  hospital.name_ar as "hospital_ar?", hospital.name_en as "hospital_en?",
                  journey_type as "journey_type: JourneyType", version, template.name_ar,
                  template.name_en, published_at, retired_at, updated_at,
                  (select count(*) from stage_templates
                   where journey_template_id = template.id) as "stages!",
                  (select count(*) from journeys
                   where journey_template_id = template.id and status = 'active'
                     and ($1 or journeys.hospital_id = any($2))) as "running!"
           from journey_templates as template
           left join hospital_names as hospital on hospital.id = template.hospital_id
           where ($1 or template.hospital_id is null or template.hospital_id = any($2))
             and ($3::uuid is null or template.id = $3)
           order by journey_type, template.hospital_id nulls first, version desc"#,
        reach.all,
        &reach.hospitals as _,
        id as _,
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| TemplateRow {
            id: row.id,
            hospital_id: row.hospital_id,
            hospital: row.hospital_ar.zip(row.hospital_en).map(|(ar, en)| Bilingual { ar, en }),
            journey_type: row.journey_type,
            version: row.version,
            name: Bilingual { ar: row.name_ar, en: row.name_en },
            state: match (row.published_at, row.retired_at) {
                (None, _) => TemplateState::Draft,
                (Some(_), None) => TemplateState::Published,
                (Some(_), Some(_)) => TemplateState::Retired,
            },
            stages: row.stages,
            running: row.running,
            published_at: row.published_at,
            retired_at: row.retired_at,
            updated_at: row.updated_at,
        })
        .collect())
}

/// What a version says, and its `lock_version`.
pub(super) async fn body(read: Reader<'_>, id: JourneyTemplateId) -> Result<(TemplateBody, i32)> {
    body_of(&mut *read.db().await?, id).await
}

/// What a version says, inside a unit of work.
pub(super) async fn body_in(tx: &mut Tx, id: JourneyTemplateId) -> Result<(TemplateBody, i32)> {
    body_of(tx.db(), id).await
}

async fn body_of(db: &mut PgConnection, id: JourneyTemplateId) -> Result<(TemplateBody, i32)> {
    let head = sqlx::query!(
        "select name_ar, name_en, closing_codes, lock_version from journey_templates where id = $1",
        id as _,
    )
    .fetch_optional(&mut *db)
    .await?
    .ok_or_else(|| Failure::not_found("journey_template"))?;
    let stages = sqlx::query!(
        r#"select code, name_ar, name_en, parallel, optional, repeatable,
                  triggers as "triggers: Json<Vec<Trigger>>", opens_journey, needs_department,
                  needs_physician, dwell_minutes_min, dwell_minutes_max,
                  attribution as "attribution: Attribution",
                  survey_template_id as "survey_template_id: SurveyTemplateId", survey_delay_minutes
           from stage_templates where journey_template_id = $1 order by position"#,
        id as _,
    )
    .fetch_all(&mut *db)
    .await?;
    let stages = stages
        .into_iter()
        .map(|row| StageBody {
            code: row.code,
            name: Bilingual { ar: row.name_ar, en: row.name_en },
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
        })
        .collect();
    let name = Bilingual { ar: head.name_ar, en: head.name_en };
    Ok((TemplateBody { name, closing_codes: head.closing_codes, stages }, head.lock_version))
}

/// The version that holds for an owner and a type: the hospital's own, or else the group's.
pub(super) async fn current(
    read: Reader<'_>,
    owner: Option<HospitalId>,
    journey_type: JourneyType,
) -> Result<Option<JourneyTemplateId>> {
    let current = sqlx::query_scalar!(
        r#"select id as "id: JourneyTemplateId" from journey_templates
           where journey_type = $2 and published_at is not null and retired_at is null
             and (hospital_id = $1 or hospital_id is null)
           order by hospital_id nulls last limit 1"#,
        owner as _,
        journey_type as _,
    )
    .fetch_optional(&mut *read.db().await?)
    .await?;
    Ok(current)
}

/// The version before this one of the same owner and type.
pub(super) async fn before(
    read: Reader<'_>,
    owner: Option<HospitalId>,
    journey_type: JourneyType,
    version: i32,
) -> Result<Option<JourneyTemplateId>> {
    let before = sqlx::query_scalar!(
        r#"select id as "id: JourneyTemplateId" from journey_templates
           where hospital_id is not distinct from $1 and journey_type = $2 and version < $3
             and published_at is not null
           order by version desc limit 1"#,
        owner as _,
        journey_type as _,
        version,
    )
    .fetch_optional(&mut *read.db().await?)
    .await?;
    Ok(before)
}

/// The surveys that stages of this template may send: those of the group, and of its own hospital, that are published
/// and not retired. What another hospital asks is no matter of this one's patients.
pub(super) async fn surveys(read: Reader<'_>, id: JourneyTemplateId) -> Result<Vec<SurveyChoice>> {
    let rows = sqlx::query!(
        r#"select distinct on (template.code, template.id) template.id as "id: SurveyTemplateId", number,
                  content -> 'title' as "title!: Json<Bilingual>"
           from survey_templates as template
           join survey_versions as version on version.survey_template_id = template.id
           where version.published_at is not null and template.retired_at is null
             and (template.hospital_id is null
                  or template.hospital_id = (select hospital_id from journey_templates
                                             where id = $1))
           order by template.code, template.id, number desc"#,
        id as _,
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| SurveyChoice { id: row.id, name: row.title.0, version: row.number })
        .collect())
}

/// Journeys under way that a new version of this owner and type would leave with the old one.
pub(super) async fn running(
    read: Reader<'_>,
    owner: Option<HospitalId>,
    journey_type: JourneyType,
) -> Result<Vec<RunningJourneys>> {
    let reach = read.reach();
    let rows = sqlx::query!(
        r#"select hospital.name_ar as "name_ar!", hospital.name_en as "name_en!",
                  template.version, count(*) as "journeys!"
           from journeys as journey
           join hospital_names as hospital on hospital.id = journey.hospital_id
           join journey_templates as template on template.id = journey.journey_template_id
           where journey.status = 'active' and journey.journey_type = $3
             and ($1 or journey.hospital_id = any($2))
             and (template.hospital_id is not distinct from $4 or journey.hospital_id = $4)
           group by 1, 2, 3 order by 1, 3 desc"#,
        reach.all,
        &reach.hospitals as _,
        journey_type as _,
        owner as _,
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| RunningJourneys {
            hospital: Bilingual { ar: row.name_ar, en: row.name_en },
            version: row.version,
            journeys: row.journeys,
        })
        .collect())
}
