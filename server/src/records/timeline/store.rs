//! The rows behind a timeline. Every statement is cut to the caller's reach and to one page.

use chrono::{DateTime, Utc};
use px360_domain::Bilingual;
use px360_domain::access::Reach;
use px360_domain::actions::{ActionKind, ActionStatus, Severity};
use px360_domain::ids::ActionId;
use px360_domain::journeys::{JourneyStatus, JourneyType};
use px360_domain::notifications::{Channel, NotificationStatus, SuppressionReason};
use px360_domain::records::{Happened, PatientEvent};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::Result;
use crate::tx::Reader;

/// Which part is asked for.
#[derive(Clone, Copy)]
pub(super) struct Page {
    pub(super) patient: Uuid,
    /// Earlier than this instant, or at it with a smaller rank, or with a smaller id.
    pub(super) before: Option<DateTime<Utc>>,
    pub(super) before_rank: Option<i32>,
    pub(super) before_id: Option<Uuid>,
    pub(super) rows: i64,
}

/// An event, and the id of its row.
pub(super) struct Row {
    pub(super) id: Uuid,
    pub(super) event: PatientEvent,
}

/// Where an event stands: those of one instant in the order in which one leads to the other.
pub(super) type Place = (DateTime<Utc>, i32, Uuid);

impl Row {
    /// Where it stands; the statements below write the same ranks.
    pub(super) fn place(&self) -> Place {
        let rank = match self.event.what {
            Happened::Encounter { .. } => 0,
            Happened::Stage { .. } => 1,
            Happened::Invitation { .. } => 2,
            Happened::Response { .. } => 3,
            Happened::Action { .. } => 4,
        };
        (self.event.at, rank, self.id)
    }

    fn new(id: Uuid, at: DateTime<Utc>, hospital: Bilingual, what: Happened) -> Self {
        Self { id, event: PatientEvent { at, hospital, what } }
    }
}

fn small(number: Option<i16>) -> Option<u8> {
    number.and_then(|number| u8::try_from(number).ok())
}

/// Encounters, stages, invitations and answers, each at most a page of them.
pub(super) async fn care(read: Reader<'_>, page: Page) -> Result<Vec<Row>> {
    let mut db = read.db().await?;
    let reach = read.reach();
    let mut rows = encounters(&mut db, reach, page).await?;
    rows.extend(stages(&mut db, reach, page).await?);
    rows.extend(invitations(&mut db, reach, page).await?);
    rows.extend(responses(&mut db, reach, page).await?);
    Ok(rows)
}

async fn encounters(db: &mut PgConnection, reach: &Reach, page: Page) -> Result<Vec<Row>> {
    let rows = sqlx::query!(
        r#"select journey.id, journey.opened_at, hospital.name_ar as "name_ar!", hospital.name_en as "name_en!",
                  template.journey_type as "kind: JourneyType", journey.encounter_number,
                  journey.status as "status: JourneyStatus"
           from journeys as journey
           join journey_templates as template on template.id = journey.journey_template_id
           join hospital_names as hospital on hospital.id = journey.hospital_id
           where journey.patient_id = $1
             and ($2::timestamptz is null or (journey.opened_at, 0, journey.id) < ($2, $9::int, $3::uuid))
             and ($5 or journey.hospital_id = any($6)
                  or exists (select from stages as stage
                             where stage.journey_id = journey.id
                               and (stage.department_id = any($7)
                                    or stage.physician_id in (select id from physicians
                                                              where user_id = $8))))
           order by journey.opened_at desc, journey.id desc
           limit $4"#,
        page.patient,
        page.before,
        page.before_id,
        page.rows,
        reach.all,
        &reach.hospitals as _,
        &reach.departments as _,
        reach.own as _,
        page.before_rank,
    )
    .fetch_all(db)
    .await?;
    let events = rows.into_iter().map(|row| {
        let what = Happened::Encounter {
            kind: row.kind,
            number: row.encounter_number,
            status: row.status,
        };
        Row::new(row.id, row.opened_at, Bilingual { ar: row.name_ar, en: row.name_en }, what)
    });
    Ok(events.collect())
}

