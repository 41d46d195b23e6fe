//! Journeys, their templates and the systems that send: what hospitals see of each other.

use px360_domain::access::{Permission, Role, policy};
use px360_server::Walls;
use serde_json::{Value, json};
use sqlx::PgPool;
use sqlx::types::Uuid;

use super::{Door, Findings, NOWHERE, PEOPLE, Place, Places, WALLS, knock_as};
use crate::house::{House, PASSWORD};

const READ: Permission = Permission::JourneyRead;
const WRITE: Permission = Permission::JourneyTemplateWrite;

/// One journey.
pub(super) fn of_a_journey(id: &str) -> [(Door, Permission, u16); 2] {
    [
        (Door::get("/api/journeys/instances/{id}/"), READ, 200),
        (Door::post("/rpc/journeys/journey", json!({ "id": id })), READ, 200),
    ]
}

/// Everybody's journeys.
pub(super) fn of_all_journeys() -> [(Door, Permission, u16); 4] {
    let board = json!({ "filter": { "journey_type": "ems" } });
    [
        (Door::get("/api/journeys/instances/?limit=200"), READ, 200),
        (Door::get("/api/journeys/board/?journey_type=ems"), READ, 200),
        (Door::post("/rpc/journeys/list", json!({ "filter": { "limit": 200 } })), READ, 200),
        (Door::post("/rpc/journeys/board", board), READ, 200),
    ]
}

/// One draft, which has nothing in it; thrown away last.
pub(super) fn of_a_draft(id: &str) -> [(Door, Permission, u16); 12] {
    let seen = json!({ "lock_version": 1 });
    let save = json!({ "lock_version": 9, "body": { "name": { "ar": "", "en": "" },
                                                    "closing_codes": [], "stages": [] } });
    let call = |path, cmd: &Value| Door::post(path, json!({ "id": id, "cmd": cmd }));
    let of = |path| Door::post(path, json!({ "id": id }));
    let put = Door { method: "PUT", path: "/api/journeys/templates/{id}/", body: save.clone() };
    let delete =
        Door { method: "DELETE", path: "/api/journeys/templates/{id}/", body: Value::Null };
    [
        (Door::get("/api/journeys/templates/{id}/"), READ, 200),
        (of("/rpc/journeys/template"), READ, 200),
        (Door::get("/api/journeys/templates/{id}/preview/"), WRITE, 200),
        (of("/rpc/journeys/preview"), WRITE, 200),
        // Whoever may write hears that somebody else did.
        (put, WRITE, 409),
        (call("/rpc/journeys/save-draft", &save), WRITE, 409),
        // It has faults, and it is not published.
        (Door::post("/api/journeys/templates/{id}/publish/", seen.clone()), WRITE, 409),
        (call("/rpc/journeys/publish", &seen), WRITE, 409),
        (Door::post("/api/journeys/templates/{id}/retire/", seen.clone()), WRITE, 409),
        (call("/rpc/journeys/retire", &seen), WRITE, 409),
        (delete, WRITE, 204),
        // Thrown away already.
        (of("/rpc/journeys/discard-draft"), WRITE, 404),
    ]
}

/// All templates, and one more.
pub(super) fn of_all_templates(cmd: &Value) -> [(Door, Permission, u16); 4] {
    let path = "/api/journeys/templates/";
    [
        (Door::get(path), READ, 200),
        (Door::post("/rpc/journeys/templates", json!({})), READ, 200),
        (Door::post(path, cmd.clone()), WRITE, 201),
        // There is one by then.
        (Door::post("/rpc/journeys/create-draft", json!({ "cmd": cmd })), WRITE, 409),
    ]
}

/// One system that sends.
pub(super) fn of_a_source(id: &str) -> [(Door, Permission, u16); 6] {
    let save = json!({ "code": "x1", "name": "X", "active": true, "failure_percent_max": 999,
                       "lock_version": 1 });
    let attempt = json!({ "source_id": id, "payload": "{}" });
    let put = Door { method: "PUT", path: "/api/integrations/sources/{id}/", body: save.clone() };
    let update = json!({ "id": id, "cmd": save });
    let renew = Door::post("/rpc/integrations/renew-source-key", json!({ "id": id }));
    let key = Door::post("/api/integrations/sources/{id}/key/", Value::Null);
    let test = Door::post("/api/integrations/test/", attempt.clone());
    [
        (put, Permission::SourceWrite, 422),
        (Door::post("/rpc/integrations/update-source", update), Permission::SourceWrite, 422),
        (key, Permission::SourceWrite, 200),
        (renew, Permission::SourceWrite, 200),
        (test, Permission::EventReplay, 200),
        (Door::post("/rpc/journeys/try", json!({ "cmd": attempt })), Permission::EventReplay, 200),
    ]
}

