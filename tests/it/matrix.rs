//! Every door of records, over HTTP: all roles, all kinds, at home, beside it, elsewhere and nowhere.

use std::collections::BTreeSet;

use axum::body::Body;
use http::Request;
use px360_domain::access::{Role, Scope, policy};
use px360_domain::records::RecordKind;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::house::{House, PASSWORD};
use px360_server::Walls;

/// The demo user of each role. All but the first work in Riyadh: the manager in its outpatient
/// department, the viewer in all of it, the others in departments of their own.
pub(crate) const PEOPLE: [(Role, &str); 8] = [
    (Role::PxAdmin, "admin"),
    (Role::HospitalAdmin, "hospital.admin"),
    (Role::DepartmentManager, "manager"),
    (Role::PxCoordinator, "coordinator"),
    (Role::Physician, "physician"),
    (Role::Nurse, "nurse"),
    (Role::Staff, "staff"),
    (Role::Viewer, "viewer"),
];

/// Where a record stands, as seen from Riyadh's outpatient department.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Own,
    Sibling,
    OtherHospital,
    Unknown,
}

/// A record that doors are knocked at for.
struct Target {
    kind: RecordKind,
    place: Place,
    id: String,
}

pub(crate) async fn send(
    house: &House,
    method: &str,
    path: &str,
    body: &Value,
    key: &str,
) -> (u16, Value) {
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header("authorization", format!("Bearer {key}"));
    if path.starts_with("/rpc/") {
        request = request.header("accept", px360_app::ANSWER_TYPE);
    }
    if method == "DELETE" {
        request = request.header("if-match", "99");
    }
    let request = match body {
        Value::Null => request.body(Body::empty()),
        Value::String(file) => request.body(Body::from(file.clone())),
        body => {
            request.header("content-type", "application/json").body(Body::from(body.to_string()))
        }
    };
    let (parts, answer) = house.knock(request.unwrap()).await;
    assert!(!parts.status.is_server_error(), "{method} {path}: {answer}");
    (parts.status.as_u16(), serde_json::from_str(&answer).unwrap_or_default())
}

pub(crate) async fn make(house: &House, key: &str, kind: RecordKind, doc: Value) -> String {
    let (status, record) = send(house, "POST", kind.api_path(), &doc, key).await;
    assert_eq!(status, 201, "{kind}: {record}");
    record["id"].as_str().unwrap().to_owned()
}

pub(crate) async fn db_id(db: &PgPool, hospital: &str, department: Option<&str>) -> String {
    let sql = match department {
        None => "select id::text from hospitals where code = $1 and $2 is null",
        Some(_) => {
            "select department.id::text from departments as department
             join hospitals as hospital on hospital.id = department.hospital_id
             where hospital.code = $1 and department.code = $2"
        }
    };
    let found = sqlx::query_scalar(sql).bind(hospital).bind(department);
    found.fetch_one(db).await.unwrap()
}

/// A record of every kind in a department.
async fn records_in(
    house: &House,
    key: &str,
    (place, mark): (Place, u8),
    hospital: &str,
    department: &str,
) -> Vec<Target> {
    let docs = [
        (
            RecordKind::Department,
            json!({ "hospital_id": hospital, "parent_id": department, "code": format!("D{mark}"),
                    "name_en": "Below" }),
        ),
        (
            RecordKind::Physician,
            json!({ "licence": format!("L{mark}"), "name_en": "Hind", "affiliations":
                    [{ "hospital_id": hospital, "department_id": department }] }),
        ),
        (
            RecordKind::Employee,
            json!({ "hospital_id": hospital, "department_id": department,
                    "number": format!("E{mark}"), "name_en": "Ali" }),
        ),
        (
            RecordKind::Patient,
            json!({ "name_en": "Huda",
                    "mrns": [{ "hospital_id": hospital, "mrn": format!("M{mark}") }] }),
        ),
        (
            RecordKind::User,
            json!({ "username": format!("u{mark}"), "name_en": "Sami",
                    "email": format!("u{mark}@example.sa"), "hospital_id": hospital,
                    "department_id": department, "password": "a quiet lamp on the seventh floor" }),
        ),
    ];
    let mut targets = vec![Target { kind: RecordKind::Hospital, place, id: hospital.to_owned() }];
    for (kind, doc) in docs {
        targets.push(Target { kind, place, id: make(house, key, kind, doc).await });
    }
    targets
}

