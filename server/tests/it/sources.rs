//! The systems that send: their keys, how they do, and how long their messages are kept.

use chrono::TimeDelta;
use px360_domain::Failure;
use px360_domain::integrations::{EventStatus, ReplayEvents, SaveSource, SourceState, SourceView};
use px360_domain::notifications::{InboxFilter, NotificationKind};
use px360_server::integrations::{
    RawEvent, create_source, receive_events, renew_source_key, replay_event, replay_events,
    sources, update_source, view_event, view_raw_event,
};
use px360_server::notifications::inbox;
use px360_server::{Error, RequestMeta};
use sqlx::PgPool;

use crate::harness::{TestApp, send, visit};

fn new_source(code: &str) -> SaveSource {
    SaveSource {
        code: code.to_owned(),
        name: "Riyadh HIS".to_owned(),
        active: true,
        hospital_ids: Vec::new(),
        sending_application: None,
        sending_facility: None,
        retention_days: None,
        silence_minutes_max: None,
        failure_percent_max: None,
        lock_version: None,
    }
}

fn changed(view: &SourceView) -> SaveSource {
    SaveSource { lock_version: Some(view.lock_version), ..new_source(&view.code) }
}

async fn seen(app: &TestApp, code: &str) -> SourceView {
    let list = sources(&app.user("admin").await).await.unwrap();
    list.items.into_iter().find(|source| source.code == code).unwrap()
}

async fn demo(app: &TestApp) -> SourceView {
    let list = sources(&app.user("admin").await).await.unwrap();
    list.items.into_iter().next().unwrap()
}

