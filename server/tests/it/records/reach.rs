//! Who may do what with which records: every role, every kind, at home and elsewhere.

use px360_domain::Failure;
use px360_domain::access::{Role, Scope, policy};
use px360_domain::records::{RecordKind, RecordQuery};
use px360_server::records;
use serde_json::json;
use sqlx::PgPool;

use super::{db_id, failure, fault, faults, make, samples, set};
use crate::harness::TestApp;

/// The demo user of each role; all but the first one work in Riyadh.
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

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn every_role_sees_and_changes_of_every_kind_what_the_policy_says_and_no_more(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let mut made = Vec::new();
    for (hospital, mark) in [("RYD", "1"), ("JED", "2")] {
        for (kind, doc) in samples(&app, hospital, mark).await {
            made.push((hospital, kind, make(&admin, kind, doc).await.unwrap()));
        }
    }
    for (role, username) in PEOPLE {
        let ctx = app.user(username).await;
        for (hospital, kind, kept) in made.clone() {
            let told = format!("{role} {kind} of {hospital}");
            let read = policy(role, kind.read());
            let found = records::find(&ctx, kind, kept.id).await;
            let version = match &found {
                Ok(record) => record.version,
                Err(_) => kept.version,
            };
            // A new hospital is nobody's yet, and what is in it is at home nowhere.
            let at_home = hospital == "RYD" && kind != RecordKind::Hospital;
            let visible = match read {
                None => false,
                Some(Scope::All) => true,
                Some(Scope::Hospital) => at_home,
                // The manager's department is that of the samples; users and new patients have none.
                // The viewer's role holds in the whole hospital.
                Some(Scope::DepartmentSubtree) => {
                    at_home
                        && matches!(role, Role::DepartmentManager | Role::Viewer)
                        && !matches!(kind, RecordKind::User | RecordKind::Patient)
                }
                Some(Scope::Own) => false,
            };
            assert_eq!(found.is_ok(), visible, "{told}: {found:?}");
            let change = set(
                &ctx,
                kind,
                px360_domain::records::Kept { id: kept.id, version },
                json!({ "name_en": format!("By {role}") }),
            )
            .await;
            let writable = visible && policy(role, kind.write()).is_some();
            assert_eq!(change.is_ok(), writable, "{told}: {change:?}");
            if !writable {
                let expected = match (read, visible) {
                    (None, _) | (_, true) => Failure::Forbidden,
                    _ => Failure::not_found(kind.as_str()),
                };
                assert_eq!(failure(change), expected, "{told}");
                let removed = records::remove(&ctx, kind, kept.id, None).await;
                assert_eq!(failure(removed), expected, "{told}");
            }
        }
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn lists_hold_nothing_of_another_hospital(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    for (kind, doc) in samples(&app, "JED", "2").await {
        make(&admin, kind, doc).await.unwrap();
    }
    let riyadh = db_id(&app.db, "hospitals", "code", "RYD").await.to_string();
    for (role, username) in PEOPLE.into_iter().skip(1) {
        let ctx = app.user(username).await;
        for kind in RecordKind::ALL.iter().copied() {
            if policy(role, kind.read()).is_none() {
                let refused = records::list(&ctx, kind, RecordQuery::default()).await;
                assert_eq!(failure(refused), Failure::Forbidden, "{role} {kind}");
                continue;
            }
            let page = records::list(&ctx, kind, RecordQuery::default()).await.unwrap();
            for row in page.items {
                let home = match kind {
                    RecordKind::Hospital => row.id.to_string(),
                    RecordKind::Physician => {
                        row.doc["affiliations"][0]["hospital_id"].as_str().unwrap().to_owned()
                    }
                    RecordKind::Patient => {
                        row.doc["mrns"][0]["hospital_id"].as_str().unwrap().to_owned()
                    }
                    _ => row.doc["hospital_id"].as_str().unwrap_or_default().to_owned(),
                };
                assert_eq!(home, riyadh, "{role} {kind} {:?}", row.doc);
            }
        }
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn nobody_puts_something_into_another_hospital(db: PgPool) {
    let app = TestApp::new(db).await;
    let ctx = app.user("hospital.admin").await;
    for (kind, doc) in samples(&app, "JED", "3").await {
        let refused = make(&ctx, kind, doc).await;
        let refused = failure(refused);
        let no = matches!(refused, Failure::Forbidden | Failure::Invalid { .. });
        assert!(no, "{kind}: {refused:?}");
    }
    // Nor by moving what is at home.
    let jeddah = db_id(&app.db, "hospitals", "code", "JED").await;
    for (kind, doc) in samples(&app, "RYD", "4").await {
        if !matches!(kind, RecordKind::Employee | RecordKind::User) {
            continue;
        }
        let kept = make(&ctx, kind, doc).await.unwrap();
        let moved = set(&ctx, kind, kept, json!({ "hospital_id": jeddah })).await;
        assert!(moved.is_err(), "{kind}");
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn nobody_changes_a_user_who_stands_as_high_as_themselves(db: PgPool) {
    let app = TestApp::new(db).await;
    let ctx = app.user("hospital.admin").await;
    // A PX admin who works in Riyadh is within reach, and above.
    sqlx::query(
        "update users set hospital_id = (select id from hospitals where code = 'RYD')
                 where username = 'former.admin'",
    )
    .execute(&app.db)
    .await
    .unwrap();
    let above = db_id(&app.db, "users", "username", "former.admin").await;
    let kept = px360_domain::records::Kept { id: above, version: 1 };
    let refused = set(&ctx, RecordKind::User, kept, json!({ "email": "mine@example.sa" })).await;
    assert_eq!(failure(refused), Failure::Forbidden);
    let refused = records::remove(&ctx, RecordKind::User, above, None).await;
    assert_eq!(failure(refused), Failure::Forbidden);
    let below = db_id(&app.db, "users", "username", "staff").await;
    let kept = px360_domain::records::Kept { id: below, version: 1 };
    set(&ctx, RecordKind::User, kept, json!({ "email": "staff@example.sa" })).await.unwrap();
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn nobody_disables_or_removes_themselves_so_that_one_px_admin_stays(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let me = db_id(&app.db, "users", "username", "admin").await;
    let kept = px360_domain::records::Kept { id: me, version: 1 };
    let refused = set(&admin, RecordKind::User, kept, json!({ "active": false })).await;
    assert_eq!(failure(refused), Failure::conflict("own_account"));
    let refused = records::remove(&admin, RecordKind::User, me, None).await;
    assert_eq!(failure(refused), Failure::conflict("own_account"));
    let staff = db_id(&app.db, "users", "username", "staff").await;
    let kept = px360_domain::records::Kept { id: staff, version: 1 };
    set(&admin, RecordKind::User, kept, json!({ "active": false })).await.unwrap();
    let gone =
        px360_server::accounts::load_actor(&app.deps, px360_domain::ids::UserId(staff)).await;
    assert!(gone.unwrap().is_none(), "felt by the next click");
}

/// A patient and a physician of two hospitals: each hospital writes what is its own.
#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn what_two_hospitals_share_is_changed_by_each_and_taken_away_by_its_own(db: PgPool) {
    let app = TestApp::new(db).await;
    let (admin, local) = (app.user("admin").await, app.user("hospital.admin").await);
    let ryd = db_id(&app.db, "hospitals", "code", "RYD").await;
    let jed = db_id(&app.db, "hospitals", "code", "JED").await;
    let mrns = json!([{ "hospital_id": ryd, "mrn": "A1" }, { "hospital_id": jed, "mrn": "B1" }]);
    let works = json!([{ "hospital_id": ryd }, { "hospital_id": jed }]);
    for (kind, rows, doc, change) in [
        (
            RecordKind::Patient,
            "mrns",
            json!({ "name_en": "Huda", "mrns": mrns }),
            json!({ "mobile": "0512345678" }),
        ),
        (
            RecordKind::Physician,
            "affiliations",
            json!({ "licence": "L-2", "name_en": "Hind", "affiliations": works }),
            json!({ "specialty_en": "Cardiology" }),
        ),
    ] {
        let kept = make(&admin, kind, doc).await.unwrap();
        let kept = set(&local, kind, kept, change).await.unwrap();
        let record = records::find(&local, kind, kept.id).await.unwrap();
        let (ours, theirs): (Vec<_>, Vec<_>) = record.doc[rows]
            .as_array()
            .unwrap()
            .iter()
            .partition(|row| row["hospital_id"] == json!(ryd));
        let (ours, theirs) = (ours[0], theirs[0]);
        let refused = set(&local, kind, kept, json!({ rows: [ours] })).await;
        assert_eq!(faults(refused), [fault(rows, "beyond_reach")], "{kind}");
        let removed = records::remove(&local, kind, kept.id, None).await;
        assert!(matches!(failure(removed), Failure::InUse { .. }), "{kind}");
        let mut added = ours.clone();
        added[if kind == RecordKind::Patient { "mrn" } else { "from_on" }] = json!("2020-01-01");
        let kept = set(&local, kind, kept, json!({ rows: [theirs, added] })).await.unwrap();
        let record = records::find(&admin, kind, kept.id).await.unwrap();
        let rows = record.doc[rows].as_array().unwrap();
        assert!(
            rows.len() == 2 && rows.contains(theirs) && !rows.contains(ours),
            "{kind}: {rows:?}"
        );
    }
}
