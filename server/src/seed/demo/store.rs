//! How demo places are kept, and what a demo database holds.

use chrono::{DateTime, Utc};
use px360_domain::Bilingual;
use px360_domain::calendar::WorkCalendar;
use px360_domain::ids::{
    DepartmentId, HospitalId, JourneyTemplateId, PhysicianId, SourceId, StageTemplateId, SurveyId,
    SurveyTemplateId, UserId,
};

use super::journeys::{NewStage, NewTemplate};
use crate::error::Result;
use crate::tx::{Reader, Tx};

/// Nobody's number: no subscriber's begins with a nought.
const HELP_PHONE: &str = "+966110000000";

/// How much of a database is demo and how much is not.
pub(super) struct WhatIsThere {
    pub(super) demo: i64,
    pub(super) real: i64,
}

pub(super) async fn what_is_there(read: Reader<'_>) -> Result<WhatIsThere> {
    let found = sqlx::query_as!(
        WhatIsThere,
        r#"select (select count(*) from hospitals where is_demo) as "demo!",
                  (select count(*) from hospitals where not is_demo)
                  -- The published password of the demo users opens every other user's house too.
                  + (select count(*) from users where not is_demo)
                  + (select count(*) from (select from patients where not is_demo limit 1) as one)
                      as "real!""#
    )
    .fetch_one(&mut *read.db().await?)
    .await?;
    Ok(found)
}

/// Stores a hospital whose patients get messages at any time, so that a try at midnight works.
pub(super) async fn insert_hospital(
    tx: &mut Tx,
    id: HospitalId,
    code: &str,
    name: &Bilingual,
) -> Result<()> {
    let now = tx.now();
    sqlx::query!(
        "insert into hospitals (id, code, name_ar, name_en, consent_required,
                                messages_from_minute, messages_to_minute, calendar, is_demo,
                                created_at, help_phone)
         values ($1, $2, $3, $4, false, null, null, $5, true, $6, $7)",
        id as _,
        code,
        name.ar,
        name.en,
        serde_json::to_value(WorkCalendar::riyadh_office())?,
        now,
        HELP_PHONE,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

pub(super) struct NewDepartment<'a> {
    pub(super) id: DepartmentId,
    pub(super) hospital_id: HospitalId,
    pub(super) parent_id: Option<DepartmentId>,
    pub(super) code: &'a str,
    pub(super) name: &'a Bilingual,
}

pub(super) async fn insert_department(tx: &mut Tx, new: NewDepartment<'_>) -> Result<()> {
    let now = tx.now();
    sqlx::query!(
        "with new as (
             insert into departments (id, hospital_id, parent_id, code, name_ar, name_en, created_at)
             values ($1, $2, $3, $4, $5, $6, $7)
             returning id, hospital_id, parent_id
         )
         insert into department_places (department_id, hospital_id, parent_id, from_at)
         select id, hospital_id, parent_id, $7 from new",
        new.id as _,
        new.hospital_id as _,
        new.parent_id as _,
        new.code,
        new.name.ar,
        new.name.en,
        now,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

pub(super) struct NewPhysician<'a> {
    pub(super) hospital_id: HospitalId,
    pub(super) department_id: DepartmentId,
    pub(super) licence: &'a str,
    pub(super) name: Bilingual,
    pub(super) specialty: &'a Bilingual,
}

