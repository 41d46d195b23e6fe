//! How actions are read: every statement is cut to the caller's reach.

use px360_domain::Bilingual;
use px360_domain::access::Reach;
use px360_domain::actions::{
    ActionHead, ActionKind, ActionLogEntry, ActionLogKind, ActionStatus, Severity,
};
use px360_domain::calendar::WorkCalendar;
use px360_domain::ids::{ActionId, DepartmentId, HospitalId, UserId};
use px360_domain::surveys::{Answers, SurveyContent, TriggeredRule};
use sqlx::types::Json;

use super::answers::{Given, Repeat};
use super::{CardRow, DetailRow, HitRow};
use crate::actions::gate::Found;
use crate::ctx::Granted;
use crate::error::Result;
use crate::tx::Reader;

/// The head of an action within reach.
pub(in crate::actions) async fn find_head(read: Reader<'_>, id: ActionId) -> Result<Option<Found>> {
    let reach = read.reach();
    let row = sqlx::query!(
        r#"select id as "id: ActionId", status as "status: ActionStatus",
                  severity as "severity: Severity", owner_id as "owner_id: UserId",
                  close_requested_by as "close_requested_by: UserId", version,
                  (select entry.in_place_of_id from action_log as entry
                   where entry.action_id = actions.id and entry.kind = 'approval_requested'
                   order by entry.at desc, entry.sequence desc limit 1)
                      as "asked_in_place_of: UserId",
                  hospital_id as "hospital_id: HospitalId",
                  department_id as "department_id: DepartmentId"
           from actions
           where id = $1
             and ($2 or hospital_id = any($3) or department_id = any($4) or owner_id = $5)"#,
        id as _,
        reach.all,
        &reach.hospitals as _,
        &reach.departments as _,
        reach.own as _,
    )
    .fetch_optional(&mut *read.db().await?)
    .await?;
    Ok(row.map(|row| Found {
        head: ActionHead {
            id: row.id,
            status: row.status,
            severity: row.severity,
            owner_id: row.owner_id,
            close_requested_by: row.close_requested_by,
            version: row.version,
        },
        hospital_id: row.hospital_id,
        department_id: row.department_id,
        asked_in_place_of: row.asked_in_place_of,
    }))
}

/// An action within reach, with everything about it but its timeline.
pub(in crate::actions) async fn find_detail(
    read: Reader<'_>,
    id: ActionId,
) -> Result<Option<DetailRow>> {
    let reach = read.reach();
    let row = sqlx::query_file!(
        "src/actions/views/sql/find_detail.sql",
        id as _,
        reach.all,
        &reach.hospitals as _,
        &reach.departments as _,
        reach.own as _,
    )
    .fetch_optional(&mut *read.db().await?)
    .await?;
    Ok(row.map(|row| DetailRow {
        card: CardRow {
            id: row.id,
            reference: row.reference,
            kind: row.kind,
            severity: row.severity,
            status: row.status,
            hospital_id: row.hospital_id,
            department_id: row.department_id,
            owner_id: row.owner_id,
            nps: row.nps,
            comment: row.comment,
            hospital_ar: row.hospital_ar,
            hospital_en: row.hospital_en,
            department_ar: row.department_ar,
            department_en: row.department_en,
            stage_ar: row.stage_ar,
            stage_en: row.stage_en,
            owner_ar: row.owner_ar,
            owner_en: row.owner_en,
            patient_ar: row.patient_ar,
            patient_en: row.patient_en,
            guardian: row.guardian,
            opened_at: row.opened_at,
            due_at: row.due_at,
            escalation_level: row.escalation_level,
            calendar: row.calendar,
            place: 0,
        },
        version: row.version,
        close_requested_by: row.close_requested_by,
        asked_in_place_of: row.asked_in_place_of,
        mobile: row.mobile,
        mrn: row.mrn,
        physician: Bilingual::both(row.physician_ar, row.physician_en),
        encounter: row.encounter,
        callback: row.callback,
        given: Given { content: row.content, answers: row.answers, triggered: row.triggered },
        response_due_at: row.response_due_at,
        responded_at: row.responded_at,
        resolution_due_at: row.resolution_due_at,
        closed_at: row.closed_at,
        resolution: row.resolution,
    }))
}

