//! How journeys are kept.

use std::collections::{HashMap, HashSet};

use px360_domain::Bilingual;
use px360_domain::ids::{
    DepartmentId, EventId, HospitalId, JourneyId, JourneyTemplateId, PatientId, PhysicianId,
    StageId, StageTemplateId, SurveyVersionId,
};
use px360_domain::journeys::{
    JourneyStatus, JourneyTemplate, JourneyType, StageStatus, StageTemplate,
};

use super::board::{Board, Encounter, Journey, Stage};
use super::templates::Published;
use crate::error::Result;
use crate::tx::Tx;

/// Every template that was ever published, with its stages in order.
pub(super) async fn published_templates(tx: &mut Tx) -> Result<Vec<Published>> {
    let mut stages = published_stages(tx).await?;
    let templates = sqlx::query!(
        r#"select id as "id: JourneyTemplateId", hospital_id as "hospital_id: HospitalId",
                  journey_type as "journey_type: JourneyType", closing_codes,
                  retired_at is not null as "retired!"
           from journey_templates where published_at is not null
           order by published_at, id"#
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

async fn published_stages(tx: &mut Tx) -> Result<HashMap<JourneyTemplateId, Vec<StageTemplate>>> {
    let rows = sqlx::query!(
        r#"select stage.id as "id: StageTemplateId",
                  journey_template_id as "journey_template_id: JourneyTemplateId", stage.code,
                  stage.name_ar, stage.name_en, position, event_codes, opens_journey,
                  needs_department, needs_physician,
                  survey_version_id as "survey_version_id: SurveyVersionId", survey_delay_minutes
           from stage_templates as stage
           join journey_templates as template on template.id = stage.journey_template_id
           where template.published_at is not null
           order by journey_template_id, position"#
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
            event_codes: row.event_codes,
            opens_journey: row.opens_journey,
            needs_department: row.needs_department,
            needs_physician: row.needs_physician,
            survey_version_id: row.survey_version_id,
            survey_delay_minutes: row.survey_delay_minutes,
        });
    }
    Ok(stages)
}

/// The journeys of these encounters with their stages, locked until the end of the transaction.
pub(super) async fn lock_journeys(tx: &mut Tx, encounters: &HashSet<Encounter>) -> Result<Board> {
    let hospitals: Vec<HospitalId> = encounters.iter().map(|(hospital, _)| *hospital).collect();
    let numbers: Vec<String> = encounters.iter().map(|(_, number)| number.clone()).collect();
    let rows = sqlx::query!(
        r#"select id as "id: JourneyId", hospital_id as "hospital_id: HospitalId",
                  journey_template_id as "template_id: JourneyTemplateId", encounter_number,
                  patient_id as "patient_id: PatientId", status as "status: JourneyStatus",
                  opened_at, ended_at
           from journeys as journey
           where (hospital_id, encounter_number) in
                 (select * from unnest($1::uuid[], $2::text[]))
           for update of journey"#,
        &hospitals as _,
        &numbers,
    )
    .fetch_all(tx.db())
    .await?;
    let ids: Vec<JourneyId> = rows.iter().map(|row| row.id).collect();
    let mut stages = stages_of(tx, &ids).await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let journey = Journey {
                id: row.id,
                hospital_id: row.hospital_id,
                template_id: row.template_id,
                encounter_number: row.encounter_number,
                patient_id: row.patient_id,
                status: row.status,
                opened_at: row.opened_at,
                ended_at: row.ended_at,
                stages: stages.remove(&row.id).unwrap_or_default(),
                is_new: false,
                changed: false,
            };
            ((journey.hospital_id, journey.encounter_number.clone()), journey)
        })
        .collect())
}

async fn stages_of(tx: &mut Tx, journeys: &[JourneyId]) -> Result<HashMap<JourneyId, Vec<Stage>>> {
    let rows = sqlx::query!(
        r#"select id as "id: StageId", journey_id as "journey_id: JourneyId",
                  stage_template_id as "template_id: StageTemplateId", position,
                  status as "status: StageStatus", department_id as "department_id: DepartmentId",
                  physician_id as "physician_id: PhysicianId", completed_at,
                  completing_event_id as "completing_event_id: EventId",
                  exists (select from surveys as survey where survey.stage_id = stage.id)
                      as "has_survey!"
           from stages as stage
           where journey_id = any($1) order by journey_id, position"#,
        journeys as _,
    )
    .fetch_all(tx.db())
    .await?;
    let mut stages: HashMap<JourneyId, Vec<Stage>> = HashMap::new();
    for row in rows {
        stages.entry(row.journey_id).or_default().push(Stage {
            id: row.id,
            template_id: row.template_id,
            position: row.position,
            status: row.status,
            department_id: row.department_id,
            physician_id: row.physician_id,
            completed_at: row.completed_at,
            completing_event_id: row.completing_event_id,
            has_survey: row.has_survey,
            changed: false,
        });
    }
    Ok(stages)
}

