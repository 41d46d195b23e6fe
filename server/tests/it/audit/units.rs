//! How a unit of work writes into the log, and how long others wait for it.

use px360_domain::access::Permission;
use px360_server::audit::Entry;
use px360_server::jobs::Wake;
use serde_json::json;
use sqlx::PgPool;

use super::{broken, lived};
use crate::harness::TestApp;

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn entries_of_one_unit_stand_one_after_the_other_in_its_order(db: PgPool) {
    let app = TestApp::empty(db).await;
    let ctx = app.deps.system("test");
    let mut tx = ctx.begin(ctx.require(Permission::SystemSetUp).unwrap()).await.unwrap();
    for number in 0..50 {
        let entry = if number % 2 == 0 {
            Entry::done("thing.done", "thing", number)
        } else {
            Entry::refused("thing.refused", "thing", number)
        };
        tx.record(entry.with(json!({ "number": number, "text": "ا\"\\,{}" })));
    }
    tx.commit().await.unwrap();
    let rows: Vec<(i16, i64, i64, String, String)> = sqlx::query_as(
        "select lane, position, id, entity_id, outcome from audit_events order by position",
    )
    .fetch_all(&app.db)
    .await
    .unwrap();
    let expected: Vec<String> = (0..50).map(|number: i32| number.to_string()).collect();
    assert_eq!(rows.iter().map(|row| row.3.clone()).collect::<Vec<_>>(), expected);
    assert!(rows.iter().all(|row| row.0 == rows[0].0), "one chain");
    assert!(rows.is_sorted_by_key(|row| row.2), "numbers grow with places");
    assert_eq!((rows[0].4.as_str(), rows[1].4.as_str()), ("done", "refused"));
    assert_eq!(broken(&app).await, []);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn units_that_wake_one_job_do_not_wait_for_each_other(db: PgPool) {
    let app = lived(db).await;
    sqlx::query("delete from graphile_worker._private_jobs").execute(&app.db).await.unwrap();
    // Somebody else is about to wake the same job.
    let mut other = app.db.begin().await.unwrap();
    sqlx::query("select graphile_worker.add_job($1, payload => '{}'::json, job_key => $1)")
        .bind(Wake::DeliverNotifications.identifier())
        .execute(&mut *other)
        .await
        .unwrap();
    let ctx = app.deps.system("test");
    let units = (0..5).map(|number| {
        let ctx = ctx.clone();
        tokio::task::spawn(async move {
            let granted = ctx.require(Permission::SystemSetUp).unwrap();
            let mut tx = ctx.begin(granted).await.unwrap();
            tx.record(Entry::done("thing.done", "thing", number));
            tx.wake(Wake::DeliverNotifications);
            tx.commit().await
        })
    });
    let units: Vec<_> = units.collect();
    // All of them are committed, while the wake-up of one waits for the other one's.
    let done = "select count(*) from audit_events where action = 'thing.done'";
    let waiting = "select count(*) from pg_stat_activity
                   where datname = current_database() and wait_event_type = 'Lock'";
    while app.db_count(done).await < 5 || app.db_count(waiting).await < 1 {
        tokio::task::yield_now().await;
    }
    assert_eq!(app.db_count(waiting).await, 1, "one rings for all");
    other.rollback().await.unwrap();
    for unit in units {
        unit.await.unwrap().unwrap();
    }
    let jobs = "select count(*) from graphile_worker.jobs where key = 'notifications.deliver'";
    assert_eq!(app.db_count(jobs).await, 1);
}
