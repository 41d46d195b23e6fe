//! The doors of imports and merges, over HTTP: all roles, and with each wall alone.

use px360_domain::access::{Permission, Role, Scope, policy};
use px360_domain::records::RecordKind;
use px360_server::Walls;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::house::{House, PASSWORD};
use crate::matrix::{PEOPLE, db_id, make, send};

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
