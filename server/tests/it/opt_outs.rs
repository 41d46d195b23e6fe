//! Patients stop messages themselves.

use chrono::TimeDelta;
use px360_domain::ids::SurveyId;
use px360_domain::notifications::{Channel, PreferredTime};
use px360_server::surveys;
use serde_json::json;
use sqlx::PgPool;

use crate::harness::{TestApp, visit};

/// The survey of one more visit of the same patient, whom no rule spares.
async fn visit_of_sara(app: &TestApp, encounter: &str) -> SurveyId {
    sqlx::query("delete from fatigue_rules").execute(&app.db).await.unwrap();
    visit(encounter).with_patient("mrn", json!("M-SARA")).all(app).await;
    app.run_jobs().await;
    app.db_survey(encounter).await
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn whoever_stops_messages_gets_none_from_that_moment_on_and_some_again_when_they_say_so(
    db: PgPool,
) {
    let app = TestApp::new(db).await;
    let first = visit_of_sara(&app, "FIRST").await;
    let patient = app.invited(first);
    assert!(!surveys::stopped_messages(&patient).await.unwrap().all);
    surveys::opt_out(&patient, None).await.unwrap();
    // Said twice it is one wish.
    surveys::opt_out(&patient, None).await.unwrap();
    assert!(surveys::stopped_messages(&patient).await.unwrap().all);
    app.outbox.take();
    visit_of_sara(&app, "STOPPED").await;
    assert_eq!(app.outbox.take(), []);
    let reason = app.db_text("select reason from notifications where status = 'suppressed'").await;
    assert_eq!(reason, "opted_out");
    // What they were sent before can still be answered.
    app.answer(first, 9).await;

    surveys::opt_in(&patient, None).await.unwrap();
    visit_of_sara(&app, "AGAIN").await;
    assert_eq!(app.outbox.take().len(), 1);
    let deeds = "select string_agg(action, ' ' order by id) from audit_events where action like 'patient.opted%'";
    assert_eq!(app.db_text(deeds).await, "patient.opted_out patient.opted_in");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_channel_that_is_stopped_is_passed_over_for_the_next_one(db: PgPool) {
    let app = TestApp::new(db).await;
    let first = visit_of_sara(&app, "FIRST").await;
    app.outbox.take();
    let patient = app.invited(first);
    surveys::opt_out(&patient, Some(Channel::Sms)).await.unwrap();
    let stopped = surveys::stopped_messages(&patient).await.unwrap();
    assert!(!stopped.all && stopped.channels.contains(&(Channel::Sms, true)));
    assert!(stopped.channels.contains(&(Channel::Email, false)), "{stopped:?}");
    visit_of_sara(&app, "SECOND").await;
    let channels = |app: &TestApp| -> Vec<Channel> {
        app.outbox.take().iter().map(|message| message.channel).collect()
    };
    assert_ne!(channels(&app), [Channel::Sms]);
    surveys::opt_in(&patient, Some(Channel::Sms)).await.unwrap();
    visit_of_sara(&app, "THIRD").await;
    assert_eq!(channels(&app), [Channel::Sms]);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn every_way_stopped_alone_is_the_wish_to_get_nothing(db: PgPool) {
    let app = TestApp::new(db).await;
    let first = visit_of_sara(&app, "FIRST").await;
    app.outbox.take();
    for channel in Channel::ALL {
        surveys::opt_out(&app.invited(first), Some(*channel)).await.unwrap();
    }
    visit_of_sara(&app, "SECOND").await;
    assert_eq!(app.outbox.take(), []);
    let reason = app.db_text("select reason from notifications where status = 'suppressed'").await;
    assert_eq!(reason, "opted_out", "nobody goes looking for another number");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn whoever_prefers_the_evening_is_written_to_in_the_evening(db: PgPool) {
    let app = TestApp::new(db).await;
    let first = visit_of_sara(&app, "FIRST").await;
    let patient = app.invited(first);
    app.outbox.take();
    // It is ten in the morning.
    for _ in 0..2 {
        surveys::prefer_time(&patient, Some(PreferredTime::Evening)).await.unwrap();
    }
    let wishes = surveys::stopped_messages(&patient).await.unwrap();
    assert_eq!(wishes.preferred_time, Some(PreferredTime::Evening));
    visit_of_sara(&app, "SECOND").await;
    assert_eq!(app.outbox.take(), []);
    app.pass(TimeDelta::hours(5)).await;
    assert_eq!(app.outbox.take(), [], "three in the afternoon");
    app.pass(TimeDelta::hours(1)).await;
    assert_eq!(app.outbox.take().len(), 1);
    surveys::prefer_time(&patient, None).await.unwrap();
    let deeds = "select count(*) from audit_events where action = 'patient.time_preferred'";
    assert_eq!(app.db_count(deeds).await, 2, "said twice it is one wish");
}
