//! Who is where.

use chrono::{DateTime, Utc};
use px360_domain::Bilingual;
use px360_domain::access::Reach;
use px360_domain::ids::{HospitalId, JourneyId};
use px360_domain::journeys::{BOARD_CARDS_MAX, BoardColumn, BoardFilter};
use sqlx::PgConnection;

use crate::error::Result;

/// How many patients there are.
pub(in crate::journeys::look) struct Totals {
    pub(in crate::journeys::look) patients: i64,
    pub(in crate::journeys::look) overdue: i64,
}

/// How many patients the board has, and how many of them wait too long somewhere.
pub(in crate::journeys::look) async fn board_totals(
    db: &mut PgConnection,
    reach: &Reach,
    filter: &BoardFilter,
    now: DateTime<Utc>,
) -> Result<Totals> {
    let totals = sqlx::query_as!(
        Totals,
        r#"select count(*) as "patients!",
                  count(*) filter (where exists (
                      select from stages join stage_templates as template
                        on template.id = stages.stage_template_id
                      where stages.journey_id = journey.id and stages.status = 'active'
                        and coalesce(stages.started_at, journey.opened_at)
                            + make_interval(mins => template.dwell_minutes_max) < $5
                  )) as "overdue!"
           from journeys as journey
           join hospital_names as hospital on hospital.id = journey.hospital_id
           where journey.status = 'active' and journey.journey_type = $3
             and ($1 or journey.hospital_id = any($2))
             and ($4::text is null or hospital.code = $4)"#,
        reach.all,
        &reach.hospitals as _,
        filter.journey_type as _,
        filter.hospital,
        now,
    )
    .fetch_one(db)
    .await?;
    Ok(totals)
}

/// The stages of what holds now, in order, nobody in them yet.
pub(in crate::journeys::look) async fn board_columns(
    db: &mut PgConnection,
    reach: &Reach,
    filter: &BoardFilter,
) -> Result<Vec<BoardColumn>> {
    let rows = sqlx::query!(
        r#"select stage.code, (array_agg(stage.name_ar order by template.hospital_id nulls first))[1] as "name_ar!",
                  (array_agg(stage.name_en order by template.hospital_id nulls first))[1] as "name_en!",
                  min(stage.dwell_minutes_max) as dwell_minutes_max
           from stage_templates as stage
           join journey_templates as template on template.id = stage.journey_template_id
           left join hospital_names as hospital on hospital.id = template.hospital_id
           where template.published_at is not null and template.retired_at is null
             and template.journey_type = $3
             and (template.hospital_id is null or $1 or template.hospital_id = any($2))
             and ($4::text is null or template.hospital_id is null or hospital.code = $4)
           group by stage.code
           order by min(stage.position), stage.code"#,
        reach.all,
        &reach.hospitals as _,
        filter.journey_type as _,
        filter.hospital,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| BoardColumn {
            code: row.code,
            name: Bilingual { ar: row.name_ar, en: row.name_en },
            dwell_minutes_max: row.dwell_minutes_max,
            patients: 0,
            overdue: 0,
            cards: Vec::new(),
        })
        .collect())
}

/// A patient in a stage.
pub(in crate::journeys::look) struct Waiting {
    pub(in crate::journeys::look) code: String,
    pub(in crate::journeys::look) name_ar: String,
    pub(in crate::journeys::look) name_en: String,
    pub(in crate::journeys::look) dwell_minutes_max: Option<i32>,
    pub(in crate::journeys::look) journey_id: JourneyId,
    pub(in crate::journeys::look) encounter_number: String,
    pub(in crate::journeys::look) hospital_id: HospitalId,
    pub(in crate::journeys::look) hospital_ar: String,
    pub(in crate::journeys::look) hospital_en: String,
    pub(in crate::journeys::look) patient_ar: String,
    pub(in crate::journeys::look) patient_en: String,
    pub(in crate::journeys::look) department_ar: Option<String>,
    pub(in crate::journeys::look) department_en: Option<String>,
    pub(in crate::journeys::look) location: Option<String>,
    pub(in crate::journeys::look) since: DateTime<Utc>,
    pub(in crate::journeys::look) overdue: bool,
    /// How many patients are in this stage.
    pub(in crate::journeys::look) patients: i64,
    /// How many of them wait too long.
    pub(in crate::journeys::look) overdue_here: i64,
}

/// Those who wait longest in each stage.
pub(in crate::journeys::look) async fn waiting(
    db: &mut PgConnection,
    reach: &Reach,
    filter: &BoardFilter,
    now: DateTime<Utc>,
) -> Result<Vec<Waiting>> {
    let rows = sqlx::query_as!(
        Waiting,
        r#"with here as (
               select journey.id, journey.encounter_number, journey.hospital_id, journey.patient_id,
                      hospital.name_ar as hospital_ar, hospital.name_en as hospital_en,
                      template.code, template.name_ar, template.name_en, template.position,
                      template.dwell_minutes_max,
                      coalesce(stage.started_at, journey.opened_at) as since,
                      coalesce(coalesce(stage.started_at, journey.opened_at)
                          + make_interval(mins => template.dwell_minutes_max) < $5, false) as overdue
               from journeys as journey
               join hospital_names as hospital on hospital.id = journey.hospital_id
               join stages as stage on stage.journey_id = journey.id and stage.status = 'active'
               join stage_templates as template on template.id = stage.stage_template_id
               where journey.status = 'active' and journey.journey_type = $3
                 and ($1 or journey.hospital_id = any($2))
                 and ($4::text is null or hospital.code = $4)
           ), ordered as (
               select *, row_number() over (partition by code order by since, id) as place,
                      count(*) over (partition by code) as patients,
                      count(*) filter (where overdue) over (partition by code) as overdue_here
               from here
           )
           select code, ordered.name_ar, ordered.name_en, dwell_minutes_max,
                  ordered.id as "journey_id: JourneyId", encounter_number,
                  ordered.hospital_id as "hospital_id: HospitalId", hospital_ar as "hospital_ar!",
                  hospital_en as "hospital_en!", coalesce(patient.name_ar, '') as "patient_ar!",
                  coalesce(patient.name_en, '') as "patient_en!",
                  department.name_ar as "department_ar?", department.name_en as "department_en?",
                  stay.location as "location?", since as "since!", overdue as "overdue!",
                  patients as "patients!", overdue_here as "overdue_here!"
           from ordered
           left join patients as patient on patient.id = ordered.patient_id
           left join lateral (
               select department_id, location from journey_stays
               where journey_id = ordered.id order by number desc limit 1
           ) as stay on true
           left join department_names as department on department.id = stay.department_id
           where place <= $6
           order by position, code, place"#,
        reach.all,
        &reach.hospitals as _,
        filter.journey_type as _,
        filter.hospital,
        now,
        BOARD_CARDS_MAX,
    )
    .fetch_all(db)
    .await?;
    Ok(rows)
}
