//! Surveys and what they ask: what hospitals see of each other.

use px360_domain::access::{Permission, Role, policy};
use serde_json::{Value, json};
use sqlx::PgPool;
use sqlx::types::Uuid;

use super::{Door, Findings, PEOPLE, Place, Places, WALLS, knock_as};
use crate::house::{House, PASSWORD};

const READ: Permission = Permission::SurveyRead;
const WRITE: Permission = Permission::SurveyTemplateWrite;

/// One survey with a draft that has faults; thrown away last.
pub(super) fn of_a_survey(id: &str) -> [(Door, Permission, u16); 23] {
    let seen = json!({ "lock_version": 1 });
    let save = json!({ "lock_version": 9, "content": {
        "title": { "ar": "", "en": "" }, "introduction": { "ar": "", "en": "" },
        "questions": [], "rules": []
    } });
    let call = |path, cmd: &Value| Door::post(path, json!({ "id": id, "cmd": cmd }));
    let of = |path| Door::post(path, json!({ "id": id }));
    let which = |path| Door::post(path, json!({ "id": id, "version": null, "copy_of": null }));
    let post = |path| Door::post(path, Value::Null);
    let put = Door { method: "PUT", path: "/api/surveys/templates/{id}/", body: save.clone() };
    let delete = Door { method: "DELETE", path: "/api/surveys/templates/{id}/", body: Value::Null };
    [
        (Door::get("/api/surveys/templates/{id}/"), READ, 200),
        (which("/rpc/surveys/template"), READ, 200),
        // Nothing of it was published, so nobody answered.
        (Door::get("/api/surveys/templates/{id}/results/"), READ, 404),
        (Door::post("/rpc/surveys/results", json!({ "id": id, "filter": {} })), READ, 404),
        (Door::get("/api/surveys/templates/{id}/responses.csv"), READ, 404),
        (Door::get("/api/surveys/templates/{id}/responses.xlsx"), READ, 404),
        // Whoever may write hears that somebody else did.
        (put, WRITE, 409),
        (call("/rpc/surveys/save-draft", &save), WRITE, 409),
        // There is a draft already.
        (post("/api/surveys/templates/{id}/draft/"), WRITE, 409),
        (which("/rpc/surveys/begin-draft"), WRITE, 409),
        (Door::post("/api/surveys/templates/{id}/publish/", seen.clone()), WRITE, 409),
        (call("/rpc/surveys/publish", &seen), WRITE, 409),
        (post("/api/surveys/templates/{id}/test-send/"), WRITE, 202),
        (of("/rpc/surveys/test-send"), WRITE, 200),
        (post("/api/surveys/templates/{id}/retire/"), WRITE, 204),
        (of("/rpc/surveys/reinstate"), WRITE, 200),
        (of("/rpc/surveys/retire"), WRITE, 200),
        (post("/api/surveys/templates/{id}/reinstate/"), WRITE, 204),
        (post("/api/surveys/templates/{id}/reinstate/"), WRITE, 409),
        (Door::get("/api/surveys/templates/{id}/?version=1"), READ, 200),
        (Door::get("/api/surveys/templates/{id}/?version=2"), READ, 404),
        (delete, WRITE, 204),
        // Thrown away already.
        (of("/rpc/surveys/discard-draft"), WRITE, 404),
    ]
}

/// All surveys.
pub(super) fn of_all_surveys() -> [(Door, Permission, u16); 4] {
    [
        (Door::get("/api/surveys/templates/"), READ, 200),
        // What is sent is no picture.
        (Door::post("/api/surveys/pictures/", json!({})), WRITE, 422),
        (Door::post("/rpc/surveys/templates", json!({})), READ, 200),
        (Door::get("/api/surveys/questions/"), READ, 200),
    ]
}

/// What became of messages to patients.
pub(super) fn of_messages() -> [(Door, Permission, u16); 2] {
    let read = Permission::NotificationRead;
    [
        (Door::get("/api/notifications/logs/"), read, 200),
        (Door::post("/rpc/notifications/log", json!({ "filter": {} })), read, 200),
    ]
}

