//! Every door of records, over HTTP: all roles, all kinds, at home, beside it, elsewhere and nowhere.

use std::collections::BTreeSet;

use px360_domain::FileFormat;
use px360_domain::access::{Permission, Role, Scope, policy};
use px360_domain::records::RecordKind;
use px360_server::Walls;
use serde_json::{Value, json};
use sqlx::PgPool;

use super::{Door, Findings, NOWHERE, PEOPLE, Place, Places, ask, make, send};
use crate::house::{House, PASSWORD};

/// A record that doors are knocked at for.
struct Target {
    kind: RecordKind,
    place: Place,
    id: String,
}

/// A record of every kind in a department, as it is sent.
fn docs(mark: &str, hospital: &str, department: &str) -> [(RecordKind, Value); 5] {
    [
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
    ]
}

async fn standing(house: &House, key: &str) -> [(Place, String, String); 3] {
    let places = Places::db_of(&house.db).await;
    let beside = json!({ "hospital_id": places.riyadh, "code": "BESIDE", "name_en": "Beside" });
    places.with_sibling(&make(house, key, RecordKind::Department, beside).await)
}

async fn targets(house: &House, key: &str, standing: &[(Place, String, String)]) -> Vec<Target> {
    let mut all = Vec::new();
    for (place, hospital, department) in standing {
        let place = *place;
        all.push(Target { kind: RecordKind::Hospital, place, id: hospital.clone() });
        for (kind, doc) in docs(&format!("{place:?}"), hospital, department) {
            all.push(Target { kind, place, id: make(house, key, kind, doc).await });
        }
    }
    all.extend(RecordKind::ALL.iter().map(|&kind| Target {
        kind,
        place: Place::Unknown,
        id: NOWHERE.to_owned(),
    }));
    all
}

/// Whether a permission of this scope reaches a record.
fn reaches(role: Role, scope: Scope, kind: RecordKind, place: Place) -> bool {
    // Nobody treated the patients yet, so no department knows them.
    let untreated = scope == Scope::DepartmentSubtree && kind == RecordKind::Patient;
    !untreated && place.is_reached(role, scope)
}

/// What looking at it answers, and what changing it answers to somebody who saw an older version.
fn expected(role: Role, target: &Target) -> (u16, u16) {
    let reach =
        |scope: Option<Scope>| scope.map(|scope| reaches(role, scope, target.kind, target.place));
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

/// The doors of a kind: of one record, of all, and the calls of our own pages.
pub(super) fn doors(kind: RecordKind) -> Vec<String> {
    let all = kind.api_path();
    let one = format!("{all}{{id}}/");
    let of_pages = ["detail", "save", "remove", "change-many", "list", "options", "saved-views"];
    let tree = (kind == RecordKind::Department).then(|| format!("POST {TREE}"));
    let rest = [
        format!("GET {all}"),
        format!("POST {all}"),
        format!("GET {one}"),
        format!("PUT {one}"),
        format!("PATCH {one}"),
        format!("DELETE {one}"),
    ];
    let calls = of_pages.map(|call| format!("POST /rpc/records/{call}"));
    let files = FileFormat::ALL.iter().map(|format| format!("GET {}", kind.file_path(*format)));
    rest.into_iter().chain(calls).chain(files).chain(tree).collect()
}

async fn knock_everywhere(db: PgPool, walls: Walls) {
    let house = House::with_walls(db, walls).await;
    let admin = house.token_of("admin", PASSWORD).await;
    let standing = standing(&house, &admin).await;
    let targets = targets(&house, &admin, &standing).await;
    let mut findings = Findings::default();
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
            many_are_changed_as_one_is(&house, role, &key, target, &mut findings).await;
            if kind == RecordKind::Patient {
                patients_doors(&house, role, &key, target, &mut findings).await;
            }
            for (method, path, body, expected) in [
                ("GET", one.as_str(), &Value::Null, look),
                ("PATCH", &one, &stale, change),
                ("PUT", &one, &stale, change),
                ("DELETE", &one, &Value::Null, change),
                ("POST", "/rpc/records/detail", &detail, look),
                ("POST", "/rpc/records/save", &save, change),
                ("POST", "/rpc/records/remove", &remove, change),
            ] {
                let (status, _) = ask(&house, method, path, body, &key).await;
                let what = format!("{role} {method} {path} {kind} {:?}", target.place);
                findings.expect(status, expected, &what);
            }
        }
        lists_hold_what_is_reached(&house, role, &key, &targets, &mut findings).await;
        the_tree_holds_what_is_reached(&house, role, &key, &targets, &mut findings).await;
        new_records_stand_within_reach(&house, role, &key, &standing, &mut findings).await;
    }
    findings.none();
}

/// One deed for several: what cannot be done to one of them is refused in silence, and not done.
async fn many_are_changed_as_one_is(
    house: &House,
    role: Role,
    key: &str,
    target: &Target,
    findings: &mut Findings,
) {
    // What they say already, so that nothing changes for whoever comes next.
    let flag = target.kind != RecordKind::Patient;
    let body = json!({ "kind": target.kind, "picked": { "ids": [target.id] },
                       "deed": { "flag": flag } });
    let (status, outcome) = ask(house, "POST", "/rpc/records/change-many", &body, key).await;
    let what = format!("{role} changes many {} {:?}", target.kind, target.place);
    if policy(role, target.kind.write()).is_none() {
        return findings.expect(status, 403, &what);
    }
    let may = expected(role, target).1 == 409;
    // In the compact form of our own pages, how many were changed and how many not stand at the end.
    let expected = if may { "\u{1}\0" } else { "\0\u{1}" };
    findings.expect((status, outcome.ends_with(expected)), (200, true), &what);
}

