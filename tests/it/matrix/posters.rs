//! Posters: who makes them, who sees them, and who stops them.

use px360_domain::access::{Permission, policy};
use serde_json::{Value, json};
use sqlx::PgPool;

use super::{Door, Findings, PEOPLE, Place, Places, WALLS, knock_as};
use crate::house::{House, PASSWORD};

const READ: Permission = Permission::SurveyRead;
const WRITE: Permission = Permission::SurveyPosterWrite;

/// One poster as it is printed.
pub(super) fn of_a_poster(id: &str) -> [(Door, Permission, u16); 3] {
    [
        (Door::get("/api/surveys/posters/{id}/"), READ, 200),
        (Door::get("/api/surveys/posters/{id}/code.svg"), READ, 200),
        (Door::post("/rpc/surveys/poster", json!({ "id": id })), READ, 200),
    ]
}

/// The end of one.
pub(super) fn of_its_end(id: &str) -> [(Door, Permission, u16); 2] {
    let delete = Door { method: "DELETE", path: "/api/surveys/posters/{id}/", body: Value::Null };
    // Stopped already.
    let again = Door::post("/rpc/surveys/stop-poster", json!({ "id": id }));
    [(delete, WRITE, 204), (again, WRITE, 404)]
}

/// All of them.
pub(super) fn of_all_posters() -> [(Door, Permission, u16); 2] {
    [
        (Door::get("/api/surveys/posters/"), READ, 200),
        (Door::post("/rpc/surveys/posters", json!({})), READ, 200),
    ]
}

/// One more.
pub(super) fn of_new_posters(cmd: &Value) -> [(Door, Permission, u16); 2] {
    [
        (Door::post("/api/surveys/posters/", cmd.clone()), WRITE, 201),
        (Door::post("/rpc/surveys/make-poster", json!({ "cmd": cmd })), WRITE, 200),
    ]
}

async fn db_template(db: &PgPool) -> String {
    let sql = "select id::text from survey_templates where code = 'nps'";
    sqlx::query_scalar(sql).fetch_one(db).await.unwrap()
}

/// A poster in this department.
async fn db_poster(db: &PgPool, hospital: &str, department: &str, template: &str) -> String {
    sqlx::query_scalar(
        "insert into survey_posters
             (id, hospital_id, department_id, survey_template_id, code, made_by, made_at)
         select gen_random_uuid(), $1::uuid, $2::uuid, $3::uuid,
                translate(left(replace(gen_random_uuid()::text, '-', ''), 12), 'ilou', '0000'),
                id, now() from users limit 1
         returning id::text",
    )
    .bind(hospital)
    .bind(department)
    .bind(template)
    .fetch_one(db)
    .await
    .unwrap()
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn posters_are_made_seen_and_stopped_by_those_who_reach_the_place(db: PgPool) {
    for walls in WALLS {
        let house = House::with_walls(db.clone(), walls).await;
        let places = Places::db_of(&house.db).await;
        let template = db_template(&house.db).await;
        let mut findings = Findings::default();
        for (role, username) in PEOPLE {
            let key = house.token_of(username, PASSWORD).await;
            let who = (role, key.as_str(), walls);
            for (place, hospital, department) in [
                (Place::Own, &places.riyadh, &places.own),
                (Place::OtherHospital, &places.jeddah, &places.other),
            ] {
                let poster = db_poster(&house.db, hospital, department, &template).await;
                for (door, permission, done) in of_all_posters() {
                    let (status, text) = door.knock(&house, "", &key).await;
                    let what = format!("{role} {} {place:?} {walls:?}", door.name());
                    let scope = policy(role, permission);
                    findings.expect(status, if scope.is_some() { done } else { 403 }, &what);
                    if door.method == "GET" {
                        let seen = scope.is_some_and(|scope| place.is_reached(role, scope));
                        findings.expect(text.contains(&poster), seen, &what);
                    }
                }
                let cmd = json!({ "hospital_id": hospital, "department_id": department,
                                  "template_id": template });
                let doors = of_a_poster(&poster).into_iter().chain(of_its_end(&poster));
                let doors = doors.chain(of_new_posters(&cmd)).collect();
                let at = (place, poster.as_str());
                knock_as(&house, &mut findings, who, at, (doors, &[403, 404])).await;
            }
        }
        findings.none();
    }
}