/// The systems that send, what they sent, and what their codes mean, as far as these are lists.
pub(super) fn of_all_sources() -> [(Door, Permission, u16); 5] {
    let replay = json!({ "cmd": { "status": "dead" } });
    let log = json!({ "filter": { "limit": 200 } });
    [
        (Door::get("/api/integrations/sources/"), Permission::SourceRead, 200),
        (Door::post("/rpc/integrations/sources", json!({})), Permission::SourceRead, 200),
        (Door::post("/rpc/integrations/events", log), Permission::EventRead, 200),
        (Door::post("/rpc/integrations/mappings", json!({})), Permission::EventRead, 200),
        (Door::post("/rpc/integrations/replay-events", replay), Permission::EventReplay, 200),
    ]
}

/// A new system that sends, for this hospital.
pub(super) fn of_new_sources(code: &str, hospital: &str) -> [(Door, Permission, u16); 2] {
    let cmd = |code: String| json!({ "code": code, "name": "X", "active": true, "hospital_ids": [hospital] });
    let (rest, call) = (cmd(code.to_owned()), cmd(format!("{code}-2")));
    let call = Door::post("/rpc/integrations/create-source", json!({ "cmd": call }));
    let rest = Door::post("/api/integrations/sources/", rest);
    [(rest, Permission::SourceWrite, 201), (call, Permission::SourceWrite, 200)]
}

/// A rejected message, and codes of a hospital.
pub(super) fn of_a_message(id: &str) -> [(Door, Permission, u16); 4] {
    let of = |path| Door::post(path, json!({ "id": id }));
    [
        (Door::get("/api/integrations/events/{id}/raw/"), Permission::EventRead, 200),
        (of("/rpc/integrations/event"), Permission::EventRead, 200),
        (of("/rpc/integrations/event-raw"), Permission::EventRead, 200),
        // It was rejected, so it does not run again.
        (of("/rpc/integrations/replay-event"), Permission::EventReplay, 409),
    ]
}

/// What codes of a source stand for; the last takes the first one away.
pub(super) fn of_codes(
    source: &str,
    hospital: &str,
    mapping: &str,
) -> [(Door, Permission, u16); 3] {
    let set = json!({ "cmd": { "source_id": source, "hospital_id": hospital, "kind": "event",
                               "code": "ZZZ", "left_out": true } });
    let targets = json!({ "hospital_id": hospital, "kind": "department", "search": "" });
    let remove = Door::post("/rpc/integrations/remove-mapping", json!({ "id": mapping }));
    [
        (Door::post("/rpc/integrations/targets", targets), Permission::MappingWrite, 200),
        (Door::post("/rpc/integrations/set-mapping", set), Permission::MappingWrite, 200),
        (remove, Permission::MappingWrite, 200),
    ]
}

async fn db_text(db: &PgPool, sql: &'static str, binds: &[&str]) -> String {
    let mut query = sqlx::query_scalar(sql).bind(Uuid::now_v7());
    for bind in binds {
        query = query.bind((*bind).to_owned());
    }
    query.fetch_one(db).await.unwrap()
}

async fn db_journey(db: &PgPool, hospital: &str) -> String {
    let sql = "insert into journeys (id, hospital_id, journey_template_id, journey_type, encounter_number,
                   patient_id, status, opened_at)
               select $1, $2::uuid, template.id, 'ems', $1::text, patient.id, 'active', now()
               from journey_templates as template, patients as patient
               where template.journey_type = 'ems' limit 1 returning id::text";
    let id = db_text(db, sql, &[hospital]).await;
    sqlx::query(
        "insert into stages (id, hospital_id, journey_id, stage_template_id, position, status)
         select gen_random_uuid(), $2::uuid, $1::uuid, stage.id, 1, 'active'
         from stage_templates as stage
         join journey_templates as template on template.id = stage.journey_template_id
         where template.journey_type = 'ems' limit 1",
    )
    .bind(&id)
    .bind(hospital)
    .execute(db)
    .await
    .unwrap();
    id
}

async fn db_draft(db: &PgPool, hospital: &str) -> String {
    let sql =
        "insert into journey_templates (id, hospital_id, journey_type, version, name_ar, name_en,
                   closing_codes)
               values ($1, $2::uuid, 'inpatient', 1, '', '', '{}') returning id::text";
    db_text(db, sql, &[hospital]).await
}