/// Looking at what happened to a patient, and at who they are for a reason. In an order that leaves nothing
/// open for who comes next.
async fn patients_doors(
    house: &House,
    role: Role,
    key: &str,
    target: &Target,
    findings: &mut Findings,
) {
    let (look, _) = expected(role, target);
    // Whoever sees them all by name breaks no glass, but for the whole group's admins, who may do all.
    let breaks = match policy(role, Permission::PatientBreakGlass) {
        None => 403,
        Some(scope) if reaches(role, scope, target.kind, target.place) => 200,
        Some(_) => 404,
    };
    for door in of_a_patient(&target.id) {
        let (status, _) = door.knock(house, &target.id, key).await;
        let is_glass = door.path.contains("break");
        let expected = if is_glass { breaks } else { look };
        findings.expect(status, expected, &format!("{role} {} {:?}", door.name(), target.place));
    }
}

/// The doors that only patients have.
pub(super) fn of_a_patient(id: &str) -> [Door; 4] {
    let why = json!({ "purpose": "quality", "note": "to see how far it opens" });
    [
        Door::get("/api/organizations/patients/{id}/timeline/"),
        Door::post("/rpc/records/timeline", json!({ "id": id, "query": {} })),
        Door::post("/rpc/records/break-glass", json!({ "id": id, "cmd": why })),
        Door::post("/api/organizations/patients/{id}/break_glass/", why),
    ]
}

/// The list, the choices and the file leak nothing either.
async fn lists_hold_what_is_reached(
    house: &House,
    role: Role,
    key: &str,
    targets: &[Target],
    findings: &mut Findings,
) {
    for &kind in RecordKind::ALL {
        let may = policy(role, kind.read());
        let path = format!("{}?limit=200", kind.api_path());
        let (status, page) = send(house, "GET", &path, &Value::Null, key).await;
        let items = page["items"].as_array().into_iter().flatten();
        let listed: BTreeSet<&str> = items.filter_map(|it| it["id"].as_str()).collect();
        let (file_status, file) =
            ask(house, "GET", &kind.file_path(FileFormat::Csv), &Value::Null, key).await;
        let workbook = kind.file_path(FileFormat::Xlsx);
        let (workbook_status, _) = ask(house, "GET", &workbook, &Value::Null, key).await;
        let list = json!({ "kind": kind, "query": { "filters": [] } });
        let (list_status, _) = ask(house, "POST", "/rpc/records/list", &list, key).await;
        let options = json!({ "kind": kind, "search": "", "filters": [] });
        let (options_status, _) = ask(house, "POST", "/rpc/records/options", &options, key).await;
        let views = json!({ "kind": kind });
        let (views_status, _) = ask(house, "POST", "/rpc/records/saved-views", &views, key).await;
        let done = if may.is_some() { 200 } else { 403 };
        let found =
            [status, file_status, workbook_status, list_status, options_status, views_status];
        findings.expect(found, [done; 6], &format!("{role} lists {kind}"));
        for target in targets.iter().filter(|target| target.kind == kind) {
            let reached = may.is_some_and(|scope| reaches(role, scope, kind, target.place));
            let id = target.id.as_str();
            let what = format!("{role} lists {kind} {:?}", target.place);
            findings.expect((listed.contains(id), file.contains(id)), (reached, reached), &what);
        }
    }
}

const TREE: &str = "/rpc/records/tree";

/// The tree names what its list names.
async fn the_tree_holds_what_is_reached(
    house: &House,
    role: Role,
    key: &str,
    targets: &[Target],
    findings: &mut Findings,
) {
    let may = policy(role, RecordKind::Department.read());
    let (status, tree) = ask(house, "POST", TREE, &json!({}), key).await;
    findings.expect(status, if may.is_some() { 200 } else { 403 }, &format!("{role} {TREE}"));
    for target in targets.iter().filter(|target| target.kind == RecordKind::Department) {
        let reached = may.is_some_and(|scope| reaches(role, scope, target.kind, target.place));
        // Codes as `docs` gives them; what is nowhere has none.
        let code = format!("D{:?}", target.place);
        findings.expect(tree.contains(&code), reached, &format!("{role} {TREE} {code}"));
    }
}

/// What somebody makes stands where they may write, and nowhere else.
async fn new_records_stand_within_reach(
    house: &House,
    role: Role,
    key: &str,
    standing: &[(Place, String, String)],
    findings: &mut Findings,
) {
    for (place, hospital, department) in standing {
        for (kind, doc) in docs(&format!("{}{place:?}", role.as_str()), hospital, department) {
            let (status, answer) = ask(house, "POST", kind.api_path(), &doc, key).await;
            let may = policy(role, kind.write());
            let what = format!("{role} makes a {kind} {place:?}: {answer}");
            match may.map(|scope| place.is_reached(role, scope)) {
                None => findings.expect(status, 403, &what),
                Some(true) => findings.expect(status, 201, &what),
                Some(false) => findings.expect(matches!(status, 403 | 404 | 422), true, &what),
            }
        }
    }
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
