//! Answers, and files beside them: who reads them.

use px360_domain::access::{Permission, policy};
use serde_json::json;
use sqlx::PgPool;

use super::{Door, Findings, PEOPLE, Place, Places, WALLS, knock_as};
use crate::house::{House, PASSWORD};

const READ: Permission = Permission::SurveyRead;

/// The answers of one survey.
pub(super) fn of_a_response(id: &str) -> [(Door, Permission, u16); 2] {
    [
        (Door::get("/api/surveys/responses/{id}/"), READ, 200),
        (Door::post("/rpc/surveys/response", json!({ "id": id })), READ, 200),
    ]
}

/// A file beside them: for whoever may read them, too.
pub(super) fn of_a_file() -> (Door, Permission, u16) {
    (Door::get("/api/surveys/files/{id}/"), Permission::PatientIdentify, 200)
}

/// A survey that somebody answered in this department, and its file.
async fn db_answered(db: &PgPool, hospital: &str, department: &str) -> (String, String) {
    sqlx::query_as(
        "with poster as (
             insert into survey_posters
                 (id, hospital_id, department_id, survey_template_id, code, made_by, made_at)
             select gen_random_uuid(), $1::uuid, $2::uuid, template.id,
                    translate(left(replace(gen_random_uuid()::text, '-', ''), 12), 'ilou', '0000'),
                    users.id, now()
             from users cross join survey_templates as template
             where template.code = 'nps' limit 1
             returning *
         ), survey as (
             insert into surveys
                 (id, hospital_id, survey_version_id, poster_id, department_id, status, language,
                  mode, created_at, created_on, sent_at, opened_at, started_at, expires_at)
             select gen_random_uuid(), poster.hospital_id, version.id, poster.id,
                    poster.department_id, 'started', 'ar', 'poster', now(), current_date, now(),
                    now(), now(), now() + interval '1 day'
             from poster join survey_versions as version
                 on version.survey_template_id = poster.survey_template_id limit 1
             returning id
         ), file as (
             insert into survey_files
                 (id, survey_id, question_key, name, format, bytes, kept_at)
             select gen_random_uuid(), id, 'photo', 'a.pdf', 'pdf', '\\x25'::bytea, now() from survey
             returning id
         )
         select survey.id::text, file.id::text from survey, file",
    )
    .bind(hospital)
    .bind(department)
    .fetch_one(db)
    .await
    .unwrap()
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn answers_are_read_by_those_who_reach_the_place_and_files_by_those_who_may_know_who_it_is(
    db: PgPool,
) {
    for walls in WALLS {
        let house = House::with_walls(db.clone(), walls).await;
        let places = Places::db_of(&house.db).await;
        let mut findings = Findings::default();
        for (role, username) in PEOPLE {
            let key = house.token_of(username, PASSWORD).await;
            let who = (role, key.as_str(), walls);
            for (place, hospital, department) in [
                (Place::Own, &places.riyadh, &places.own),
                (Place::OtherHospital, &places.jeddah, &places.other),
            ] {
                let (survey, file) = db_answered(&house.db, hospital, department).await;
                let doors = of_a_response(&survey).into_iter().collect();
                let at = (place, survey.as_str());
                knock_as(&house, &mut findings, who, at, (doors, &[403, 404])).await;
                let (door, identify, done) = of_a_file();
                let (status, _) = door.knock(&house, &file, &key).await;
                let reached = |permission| {
                    policy(role, permission).is_some_and(|scope| place.is_reached(role, scope))
                };
                let expected = match (reached(identify), reached(READ)) {
                    (true, true) => done,
                    _ if policy(role, identify).is_none() => 403,
                    _ => 404,
                };
                let what = format!("{role} {} {place:?} {walls:?}", door.name());
                findings.expect(status, expected, &what);
            }
        }
        findings.none();
    }
}
