//! How actions are changed. What lists and pages read is in `views`.

use chrono::{DateTime, Datelike as _, Utc};
use px360_domain::Failure;
use px360_domain::access::Role;
use px360_domain::actions::{ActionKind, ActionStatus, Severity};
use px360_domain::calendar::WorkCalendar;
use px360_domain::ids::{ActionId, DepartmentId, HospitalId, SurveyId, UserId};
use sqlx::types::Json;

use super::log::NewLogEntry;
use super::raise::NewAction;
use crate::dates::day;
use crate::error::Result;
use crate::tx::Tx;

/// The deadlines that apply, and the calendar that they are counted on.
pub(super) struct SlaPolicy {
    pub(super) calendar: WorkCalendar,
    pub(super) response_minutes: u32,
    pub(super) resolution_minutes: u32,
}

/// The policy of this severity: the hospital's own, otherwise the group's.
pub(super) async fn sla_policy(
    tx: &mut Tx,
    hospital_id: HospitalId,
    severity: Severity,
) -> Result<SlaPolicy> {
    let row = sqlx::query!(
        r#"select hospital.calendar as "calendar: Json<WorkCalendar>",
                  policy.response_minutes, policy.resolution_minutes
           from hospitals as hospital
           join sla_policies as policy
             on policy.severity = $2
            and (policy.hospital_id = hospital.id or policy.hospital_id is null)
           where hospital.id = $1
           order by policy.hospital_id nulls last
           limit 1"#,
        hospital_id as _,
        severity as _,
    )
    .fetch_optional(tx.db())
    .await?;
    let row = row.ok_or_else(|| anyhow::anyhow!("no SLA policy for severity {severity}"))?;
    Ok(SlaPolicy {
        calendar: row.calendar.0,
        response_minutes: row.response_minutes.unsigned_abs(),
        resolution_minutes: row.resolution_minutes.unsigned_abs(),
    })
}

/// Stores a new action under the next number; answers its reference, `ACT-26-00042`.
pub(super) async fn insert(tx: &mut Tx, action: &NewAction) -> Result<String> {
    let now = tx.now();
    let reference = sqlx::query_scalar!(
        "insert into actions
             (id, reference, hospital_id, department_id, physician_id, kind, severity, status,
              survey_id, owner_id, triggered, opened_at, response_due_at, resolution_due_at,
              due_at, escalation_level, escalates_at, version)
         select $1, $2 || lpad(number, greatest(5, length(number)), '0'), $3, $4, $5, $6, $7, 'open',
                $8, $9, $10, $11, $12, $13, $12, 0, $12, 1
         from (select nextval('action_numbers')::text as number) as next
         returning reference",
        action.id as _,
        format!("ACT-{:02}-", day(now).year().rem_euclid(100)),
        action.cause.hospital_id as _,
        action.cause.department_id as _,
        action.cause.physician_id as _,
        action.cause.kind as _,
        action.cause.severity as _,
        action.cause.survey_id as _,
        action.owner_id as _,
        serde_json::to_value(&action.cause.triggered)?,
        now,
        action.deadlines.response_due_at,
        action.deadlines.resolution_due_at,
    )
    .fetch_one(tx.db())
    .await?;
    Ok(reference)
}

