//! Files of records that are sent: how many at once, and for how long they are kept.

use px360_domain::Failure;
use px360_domain::records::RecordKind;
use px360_server::jobs::{self, Wake};
use px360_server::records::import;
use sqlx::PgPool;

use super::failure;
use super::import::{OF_PATIENTS, PATIENTS, read, send, start};
use crate::harness::TestApp;

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_file_is_forgotten_after_a_month_with_all_that_it_said_of_patients(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let old = send(&admin, RecordKind::Patient, PATIENTS).await;
    read(&app, &admin, &old, &OF_PATIENTS, false).await;
    let waiting = send(&admin, RecordKind::Patient, PATIENTS).await;
    app.clock.advance(chrono::TimeDelta::days(2));
    let newer = send(&admin, RecordKind::Patient, PATIENTS).await;
    app.clock.advance(chrono::TimeDelta::days(28));
    jobs::run(&app.deps, Wake::SweepExpired).await.unwrap();
    // To the day: nothing is older than that yet.
    assert_eq!(import::list(&admin).await.unwrap().len(), 3);
    app.clock.advance(chrono::TimeDelta::seconds(1));
    jobs::run(&app.deps, Wake::SweepExpired).await.unwrap();
    let left: Vec<_> = import::list(&admin).await.unwrap().iter().map(|it| it.id).collect();
    assert_eq!(left, [newer.id]);
    let gone = start(&admin, &waiting, &OF_PATIENTS, false).await;
    assert_eq!(failure(gone), Failure::not_found("import"));
    let of_others = "select (select count(*) from import_pieces where import_id <> $1)
                          + (select count(*) from import_faults where import_id <> $1)";
    let of_others: i64 =
        sqlx::query_scalar(of_others).bind(newer.id).fetch_one(&app.db).await.unwrap();
    assert_eq!(of_others, 0);
    let told = "select count(*) from audit_events where action = 'imports.forgotten'";
    assert_eq!(app.db_count(told).await, 1);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_few_files_are_taken_in_at_once_and_by_those_who_may(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let rooms: Vec<_> =
        (0..4).map(|_| import::room(&admin, RecordKind::Patient).unwrap()).collect();
    let busy = import::room(&admin, RecordKind::Patient).map(|_room| ());
    assert_eq!(failure(busy), Failure::TooMany { retry_after_seconds: 30 });
    let nurse = import::room(&app.user("nurse").await, RecordKind::Patient).map(|_room| ());
    assert_eq!(failure(nurse), Failure::Forbidden);
    drop(rooms);
    assert!(import::room(&admin, RecordKind::Patient).is_ok());
}
