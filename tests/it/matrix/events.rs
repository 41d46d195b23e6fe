//! Messages of sources, the log and the numbers: what hospitals see of each other.

use px360_domain::access::{Permission, Role, Scope, policy};
use px360_domain::records::RecordKind;
use px360_server::Walls;
use serde_json::{Value, json};
use sqlx::PgPool;
use sqlx::types::Uuid;

use super::actions::db_action;
use super::{Door, Findings, NOWHERE, PEOPLE, Place, Places, WALLS, make};
use crate::house::{House, PASSWORD};

pub(super) fn of_events() -> [(Door, Permission, u16); 2] {
    [
        (Door::get("/api/integrations/events/{id}/"), Permission::EventRead, 200),
        // It was rejected, so it does not run again.
        (
            Door::post("/api/integrations/events/{id}/replay/", Value::Null),
            Permission::EventReplay,
            409,
        ),
    ]
}

/// The log of messages and the codes of sources, as far as they are lists.
pub(super) fn of_the_log() -> [(Door, Permission, u16); 3] {
    [
        (Door::get("/api/integrations/events/?limit=200"), Permission::EventRead, 200),
        (Door::get("/api/integrations/mappings/"), Permission::EventRead, 200),
        (
            Door::post("/api/integrations/events/replay/", json!({ "status": "dead" })),
            Permission::EventReplay,
            202,
        ),
    ]
}

/// What a code of a source stands for.
pub(super) fn of_a_mapping(cmd: &Value) -> [(Door, Permission, u16); 2] {
    [
        (Door::post("/api/integrations/mappings/", cmd.clone()), Permission::MappingWrite, 200),
        (
            Door { method: "DELETE", path: "/api/integrations/mappings/{id}/", body: Value::Null },
            Permission::MappingWrite,
            204,
        ),
    ]
}

pub(super) const RECEIVE: &str = "/api/integrations/events/";

/// Packed, so that nobody reads in it with the bare eye.
const WORKBOOK: &str = "/api/audit/events.xlsx";

/// The log and the numbers of everything within reach.
pub(super) fn of_everything() -> [(Door, Permission); 6] {
    let center = json!({ "filter": {}, "locale": "en" });
    [
        (Door::get("/api/audit/events/?limit=200"), Permission::AuditRead),
        (Door::get("/api/audit/events.csv"), Permission::AuditRead),
        (Door::get(WORKBOOK), Permission::AuditRead),
        (Door::post("/rpc/audit/events", json!({ "filter": {} })), Permission::AuditRead),
        (Door::get("/api/analytics/dashboard/"), Permission::DashboardRead),
        (Door::post("/rpc/analytics/command-center", center), Permission::DashboardRead),
    ]
}

pub(super) async fn db_event(db: &PgPool, hospital: &str) -> String {
    sqlx::query_scalar(
        "insert into inbound_events (id, source_id, hospital_id, received_at, status, payload,
             payload_hash, attempts, next_attempt_at, effects)
         select $1, source.id, $2::uuid, now(), 'rejected', '{}', '', 0, now(), '{}'
         from sources as source limit 1
         returning id::text",
    )
    .bind(Uuid::now_v7())
    .bind(hospital)
    .fetch_one(db)
    .await
    .unwrap()
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn messages_of_sources_open_as_far_as_the_policy_says(db: PgPool) {
    for walls in WALLS {
        let house = House::with_walls(db.clone(), walls).await;
        let places = Places::db_of(&house.db).await;
        let targets = [
            (Place::Own, db_event(&house.db, &places.riyadh).await),
            (Place::OtherHospital, db_event(&house.db, &places.jeddah).await),
            (Place::Unknown, NOWHERE.to_owned()),
        ];
        let mut findings = Findings::default();
        for (role, username) in PEOPLE {
            let key = house.token_of(username, PASSWORD).await;
            for (place, id) in &targets {
                for (door, permission, done) in of_events() {
                    let expected = match policy(role, permission) {
                        None => 403,
                        Some(scope) if place.is_reached(role, scope) => done,
                        Some(_) => 404,
                    };
                    let (status, _) = door.knock(&house, id, &key).await;
                    let what = format!("{role} {} {place:?} {walls:?}", door.name());
                    findings.expect(status, expected, &what);
                }
            }
            let (status, _) =
                Door::post(RECEIVE, json!([{ "event_code": "x" }])).knock(&house, "", &key).await;
            findings.expect(status, 403, &format!("{role} sends an event"));
        }
        findings.none();
    }
}

