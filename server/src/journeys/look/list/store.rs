//! Journeys in a list.

use chrono::{DateTime, Utc};
use px360_domain::Bilingual;
use px360_domain::access::Reach;
use px360_domain::ids::{HospitalId, JourneyId, JourneyTemplateId, PatientId};
use px360_domain::journeys::{JourneyFilter, JourneyRow, JourneyStatus, JourneyType};
use sqlx::PgConnection;

use crate::error::Result;

/// What a page is asked by.
pub(in crate::journeys::look) struct Asked<'a> {
    pub(in crate::journeys::look) filter: &'a JourneyFilter,
    pub(in crate::journeys::look) before: Option<(DateTime<Utc>, JourneyId)>,
    pub(in crate::journeys::look) only: Option<JourneyId>,
    pub(in crate::journeys::look) of: Option<HospitalId>,
    pub(in crate::journeys::look) limit: i64,
}

/// Journeys within reach, those that began last first. Names are not masked.
pub(in crate::journeys::look) async fn list(
    db: &mut PgConnection,
    reach: &Reach,
    asked: &Asked<'_>,
) -> Result<Vec<JourneyRow>> {
    let (filter, (before_at, before_id)) = (asked.filter, asked.before.unzip());
    let rows = sqlx::query!(
        r#"select journey.id as "id: JourneyId", journey.hospital_id as "hospital_id: HospitalId",
                  hospital.name_ar as "hospital_ar!", hospital.name_en as "hospital_en!",
                  journey.journey_type as "journey_type!: JourneyType",
                  template.id as "template_id: JourneyTemplateId", template.version,
                  template.name_ar as template_ar, template.name_en as template_en,
                  journey.encounter_number, journey.patient_id as "patient_id: PatientId",
                  coalesce(patient.name_ar, '') as "patient_ar!",
                  coalesce(patient.name_en, '') as "patient_en!",
                  journey.status as "status: JourneyStatus", journey.opened_at, journey.ended_at,
                  stage.name_ar as "stage_ar?", stage.name_en as "stage_en?"
           from journeys as journey
           join hospital_names as hospital on hospital.id = journey.hospital_id
           join journey_templates as template on template.id = journey.journey_template_id
           left join patients as patient on patient.id = journey.patient_id
           left join lateral (
               select stage_template.name_ar, stage_template.name_en
               from stages join stage_templates as stage_template on stage_template.id = stage_template_id
               where journey_id = journey.id and status = 'active'
               order by stages.position, occurrence desc limit 1
           ) as stage on journey.status = 'active'
           where ($1 or journey.hospital_id = any($2))
             and ($3::text is null or hospital.code = $3)
             and ($4::text is null or journey.journey_type = $4)
             and ($5::text is null or journey.status = $5)
             and ($6::text is null or journey.encounter_number = $6)
             and ($7::uuid is null or journey.patient_id = $7)
             and ($8::uuid is null or journey.journey_template_id = $8)
             and ($9::uuid is null or journey.id = $9) and ($13::uuid is null or journey.hospital_id = $13)
             and ($10::timestamptz is null or (journey.opened_at, journey.id) < ($10, $11))
           order by journey.opened_at desc, journey.id desc
           limit $12"#,
        reach.all,
        &reach.hospitals as _,
        filter.hospital,
        filter.journey_type as _,
        filter.status as _,
        filter.encounter_number,
        filter.patient_id as _,
        filter.template_id as _,
        asked.only as _,
        before_at,
        before_id as _,
        asked.limit,
        asked.of as _,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| JourneyRow {
            id: row.id,
            hospital_id: row.hospital_id,
            hospital: Bilingual { ar: row.hospital_ar, en: row.hospital_en },
            journey_type: row.journey_type,
            template: Bilingual { ar: row.template_ar, en: row.template_en },
            template_id: row.template_id,
            version: row.version,
            encounter_number: row.encounter_number,
            patient_id: row.patient_id,
            patient: Bilingual { ar: row.patient_ar, en: row.patient_en },
            status: row.status,
            stage: Bilingual::both(row.stage_ar, row.stage_en),
            opened_at: row.opened_at,
            ended_at: row.ended_at,
        })
        .collect())
}