/// One rule about how often patients are asked.
pub(super) fn of_a_rule(id: &str) -> [(Door, Permission, u16); 2] {
    let write = Permission::FatigueRuleWrite;
    let delete =
        Door { method: "DELETE", path: "/api/notifications/rules/{id}/", body: Value::Null };
    // Taken away already.
    let again = Door::post("/rpc/notifications/remove-rule", json!({ "id": id }));
    [(delete, write, 204), (again, write, 404)]
}

/// All rules, and one more.
pub(super) fn of_all_rules(cmd: &Value) -> [(Door, Permission, u16); 4] {
    let (read, write) = (Permission::NotificationRead, Permission::FatigueRuleWrite);
    [
        (Door::get("/api/notifications/rules/"), read, 200),
        (Door::post("/rpc/notifications/rules", json!({})), read, 200),
        (Door::post("/api/notifications/rules/", cmd.clone()), write, 201),
        (Door::post("/rpc/notifications/create-rule", json!({ "cmd": cmd })), write, 200),
    ]
}

/// Messages that stand still: one pause that is lifted.
pub(super) fn of_a_pause(id: &str) -> [(Door, Permission, u16); 2] {
    let pause = Permission::DeliveryPause;
    [
        (Door::post("/api/notifications/pauses/{id}/resume/", Value::Null), pause, 204),
        // Lifted already.
        (Door::post("/rpc/notifications/resume", json!({ "id": id })), pause, 404),
    ]
}

/// All pauses, and one more.
pub(super) fn of_all_pauses(cmd: &Value) -> [(Door, Permission, u16); 4] {
    let (read, pause) = (Permission::NotificationRead, Permission::DeliveryPause);
    [
        (Door::get("/api/notifications/pauses/"), read, 200),
        (Door::post("/rpc/notifications/pauses", json!({})), read, 200),
        (Door::post("/api/notifications/pauses/", cmd.clone()), pause, 201),
        // They stand still already.
        (Door::post("/rpc/notifications/pause", json!({ "cmd": cmd })), pause, 409),
    ]
}

/// Surveys one by one.
pub(super) fn of_all_instances() -> [(Door, Permission, u16); 2] {
    [
        (Door::get("/api/surveys/instances/"), READ, 200),
        (Door::post("/rpc/surveys/instances", json!({ "filter": {} })), READ, 200),
    ]
}

/// Entering the answers of one.
pub(super) fn of_an_instance(id: &str) -> [(Door, Permission, u16); 2] {
    let enter = Permission::SurveyEnter;
    let cmd = json!({ "mode": "paper" });
    [
        (Door::post("/api/surveys/instances/{id}/entry/", cmd.clone()), enter, 200),
        (Door::post("/rpc/surveys/begin-entry", json!({ "id": id, "cmd": cmd })), enter, 200),
    ]
}

/// One more survey.
pub(super) fn of_new_surveys(cmd: &Value) -> [(Door, Permission, u16); 2] {
    [
        (Door::post("/api/surveys/templates/", cmd.clone()), WRITE, 201),
        (Door::post("/rpc/surveys/create-template", json!({ "cmd": cmd })), WRITE, 200),
    ]
}

/// A rule of this hospital.
async fn db_rule(db: &PgPool, hospital: &str) -> String {
    sqlx::query_scalar(
        "insert into fatigue_rules (id, hospital_id, window_days, gap_days, created_at)
         values (gen_random_uuid(), $1::uuid, 30, 5, now()) returning id::text",
    )
    .bind(hospital)
    .fetch_one(db)
    .await
    .unwrap()
}

/// A pause of this survey in this hospital.
async fn db_pause(db: &PgPool, hospital: &str, survey: &str) -> String {
    sqlx::query_scalar(
        "insert into delivery_pauses
             (id, hospital_id, survey_template_id, reason, paused_by, paused_at)
         select gen_random_uuid(), $1::uuid, $2::uuid, 'x', id, now() from users limit 1
         returning id::text",
    )
    .bind(hospital)
    .bind(survey)
    .fetch_one(db)
    .await
    .unwrap()
}

