//! How journeys are kept.

use std::collections::{HashMap, HashSet};

use px360_domain::ids::{
    DepartmentId, EventId, HospitalId, JourneyId, JourneyTemplateId, PatientId, PhysicianId,
    StageId, StageTemplateId,
};
use px360_domain::journeys::{JourneyStatus, JourneyType, StageStatus};
use serde_json::{Value, json};

use super::reconcile::Changes;
use super::rows::{Board, Encounter, JourneyRow, Kept, StageRow, StayRow};
use crate::error::Result;
use crate::tx::Tx;

/// The journeys of these encounters with everything below them, locked until the end of the transaction.
pub(super) async fn lock_journeys(tx: &mut Tx, encounters: &HashSet<Encounter>) -> Result<Board> {
    let hospitals: Vec<HospitalId> = encounters.iter().map(|(hospital, _)| *hospital).collect();
    let numbers: Vec<String> = encounters.iter().map(|(_, number)| number.clone()).collect();
    let rows = sqlx::query_as!(
        JourneyRow,
        r#"select id as "id: JourneyId", hospital_id as "hospital_id: HospitalId",
                  journey_template_id as "template_id: JourneyTemplateId",
                  journey_type as "journey_type!: JourneyType", encounter_number,
                  patient_id as "patient_id: PatientId", status as "status: JourneyStatus",
                  opened_at, opened_by_event_id as "opened_by: EventId", ended_at, cancelled_at,
                  went_on, disposition, attending_id as "attending_id: PhysicianId"
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
    let (mut stages, mut stays) = if ids.is_empty() {
        (HashMap::new(), HashMap::new())
    } else {
        (stages_of(tx, &ids).await?, stays_of(tx, &ids).await?)
    };
    let mut board = Board::new();
    for journey in rows {
        let encounter = (journey.hospital_id, journey.encounter_number.clone());
        let stages = stages.remove(&journey.id).unwrap_or_default();
        let stays = stays.remove(&journey.id).unwrap_or_default();
        board.entry(encounter).or_default().push(Kept { journey, stages, stays });
    }
    Ok(board)
}

async fn stages_of(
    tx: &mut Tx,
    journeys: &[JourneyId],
) -> Result<HashMap<JourneyId, Vec<StageRow>>> {
    let rows = sqlx::query_as!(
        StageRow,
        r#"select id as "id: StageId", hospital_id as "hospital_id: HospitalId",
                  journey_id as "journey_id: JourneyId",
                  stage_template_id as "template_id: StageTemplateId", position, occurrence,
                  status as "status: StageStatus", started_at, completed_at,
                  completing_event_id as "completed_by: EventId",
                  department_id as "department_id: DepartmentId",
                  physician_id as "physician_id: PhysicianId"
           from stages where journey_id = any($1) order by journey_id, position, occurrence"#,
        journeys as _,
    )
    .fetch_all(tx.db())
    .await?;
    let mut stages: HashMap<JourneyId, Vec<StageRow>> = HashMap::new();
    for row in rows {
        stages.entry(row.journey_id).or_default().push(row);
    }
    Ok(stages)
}

async fn stays_of(tx: &mut Tx, journeys: &[JourneyId]) -> Result<HashMap<JourneyId, Vec<StayRow>>> {
    let rows = sqlx::query_as!(
        StayRow,
        r#"select hospital_id as "hospital_id: HospitalId", journey_id as "journey_id: JourneyId",
                  number, department_id as "department_id: DepartmentId", location, started_at,
                  ended_at
           from journey_stays where journey_id = any($1) order by journey_id, number"#,
        journeys as _,
    )
    .fetch_all(tx.db())
    .await?;
    let mut stays: HashMap<JourneyId, Vec<StayRow>> = HashMap::new();
    for row in rows {
        stays.entry(row.journey_id).or_default().push(row);
    }
    Ok(stays)
}

/// Writes what is new and what changed.
pub(super) async fn write(tx: &mut Tx, changes: &Changes) -> Result<()> {
    insert_journeys(tx, &changes.new_journeys).await?;
    update_journeys(tx, &changes.changed_journeys).await?;
    insert_stages(tx, &changes.new_stages).await?;
    update_stages(tx, &changes.changed_stages).await?;
    if !changes.moved.is_empty() {
        sqlx::query!("delete from journey_stays where journey_id = any($1)", &changes.moved as _)
            .execute(tx.db())
            .await?;
    }
    insert_stays(tx, &changes.stays).await
}

async fn insert_journeys(tx: &mut Tx, journeys: &[JourneyRow]) -> Result<()> {
    if journeys.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "insert into journeys (id, hospital_id, journey_template_id, journey_type,
                               encounter_number, patient_id, status, opened_at,
                               opened_by_event_id, ended_at, cancelled_at, went_on, disposition,
                               attending_id)
         select id, hospital_id, journey_template_id, journey_type, encounter_number, patient_id,
                status, opened_at, opened_by, ended_at, cancelled_at, went_on, disposition,
                attending_id
         from jsonb_to_recordset($1) as new
              (id uuid, hospital_id uuid, journey_template_id uuid, journey_type text,
               encounter_number text, patient_id uuid, status text, opened_at timestamptz,
               opened_by uuid, ended_at timestamptz, cancelled_at timestamptz, went_on boolean,
               disposition text, attending_id uuid)",
        journeys.iter().map(journey_json).collect::<Value>(),
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

async fn update_journeys(tx: &mut Tx, journeys: &[JourneyRow]) -> Result<()> {
    if journeys.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "update journeys as journey
         set journey_template_id = new.journey_template_id, patient_id = new.patient_id,
             status = new.status, opened_at = new.opened_at, opened_by_event_id = new.opened_by,
             ended_at = new.ended_at, cancelled_at = new.cancelled_at, went_on = new.went_on,
             disposition = new.disposition, attending_id = new.attending_id
         from jsonb_to_recordset($1) as new
              (id uuid, journey_template_id uuid, patient_id uuid, status text,
               opened_at timestamptz, opened_by uuid, ended_at timestamptz,
               cancelled_at timestamptz, went_on boolean, disposition text, attending_id uuid)
         where journey.id = new.id",
        journeys.iter().map(journey_json).collect::<Value>(),
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

fn journey_json(row: &JourneyRow) -> Value {
    json!({
        "id": row.id, "hospital_id": row.hospital_id, "journey_template_id": row.template_id,
        "journey_type": row.journey_type, "encounter_number": row.encounter_number,
        "patient_id": row.patient_id, "status": row.status, "opened_at": row.opened_at,
        "opened_by": row.opened_by, "ended_at": row.ended_at, "cancelled_at": row.cancelled_at,
        "went_on": row.went_on, "disposition": row.disposition, "attending_id": row.attending_id,
    })
}

async fn insert_stages(tx: &mut Tx, stages: &[StageRow]) -> Result<()> {
    if stages.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "insert into stages (id, hospital_id, journey_id, stage_template_id, position, occurrence,
                             status, started_at, completed_at, completing_event_id, department_id,
                             physician_id)
         select id, hospital_id, journey_id, stage_template_id, position, occurrence, status,
                started_at, completed_at, completed_by, department_id, physician_id
         from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::smallint[],
                     $6::smallint[], $7::text[], $8::timestamptz[], $9::timestamptz[],
                     $10::uuid[], $11::uuid[], $12::uuid[])
              as new (id, hospital_id, journey_id, stage_template_id, position, occurrence, status,
                      started_at, completed_at, completed_by, department_id, physician_id)",
        &stages.iter().map(|stage| stage.id).collect::<Vec<_>>() as _,
        &stages.iter().map(|stage| stage.hospital_id).collect::<Vec<_>>() as _,
        &stages.iter().map(|stage| stage.journey_id).collect::<Vec<_>>() as _,
        &stages.iter().map(|stage| stage.template_id).collect::<Vec<_>>() as _,
        &stages.iter().map(|stage| stage.position).collect::<Vec<_>>(),
        &stages.iter().map(|stage| stage.occurrence).collect::<Vec<_>>(),
        &stages.iter().map(|stage| stage.status.to_string()).collect::<Vec<_>>(),
        &stages.iter().map(|stage| stage.started_at).collect::<Vec<_>>() as _,
        &stages.iter().map(|stage| stage.completed_at).collect::<Vec<_>>() as _,
        &stages.iter().map(|stage| stage.completed_by).collect::<Vec<_>>() as _,
        &stages.iter().map(|stage| stage.department_id).collect::<Vec<_>>() as _,
        &stages.iter().map(|stage| stage.physician_id).collect::<Vec<_>>() as _,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

async fn update_stages(tx: &mut Tx, stages: &[StageRow]) -> Result<()> {
    if stages.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "update stages as stage
         set status = new.status, started_at = new.started_at, completed_at = new.completed_at,
             completing_event_id = new.completed_by, department_id = new.department_id,
             physician_id = new.physician_id
         from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::uuid[],
                     $6::uuid[], $7::uuid[])
              as new (id, status, started_at, completed_at, completed_by, department_id,
                      physician_id)
         where stage.id = new.id",
        &stages.iter().map(|stage| stage.id).collect::<Vec<_>>() as _,
        &stages.iter().map(|stage| stage.status.to_string()).collect::<Vec<_>>(),
        &stages.iter().map(|stage| stage.started_at).collect::<Vec<_>>() as _,
        &stages.iter().map(|stage| stage.completed_at).collect::<Vec<_>>() as _,
        &stages.iter().map(|stage| stage.completed_by).collect::<Vec<_>>() as _,
        &stages.iter().map(|stage| stage.department_id).collect::<Vec<_>>() as _,
        &stages.iter().map(|stage| stage.physician_id).collect::<Vec<_>>() as _,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

async fn insert_stays(tx: &mut Tx, stays: &[StayRow]) -> Result<()> {
    if stays.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "insert into journey_stays (hospital_id, journey_id, number, department_id, location,
                                    started_at, ended_at)
         select * from unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::uuid[], $5::text[],
                              $6::timestamptz[], $7::timestamptz[])",
        &stays.iter().map(|stay| stay.hospital_id).collect::<Vec<_>>() as _,
        &stays.iter().map(|stay| stay.journey_id).collect::<Vec<_>>() as _,
        &stays.iter().map(|stay| stay.number).collect::<Vec<_>>(),
        &stays.iter().map(|stay| stay.department_id).collect::<Vec<_>>() as _,
        &stays.iter().map(|stay| stay.location.clone()).collect::<Vec<_>>() as _,
        &stays.iter().map(|stay| stay.started_at).collect::<Vec<_>>(),
        &stays.iter().map(|stay| stay.ended_at).collect::<Vec<_>>() as _,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Takes away what never was, seen from now. What a patient was asked about stays, as reversed.
pub(super) async fn forget(tx: &mut Tx, journeys: &[JourneyId], stages: &[StageId]) -> Result<()> {
    if journeys.is_empty() && stages.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "with gone as (
             delete from stages
             where id = any($1)
               and not exists (select from surveys where surveys.stage_id = stages.id)
         )
         update stages set status = 'reversed'
         where id = any($1) and exists (select from surveys where surveys.stage_id = stages.id)",
        stages as _,
    )
    .execute(tx.db())
    .await?;
    sqlx::query!(
        "with stays as (delete from journey_stays where journey_id = any($1))
         update journeys set status = 'cancelled' where id = any($1)",
        journeys as _,
    )
    .execute(tx.db())
    .await?;
    sqlx::query!(
        "delete from journeys
         where id = any($1)
           and not exists (select from stages where stages.journey_id = journeys.id)",
        journeys as _,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}