fn faults(error: Error) -> Vec<(String, String)> {
    let Error::Refused(Failure::Invalid { faults }) = error else { panic!("{error:?}") };
    faults.into_iter().map(|fault| (fault.field, fault.code)).collect()
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_source_sends_with_the_key_that_was_shown_once_and_no_other(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let made = create_source(&admin, new_source("riyadh-his")).await.unwrap();
    let speaks = app.deps.for_source(&made.key, RequestMeta::default()).await.unwrap();
    let event = RawEvent::json(visit("A").event("OPD_REGISTERED", 0).to_string());
    receive_events(&speaks, vec![event]).await.unwrap();
    let renewed = renew_source_key(&admin, made.source_id).await.unwrap();
    // Right keys are remembered for a moment.
    app.clock.advance(TimeDelta::seconds(10));
    assert!(app.deps.for_source(&made.key, RequestMeta::default()).await.is_err());
    assert!(app.deps.for_source(&renewed.key, RequestMeta::default()).await.is_ok());
    let kept = "select count(*) from sources where encode(key_hash, 'escape') like '%px_%'";
    assert_eq!(app.db_count(kept).await, 0, "no key is kept as it is");

    let view = seen(&app, "riyadh-his").await;
    let off = SaveSource { active: false, ..changed(&view) };
    update_source(&admin, made.source_id, off.clone()).await.unwrap();
    app.clock.advance(TimeDelta::seconds(10));
    assert!(app.deps.for_source(&renewed.key, RequestMeta::default()).await.is_err());
    let stale = update_source(&admin, made.source_id, off).await.unwrap_err();
    assert!(matches!(stale, Error::Refused(Failure::Conflict { .. })), "{stale:?}");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn what_a_source_cannot_be_is_named_field_by_field(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let bad = SaveSource {
        code: "Riyadh HIS".to_owned(),
        name: " ".to_owned(),
        retention_days: Some(0),
        silence_minutes_max: Some(1),
        failure_percent_max: Some(101),
        ..new_source("x")
    };
    let found = faults(create_source(&admin, bad).await.unwrap_err());
    let fields: Vec<_> = found.iter().map(|(field, _)| field.as_str()).collect();
    let expected = ["code", "name", "retention_days", "silence_minutes_max", "failure_percent_max"];
    assert_eq!(fields, expected);
    create_source(&admin, new_source("one")).await.unwrap();
    let twice = faults(create_source(&admin, new_source("one")).await.unwrap_err());
    assert_eq!(twice, [("code".to_owned(), "taken".to_owned())]);

    // Whoever reaches one hospital makes sources of that one.
    let hospital_admin = app.user("hospital.admin").await;
    let all = faults(create_source(&hospital_admin, new_source("two")).await.unwrap_err());
    assert_eq!(all, [("hospital_ids".to_owned(), "required".to_owned())]);
    // A name is as good as a key over MLLP: nobody takes that of another hospital's system.
    let own = px360_server::journeys::templates(&hospital_admin).await.unwrap().hospitals[0].id;
    let ours = SaveSource { hospital_ids: vec![own, own], ..new_source("ours") };
    let theirs = SaveSource { sending_application: Some("DEMO-HIS".to_owned()), ..ours.clone() };
    let refused = faults(create_source(&hospital_admin, theirs).await.unwrap_err());
    assert_eq!(refused, [("sending_application".to_owned(), "beyond_reach".to_owned())]);
    create_source(&hospital_admin, ours).await.unwrap();
    let same =
        SaveSource { sending_application: Some("DEMO-HIS".to_owned()), ..new_source("same") };
    let refused = faults(create_source(&admin, same).await.unwrap_err());
    assert_eq!(refused, [("sending_application".to_owned(), "taken".to_owned())]);
    let everybody = demo(&app).await;
    let error =
        update_source(&hospital_admin, everybody.id, changed(&everybody)).await.unwrap_err();
    assert!(matches!(error, Error::Refused(Failure::NotFound { .. })), "{error:?}");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_source_that_falls_silent_or_fails_says_so(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let view = demo(&app).await;
    assert_eq!(view.health.state, SourceState::New);
    let watched = SaveSource {
        silence_minutes_max: Some(30),
        failure_percent_max: Some(50),
        ..changed(&view)
    };
    update_source(&admin, view.id, watched).await.unwrap();
    visit("A").send(&app, "OPD_REGISTERED", 0).await;
    assert_eq!(demo(&app).await.health.state, SourceState::Well);
    app.pass(TimeDelta::minutes(31)).await;
    assert_eq!(demo(&app).await.health.state, SourceState::Silent);
    let told = "select count(*) from notifications where kind = 'source_silent'";
    let keepers = app.db_count(told).await;
    assert!(keepers >= 2, "the administrators of the group and of hospitals: {keepers}");
    app.pass(TimeDelta::minutes(10)).await;
    assert_eq!(app.db_count(told).await, keepers, "told once, as long as it lasts");
    let inbox = inbox(&app.user("hospital.admin").await, InboxFilter::default()).await.unwrap();
    assert_eq!(inbox.items[0].kind, NotificationKind::SourceSilent);
    assert_eq!(inbox.items[0].reference.as_deref(), Some("Riyadh HIS"));
    for number in 0..10 {
        let mut event = visit("B").event("OPD_REGISTERED", number);
        event["source_event_id"] = format!("bad{number}").into();
        event["hospital"] = "MARS".into();
        send(&app, event).await;
    }
    let health = demo(&app).await.health;
    assert_eq!((health.received, health.failed), (11, 10));
    assert_eq!(health.state, SourceState::Failing);
    app.run_jobs().await;
    let told = "select count(*) from notifications where kind = 'source_failing'";
    assert_eq!(app.db_count(told).await, keepers);
    let mails = app
        .outbox
        .messages()
        .into_iter()
        .filter(|mail| mail.text.contains("/integrations/sources"));
    assert!(mails.count() >= 2, "by mail too, with the way to the page");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn content_is_forgotten_after_its_time_and_what_it_did_stays(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let view = demo(&app).await;
    let kept = SaveSource { retention_days: Some(30), ..changed(&view) };
    update_source(&admin, view.id, kept).await.unwrap();
    let done = visit("A").send(&app, "OPD_REGISTERED", 0).await.event_id.unwrap();
    let waits = visit("B").send(&app, "OPD_CONSULTED", 0).await.event_id.unwrap();
    assert!(
        view_raw_event(&admin, done).await.unwrap().payload.unwrap().contains("OPD_REGISTERED")
    );
    app.pass(TimeDelta::days(29)).await;
    assert!(view_raw_event(&admin, done).await.unwrap().payload.is_some());
    app.pass(TimeDelta::days(2)).await;
    assert_eq!(view_raw_event(&admin, done).await.unwrap().payload, None);
    let event = view_event(&admin, done).await.unwrap();
    assert!(event.culled_at.is_some() && event.effects.opened_journey);
    // What waits may have to run one day.
    assert!(view_raw_event(&admin, waits).await.unwrap().payload.is_some());
    let looked = "select count(*) from audit_events where action = 'event.read_raw'";
    assert_eq!(app.db_count(looked).await, 4, "that somebody looked is remembered");
    // The journey goes on from what was said, whose content is gone.
    visit("A").send(&app, "OPD_TRIAGED", 10).await;
    let triaged = "select count(*) from stages where position = 2 and status = 'completed'";
    assert_eq!(app.db_count(triaged).await, 1);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn what_was_run_again_remembers_by_whom_and_how_it_stood(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let one = visit("A").send(&app, "OPD_CONSULTED", 0).await.event_id.unwrap();
    let two = visit("B").send(&app, "OPD_CONSULTED", 0).await.event_id.unwrap();
    replay_event(&admin, one).await.unwrap();
    app.pass(TimeDelta::minutes(1)).await;
    let many = ReplayEvents { status: Some(EventStatus::Parked), ..ReplayEvents::default() };
    assert_eq!(replay_events(&admin, many).await.unwrap().events, 2);
    app.run_jobs().await;
    let (first, second) =
        (view_event(&admin, one).await.unwrap(), view_event(&admin, two).await.unwrap());
    assert_eq!((first.replays.len(), second.replays.len()), (2, 1));
    assert_eq!(first.replays[0].batch_id, second.replays[0].batch_id, "run again together");
    assert_ne!(first.replays[0].batch_id, first.replays[1].batch_id);
    assert_eq!(second.replays[0].status, EventStatus::Parked);
    assert!(second.replays[0].by.is_some());
}
