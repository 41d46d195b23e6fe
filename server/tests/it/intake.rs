//! The way into the inbox: side by side, in order, and never held up.

use px360_domain::integrations::{EventStatus, ReceiptStatus};
use px360_server::integrations::view_event;
use px360_server::jobs::{self, Wake};
use serde_json::{Value, json};
use sqlx::PgPool;
use tokio::task::JoinSet;

use crate::harness::{TestApp, send, send_all, visit};

fn registration(number: usize) -> Value {
    visit(&format!("V{number}")).event("OPD_REGISTERED", 0)
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_request_of_many_encounters_is_answered_in_its_order(db: PgPool) {
    let app = TestApp::new(db).await;
    let first = send(&app, registration(7)).await;
    let mut events: Vec<Value> = (0..60).map(registration).collect();
    events[20] = json!({ "source_event_id": "faulty" });
    events.push(registration(9));
    let receipt = send_all(&app, &events).await;
    for (event, item) in events.iter().zip(&receipt.items) {
        assert_eq!(item.source_event_id.as_deref(), event["source_event_id"].as_str());
    }
    let status = |number: usize| receipt.items[number].status;
    assert_eq!((status(7), receipt.items[7].event_id), (ReceiptStatus::Duplicate, first.event_id));
    assert_eq!((status(20), status(21)), (ReceiptStatus::Rejected, ReceiptStatus::Accepted));
    assert_eq!(
        (status(60), receipt.items[60].event_id),
        (ReceiptStatus::Duplicate, receipt.items[9].event_id),
        "the same message twice in one request is kept once"
    );
    assert_eq!(app.db_count("select count(*) from journeys").await, 59);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_database_tells_the_shards_that_the_program_tells(db: PgPool) {
    let app = TestApp::new(db).await;
    // The program's own test of the same numbers: `integrations/shards.rs`.
    let told: String = app
        .db_text(
            "select string_agg(encounter_shard(number)::text, ' ' order by place)
             from unnest(array[null, '', 'V1', 'V2', 'زيارة ٧', '0001'])
                  with ordinality as asked (number, place)",
        )
        .await;
    assert_eq!(told, "3 3 10 7 10 8");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn while_somebody_holds_a_shard_its_messages_are_kept_and_applied_later(db: PgPool) {
    let app = TestApp::new(db).await;
    let mut holder = app.db.begin().await.unwrap();
    sqlx::query(
        "select pg_advisory_xact_lock(hashtext('px360 encounters'), encounter_shard('V1'))",
    )
    .execute(&mut *holder)
    .await
    .unwrap();
    let item = send(&app, registration(1)).await;
    assert_eq!(item.status, ReceiptStatus::Accepted);
    let admin = app.user("admin").await;
    let kept = view_event(&admin, item.event_id.unwrap()).await.unwrap();
    assert_eq!(kept.status, EventStatus::Received);
    holder.rollback().await.unwrap();
    jobs::run(&app.deps, Wake::ProcessEvents).await.unwrap();
    let applied = view_event(&admin, item.event_id.unwrap()).await.unwrap();
    assert_eq!((applied.status, applied.attempts), (EventStatus::Processed, 1));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_new_patient_who_arrives_in_many_places_at_once_is_one_patient(db: PgPool) {
    let app = TestApp::new(db).await;
    let mut senders = JoinSet::new();
    for number in 0..40 {
        let source = app.source().await;
        let event = visit(&format!("V{number}"))
            .with_patient("mrn", json!("M-1"))
            .event("OPD_REGISTERED", 0);
        senders.spawn(async move {
            let event = px360_server::integrations::RawEvent::json(event.to_string());
            px360_server::integrations::receive_events(&source, vec![event]).await.unwrap()
        });
    }
    let receipts = senders.join_all().await;
    assert!(receipts.iter().all(|receipt| receipt.items[0].status == ReceiptStatus::Accepted));
    assert_eq!(app.db_count("select count(*) from patient_mrns where mrn = 'M-1'").await, 1);
    assert_eq!(app.db_count("select count(*) from journeys").await, 40, "no job has run");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_merge_is_kept_and_left_to_the_clockwork(db: PgPool) {
    let app = TestApp::new(db).await;
    visit("V1").send(&app, "OPD_REGISTERED", 0).await;
    let mut merge = visit("V1").with_patient("prior_mrn", json!("M-OLD")).event("A40", 1);
    merge["encounter_id"] = Value::Null;
    let item = send(&app, merge).await;
    assert_eq!(item.status, ReceiptStatus::Accepted, "{:?}", item.errors);
    let admin = app.user("admin").await;
    let kept = view_event(&admin, item.event_id.unwrap()).await.unwrap();
    assert_eq!(kept.status, EventStatus::Received);
    jobs::run(&app.deps, Wake::ProcessEvents).await.unwrap();
    let applied = view_event(&admin, item.event_id.unwrap()).await.unwrap();
    assert_eq!(applied.status, EventStatus::Processed);
}