/// A survey of this hospital that nobody was asked yet.
async fn db_survey(db: &PgPool, hospital: &str) -> String {
    let id = Uuid::now_v7();
    sqlx::query(
        "insert into survey_templates (id, code, hospital_id, created_at)
         values ($1, $1::text, $2::uuid, now())",
    )
    .bind(id)
    .bind(hospital)
    .execute(db)
    .await
    .unwrap();
    let content = json!({ "title": { "ar": "استبيان", "en": "Survey" }, "questions": [],
                          "introduction": { "ar": "", "en": "" }, "rules": [] });
    sqlx::query(
        "insert into survey_versions (id, survey_template_id, number, content)
         values (gen_random_uuid(), $1, 1, $2)",
    )
    .bind(id)
    .bind(content)
    .execute(db)
    .await
    .unwrap();
    id.to_string()
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn surveys_of_a_hospital_are_read_and_written_by_those_who_reach_it(db: PgPool) {
    for walls in WALLS {
        let house = House::with_walls(db.clone(), walls).await;
        let places = Places::db_of(&house.db).await;
        let mut findings = Findings::default();
        for (role, username) in PEOPLE {
            let key = house.token_of(username, PASSWORD).await;
            let who = (role, key.as_str(), walls);
            for (place, hospital) in
                [(Place::Own, &places.riyadh), (Place::OtherHospital, &places.jeddah)]
            {
                let survey = db_survey(&house.db, hospital).await;
                for (door, permission, done) in of_all_surveys().into_iter().take(3) {
                    let (status, text) = door.knock(&house, "", &key).await;
                    let what = format!("{role} {} {walls:?}", door.name());
                    let scope = policy(role, permission);
                    findings.expect(status, if scope.is_some() { done } else { 403 }, &what);
                    let seen = scope.is_some_and(|scope| place.is_reached(role, scope));
                    if door.method == "GET" {
                        findings.expect(text.contains(&survey), seen, &format!("{what} {place:?}"));
                    }
                }
                let rule = db_rule(&house.db, hospital).await;
                let cmd = json!({ "hospital_id": hospital, "gap_days": 3 });
                let doors = of_all_rules(&cmd).into_iter().skip(2).chain(of_a_rule(&rule));
                knock_as(
                    &house,
                    &mut findings,
                    who,
                    (place, &rule),
                    (doors.collect(), &[403, 404]),
                )
                .await;
                let other = db_survey(&house.db, hospital).await;
                let pause = db_pause(&house.db, hospital, &other).await;
                let cmd = json!({ "hospital_id": hospital, "template_id": survey, "reason": "x" });
                let doors = of_all_pauses(&cmd).into_iter().skip(2).chain(of_a_pause(&pause));
                knock_as(
                    &house,
                    &mut findings,
                    who,
                    (place, &pause),
                    (doors.collect(), &[403, 404]),
                )
                .await;
                let title = json!({ "ar": "ا", "en": "a" });
                let cmd = json!({ "hospital_id": hospital, "title": title });
                let doors = of_a_survey(&survey).into_iter().chain(of_new_surveys(&cmd));
                knock_as(
                    &house,
                    &mut findings,
                    who,
                    (place, &survey),
                    (doors.collect(), &[403, 404]),
                )
                .await;
            }
            let nobody = Value::Null;
            let lists = of_messages().into_iter().chain(of_all_rules(&nobody).into_iter().take(2));
            let lists = lists.chain(of_all_pauses(&nobody).into_iter().take(2));
            let lists = lists.chain(of_all_instances());
            for (door, permission, done) in lists {
                let (status, _) = door.knock(&house, "", &key).await;
                let expected = if policy(role, permission).is_some() { done } else { 403 };
                findings.expect(status, expected, &format!("{role} {} {walls:?}", door.name()));
            }
            let cmd = json!({ "title": { "ar": "ا", "en": "a" } });
            let (status, _) =
                Door::post("/api/surveys/templates/", cmd).knock(&house, "", &key).await;
            let expected = if role == Role::PxAdmin { 201 } else { 403 };
            findings.expect(status, expected, &format!("{role} writes for the group {walls:?}"));
        }
        findings.none();
    }
}
