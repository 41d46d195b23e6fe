//! The doors of imports and merges, over HTTP: all roles, and with each wall alone.

use px360_domain::access::{Permission, Role, Scope, policy};
use px360_domain::records::RecordKind;
use serde_json::{Value, json};
use sqlx::PgPool;

use super::{Findings, PEOPLE, Places, WALLS, ask, make, send};
use crate::house::{House, PASSWORD};

/// What is knocked at here.
pub(super) const DOORS: [&str; 15] = [
    "GET /api/organizations/imports/",
    "POST /api/organizations/imports/",
    "GET /api/organizations/imports/{id}/",
    "POST /api/organizations/imports/{id}/start/",
    "GET /api/organizations/imports/{id}/faults.csv",
    "POST /rpc/records/imports",
    "POST /rpc/records/import",
    "POST /rpc/records/import-start",
    "GET /api/organizations/patients/{id}/duplicates/",
    "GET /api/organizations/patients/{id}/merges/",
    "POST /api/organizations/patients/{id}/merges/",
    "POST /api/organizations/patients/{id}/merges/{merge_id}/undo/",
    "POST /rpc/records/compare",
    "POST /rpc/records/merge",
    "POST /rpc/records/unmerge",
];

/// Whoever may change patients and know who they are may merge them, as far as both reach.
#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn merges_open_as_far_as_the_policy_says(db: PgPool) {
    for walls in WALLS {
        let house = House::with_walls(db.clone(), walls).await;
        let admin = house.token_of("admin", PASSWORD).await;
        let places = Places::db_of(&house.db).await;
        let patient = async |hospital: &str, mrn: &str| {
            let mrn = format!("{mrn}-{walls:?}");
            let doc = json!({ "name_en": "Huda", "mobile": "0512345678", "birth_date": "1990-01-01",
                              "mrns": [{ "hospital_id": hospital, "mrn": mrn }] });
            make(&house, &admin, RecordKind::Patient, doc).await
        };
        let (own, theirs) =
            (patient(&places.riyadh, "A").await, patient(&places.jeddah, "B").await);
        let mut findings = Findings::default();
        for (role, username) in PEOPLE {
            let key = house.token_of(username, PASSWORD).await;
            let rights = [Permission::PatientWrite, Permission::PatientIdentify];
            let may = rights.iter().all(|right| policy(role, *right).is_some());
            let all = policy(role, Permission::PatientWrite) == Some(Scope::All);
            let there = |reached: bool, done: u16| match (may, reached) {
                (false, _) => 403,
                (true, true) => done,
                (true, false) => 404,
            };
            // Neither reaches both: the one who looks after Riyadh does not see Jeddah's.
            for (survivor, merged) in [(&own, &theirs), (&theirs, &own)] {
                let one = format!("/api/organizations/patients/{survivor}");
                let cmd = json!({ "version": 1, "merged": { "id": merged, "version": 99 } });
                let rpc = json!({ "survivor": survivor, "cmd": { "version": 1, "take": [],
                                  "merged": { "id": merged, "version": 99 } } });
                let compare = json!({ "survivor": survivor, "merged": merged });
                let undo = format!("{one}/merges/{theirs}/undo/");
                let unmerge = json!({ "survivor": survivor, "merge": theirs });
                let (merges, seen) = (format!("{one}/merges/"), all || survivor == &own);
                for (method, path, body, expected) in [
                    ("POST", merges.as_str(), &cmd, there(all, 409)),
                    ("POST", "/rpc/records/merge", &rpc, there(all, 409)),
                    ("POST", "/rpc/records/compare", &compare, there(all, 200)),
                    ("POST", &undo, &Value::Null, there(false, 404)),
                    ("POST", "/rpc/records/unmerge", &unmerge, there(false, 404)),
                    ("GET", &merges, &Value::Null, there(seen, 200)),
                    ("GET", &format!("{one}/duplicates/"), &Value::Null, there(seen, 200)),
                ] {
                    let (status, _) = ask(&house, method, path, body, &key).await;
                    let what = format!("{role} {method} {path} {walls:?}");
                    findings.expect(status, expected, &what);
                }
            }
            let path = format!("/api/organizations/patients/{own}/duplicates/");
            let (_, found) = ask(&house, "GET", &path, &Value::Null, &key).await;
            let what = format!("{role} {walls:?} sees a namesake elsewhere");
            findings.expect(found.contains(theirs.as_str()), all, &what);
        }
        findings.none();
    }
}

/// Whoever may write a kind may hand in a file of it, and sees no file of anybody else.
#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn files_of_records_open_as_far_as_the_policy_says(db: PgPool) {
    for walls in WALLS {
        let house = House::with_walls(db.clone(), walls).await;
        let admin = house.token_of("admin", PASSWORD).await;
        let file = json!("mrn,name\n1,Ali\n");
        let path = "/api/organizations/imports/?kind=patient";
        let (status, theirs) = send(&house, "POST", path, &file, &admin).await;
        assert_eq!(status, 201, "{theirs}");
        let id = theirs["id"].as_str().unwrap();
        let mut findings = Findings::default();
        for (role, username) in PEOPLE {
            let key = house.token_of(username, PASSWORD).await;
            let importable = RecordKind::ALL.iter().filter(|kind| kind.can_be_imported());
            let may_any = importable.clone().any(|kind| policy(role, kind.write()).is_some());
            for kind in importable {
                let path = format!("/api/organizations/imports/?kind={kind}");
                let (status, _) = ask(&house, "POST", &path, &file, &key).await;
                let may = policy(role, kind.write()).is_some();
                findings.expect(status, if may { 201 } else { 403 }, &format!("{role} {kind}"));
            }
            others_files_are_not_there(&house, (role, &key), id, may_any, &mut findings).await;
        }
        findings.none();
    }
}

async fn others_files_are_not_there(
    house: &House,
    (role, key): (Role, &str),
    id: &str,
    may_any: bool,
    findings: &mut Findings,
) {
    let mine = role == Role::PxAdmin;
    let expected = match (may_any, mine) {
        (false, _) => 403,
        (true, true) => 200,
        (true, false) => 404,
    };
    let one = format!("/api/organizations/imports/{id}/");
    let start = json!({ "mapping": ["mrns.mrn", "name_ar"], "dry_run": true });
    let rpc_start = json!({ "id": id, "cmd": start });
    let rpc = json!({ "id": id });
    let (faults, begin) = (format!("{one}faults.csv"), format!("{one}start/"));
    for (method, path, body, changes) in [
        ("GET", one.as_str(), &Value::Null, false),
        ("GET", &faults, &Value::Null, false),
        ("POST", "/rpc/records/import", &rpc, false),
        ("POST", &begin, &start, true),
        ("POST", "/rpc/records/import-start", &rpc_start, true),
    ] {
        // Its owner has other tests.
        if mine && changes {
            continue;
        }
        let (status, _) = ask(house, method, path, body, key).await;
        findings.expect(status, expected, &format!("{role} {method} {path}"));
    }
    for (method, path, body) in [
        ("GET", "/api/organizations/imports/", Value::Null),
        ("POST", "/rpc/records/imports", json!({})),
    ] {
        let (status, list) = ask(house, method, path, &body, key).await;
        findings.expect(status, if may_any { 200 } else { 403 }, &format!("{role} {path}"));
        if method == "GET" {
            findings.expect(list.contains(id), mine, &format!("{role} {path}"));
        }
    }
}