/// The timeline of an action, oldest first. Ask for the action within reach before.
pub(in crate::actions) async fn timeline(
    read: Reader<'_>,
    id: ActionId,
) -> Result<Vec<ActionLogEntry>> {
    let rows = sqlx::query!(
        r#"select kind as "kind: ActionLogKind", at, text, level, agreed,
                  person.name_ar as "by_ar?", person.name_en as "by_en?",
                  towards.name_ar as "towards_ar?", towards.name_en as "towards_en?",
                  absent.name_ar as "absent_ar?", absent.name_en as "absent_en?"
           from action_log as entry
           left join users as person on person.id = entry.user_id
           left join users as towards on towards.id = entry.towards_id
           left join users as absent on absent.id = entry.in_place_of_id
           where action_id = $1
           order by at, sequence"#,
        id as _,
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    let entries = rows.into_iter().map(|row| ActionLogEntry {
        kind: row.kind,
        at: row.at,
        by: row.by_ar.zip(row.by_en).map(|(ar, en)| Bilingual { ar, en }),
        text: row.text,
        level: row.level.and_then(|level| u8::try_from(level).ok()),
        towards: row.towards_ar.zip(row.towards_en).map(|(ar, en)| Bilingual { ar, en }),
        in_place_of: row.absent_ar.zip(row.absent_en).map(|(ar, en)| Bilingual { ar, en }),
        agreed: row.agreed,
    });
    Ok(entries.collect())
}

/// What the patient answered when the same complaint came again, oldest first. Ask for the action within reach before.
pub(in crate::actions) async fn repeats(read: Reader<'_>, id: ActionId) -> Result<Vec<Repeat>> {
    let rows = sqlx::query!(
        r#"select entry.at, survey.callback, version.content as "content: Json<SurveyContent>",
                  coalesce((select jsonb_object_agg(answer.question_key,
                                answer_value(number, yes_no, words, choices))
                            from answers as answer where answer.survey_id = survey.id),
                           '{}'::jsonb) as "answers!: Json<Answers>",
                  entry.triggered as "triggered!: Json<Vec<TriggeredRule>>"
           from action_log as entry
           join surveys as survey on survey.id = entry.survey_id
           join survey_versions as version on version.id = survey.survey_version_id
           where entry.action_id = $1
           order by entry.at, entry.sequence"#,
        id as _,
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    let repeats = rows.into_iter().map(|row| Repeat {
        at: row.at,
        callback: row.callback,
        given: Given { content: Some(row.content), answers: row.answers, triggered: row.triggered },
    });
    Ok(repeats.collect())
}

/// The newest actions that every one of these folded words fits; first the one that is called so.
pub(in crate::actions) async fn find(
    read: Reader<'_>,
    identify: Option<&Granted>,
    words: &[String],
    limit: i64,
) -> Result<Vec<HitRow>> {
    let reach = read.reach();
    let nobody = Reach::default();
    let seen = identify.map_or(&nobody, Granted::reach);
    let rows = sqlx::query!(
        r#"select action.id as "id: ActionId", reference, action.status as "status: ActionStatus",
                  action.hospital_id as "hospital_id: HospitalId",
                  action.department_id as "department_id: DepartmentId",
                  owner_id as "owner_id: UserId",
                  hospital.name_ar as hospital_ar, hospital.name_en as hospital_en,
                  coalesce(patient.name_ar, '') as "patient_ar!",
                  coalesce(patient.name_en, '') as "patient_en!"
           from actions as action
           join hospitals as hospital on hospital.id = action.hospital_id
           left join surveys as survey on survey.id = action.survey_id
           left join patients as patient on patient.id = survey.patient_id
           where ($1 or action.hospital_id = any($2) or action.department_id = any($3)
                  or action.owner_id = $4)                       -- what this person may see
             and not exists (
                 select from unnest($5::text[]) as word
                 -- What is not known (no owner, no mobile number) must not count as fitting.
                 where not coalesce(
                     fold_words(reference) like '%' || word || '%'
                     or ($6 or action.hospital_id = any($7) or action.department_id = any($8)
                         or action.owner_id = $9)                -- whose patients they may know
                        and (fold_words(concat_ws(' ', patient.name_ar, patient.name_en))
                                 like '%' || word || '%'
                             or patient.mobile like '%' || word
                             or exists (select from patient_mrns as number
                                        where number.patient_id = patient.id
                                          and number.hospital_id = action.hospital_id
                                          and ' ' || fold_words(number.mrn) like '% ' || word || '%')),
                     false))
           -- Whose reference was typed comes before whoever has it in a number.
           order by fold_words(reference) = array_to_string($5::text[], ' ') desc,
                    action.opened_at desc, action.id
           limit $10"#,
        reach.all,
        &reach.hospitals as _,
        &reach.departments as _,
        reach.own as _,
        words,
        seen.all,
        &seen.hospitals as _,
        &seen.departments as _,
        seen.own as _,
        limit,
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| HitRow {
            id: row.id,
            reference: row.reference,
            status: row.status,
            hospital_id: row.hospital_id,
            department_id: row.department_id,
            owner_id: row.owner_id,
            hospital: Bilingual { ar: row.hospital_ar, en: row.hospital_en },
            patient: Bilingual { ar: row.patient_ar, en: row.patient_en },
        })
        .collect())
}
