//! What happened to a patient, and who they are for whoever says why.

use chrono::TimeDelta;
use px360_domain::Failure;
use px360_domain::notifications::{NotificationStatus, SuppressionReason};
use px360_domain::records::{
    BreakGlass, GlassPurpose, Happened, PatientTimeline, RecordKind, TimelineQuery,
};
use px360_domain::surveys::{Answer, SubmitSurvey};
use px360_server::{Ctx, actions, records, surveys};
use serde_json::{Value, json};
use sqlx::PgPool;
use uuid::Uuid;

use super::{failure, fault, faults};
use crate::harness::{TestApp, answers, visit};

const WORDS: &str = "أنا سارة، جوالي 0500001234 والموعد تأخر ساعتين";

/// A visit of a patient who answered with 2 and left her name and phone.
async fn lived(app: &TestApp) -> Uuid {
    let survey = app.surveyed_visit("VISIT-10417").await;
    let mut answers = answers(2, 4);
    answers.insert("why".to_owned(), Answer::Words(WORDS.to_owned()));
    let cmd = SubmitSurvey { language: None, answers };
    surveys::submit(&app.invited(survey), cmd).await.unwrap();
    app.run_jobs().await;
    sqlx::query_scalar("select id from patients").fetch_one(&app.db).await.unwrap()
}

async fn view(ctx: &Ctx, id: Uuid) -> PatientTimeline {
    records::timeline::view(ctx, id, TimelineQuery::default()).await.unwrap()
}

/// The kinds of events, newest first.
fn kinds(timeline: &PatientTimeline) -> Vec<&'static str> {
    let kind = |what: &Happened| match what {
        Happened::Encounter { .. } => "encounter",
        Happened::Stage { .. } => "stage",
        Happened::Invitation { .. } => "invitation",
        Happened::Response { .. } => "response",
        Happened::Action { .. } => "action",
    };
    timeline.items.iter().map(|event| kind(&event.what)).collect()
}