async fn stages(db: &mut PgConnection, reach: &Reach, page: Page) -> Result<Vec<Row>> {
    let rows = sqlx::query!(
        r#"select stage.id, stage.completed_at as "completed_at!", hospital.name_ar as "name_ar!", hospital.name_en as "name_en!",
                  template.name_ar as stage_ar, template.name_en as stage_en,
                  department.name_ar as "department_ar?", department.name_en as "department_en?",
                  physician.name_ar as "physician_ar?", physician.name_en as "physician_en?"
           from journeys as journey
           join stages as stage on stage.journey_id = journey.id
           join stage_templates as template on template.id = stage.stage_template_id
           join hospital_names as hospital on hospital.id = stage.hospital_id
           left join department_names as department on department.id = stage.department_id
           left join physicians as physician on physician.id = stage.physician_id
           where journey.patient_id = $1 and stage.completed_at is not null
             and ($2::timestamptz is null or (stage.completed_at, 1, stage.id) < ($2, $9::int, $3::uuid))
             and ($5 or stage.hospital_id = any($6) or stage.department_id = any($7)
                  or physician.user_id = $8)
           order by stage.completed_at desc, stage.id desc
           limit $4"#,
        page.patient,
        page.before,
        page.before_id,
        page.rows,
        reach.all,
        &reach.hospitals as _,
        &reach.departments as _,
        reach.own as _,
        page.before_rank,
    )
    .fetch_all(db)
    .await?;
    let events = rows.into_iter().map(|row| {
        let what = Happened::Stage {
            stage: Bilingual { ar: row.stage_ar, en: row.stage_en },
            department: Bilingual::both(row.department_ar, row.department_en),
            physician: Bilingual::both(row.physician_ar, row.physician_en),
        };
        Row::new(row.id, row.completed_at, Bilingual { ar: row.name_ar, en: row.name_en }, what)
    });
    Ok(events.collect())
}

async fn invitations(db: &mut PgConnection, reach: &Reach, page: Page) -> Result<Vec<Row>> {
    let rows = sqlx::query!(
        r#"select message.id, coalesce(message.sent_at, message.created_at) as "at!",
                  hospital.name_ar as "name_ar!", hospital.name_en as "name_en!",
                  template.name_ar as stage_ar, template.name_en as stage_en,
                  message.status as "status: NotificationStatus",
                  message.reason as "reason: SuppressionReason",
                  (select channel from notification_log as log
                   where log.notification_id = message.id
                   order by attempt desc limit 1) as "channel: Channel"
           from surveys as survey
           join notifications as message
             on message.survey_id = survey.id and message.patient_id = survey.patient_id
             and message.kind = 'survey_invitation'
           join stages as stage on stage.id = survey.stage_id
           join stage_templates as template on template.id = stage.stage_template_id
           join hospital_names as hospital on hospital.id = survey.hospital_id
           left join physicians as physician on physician.id = survey.physician_id
           where survey.patient_id = $1
             and ($2::timestamptz is null
                  or (coalesce(message.sent_at, message.created_at), 2, message.id) < ($2, $9::int, $3::uuid))
             and ($5 or survey.hospital_id = any($6) or survey.department_id = any($7)
                  or physician.user_id = $8)
           order by coalesce(message.sent_at, message.created_at) desc, message.id desc
           limit $4"#,
        page.patient,
        page.before,
        page.before_id,
        page.rows,
        reach.all,
        &reach.hospitals as _,
        &reach.departments as _,
        reach.own as _,
        page.before_rank,
    )
    .fetch_all(db)
    .await?;
    let events = rows.into_iter().map(|row| {
        let what = Happened::Invitation {
            stage: Bilingual { ar: row.stage_ar, en: row.stage_en },
            status: row.status,
            reason: row.reason,
            channel: row.channel,
        };
        Row::new(row.id, row.at, Bilingual { ar: row.name_ar, en: row.name_en }, what)
    });
    Ok(events.collect())
}