pub(super) async fn insert_physician(tx: &mut Tx, new: NewPhysician<'_>) -> Result<()> {
    let (id, now) = (tx.ctx().new_id::<PhysicianId>(), tx.now());
    sqlx::query!(
        "with new as (
             insert into physicians (id, licence, name_ar, name_en, specialty_ar, specialty_en,
                                     created_at)
             values ($1, $2, $3, $4, $5, $6, $7)
             returning id
         )
         insert into physician_affiliations (physician_id, hospital_id, department_id, place)
         select id, $8, $9, 0 from new",
        id as _,
        new.licence,
        new.name.ar,
        new.name.en,
        new.specialty.ar,
        new.specialty.en,
        now,
        new.hospital_id as _,
        new.department_id as _,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Gives the demo physician's user the first licence.
pub(super) async fn link_first_physician(tx: &mut Tx, user_id: UserId) -> Result<()> {
    sqlx::query!(
        "update physicians as physician
         set user_id = $1, name_ar = person.name_ar, name_en = person.name_en
         from users as person
         where person.id = $1
           and physician.licence = (select min(licence) from physicians)",
        user_id as _,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

pub(super) struct NewEmployee<'a> {
    pub(super) hospital_id: HospitalId,
    pub(super) department_id: Option<DepartmentId>,
    pub(super) number: &'a str,
    pub(super) name: &'a Bilingual,
    pub(super) title: &'a Bilingual,
    pub(super) user_id: UserId,
}

pub(super) async fn insert_employee(tx: &mut Tx, new: NewEmployee<'_>) -> Result<()> {
    let (id, now) = (tx.ctx().new_id::<uuid::Uuid>(), tx.now());
    sqlx::query!(
        "insert into employees (id, hospital_id, number, name_ar, name_en, title_ar, title_en,
                                department_id, user_id, active, version, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, true, 1, $10)",
        id,
        new.hospital_id as _,
        new.number,
        new.name.ar,
        new.name.en,
        new.title.ar,
        new.title.en,
        new.department_id as _,
        new.user_id as _,
        now,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Says where a user works.
pub(super) async fn place_user(
    tx: &mut Tx,
    id: UserId,
    hospital_id: Option<HospitalId>,
    department_id: Option<DepartmentId>,
) -> Result<()> {
    sqlx::query!(
        "update users set hospital_id = $2, department_id = $3 where id = $1",
        id as _,
        hospital_id as _,
        department_id as _,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Lets a user of the history leave the house.
pub(super) async fn deactivate(tx: &mut Tx, id: UserId) -> Result<()> {
    sqlx::query!("update users set active = false where id = $1", id as _).execute(tx.db()).await?;
    Ok(())
}

/// A journey of every hospital, published.
pub(super) async fn insert_template(
    tx: &mut Tx,
    new: &NewTemplate<'_>,
) -> Result<JourneyTemplateId> {
    let (id, now) = (tx.ctx().new_id::<JourneyTemplateId>(), tx.now());
    sqlx::query!(
        "insert into journey_templates (id, hospital_id, journey_type, version, name_ar, name_en,
                                        closing_codes, published_at, created_at, updated_at)
         values ($1, null, $2, 1, $3, $4, '{A03}', $5, $5, $5)",
        id as _,
        new.journey_type as _,
        new.name.0,
        new.name.1,
        now,
    )
    .execute(tx.db())
    .await?;
    Ok(id)
}

pub(super) async fn insert_stage(
    tx: &mut Tx,
    template_id: JourneyTemplateId,
    position: i16,
    stage: &NewStage,
    survey_template_id: SurveyTemplateId,
) -> Result<()> {
    let id: StageTemplateId = tx.ctx().new_id();
    sqlx::query!(
        "insert into stage_templates
             (id, journey_template_id, code, name_ar, name_en, position, optional, repeatable, triggers,
              opens_journey, needs_department, needs_physician, dwell_minutes_max,
              survey_template_id, survey_delay_minutes)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        id as _,
        template_id as _,
        stage.code,
        stage.name.0,
        stage.name.1,
        position,
        stage.may_be_left_out,
        stage.repeatable,
        serde_json::to_value(&stage.triggers)?,
        stage.opens_journey,
        stage.needs_place_and_person,
        stage.needs_place_and_person,
        stage.dwell_minutes_max,
        stage.asks_after_minutes.map(|_| survey_template_id) as _,
        stage.asks_after_minutes.unwrap_or_default(),
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

pub(super) async fn insert_source(
    tx: &mut Tx,
    (code, name): (&str, &str),
    key_hash: &[u8],
) -> Result<SourceId> {
    let (id, now) = (tx.ctx().new_id::<SourceId>(), tx.now());
    sqlx::query!(
        "insert into sources (id, code, name, key_hash, active, created_at, sending_application,
                              retention_days)
         values ($1, $2, $5, $3, true, $4, 'DEMO-HIS', 365)",
        id as _,
        code,
        key_hash,
        now,
        name,
    )
    .execute(tx.db())
    .await?;
    Ok(id)
}

/// From now on somebody is told when a source falls silent or fails.
pub(super) async fn watch_source(tx: &mut Tx, id: SourceId) -> Result<()> {
    sqlx::query!(
        "update sources set silence_minutes_max = 120, failure_percent_max = 10 where id = $1",
        id as _
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Surveys that were sent since this instant and not answered yet.
pub(super) async fn sent_surveys(read: Reader<'_>, since: DateTime<Utc>) -> Result<Vec<SurveyId>> {
    let ids = sqlx::query_scalar!(
        r#"select id as "id: SurveyId" from surveys
           where status = 'sent' and sent_at >= $1 order by sent_at, id"#,
        since,
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    Ok(ids)
}

/// The newest survey that waits for an answer.
pub(super) async fn newest_waiting(read: Reader<'_>) -> Result<Option<SurveyId>> {
    let id = sqlx::query_scalar!(
        r#"select survey.id as "id: SurveyId"
           from surveys as survey
           join hospitals as hospital on hospital.id = survey.hospital_id and hospital.is_demo
           where status in ('scheduled', 'sent')
           order by survey.created_at desc, survey.id limit 1"#
    )
    .fetch_optional(&mut *read.db().await?)
    .await?;
    Ok(id)
}

/// A live action, for the people of the history to work on.
pub(super) struct LiveAction {
    pub(super) id: px360_domain::ids::ActionId,
    pub(super) status: px360_domain::actions::ActionStatus,
    pub(super) version: i32,
}

/// Every live action, oldest first.
pub(super) async fn live_actions(read: Reader<'_>) -> Result<Vec<LiveAction>> {
    let actions = sqlx::query_as!(
        LiveAction,
        r#"select id as "id: _", status as "status: _", version from actions
           where status <> 'closed' order by opened_at, id"#
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    Ok(actions)
}