/// Writes an entry of the timeline, by whoever acts.
pub(super) async fn insert_log(
    tx: &mut Tx,
    hospital_id: HospitalId,
    action_id: ActionId,
    entry: NewLogEntry,
) -> Result<()> {
    let (id, now, user_id) = (tx.ctx().new_id::<uuid::Uuid>(), tx.now(), tx.ctx().user_id());
    let (survey_id, triggered) = entry.survey.unzip();
    sqlx::query!(
        "insert into action_log
             (id, hospital_id, action_id, kind, at, user_id, text, level, towards_id, agreed,
              in_place_of_id, survey_id, triggered)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        id,
        hospital_id as _,
        action_id as _,
        entry.kind as _,
        now,
        user_id as _,
        entry.text,
        entry.level.map(i16::from),
        entry.towards as _,
        entry.agreed,
        entry.in_place_of as _,
        survey_id as _,
        triggered.map(serde_json::to_value).transpose()?,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Complaints of one patient take turns until the end of the transaction: each sees what the one before it opened.
/// A lock of its own, because messages about patients hold their rows while they wait for surveys.
pub(super) async fn take_turns(tx: &mut Tx, survey_id: SurveyId) -> Result<()> {
    sqlx::query_scalar!(
        r#"select pg_advisory_xact_lock(hashtextextended('complaint:' || patient_id, 0)) is null as "locked!"
           from surveys where id = $1"#,
        survey_id as _,
    )
    .fetch_one(tx.db())
    .await?;
    Ok(())
}

/// The latest standing action of this kind, at least as severe, about all of these questions, that an earlier answer of
/// the same patient to the same survey about the same department opened since then, locked.
pub(super) async fn lock_alike(
    tx: &mut Tx,
    (survey_id, kind, severity): (SurveyId, ActionKind, Severity),
    questions: &[String],
    since: DateTime<Utc>,
) -> Result<Option<ActionId>> {
    let as_severe: Vec<Severity> =
        Severity::ALL.iter().copied().filter(|known| *known >= severity).collect();
    let id = sqlx::query_scalar!(
        r#"select action.id as "id: ActionId"
           from surveys as survey
           join survey_versions as version on version.id = survey.survey_version_id
           join surveys as earlier on earlier.patient_id = survey.patient_id
            and earlier.hospital_id = survey.hospital_id
            and earlier.department_id is not distinct from survey.department_id
           join survey_versions as of_earlier on of_earlier.id = earlier.survey_version_id
            and of_earlier.survey_template_id = version.survey_template_id
           join actions as action on action.survey_id = earlier.id
           where survey.id = $1 and action.kind = $2 and action.status <> 'closed'
             and action.opened_at >= $4 and action.severity = any($5::text[])
             and array(select told ->> 'question' from jsonb_array_elements(action.triggered) as told)
                 @> $3::text[]
           order by action.opened_at desc, action.id desc
           limit 1 for update of action"#,
        survey_id as _,
        kind as _,
        questions,
        since,
        &as_severe as _,
    )
    .fetch_optional(tx.db())
    .await?;
    Ok(id)
}

/// The action that a survey opened, or the live one on which it was noted, locked.
pub(super) async fn find_by_survey(
    tx: &mut Tx,
    survey_id: SurveyId,
) -> Result<Option<(ActionId, HospitalId)>> {
    let row = sqlx::query!(
        r#"select id as "id: ActionId", hospital_id as "hospital_id: HospitalId"
           from actions
           where survey_id = $1
              or status <> 'closed'
                 and id in (select action_id from action_log where action_log.survey_id = $1)
           -- Whoever closes it meanwhile is waited for.
           for update"#,
        survey_id as _,
    )
    .fetch_optional(tx.db())
    .await?;
    Ok(row.map(|row| (row.id, row.hospital_id)))
}

/// Starts an action; its other clock runs from here.
pub(super) async fn mark_started(
    tx: &mut Tx,
    id: ActionId,
    version: i32,
    status: ActionStatus,
    owner_id: Option<UserId>,
) -> Result<()> {
    let now = tx.now();
    let updated = sqlx::query!(
        "update actions
         set status = $3, owner_id = $4, responded_at = $5, due_at = resolution_due_at,
             escalates_at = case when escalation_level < 3 then resolution_due_at end,
             version = version + 1
         where id = $1 and version = $2",
        id as _,
        version,
        status as _,
        owner_id as _,
        now,
    )
    .execute(tx.db())
    .await?;
    exactly_one(updated.rows_affected())
}

/// Closes an action, or lets it wait for approval.
pub(super) async fn mark_closing(
    tx: &mut Tx,
    id: ActionId,
    version: i32,
    status: ActionStatus,
    resolution: &str,
) -> Result<()> {
    let (now, me) = (tx.now(), tx.ctx().user_id());
    let updated = sqlx::query!(
        "update actions
         set status = $3, resolution = $4, close_requested_by = $5,
             closed_at = case when $3 = 'closed' then $6::timestamptz end,
             due_at = case when $3 = 'closed' then null else due_at end,
             escalates_at = case when $3 = 'closed' then null else escalates_at end,
             version = version + 1
         where id = $1 and version = $2",
        id as _,
        version,
        status as _,
        resolution,
        me as _,
        now,
    )
    .execute(tx.db())
    .await?;
    exactly_one(updated.rows_affected())
}

/// Closes what waited for approval, or sends it back to work.
pub(super) async fn mark_decided(
    tx: &mut Tx,
    id: ActionId,
    version: i32,
    approved: bool,
) -> Result<()> {
    let now = tx.now();
    let updated = sqlx::query!(
        "update actions
         set status = case when $3 then 'closed' else 'in_progress' end,
             closed_at = case when $3 then $4::timestamptz end,
             due_at = case when $3 then null else due_at end,
             escalates_at = case when $3 then null else escalates_at end,
             close_requested_by = case when $3 then close_requested_by end,
             version = version + 1
         where id = $1 and version = $2",
        id as _,
        version,
        approved,
        now,
    )
    .execute(tx.db())
    .await?;
    exactly_one(updated.rows_affected())
}

/// Somebody else was faster: the version moved on.
fn exactly_one(rows: u64) -> Result<()> {
    if rows == 1 { Ok(()) } else { Err(Failure::conflict("stale_version").into()) }
}

/// An action whose next step up the ladder is due.
pub(super) struct Overdue {
    pub(super) id: ActionId,
    pub(super) hospital_id: HospitalId,
    pub(super) department_id: Option<DepartmentId>,
    pub(super) severity: Severity,
    pub(super) escalation_level: i16,
    pub(super) escalates_at: DateTime<Utc>,
}

/// Takes what is overdue; what another worker holds is left to it.
pub(super) async fn claim_overdue(
    tx: &mut Tx,
    except: &[ActionId],
    limit: i64,
) -> Result<Vec<Overdue>> {
    let now = tx.now();
    let overdue = sqlx::query_as!(
        Overdue,
        r#"select id as "id: ActionId", hospital_id as "hospital_id: HospitalId",
                  department_id as "department_id: DepartmentId", severity as "severity: Severity",
                  escalation_level, escalates_at as "escalates_at!"
           from actions
           where escalates_at <= $1 and id <> all($3)
           order by escalates_at
           limit $2
           for update skip locked"#,
        now,
        limit,
        except as _,
    )
    .fetch_all(tx.db())
    .await?;
    Ok(overdue)
}

/// Moves an action up the ladder.
pub(super) async fn mark_escalated(
    tx: &mut Tx,
    id: ActionId,
    level: u8,
    next: Option<DateTime<Utc>>,
) -> Result<()> {
    sqlx::query!(
        "update actions set escalation_level = $2, escalates_at = $3, version = version + 1
         where id = $1",
        id as _,
        i16::from(level),
        next,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// The manager of this department, or of the nearest one above it; none of `not_them`.
pub(super) async fn department_manager(
    tx: &mut Tx,
    department_id: DepartmentId,
    not_them: &[UserId],
) -> Result<Option<UserId>> {
    let manager = sqlx::query_scalar!(
        r#"with recursive above (id, parent_id, steps) as (
               select id, parent_id, 0 from departments where id = $1
               union all
               select department.id, department.parent_id, above.steps + 1
               from departments as department join above on department.id = above.parent_id
               -- A circle must not hold the house up; no hospital is this deep.
               where above.steps < 20
           )
           select held.user_id as "user_id: UserId"
           from above
           join role_grants as held
             on held.department_id = above.id and held.role = 'department_manager'
           join users as person on person.id = held.user_id and person.active
           where held.user_id <> all($2)
           order by above.steps, held.user_id
           limit 1"#,
        department_id as _,
        not_them as _,
    )
    .fetch_optional(tx.db())
    .await?;
    Ok(manager)
}

/// Whoever holds this role in the hospital (or in the whole group) and has the fewest live actions;
/// none of `not_them`.
pub(super) async fn least_loaded(
    tx: &mut Tx,
    hospital_id: HospitalId,
    role: Role,
    not_them: &[UserId],
) -> Result<Option<UserId>> {
    let person = sqlx::query_scalar!(
        r#"select held.user_id as "user_id: UserId"
           from role_grants as held
           join users as person on person.id = held.user_id and person.active
           where held.role = $2 and (held.hospital_id = $1 or held.hospital_id is null)
             and held.user_id <> all($3)
           order by (select count(*) from actions as action
                     where action.owner_id = held.user_id and action.status <> 'closed'),
                    held.user_id
           limit 1"#,
        hospital_id as _,
        role as _,
        not_them as _,
    )
    .fetch_optional(tx.db())
    .await?;
    Ok(person)
}