async fn targets(house: &House, key: &str) -> Vec<Target> {
    let riyadh = db_id(&house.db, "RYD", None).await;
    let jeddah = db_id(&house.db, "JED", None).await;
    let own = db_id(&house.db, "RYD", Some("OPD")).await;
    let other = db_id(&house.db, "JED", Some("OPD")).await;
    let beside = json!({ "hospital_id": riyadh, "code": "BESIDE", "name_en": "Beside" });
    let beside = make(house, key, RecordKind::Department, beside).await;
    let mut all = records_in(house, key, (Place::Own, 1), &riyadh, &own).await;
    all.extend(records_in(house, key, (Place::Sibling, 2), &riyadh, &beside).await);
    all.extend(records_in(house, key, (Place::OtherHospital, 3), &jeddah, &other).await);
    let nowhere = "01936000-0000-7000-8000-00000000000a";
    all.extend(RecordKind::ALL.iter().map(|&kind| Target {
        kind,
        place: Place::Unknown,
        id: nowhere.to_owned(),
    }));
    all
}

/// Whether a permission of this scope reaches the record.
fn reaches(role: Role, scope: Scope, target: &Target) -> bool {
    let in_riyadh = matches!(target.place, Place::Own | Place::Sibling);
    match scope {
        _ if target.place == Place::Unknown => false,
        Scope::All => true,
        Scope::Hospital => in_riyadh,
        // Nobody treated the patients yet, so no department knows them.
        Scope::DepartmentSubtree if target.kind == RecordKind::Patient => false,
        Scope::DepartmentSubtree => match role {
            Role::DepartmentManager => target.place == Place::Own,
            Role::Viewer => in_riyadh,
            _ => false,
        },
        // None of these is about the one who asks.
        Scope::Own => false,
    }
}

