//! Handing events in: safe before the answer, once whatever happens, clear when wrong.

use px360_domain::Failure;
use px360_domain::integrations::{EventStatus, ReceiptStatus};
use px360_server::Error;
use px360_server::config::EventsConfig;
use px360_server::integrations::{RawEvent, receive_events, replay_event, split, view_event};
use px360_server::jobs::{self, Wake};
use serde_json::json;
use sqlx::PgPool;
use tokio::task::JoinSet;

use crate::harness::{TestApp, send, send_all, visit};

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_same_event_a_hundred_times_at_once_has_one_effect(db: PgPool) {
    let app = TestApp::new(db).await;
    let source = app.source().await;
    visit("V1").send(&app, "OPD_REGISTERED", 0).await;
    let event = visit("V1").event("OPD_CONSULTED", 30).to_string();
    let mut senders = JoinSet::new();
    for _ in 0..100 {
        let (source, event) = (source.clone(), RawEvent::json(event.clone()));
        senders.spawn(async move { receive_events(&source, vec![event]).await.unwrap() });
    }
    let receipts = senders.join_all().await;
    let accepted = receipts
        .iter()
        .filter(|receipt| receipt.items[0].status == ReceiptStatus::Accepted)
        .count();
    assert_eq!(accepted, 1);
    let ids: std::collections::HashSet<_> =
        receipts.iter().map(|receipt| receipt.items[0].event_id).collect();
    assert_eq!(ids.len(), 1, "every duplicate names the event that was stored");
    let mut workers = JoinSet::new();
    for _ in 0..4 {
        let deps = app.deps.clone();
        workers.spawn(async move { jobs::run(&deps, Wake::ProcessEvents).await.unwrap() });
    }
    workers.join_all().await;
    assert_eq!(app.db_count("select count(*) from surveys").await, 1);
    assert_eq!(
        app.db_count("select count(*) from notifications where survey_id is not null").await,
        1
    );
    assert_eq!(app.db_count("select sum(created) from funnel_rollups").await, 1);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn messages_taken_one_by_one_have_the_same_effects(db: PgPool) {
    let app =
        TestApp::with_events(db, EventsConfig { batch_max: 1, ..EventsConfig::default() }).await;
    let source = app.source().await;
    let mut senders = JoinSet::new();
    let codes = ["OPD_REGISTERED", "OPD_TRIAGED", "OPD_CONSULTED", "OPD_DISPENSED"];
    for (number, code) in codes.into_iter().enumerate() {
        let minutes = u32::try_from(number).unwrap() * 10;
        let event = RawEvent::json(visit("V1").event(code, minutes).to_string());
        let source = source.clone();
        senders.spawn(async move { receive_events(&source, vec![event]).await.unwrap() });
    }
    senders.join_all().await;
    assert_eq!(app.db_count("select count(*) from stages where status = 'completed'").await, 4);
    assert_eq!(app.db_count("select count(*) from surveys").await, 1);
    assert_eq!(
        app.db_count("select count(*) from audit_events where action = 'events.processed'").await,
        4,
        "each in a commit of its own"
    );
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_message_is_kept_as_it_came_before_it_is_applied(db: PgPool) {
    let app = TestApp::new(db).await;
    let event = visit("V1").event("OPD_REGISTERED", 0);
    let item = send(&app, event.clone()).await;
    assert_eq!(item.status, ReceiptStatus::Accepted);
    assert_eq!(app.db_text("select payload from inbound_events").await, event.to_string());
    assert_eq!(app.db_count("select count(*) from journeys").await, 0);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn other_content_under_a_known_id_is_flagged_and_never_applied(db: PgPool) {
    let app = TestApp::new(db).await;
    let first = send(&app, visit("V1").event("OPD_REGISTERED", 0)).await;
    let mut other = visit("V2").event("OPD_REGISTERED", 0);
    other["source_event_id"] = json!("V1-OPD_REGISTERED");
    let second = send(&app, other).await;
    assert_eq!(second.status, ReceiptStatus::Duplicate);
    assert_eq!(second.event_id, first.event_id);
    assert_eq!(second.errors[0].code, "payload_differs");
    app.run_jobs().await;
    assert_eq!(app.db_text("select encounter_number from journeys").await, "V1");
    assert_eq!(
        app.db_count(
            "select count(*) from inbound_events where conflicting_payload_at is not null"
        )
        .await,
        1
    );
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_bad_event_is_kept_and_refused_and_its_neighbours_are_taken(db: PgPool) {
    let app = TestApp::new(db).await;
    let good = visit("V1").event("OPD_REGISTERED", 0);
    let mut nowhere = visit("V2").event("OPD_REGISTERED", 0);
    nowhere["hospital"] = json!("NOWHERE");
    let bad_phone = visit("V3").with_patient("mobile", json!("12")).event("OPD_REGISTERED", 0);
    let mut missing = visit("V4").event("OPD_REGISTERED", 0);
    missing.as_object_mut().unwrap().remove("encounter_id");
    let receipt = send_all(&app, &[nowhere, good, bad_phone, missing]).await;
    let told: Vec<String> = receipt
        .items
        .iter()
        .map(|item| {
            let faults: Vec<_> =
                item.errors.iter().map(|fault| format!("{} {}", fault.field, fault.code)).collect();
            format!("{} {}", item.status, faults.join(","))
        })
        .collect();
    assert_eq!(
        told,
        [
            "rejected hospital unknown_hospital",
            "accepted ",
            "rejected patient.mobile phone_invalid",
            "rejected encounter_id required",
        ]
    );
    assert_eq!(app.db_count("select count(*) from inbound_events").await, 4);
    // Mended and sent again under the same id, it is taken.
    let mended = send(&app, visit("V3").event("OPD_REGISTERED", 0)).await;
    assert_eq!(mended.status, ReceiptStatus::Accepted);
}

#[test]
fn a_body_is_one_object_or_an_array_or_lines() {
    let count = |body: &str| split(body).map(|events| events.len());
    assert_eq!(count(r#"{"a": 1}"#).unwrap(), 1);
    assert_eq!(count("\u{feff} [{}, {}, 3]").unwrap(), 3);
    assert_eq!(count("{}\n{}\r\n\n{broken\n").unwrap(), 3);
    assert_eq!(count("{\n  \"pretty\": true\n}").unwrap(), 1);
    for (body, code) in [("", "no_events"), ("[]", "no_events")] {
        let Err(Error::Refused(Failure::Invalid { faults })) = count(body) else {
            panic!("{body}")
        };
        assert_eq!(faults[0].code, code);
    }
    for body in ["{", "[{}", "nonsense", "[{} {}]", "{\n\"a\": \n"] {
        let refused = count(body);
        assert!(
            matches!(refused, Err(Error::Refused(Failure::Malformed { .. }))),
            "{body}: {refused:?}"
        );
    }
    let many = format!("[{}]", vec!["{}"; 1_001].join(","));
    assert!(matches!(count(&many), Err(Error::Refused(Failure::Invalid { .. }))));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn only_sources_send_and_a_source_sees_its_own_events(db: PgPool) {
    let app = TestApp::new(db).await;
    let raw = || vec![RawEvent::json(visit("V1").event("OPD_REGISTERED", 0).to_string())];
    for username in ["admin", "coordinator", "viewer"] {
        let refused = receive_events(&app.user(username).await, raw()).await;
        assert!(matches!(refused, Err(Error::Refused(Failure::Forbidden))), "{username}");
    }
    let item = send(&app, visit("V1").event("OPD_REGISTERED", 0)).await;
    let id = item.event_id.unwrap();
    assert!(view_event(&app.source().await, id).await.is_ok());
    assert!(view_event(&app.user("hospital.admin").await, id).await.is_ok());
    sqlx::query(
        "insert into sources (id, code, name, key_hash, active, created_at)
         values (gen_random_uuid(), 'other', 'other', sha256('other-key'), true, now())",
    )
    .execute(&app.db)
    .await
    .unwrap();
    let other =
        app.deps.for_source("other-key", px360_server::RequestMeta::default()).await.unwrap();
    let hidden = view_event(&other, id).await;
    assert!(matches!(hidden, Err(Error::Refused(Failure::NotFound { .. }))));
    let refused = replay_event(&app.user("coordinator").await, id).await;
    assert!(matches!(refused, Err(Error::Refused(Failure::Forbidden))));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_source_of_one_hospital_cannot_speak_for_another(db: PgPool) {
    let app = TestApp::new(db).await;
    sqlx::query(
        "with source as (
             insert into sources (id, code, name, key_hash, active, created_at)
             values (gen_random_uuid(), 'jed', 'jed', sha256('jed-key'), true, now()) returning id)
         insert into source_hospitals (source_id, hospital_id)
         select source.id, hospital.id from source, hospitals as hospital where code = 'JED'",
    )
    .execute(&app.db)
    .await
    .unwrap();
    let jeddah =
        app.deps.for_source("jed-key", px360_server::RequestMeta::default()).await.unwrap();
    let event = RawEvent::json(visit("V1").event("OPD_REGISTERED", 0).to_string());
    let receipt = receive_events(&jeddah, vec![event]).await.unwrap();
    assert_eq!(receipt.items[0].status, ReceiptStatus::Rejected);
    assert_eq!(receipt.items[0].errors[0].code, "unknown_hospital");
    // It was kept, and its sender may ask what became of it.
    let kept = view_event(&jeddah, receipt.items[0].event_id.unwrap()).await.unwrap();
    assert_eq!(kept.status, EventStatus::Rejected);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_poisonous_event_is_put_aside_and_the_others_go_on(db: PgPool) {
    let app = TestApp::new(db).await;
    app.db_break_journeys_of("V1").await;
    let together = [visit("V1"), visit("V2")].map(|visit| visit.event("OPD_REGISTERED", 0));
    let receipt = send_all(&app, &together).await;
    assert!(receipt.items.iter().all(|item| item.status == ReceiptStatus::Accepted));
    jobs::run(&app.deps, Wake::ProcessEvents).await.unwrap();
    assert_eq!(app.db_text("select encounter_number from journeys").await, "V2");
    let admin = app.user("admin").await;
    let poison = receipt.items[0].event_id.unwrap();
    let seen = view_event(&admin, poison).await.unwrap();
    assert_eq!((seen.attempts, seen.error.is_some()), (1, true));
    for _ in 0..8 {
        app.pass(chrono::TimeDelta::hours(12)).await;
    }
    let dead = view_event(&admin, poison).await.unwrap();
    assert_eq!(dead.status, EventStatus::Dead);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn every_change_is_remembered_and_the_memory_cannot_be_changed(db: PgPool) {
    let app = TestApp::new(db).await;
    visit("V1").all(&app).await;
    let remembered = app
        .db_count("select count(*) from audit_events where action in ('events.received', 'events.processed')")
        .await;
    assert_eq!(remembered, 2);
    for sql in [
        "update audit_events set actor = 'somebody else'",
        "delete from audit_events",
        "truncate audit_events",
    ] {
        assert!(sqlx::query(sql).execute(&app.db).await.is_err(), "{sql}");
    }
}