async fn responses(db: &mut PgConnection, reach: &Reach, page: Page) -> Result<Vec<Row>> {
    let rows = sqlx::query!(
        r#"select survey.id, survey.completed_at as "completed_at!",
                  hospital.name_ar as "name_ar!", hospital.name_en as "name_en!",
                  template.name_ar as stage_ar, template.name_en as stage_en,
                  survey.nps, survey.score, survey.callback,
                  (select string_agg(answer.words, E'\n' order by question.place)
                   from survey_versions as version,
                        jsonb_array_elements(version.content -> 'questions')
                            with ordinality as question (doc, place)
                   join answers as answer
                     on answer.survey_id = survey.id
                    and answer.question_key = question.doc ->> 'key'
                   where version.id = survey.survey_version_id
                     and question.doc -> 'kind' ? 'text') as words
           from surveys as survey
           join stages as stage on stage.id = survey.stage_id
           join stage_templates as template on template.id = stage.stage_template_id
           join hospital_names as hospital on hospital.id = survey.hospital_id
           left join physicians as physician on physician.id = survey.physician_id
           where survey.patient_id = $1 and survey.completed_at is not null
             and ($2::timestamptz is null or (survey.completed_at, 3, survey.id) < ($2, $9::int, $3::uuid))
             and ($5 or survey.hospital_id = any($6) or survey.department_id = any($7)
                  or physician.user_id = $8)
           order by survey.completed_at desc, survey.id desc
           limit $4"#,
        page.patient,
        page.before,
        page.before_id,
        page.rows,
        reach.all,
        &reach.hospitals as _,
        &reach.departments as _,
        reach.own as _,
        page.before_rank,
    )
    .fetch_all(db)
    .await?;
    let events = rows.into_iter().map(|row| {
        let what = Happened::Response {
            stage: Bilingual { ar: row.stage_ar, en: row.stage_en },
            nps: small(row.nps),
            // Hundredths of a percent, rounded to the nearest percent.
            score: small(row.score.map(|hundredths| (hundredths + 50) / 100)),
            callback: row.callback,
            words: row.words,
        };
        Row::new(row.id, row.completed_at, Bilingual { ar: row.name_ar, en: row.name_en }, what)
    });
    Ok(events.collect())
}

/// Actions that the patient's answers opened, at most a page of them.
pub(super) async fn actions(read: Reader<'_>, page: Page) -> Result<Vec<Row>> {
    let reach = read.reach();
    let rows = sqlx::query!(
        r#"select action.id as "id: ActionId", action.opened_at, hospital.name_ar as "name_ar!", hospital.name_en as "name_en!",
                  action.reference, action.kind as "kind: ActionKind",
                  action.severity as "severity: Severity", action.status as "status: ActionStatus"
           from surveys as survey
           join actions as action on action.survey_id = survey.id
           join hospital_names as hospital on hospital.id = action.hospital_id
           where survey.patient_id = $1
             and ($2::timestamptz is null or (action.opened_at, 4, action.id) < ($2, $9::int, $3::uuid))
             and ($5 or action.hospital_id = any($6) or action.department_id = any($7)
                  or action.owner_id = $8)
           order by action.opened_at desc, action.id desc
           limit $4"#,
        page.patient,
        page.before,
        page.before_id,
        page.rows,
        reach.all,
        &reach.hospitals as _,
        &reach.departments as _,
        reach.own as _,
        page.before_rank,
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    let events = rows.into_iter().map(|row| {
        let what = Happened::Action {
            id: row.id,
            reference: row.reference,
            kind: row.kind,
            severity: row.severity,
            status: row.status,
        };
        Row::new(row.id.0, row.opened_at, Bilingual { ar: row.name_ar, en: row.name_en }, what)
    });
    Ok(events.collect())
}