/// Writes what is new and what changed.
pub(super) async fn write_journeys(tx: &mut Tx, board: &Board) -> Result<()> {
    let new: Vec<&Journey> = board.values().filter(|journey| journey.is_new).collect();
    let changed: Vec<&Journey> =
        board.values().filter(|journey| journey.changed && !journey.is_new).collect();
    insert_journeys(tx, &new).await?;
    insert_stages(tx, &new).await?;
    update_journeys(tx, &changed).await?;
    update_stages(tx, &changed).await
}

async fn insert_journeys(tx: &mut Tx, journeys: &[&Journey]) -> Result<()> {
    if journeys.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "insert into journeys (id, hospital_id, journey_template_id, encounter_number, patient_id,
                               status, opened_at, ended_at)
         select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::uuid[],
                              $6::text[], $7::timestamptz[], $8::timestamptz[])",
        &journeys.iter().map(|journey| journey.id).collect::<Vec<_>>() as _,
        &journeys.iter().map(|journey| journey.hospital_id).collect::<Vec<_>>() as _,
        &journeys.iter().map(|journey| journey.template_id).collect::<Vec<_>>() as _,
        &journeys.iter().map(|journey| journey.encounter_number.clone()).collect::<Vec<_>>(),
        &journeys.iter().map(|journey| journey.patient_id).collect::<Vec<_>>() as _,
        &journeys.iter().map(|journey| journey.status.to_string()).collect::<Vec<_>>(),
        &journeys.iter().map(|journey| journey.opened_at).collect::<Vec<_>>(),
        &journeys.iter().map(|journey| journey.ended_at).collect::<Vec<_>>() as _,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

async fn insert_stages(tx: &mut Tx, journeys: &[&Journey]) -> Result<()> {
    let stages: Vec<(&Journey, &Stage)> = journeys
        .iter()
        .flat_map(|journey| journey.stages.iter().map(|stage| (*journey, stage)))
        .collect();
    if stages.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "insert into stages (id, hospital_id, journey_id, stage_template_id, position, status,
                             department_id, physician_id, completed_at, completing_event_id)
         select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::smallint[],
                              $6::text[], $7::uuid[], $8::uuid[], $9::timestamptz[], $10::uuid[])",
        &stages.iter().map(|(_, stage)| stage.id).collect::<Vec<_>>() as _,
        &stages.iter().map(|(journey, _)| journey.hospital_id).collect::<Vec<_>>() as _,
        &stages.iter().map(|(journey, _)| journey.id).collect::<Vec<_>>() as _,
        &stages.iter().map(|(_, stage)| stage.template_id).collect::<Vec<_>>() as _,
        &stages.iter().map(|(_, stage)| stage.position).collect::<Vec<_>>(),
        &stages.iter().map(|(_, stage)| stage.status.to_string()).collect::<Vec<_>>(),
        &stages.iter().map(|(_, stage)| stage.department_id).collect::<Vec<_>>() as _,
        &stages.iter().map(|(_, stage)| stage.physician_id).collect::<Vec<_>>() as _,
        &stages.iter().map(|(_, stage)| stage.completed_at).collect::<Vec<_>>() as _,
        &stages.iter().map(|(_, stage)| stage.completing_event_id).collect::<Vec<_>>() as _,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

async fn update_journeys(tx: &mut Tx, journeys: &[&Journey]) -> Result<()> {
    if journeys.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "update journeys as journey set status = new.status, ended_at = new.ended_at
         from unnest($1::uuid[], $2::text[], $3::timestamptz[]) as new (id, status, ended_at)
         where journey.id = new.id",
        &journeys.iter().map(|journey| journey.id).collect::<Vec<_>>() as _,
        &journeys.iter().map(|journey| journey.status.to_string()).collect::<Vec<_>>(),
        &journeys.iter().map(|journey| journey.ended_at).collect::<Vec<_>>() as _,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

async fn update_stages(tx: &mut Tx, journeys: &[&Journey]) -> Result<()> {
    let stages: Vec<&Stage> =
        journeys.iter().flat_map(|journey| &journey.stages).filter(|stage| stage.changed).collect();
    if stages.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "update stages as stage
         set status = new.status, department_id = new.department_id,
             physician_id = new.physician_id, completed_at = new.completed_at,
             completing_event_id = new.completing_event_id
         from unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::timestamptz[], $6::uuid[])
              as new (id, status, department_id, physician_id, completed_at, completing_event_id)
         where stage.id = new.id",
        &stages.iter().map(|stage| stage.id).collect::<Vec<_>>() as _,
        &stages.iter().map(|stage| stage.status.to_string()).collect::<Vec<_>>(),
        &stages.iter().map(|stage| stage.department_id).collect::<Vec<_>>() as _,
        &stages.iter().map(|stage| stage.physician_id).collect::<Vec<_>>() as _,
        &stages.iter().map(|stage| stage.completed_at).collect::<Vec<_>>() as _,
        &stages.iter().map(|stage| stage.completing_event_id).collect::<Vec<_>>() as _,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}