/// What looking at it answers, and what changing it answers to somebody who saw an older version.
fn expected(role: Role, target: &Target) -> (u16, u16) {
    let reach = |scope: Option<Scope>| scope.map(|scope| reaches(role, scope, target));
    let (read, write) =
        (reach(policy(role, target.kind.read())), reach(policy(role, target.kind.write())));
    let look = match read {
        None => 403,
        Some(true) => 200,
        Some(false) => 404,
    };
    // What is out of sight is not there, whatever one might do with it.
    let change = match (read, write) {
        (None, _) => 403,
        (Some(false), _) => 404,
        (Some(true), Some(true)) => 409,
        (Some(true), _) => 403,
    };
    (look, change)
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn every_door_of_records_opens_as_far_as_the_policy_says(db: PgPool) {
    knock_everywhere(db, Walls::Both).await;
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_scope_of_statements_alone_opens_no_door_further(db: PgPool) {
    knock_everywhere(db, Walls::ScopeAlone).await;
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn row_level_security_alone_opens_no_door_further(db: PgPool) {
    knock_everywhere(db, Walls::RowsAlone).await;
}

async fn knock_everywhere(db: PgPool, walls: Walls) {
    let house = House::with_walls(db, walls).await;
    let admin = house.token_of("admin", PASSWORD).await;
    let targets = targets(&house, &admin).await;
    let mut wrong = Vec::new();
    for (role, username) in PEOPLE {
        let key = house.token_of(username, PASSWORD).await;
        for target in &targets {
            let (kind, id) = (target.kind, &target.id);
            let (look, change) = expected(role, target);
            let one = format!("{}{id}/", kind.api_path());
            let stale = json!({ "version": 99 });
            let existing = json!({ "id": id, "version": 99 });
            let save = json!({ "cmd": { "kind": kind, "existing": existing, "fields": [] } });
            let remove = json!({ "kind": kind, "existing": existing });
            let detail = json!({ "kind": kind, "id": id });
            for (method, path, body, expected) in [
                ("GET", one.as_str(), &Value::Null, look),
                ("PATCH", &one, &stale, change),
                ("PUT", &one, &stale, change),
                ("DELETE", &one, &Value::Null, change),
                ("POST", "/rpc/records/detail", &detail, look),
                ("POST", "/rpc/records/save", &save, change),
                ("POST", "/rpc/records/remove", &remove, change),
            ] {
                let (status, _) = send(&house, method, path, body, &key).await;
                if status != expected {
                    let place = target.place;
                    wrong.push(format!(
                        "{role} {method} {path} {kind} {place:?}: {status}, not {expected}"
                    ));
                }
            }
        }
        lists_hold_what_is_reached(&house, role, &key, &targets, &mut wrong).await;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The list, the choices and the file leak nothing either.
async fn lists_hold_what_is_reached(
    house: &House,
    role: Role,
    key: &str,
    targets: &[Target],
    wrong: &mut Vec<String>,
) {
    for &kind in RecordKind::ALL {
        let may = policy(role, kind.read());
        let path = format!("{}?limit=200", kind.api_path());
        let (status, page) = send(house, "GET", &path, &Value::Null, key).await;
        let listed: BTreeSet<&str> = page["items"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|it| it["id"].as_str())
            .collect();
        let get = Request::get(kind.file_path()).header("authorization", format!("Bearer {key}"));
        let (parts, file) = house.knock(get.body(Body::empty()).unwrap()).await;
        if (status == 403, parts.status.as_u16() == 403) != (may.is_none(), may.is_none()) {
            wrong.push(format!("{role} lists {kind}: {status} and {}", parts.status));
        }
        for target in targets.iter().filter(|target| target.kind == kind) {
            let reached = may.is_some_and(|scope| reaches(role, scope, target));
            let id = target.id.as_str();
            if (listed.contains(id), file.contains(id)) != (reached, reached) {
                wrong.push(format!("{role} lists {kind} {:?}: should be {reached}", target.place));
            }
        }
    }
}

/// A door of records that is new has to be knocked at above.
#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn no_door_of_records_is_left_out_of_the_matrix(db: PgPool) {
    let house = House::new(db).await;
    let schema = serde_json::to_value(px360::schema(&house.deps)).unwrap();
    let served: BTreeSet<String> = schema["paths"]
        .as_object()
        .unwrap()
        .iter()
        .filter(|(path, _)| path.starts_with("/api/organizations/"))
        .flat_map(|(path, item)| {
            item.as_object().unwrap().keys().map(move |method| format!("{method} {path}"))
        })
        .collect();
    let of_kind = |kind: &RecordKind| {
        let (all, file) = (kind.api_path(), kind.file_path());
        let one = format!("{all}{{id}}/");
        [
            format!("get {all}"),
            format!("post {all}"),
            format!("get {file}"),
            format!("get {one}"),
            format!("put {one}"),
            format!("patch {one}"),
            format!("delete {one}"),
        ]
    };
    let organizations = RecordKind::ALL.iter().filter(|kind| **kind != RecordKind::User);
    let of_imports = [
        "get /api/organizations/imports/",
        "post /api/organizations/imports/",
        "get /api/organizations/imports/{id}/",
        "post /api/organizations/imports/{id}/start/",
        "get /api/organizations/imports/{id}/faults.csv",
    ];
    let of_merges = [
        "get /api/organizations/patients/{id}/duplicates/",
        "get /api/organizations/patients/{id}/merges/",
        "post /api/organizations/patients/{id}/merges/",
        "post /api/organizations/patients/{id}/merges/{merge_id}/undo/",
    ];
    let others = of_imports.into_iter().chain(of_merges).map(str::to_owned);
    let known = organizations.flat_map(of_kind).chain(others);
    assert_eq!(served, known.collect());
}
