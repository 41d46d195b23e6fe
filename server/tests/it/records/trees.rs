//! Departments below departments.

use px360_domain::records::{Kept, RecordKind};
use serde_json::json;
use sqlx::PgPool;
use uuid::Uuid;

use super::{db_id, fault, faults, make, set};
use crate::harness::TestApp;

async fn kept(app: &TestApp, code: &str) -> Kept {
    Kept { id: db_id(&app.db, "departments", "code", code).await, version: 1 }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_department_is_never_below_itself_nor_in_two_hospitals(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let (opd, cardiology) = (kept(&app, "RYD OPD").await, kept(&app, "RYD CARD").await);
    for parent in [opd.id, cardiology.id] {
        let refused =
            set(&admin, RecordKind::Department, opd, json!({ "parent_id": parent })).await;
        assert_eq!(faults(refused), [fault("parent_id", "cycle")]);
    }
    let elsewhere = db_id(&app.db, "departments", "code", "JED OPD").await;
    let refused = set(&admin, RecordKind::Department, opd, json!({ "parent_id": elsewhere })).await;
    assert_eq!(faults(refused), [fault("parent_id", "other_hospital")]);
    let refused =
        set(&admin, RecordKind::Department, opd, json!({ "parent_id": Uuid::nil() })).await;
    assert_eq!(faults(refused), [fault("parent_id", "unknown")]);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn two_moves_at_once_never_close_a_circle(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    for round in 0..5 {
        let hospital = db_id(&app.db, "hospitals", "code", "DMM").await;
        let one = json!({ "hospital_id": hospital, "code": format!("A{round}"), "name_en": "A" });
        let other = json!({ "hospital_id": hospital, "code": format!("B{round}"), "name_en": "B" });
        let one = make(&admin, RecordKind::Department, one).await.unwrap();
        let other = make(&admin, RecordKind::Department, other).await.unwrap();
        let (below_other, below_one) =
            (json!({ "parent_id": other.id }), json!({ "parent_id": one.id }));
        let (first, second) = tokio::join!(
            set(&admin, RecordKind::Department, one, below_other),
            set(&admin, RecordKind::Department, other, below_one),
        );
        assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_move_keeps_where_the_department_stood_before(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let (opd, er) = (kept(&app, "RYD OPD").await, kept(&app, "RYD ER").await);
    let cardiology = kept(&app, "RYD CARD").await;
    app.clock.advance(chrono::TimeDelta::days(30));
    let moved = json!({ "parent_id": er.id });
    set(&admin, RecordKind::Department, cardiology, moved).await.unwrap();
    let places: Vec<(Option<Uuid>, bool)> = sqlx::query_as(
        "select parent_id, until_at is null from department_places
         where department_id = $1 order by from_at",
    )
    .bind(cardiology.id)
    .fetch_all(&app.db)
    .await
    .unwrap();
    assert_eq!(places, [(Some(opd.id), false), (Some(er.id), true)]);
}
