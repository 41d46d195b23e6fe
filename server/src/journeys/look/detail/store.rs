//! What one journey is made of.

use chrono::{DateTime, Utc};
use px360_domain::Bilingual;
use px360_domain::ids::{EventId, HospitalId, JourneyId, StageId, SurveyId};
use px360_domain::integrations::{EventFormat, EventReason, EventRow, EventStatus};
use px360_domain::journeys::{StageLine, StageStatus, StayLine, SurveyLine};
use px360_domain::surveys::SurveyStatus;
use sqlx::PgConnection;

use crate::error::Result;

/// What lists do not say of a journey.
pub(in crate::journeys::look) struct Head {
    pub(in crate::journeys::look) cancelled_at: Option<DateTime<Utc>>,
    pub(in crate::journeys::look) went_on: bool,
    pub(in crate::journeys::look) disposition: Option<String>,
    pub(in crate::journeys::look) attending_ar: Option<String>,
    pub(in crate::journeys::look) attending_en: Option<String>,
}

/// What lists do not say of a journey.
pub(in crate::journeys::look) async fn head(db: &mut PgConnection, id: JourneyId) -> Result<Head> {
    let head = sqlx::query_as!(
        Head,
        r#"select cancelled_at, went_on, disposition, physician.name_ar as "attending_ar?",
                  physician.name_en as "attending_en?"
           from journeys as journey
           left join physicians as physician on physician.id = journey.attending_id
           where journey.id = $1"#,
        id as _,
    )
    .fetch_one(db)
    .await?;
    Ok(head)
}

/// The stages of a journey, in order.
pub(in crate::journeys::look) async fn stages(
    db: &mut PgConnection,
    id: JourneyId,
    now: DateTime<Utc>,
) -> Result<Vec<StageLine>> {
    let rows = sqlx::query!(
        r#"select stage.id as "id: StageId", template.code, template.name_ar, template.name_en,
                  stage.occurrence, template.parallel, template.optional,
                  stage.status as "status: StageStatus", stage.started_at, stage.completed_at,
                  template.dwell_minutes_max,
                  coalesce(stage.started_at + make_interval(mins => template.dwell_minutes_max)
                      < coalesce(stage.completed_at,
                                 case stage.status when 'active' then $2::timestamptz end),
                      false) as "overdue!",
                  department.name_ar as "department_ar?", department.name_en as "department_en?",
                  physician.name_ar as "physician_ar?", physician.name_en as "physician_en?",
                  stage.completing_event_id as "event_id: EventId",
                  survey.id as "survey_id?: SurveyId", survey.status as "survey_status?: SurveyStatus",
                  survey.sent_at as "survey_sent_at?", survey.completed_at as "survey_completed_at?",
                  (select send_after from notifications
                   where dedupe_key = 'survey:' || survey.id::text and status = 'queued') as due_at
           from stages as stage
           join stage_templates as template on template.id = stage.stage_template_id
           left join department_names as department on department.id = stage.department_id
           left join physicians as physician on physician.id = stage.physician_id
           left join surveys as survey on survey.stage_id = stage.id
           where stage.journey_id = $1
           order by stage.position, stage.occurrence"#,
        id as _,
        now,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| StageLine {
            id: row.id,
            code: row.code,
            name: Bilingual { ar: row.name_ar, en: row.name_en },
            occurrence: row.occurrence,
            parallel: row.parallel,
            optional: row.optional,
            status: row.status,
            started_at: row.started_at,
            completed_at: row.completed_at,
            dwell_minutes_max: row.dwell_minutes_max,
            overdue: row.overdue,
            department: Bilingual::both(row.department_ar, row.department_en),
            physician: Bilingual::both(row.physician_ar, row.physician_en),
            event_id: row.event_id,
            survey: row.survey_id.zip(row.survey_status).map(|(id, status)| SurveyLine {
                id,
                status,
                due_at: row.due_at,
                sent_at: row.survey_sent_at,
                completed_at: row.survey_completed_at,
            }),
        })
        .collect())
}

/// Where the patient of a journey was, in order.
pub(in crate::journeys::look) async fn stays(
    db: &mut PgConnection,
    id: JourneyId,
) -> Result<Vec<StayLine>> {
    let rows = sqlx::query!(
        r#"select department.name_ar as "department_ar?", department.name_en as "department_en?",
                  location, started_at, ended_at
           from journey_stays as stay
           left join department_names as department on department.id = stay.department_id
           where journey_id = $1 order by number"#,
        id as _,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| StayLine {
            department: Bilingual::both(row.department_ar, row.department_en),
            location: row.location,
            started_at: row.started_at,
            ended_at: row.ended_at,
        })
        .collect())
}

/// The messages of an encounter, in the order in which things happened.
pub(in crate::journeys::look) async fn events(
    db: &mut PgConnection,
    hospital_id: HospitalId,
    encounter_number: &str,
) -> Result<Vec<EventRow>> {
    let rows = sqlx::query_as!(
        EventRow,
        r#"select event.id as "event_id: EventId", source.name as source,
                  hospital.code as "hospital?", source_event_id, format as "format: EventFormat",
                  event_code, encounter_number as encounter_id, occurred_at, received_at,
                  status as "status: EventStatus", reason as "reason: EventReason",
                  waits_for_code as waits_for, attempts
           from inbound_events as event
           join sources as source on source.id = event.source_id
           left join hospital_names as hospital on hospital.id = event.hospital_id
           where event.hospital_id = $1 and event.encounter_number = $2
           order by occurred_at, event.id
           limit 200"#,
        hospital_id as _,
        encounter_number,
    )
    .fetch_all(db)
    .await?;
    Ok(rows)
}
