//! The way into the inbox: many messages at once, side by side, in order, and never held up.

use px360_domain::integrations::{EventStatus, ReceiptStatus};
use px360_server::integrations::{RawEvent, receive_events, view_event};
use px360_server::jobs::{self, Wake};
use serde_json::{Value, json};
use sqlx::PgPool;
use tokio::task::JoinSet;

use crate::harness::{TestApp, send, send_all, visit};

/// So many messages that they are applied as they are kept.
const MANY: usize = 150;

fn registration(number: usize) -> Value {
    visit(&format!("V{number}")).event("OPD_REGISTERED", 0)
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_request_of_many_is_applied_as_it_is_kept_and_answered_in_its_order(db: PgPool) {
    let app = TestApp::new(db).await;
    let first = send(&app, registration(7)).await;
    let mut events: Vec<Value> = (0..MANY).map(registration).collect();
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
        (status(MANY), receipt.items[MANY].event_id),
        (ReceiptStatus::Duplicate, receipt.items[9].event_id),
        "the same message twice in one request is kept once"
    );
    let of_many = "select count(*) from journeys where encounter_number <> 'V7'";
    assert_eq!(app.db_count(of_many).await, 148, "no job has run");
    let commits = "select count(distinct xmin::text) from (
                       select xmin from inbound_events where encounter_number <> 'V7'
                       union all select xmin from journeys) as rows";
    assert_eq!(app.db_count(commits).await, 2, "one commit for each of two lanes");
    let as_it_came = "select count(*) from inbound_events where status <> 'rejected'
                      and payload::jsonb ->> 'source_event_id' = source_event_id";
    assert_eq!(app.db_count(as_it_came).await, 149);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn while_somebody_holds_a_shard_its_messages_are_kept_and_applied_later(db: PgPool) {
    let app = TestApp::new(db).await;
    let mut holder = app.db.begin().await.unwrap();
    // That of V1.
    sqlx::query("select pg_advisory_xact_lock(hashtext('px360 encounters'), 10)")
        .execute(&mut *holder)
        .await
        .unwrap();
    let events: Vec<Value> = (0..MANY).map(registration).collect();
    let receipt = send_all(&app, &events).await;
    assert!(receipt.items.iter().all(|item| item.status == ReceiptStatus::Accepted));
    let admin = app.user("admin").await;
    let kept = view_event(&admin, receipt.items[1].event_id.unwrap()).await.unwrap();
    assert_eq!(kept.status, EventStatus::Received);
    let applied = "select count(*) from inbound_events where status = 'processed'";
    assert!(app.db_count(applied).await > 40, "the other lane has not waited");
    holder.rollback().await.unwrap();
    jobs::run(&app.deps, Wake::ProcessEvents).await.unwrap();
    assert_eq!(app.db_count(applied).await, 150);
    assert_eq!(app.db_count("select count(*) from inbound_events where attempts <> 1").await, 0);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_clockwork_waits_for_whoever_applies_messages_of_a_shard(db: PgPool) {
    let app = TestApp::new(db).await;
    send(&app, registration(1)).await;
    let mut holder = app.db.begin().await.unwrap();
    sqlx::query("select pg_advisory_xact_lock(hashtext('px360 encounters'), 10)")
        .execute(&mut *holder)
        .await
        .unwrap();
    let mut working = Box::pin(jobs::run(&app.deps, Wake::ProcessEvents));
    let waiting = "select count(*) from pg_locks
                   where locktype = 'advisory' and not granted
                     and database = (select oid from pg_database where datname = current_database())";
    let waits = async {
        while app.db_count(waiting).await == 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        done = &mut working => panic!("it has not waited: {done:?}"),
        () = waits => {}
    }
    let applied = "select count(*) from inbound_events where status = 'processed'";
    assert_eq!(app.db_count(applied).await, 0);
    holder.rollback().await.unwrap();
    working.await.unwrap();
    assert_eq!(app.db_count(applied).await, 1);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_new_patient_who_arrives_in_many_places_at_once_is_one_patient(db: PgPool) {
    let app = TestApp::new(db).await;
    let mut senders = JoinSet::new();
    for part in 0..3 {
        let source = app.source().await;
        let event = |number: usize| {
            let visit = visit(&format!("V{part}-{number}")).with_patient("mrn", json!("M-1"));
            RawEvent::json(visit.event("OPD_REGISTERED", 0).to_string())
        };
        let events: Vec<RawEvent> = (0..MANY).map(event).collect();
        senders.spawn(async move { receive_events(&source, events).await.unwrap() });
    }
    let receipts = senders.join_all().await;
    let mut items = receipts.iter().flat_map(|receipt| &receipt.items);
    assert!(items.all(|item| item.status == ReceiptStatus::Accepted));
    assert_eq!(app.db_count("select count(*) from patient_mrns where mrn = 'M-1'").await, 1);
    assert_eq!(app.db_count("select count(*) from journeys").await, 450, "no job has run");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_poisonous_message_among_many_is_left_to_the_clockwork_with_its_lane(db: PgPool) {
    let app = TestApp::new(db).await;
    app.db_break_journeys_of("V1").await;
    let events: Vec<Value> = (0..MANY).map(registration).collect();
    let receipt = send_all(&app, &events).await;
    assert!(receipt.items.iter().all(|item| item.status == ReceiptStatus::Accepted));
    jobs::run(&app.deps, Wake::ProcessEvents).await.unwrap();
    assert_eq!(app.db_count("select count(*) from journeys").await, 149);
    let poison = view_event(&app.user("admin").await, receipt.items[1].event_id.unwrap()).await;
    assert_eq!(poison.unwrap().status, EventStatus::Received);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_merge_among_many_is_kept_and_left_to_the_clockwork(db: PgPool) {
    let app = TestApp::new(db).await;
    let mut events: Vec<Value> = (0..MANY).map(registration).collect();
    let mut merge = visit("V1").with_patient("prior_mrn", json!("M-OLD")).event("A40", 1);
    merge["encounter_id"] = Value::Null;
    events.push(merge);
    let receipt = send_all(&app, &events).await;
    let merge = &receipt.items[MANY];
    assert_eq!(merge.status, ReceiptStatus::Accepted, "{:?}", merge.errors);
    let admin = app.user("admin").await;
    let kept = view_event(&admin, merge.event_id.unwrap()).await.unwrap();
    assert_eq!(kept.status, EventStatus::Received);
    jobs::run(&app.deps, Wake::ProcessEvents).await.unwrap();
    let applied = view_event(&admin, merge.event_id.unwrap()).await.unwrap();
    assert_eq!(applied.status, EventStatus::Processed);
}