async fn db_source(db: &PgPool, hospital: &str) -> String {
    let sql = "with source as (
                   insert into sources (id, code, name, key_hash, active, created_at)
                   values ($1, $1::text, $1::text, decode(replace($1::text, '-', ''), 'hex'), true, now())
                   returning id
               )
               insert into source_hospitals (source_id, hospital_id) select id, $2::uuid from source
               returning source_id::text";
    db_text(db, sql, &[hospital]).await
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn journeys_open_as_far_as_the_policy_says(db: PgPool) {
    for walls in WALLS {
        let house = House::with_walls(db.clone(), walls).await;
        let places = Places::db_of(&house.db).await;
        let targets = [
            (Place::Own, db_journey(&house.db, &places.riyadh).await),
            (Place::OtherHospital, db_journey(&house.db, &places.jeddah).await),
            (Place::Unknown, NOWHERE.to_owned()),
        ];
        let mut findings = Findings::default();
        for (role, username) in PEOPLE {
            let key = house.token_of(username, PASSWORD).await;
            for (place, id) in &targets {
                let doors = of_a_journey(id).into();
                let who = (role, key.as_str(), walls);
                knock_as(&house, &mut findings, who, (*place, id), (doors, &[404])).await;
            }
            for (door, permission, done) in of_all_journeys() {
                let scope = policy(role, permission);
                let (status, text) = door.knock(&house, "", &key).await;
                let what = format!("{role} {} {walls:?}", door.name());
                findings.expect(status, if scope.is_some() { done } else { 403 }, &what);
                for (place, id) in targets.iter().filter(|_| door.method == "GET") {
                    let seen = scope.is_some_and(|scope| place.is_reached(role, scope));
                    findings.expect(text.contains(id), seen, &format!("{what} tells of {place:?}"));
                }
            }
        }
        findings.none();
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn templates_of_a_hospital_are_written_by_those_who_reach_it(db: PgPool) {
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
                let cmd = json!({ "hospital_id": hospital, "journey_type": "inpatient" });
                let (_, rest) =
                    of_all_templates(&cmd).into_iter().partition::<Vec<_>, _>(|(door, _, _)| {
                        door.method == "GET" || door.path == "/rpc/journeys/templates"
                    });
                knock_as(&house, &mut findings, who, (place, ""), (rest, &[403, 404])).await;
                sqlx::query(
                    "with gone as (delete from stage_templates where journey_template_id in (
                         select id from journey_templates where published_at is null))
                     delete from journey_templates where published_at is null",
                )
                .execute(&house.db)
                .await
                .unwrap();
                let draft = db_draft(&house.db, hospital).await;
                let doors: Vec<_> = of_a_draft(&draft).into();
                // What journeys should be is no secret: rows alone only refuse changes.
                let beyond: &[u16] = match walls {
                    Walls::RowsAlone => &[200, 404],
                    _ => &[404],
                };
                knock_as(&house, &mut findings, who, (place, &draft), (doors, beyond)).await;
                sqlx::query("delete from journey_templates where published_at is null")
                    .execute(&house.db)
                    .await
                    .unwrap();
            }
            let (status, _) =
                Door::post("/api/journeys/templates/", json!({ "journey_type": "ems" }))
                    .knock(&house, "", &key)
                    .await;
            let expected = if role == Role::PxAdmin { 201 } else { 403 };
            findings.expect(status, expected, &format!("{role} drafts for the group {walls:?}"));
        }
        findings.none();
        sqlx::query(
            "delete from stage_templates where journey_template_id in
                         (select id from journey_templates where published_at is null)",
        )
        .execute(&house.db)
        .await
        .unwrap();
        sqlx::query("delete from journey_templates where published_at is null")
            .execute(&house.db)
            .await
            .unwrap();
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn sources_and_their_messages_end_at_the_hospital(db: PgPool) {
    for (round, walls) in WALLS.into_iter().enumerate() {
        let house = House::with_walls(db.clone(), walls).await;
        let places = Places::db_of(&house.db).await;
        let mut findings = Findings::default();
        for (role, username) in PEOPLE {
            let key = house.token_of(username, PASSWORD).await;
            let who = (role, key.as_str(), walls);
            for (place, hospital) in
                [(Place::Own, &places.riyadh), (Place::OtherHospital, &places.jeddah)]
            {
                let source = db_source(&house.db, hospital).await;
                // Who sends has to be known before any reach is: rows alone hide no source and refuse changes.
                let beyond: &[u16] = match walls {
                    Walls::RowsAlone => &[200, 404, 409, 422],
                    _ => &[404],
                };
                let doors: Vec<_> = of_a_source(&source).into();
                knock_as(&house, &mut findings, who, (place, &source), (doors, beyond)).await;
                let code = format!("s{round}-{}-{}", username.replace('.', "-"), place as u8);
                let doors: Vec<_> = of_new_sources(&code, hospital).into();
                knock_as(&house, &mut findings, who, (place, ""), (doors, &[403, 422])).await;
                let event = super::events::db_event(&house.db, hospital).await;
                let doors: Vec<_> = of_a_message(&event).into();
                knock_as(&house, &mut findings, who, (place, &event), (doors, &[404])).await;
                let (mapping, _) =
                    super::events::db_mapping(&house.db, hospital, &format!("{code}x")).await;
                let doors: Vec<_> = of_codes(&source, hospital, &mapping).into();
                let beyond: &[u16] = match walls {
                    Walls::RowsAlone => &[200, 403, 404],
                    _ => &[404],
                };
                knock_as(&house, &mut findings, who, (place, ""), (doors, beyond)).await;
            }
            for (door, permission, done) in of_all_sources() {
                let (status, _) = door.knock(&house, "", &key).await;
                let expected = if policy(role, permission).is_some() { done } else { 403 };
                findings.expect(status, expected, &format!("{role} {} {walls:?}", door.name()));
            }
        }
        findings.none();
    }
}