fn words(timeline: &PatientTimeline) -> Option<&str> {
    timeline.items.iter().find_map(|event| match &event.what {
        Happened::Response { words, .. } => words.as_deref(),
        _ => None,
    })
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn everything_that_happened_stands_on_one_axis(db: PgPool) {
    let app = TestApp::new(db).await;
    let id = lived(&app).await;
    let all = view(&app.user("admin").await, id).await;
    let mut found = kinds(&all);
    assert!(all.items.is_sorted_by_key(|event| std::cmp::Reverse(event.at)), "{found:?}");
    assert_eq!(found.last(), Some(&"encounter"), "it began with the visit");
    found.sort_unstable();
    let stages = ["stage"; 4];
    let rest = ["action", "encounter", "invitation", "response"];
    assert_eq!(found, [&rest[..], &stages].concat());
    assert_eq!(words(&all), Some(WORDS));
    let at_home = "select count(*) from audit_events
                   where action = 'patient.timeline_viewed' and hospital_id is not null";
    assert_eq!(app.db_count(at_home).await, 1);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn an_invitation_that_was_not_sent_says_why(db: PgPool) {
    let app = TestApp::new(db).await;
    visit("V1").with_patient("mobile", Value::Null).all(&app).await;
    app.run_jobs().await;
    let id: Uuid = sqlx::query_scalar("select id from patients").fetch_one(&app.db).await.unwrap();
    let all = view(&app.user("admin").await, id).await;
    let not_sent = all.items.iter().find_map(|event| match event.what {
        Happened::Invitation { status, reason, .. } => Some((status, reason)),
        _ => None,
    });
    let why = Some(SuppressionReason::NoChannel);
    assert_eq!(not_sent, Some((NotificationStatus::Suppressed, why)));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_long_story_comes_in_pages_that_hold_each_event_once(db: PgPool) {
    let app = TestApp::new(db).await;
    let id = lived(&app).await;
    let admin = app.user("admin").await;
    let whole = view(&admin, id).await.items;
    let mut pieces = Vec::new();
    let mut cursor = None;
    loop {
        let query = TimelineQuery { cursor, limit: Some(3) };
        let page = records::timeline::view(&admin, id, query).await.unwrap();
        pieces.extend(page.items);
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(pieces, whole);
    let bad = TimelineQuery { cursor: Some("x".to_owned()), limit: None };
    let refused = records::timeline::view(&admin, id, bad).await;
    assert_eq!(faults(refused), [fault("cursor", "cursor_invalid")]);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn whoever_needs_no_identity_reads_the_story_without_it(db: PgPool) {
    let app = TestApp::new(db).await;
    let id = lived(&app).await;
    for who in ["nurse", "physician"] {
        let ctx = app.user(who).await;
        let all = view(&ctx, id).await;
        assert_eq!(words(&all), Some("أنا ••• جوالي ••• والموعد تأخر ساعتين"), "{who}");
        let told = json!(all).to_string();
        assert!(!told.contains("VISIT-10417"), "{who} reads the visit number: {told}");
        assert!(kinds(&all).contains(&"invitation"), "{who} sees what became of the invitation");
    }
    let action: Uuid =
        sqlx::query_scalar("select id from actions").fetch_one(&app.db).await.unwrap();
    let detail = actions::detail(&app.user("nurse").await, action.into()).await.unwrap();
    let told = json!(detail).to_string();
    assert!(!told.contains("0500001234") && !told.contains("سارة"), "{told}");
    let viewer = app.user("viewer").await;
    let refused = records::timeline::view(&viewer, id, TimelineQuery::default()).await;
    assert_eq!(failure(refused), Failure::Forbidden);
}

fn why(note: &str) -> BreakGlass {
    BreakGlass { purpose: GlassPurpose::Treatment, note: note.to_owned() }
}

async fn is_masked(ctx: &Ctx, id: Uuid) -> bool {
    records::detail(ctx, RecordKind::Patient, id).await.unwrap().is_masked
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_broken_glass_shows_one_patient_to_one_person_for_half_an_hour(db: PgPool) {
    let app = TestApp::new(db).await;
    let id = lived(&app).await;
    let (nurse, physician) = (app.user("nurse").await, app.user("physician").await);
    assert!(is_masked(&nurse, id).await);
    let reason = "She is back and asks what was found.";
    let glass = records::glass::break_glass(&nurse, id, why(reason)).await.unwrap();
    let shown = records::detail(&nurse, RecordKind::Patient, id).await.unwrap();
    assert_eq!((shown.is_masked, shown.glass), (false, Some(glass)));
    assert!(!shown.may_write, "seeing is not changing");
    assert_eq!(words(&view(&nurse, id).await), Some(WORDS));
    assert!(is_masked(&physician, id).await, "it is nobody else's glass");
    let through = "select count(*) from audit_events where (detail ->> 'break_glass')::boolean
                   and action in ('patient.viewed', 'patient.timeline_viewed')";
    assert_eq!(app.db_count(through).await, 2, "each look through it says so");
    let kept: Value =
        sqlx::query_scalar("select detail from audit_events where action = 'patient.glass_broken'")
            .fetch_one(&app.db)
            .await
            .unwrap();
    assert_eq!((&kept["purpose"], &kept["note"]), (&json!("treatment"), &json!(reason)));
    app.pass(TimeDelta::minutes(31)).await;
    assert!(is_masked(&nurse, id).await, "it has closed");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_glass_is_not_broken_without_a_reason_or_a_right(db: PgPool) {
    let app = TestApp::new(db).await;
    let id = lived(&app).await;
    let nurse = app.user("nurse").await;
    for (note, code) in [
        ("", "required"),
        ("   \n", "required"),
        ("because", "too_short"),
        (&"x".repeat(501), "too_long"),
    ] {
        let refused = records::glass::break_glass(&nurse, id, why(note)).await;
        assert_eq!(faults(refused), [fault("note", code)], "{note:?}");
    }
    assert!(is_masked(&nurse, id).await);
    let reason = "I would like to know who that is.";
    for who in ["viewer", "staff", "coordinator"] {
        let ctx = app.user(who).await;
        let refused = records::glass::break_glass(&ctx, id, why(reason)).await;
        assert_eq!(failure(refused), Failure::Forbidden, "{who}");
    }
    let refused = records::glass::break_glass(&nurse, Uuid::nil(), why(reason)).await;
    assert_eq!(failure(refused), Failure::not_found("patient"));
}