pub(super) async fn db_mapping(db: &PgPool, hospital: &str, code: &str) -> (String, Value) {
    let source: String =
        sqlx::query_scalar("select id::text from sources limit 1").fetch_one(db).await.unwrap();
    let id = sqlx::query_scalar(
        "insert into code_mappings (id, source_id, hospital_id, kind, code, event_code, lock_version,
                                    created_at, updated_at)
         values ($1, $2::uuid, $3::uuid, 'event', $4, 'A01', 1, now(), now())
         returning id::text",
    )
    .bind(Uuid::now_v7())
    .bind(&source)
    .bind(hospital)
    .bind(code)
    .fetch_one(db)
    .await
    .unwrap();
    let cmd = json!({
        "source_id": source, "hospital_id": hospital, "kind": "event", "code": code, "event_code": "A02",
    });
    (id, cmd)
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_log_of_messages_and_codes_of_sources_end_at_the_hospital(db: PgPool) {
    for (round, walls) in WALLS.into_iter().enumerate() {
        let house = House::with_walls(db.clone(), walls).await;
        let places = Places::db_of(&house.db).await;
        let mut findings = Findings::default();
        for (role, username) in PEOPLE {
            let key = house.token_of(username, PASSWORD).await;
            let mut known = Vec::new();
            for (place, hospital) in
                [(Place::Own, &places.riyadh), (Place::OtherHospital, &places.jeddah)]
            {
                let code = format!("{round}{username}{place:?}");
                let event = db_event(&house.db, hospital).await;
                let (mapping, cmd) = db_mapping(&house.db, hospital, &code).await;
                known.push((place, event, mapping, code, cmd));
            }
            for (door, permission, done) in of_the_log() {
                let scope = policy(role, permission);
                let (status, text) = door.knock(&house, "", &key).await;
                let what = format!("{role} {} {walls:?}", door.name());
                findings.expect(status, if scope.is_some() { done } else { 403 }, &what);
                for (place, event, _, code, _) in known.iter().filter(|_| door.method == "GET") {
                    let seen = scope.is_some_and(|scope| place.is_reached(role, scope));
                    let found = text.contains(event.as_str()) || text.contains(code.as_str());
                    findings.expect(found, seen, &format!("{what} tells of {place:?}"));
                }
            }
            for (place, _, mapping, _, cmd) in &known {
                for (door, permission, done) in of_a_mapping(cmd) {
                    let refuses_the_row = walls == Walls::RowsAlone && door.method == "POST";
                    let expected = match policy(role, permission) {
                        None => 403,
                        Some(scope) if place.is_reached(role, scope) => done,
                        // Nobody but the database looks, and it only sees a row that must not be.
                        Some(_) if refuses_the_row => 403,
                        Some(_) => 404,
                    };
                    let (status, _) = door.knock(&house, mapping, &key).await;
                    let what = format!("{role} {} {place:?} {walls:?}", door.name());
                    findings.expect(status, expected, &what);
                }
            }
        }
        findings.none();
    }
}

/// Work and entries of the other hospital change no answer to somebody of this one.
#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_log_and_the_numbers_hold_no_other_hospital(db: PgPool) {
    for (round, walls) in WALLS.into_iter().enumerate() {
        let house = House::with_walls(db.clone(), walls).await;
        let admin = house.token_of("admin", PASSWORD).await;
        let places = Places::db_of(&house.db).await;
        let mut ids = Vec::new();
        for (mark, hospital) in [("RYD", &places.riyadh), ("JED", &places.jeddah)] {
            let name = format!("Only{mark}{round}");
            let doc = json!({ "hospital_id": hospital, "code": name, "name_en": name });
            let id = make(&house, &admin, RecordKind::Department, doc).await;
            // Open work in it, so that the numbers name it.
            db_action(&house.db, &name, hospital, &id).await;
            ids.push((hospital == &places.riyadh, id, name));
        }
        let mut findings = Findings::default();
        for (role, username) in PEOPLE {
            let key = house.token_of(username, PASSWORD).await;
            for (door, permission) in of_everything() {
                let scope = policy(role, permission);
                let (status, text) = door.knock(&house, "", &key).await;
                let what = format!("{role} {} {walls:?}", door.name());
                findings.expect(status, if scope.is_some() { 200 } else { 403 }, &what);
                let legible = door.path != WORKBOOK;
                for (in_riyadh, id, name) in ids.iter().filter(|_| legible) {
                    let seen = match scope {
                        None => false,
                        Some(Scope::All) => true,
                        Some(Scope::Hospital) => *in_riyadh,
                        // The manager of outpatients has neither of these departments.
                        Some(Scope::DepartmentSubtree | Scope::Own) => false,
                    };
                    let found = text.contains(id.as_str()) || text.contains(name.as_str());
                    findings.expect(found, seen, &format!("{what} tells of {name}"));
                }
            }
        }
        assert!(PEOPLE.iter().any(|(role, _)| *role == Role::Viewer));
        findings.none();
    }
}
