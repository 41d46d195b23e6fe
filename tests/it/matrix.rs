//! Every door of records, over HTTP: all roles, all kinds, at home, beside it, elsewhere and nowhere.

use std::collections::BTreeSet;

use axum::body::Body;
use http::Request;
use px360_domain::access::{Permission, Role, Scope, policy};
use px360_domain::records::RecordKind;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::house::{House, PASSWORD};
use px360_server::Walls;

/// The demo user of each role. All but the first work in Riyadh: the manager in its outpatient
/// department, the viewer in all of it, the others in departments of their own.
const PEOPLE: [(Role, &str); 8] = [
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

async fn send(house: &House, method: &str, path: &str, body: &Value, key: &str) -> (u16, Value) {
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

async fn make(house: &House, key: &str, kind: RecordKind, doc: Value) -> String {
    let (status, record) = send(house, "POST", kind.api_path(), &doc, key).await;
    assert_eq!(status, 201, "{kind}: {record}");
    record["id"].as_str().unwrap().to_owned()
}

async fn db_id(db: &PgPool, hospital: &str, department: Option<&str>) -> String {
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

/// Whoever may change patients and know who they are may merge them, as far as both reach.
#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn merges_open_as_far_as_the_policy_says(db: PgPool) {
    for walls in [Walls::Both, Walls::ScopeAlone, Walls::RowsAlone] {
        let house = House::with_walls(db.clone(), walls).await;
        let admin = house.token_of("admin", PASSWORD).await;
        let ryd = db_id(&house.db, "RYD", None).await;
        let jed = db_id(&house.db, "JED", None).await;
        let mark = format!("{walls:?}");
        let patient = async |hospital: &str, mrn: &str| {
            let doc = json!({ "name_en": "Huda", "mobile": "0512345678", "birth_date": "1990-01-01",
                              "mrns": [{ "hospital_id": hospital, "mrn": format!("{mrn}-{mark}") }] });
            make(&house, &admin, RecordKind::Patient, doc).await
        };
        let (own, theirs) = (patient(&ryd, "A").await, patient(&jed, "B").await);
        for (role, username) in PEOPLE {
            let key = house.token_of(username, PASSWORD).await;
            let rights = [Permission::PatientWrite, Permission::PatientIdentify];
            let may = rights.iter().all(|right| policy(role, *right).is_some());
            let everywhere = policy(role, Permission::PatientWrite) == Some(Scope::All);
            let merge = |id: &str| json!({ "version": 1, "merged": { "id": id, "version": 99 } });
            for (survivor, merged, reached) in
                [(&own, &theirs, everywhere), (&theirs, &own, everywhere)]
            {
                let path = format!("/api/organizations/patients/{survivor}/merges/");
                let (status, _) = send(&house, "POST", &path, &merge(merged), &key).await;
                let expected = if !may {
                    403
                } else if reached {
                    409
                } else {
                    404
                };
                assert_eq!(status, expected, "{role} {walls:?}");
            }
            let path = format!("/api/organizations/patients/{own}/duplicates/");
            let (status, found) = send(&house, "GET", &path, &Value::Null, &key).await;
            assert_eq!(status, if may { 200 } else { 403 }, "{role} {walls:?}");
            let sees = found
                .as_array()
                .is_some_and(|all| all.iter().any(|it| it["id"] == theirs.as_str()));
            assert!(!sees || everywhere, "{role} {walls:?} sees a namesake elsewhere");
        }
    }
}

/// Whoever may write a kind may hand in a file of it, and sees no file of anybody else.
#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn files_of_records_open_as_far_as_the_policy_says(db: PgPool) {
    for walls in [Walls::Both, Walls::RowsAlone] {
        let house = House::with_walls(db.clone(), walls).await;
        let admin = house.token_of("admin", PASSWORD).await;
        let file = json!("mrn,name\n1,Ali\n");
        let path = "/api/organizations/imports/?kind=patient";
        let (status, theirs) = send(&house, "POST", path, &file, &admin).await;
        assert_eq!(status, 201, "{theirs}");
        let id = theirs["id"].as_str().unwrap();
        for (role, username) in PEOPLE {
            let key = house.token_of(username, PASSWORD).await;
            let importable = RecordKind::ALL.iter().filter(|kind| kind.can_be_imported());
            let may_any = importable.clone().any(|kind| policy(role, kind.write()).is_some());
            for kind in importable {
                let path = format!("/api/organizations/imports/?kind={kind}");
                let (status, _) = send(&house, "POST", &path, &file, &key).await;
                let may = policy(role, kind.write()).is_some();
                assert_eq!(status, if may { 201 } else { 403 }, "{role} {kind}");
            }
            let (one, start) = (
                format!("/api/organizations/imports/{id}/"),
                json!({ "mapping": ["mrns.mrn", "name_ar"], "dry_run": true }),
            );
            let expected = match (may_any, role) {
                (false, _) => 403,
                (true, Role::PxAdmin) => 200,
                (true, _) => 404,
            };
            let (status, _) = send(&house, "GET", &one, &Value::Null, &key).await;
            assert_eq!(status, expected, "{role}");
            let faults = format!("{one}faults.csv");
            let (status, _) = send(&house, "GET", &faults, &Value::Null, &key).await;
            assert_eq!(status, expected, "{role}");
            if role != Role::PxAdmin {
                let path = format!("{one}start/");
                let (status, _) = send(&house, "POST", &path, &start, &key).await;
                assert_eq!(status, expected, "{role}");
            }
            let (_, list) =
                send(&house, "GET", "/api/organizations/imports/", &Value::Null, &key).await;
            let seen = list.as_array().is_some_and(|list| list.iter().any(|it| it["id"] == id));
            assert_eq!(seen, role == Role::PxAdmin, "{role}");
        }
    }
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
