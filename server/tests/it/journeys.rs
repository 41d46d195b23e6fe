//! What events do to journeys, in whatever order they come.

use px360_domain::ids::EventId;
use px360_domain::integrations::{EventReason, EventStatus, EventView};
use px360_server::integrations::{replay_event, view_event};
use px360_server::jobs::{self, Wake};
use serde_json::json;
use sqlx::PgPool;

use crate::harness::{TestApp, send, send_all, visit};

async fn stages(app: &TestApp, encounter: &str) -> Vec<String> {
    sqlx::query_scalar(
        "select template.code || ' ' || stage.status
         from stages as stage
         join stage_templates as template on template.id = stage.stage_template_id
         join journeys as journey on journey.id = stage.journey_id
         where journey.encounter_number = $1 order by stage.position",
    )
    .bind(encounter)
    .fetch_all(&app.db)
    .await
    .unwrap()
}

async fn seen(app: &TestApp, id: Option<EventId>) -> EventView {
    view_event(&app.user("admin").await, id.unwrap()).await.unwrap()
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_registration_opens_the_journey_and_each_event_completes_its_stage(db: PgPool) {
    let app = TestApp::new(db).await;
    let visit = visit("V1");
    visit.send(&app, "OPD_REGISTERED", 0).await;
    assert_eq!(
        stages(&app, "V1").await,
        ["registration completed", "triage active", "consultation pending", "pharmacy pending"]
    );
    let item = visit.send(&app, "OPD_TRIAGED", 10).await;
    let consulted = visit.send(&app, "OPD_CONSULTED", 30).await;
    assert_eq!(
        stages(&app, "V1").await,
        ["registration completed", "triage completed", "consultation completed", "pharmacy active"]
    );
    assert_eq!(seen(&app, item.event_id).await.effects.stage.as_deref(), Some("triage"));
    let effects = seen(&app, consulted.event_id).await.effects;
    assert!(effects.survey_id.is_some() && !effects.opened_journey);
    let who = app
        .db_text(
            "select department.code || ' ' || physician.licence || ' ' || stage.completed_at
             from stages as stage
             join departments as department on department.id = stage.department_id
             join physicians as physician on physician.id = stage.physician_id
             where stage.position = 3",
        )
        .await;
    assert_eq!(who, "CARD SCFHS-10002 2026-11-23 06:30:00+00");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_journey_ends_the_same_in_any_order_of_arrival(db: PgPool) {
    let app = TestApp::new(db).await;
    let codes = [("OPD_REGISTERED", 0), ("OPD_TRIAGED", 10), ("OPD_CONSULTED", 30)];
    let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
    for (number, order) in orders.iter().enumerate() {
        let encounter = format!("V{number}");
        let visit = visit(&encounter);
        for index in order {
            let (code, minutes) = codes[*index];
            visit.send(&app, code, minutes).await;
        }
        assert_eq!(
            stages(&app, &encounter).await,
            [
                "registration completed",
                "triage completed",
                "consultation completed",
                "pharmacy active"
            ],
            "{order:?}"
        );
    }
    assert_eq!(app.db_count("select count(*) from surveys").await, 6);
    assert_eq!(
        app.db_count("select count(*) from inbound_events where status <> 'processed'").await,
        0
    );
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn an_event_for_an_unknown_encounter_waits_for_the_registration(db: PgPool) {
    let app = TestApp::new(db).await;
    let visit = visit("V1");
    let early = visit.send(&app, "OPD_CONSULTED", 30).await;
    let parked = seen(&app, early.event_id).await;
    assert_eq!(parked.status, EventStatus::Parked);
    assert_eq!(parked.reason, Some(EventReason::UnknownEncounter));
    assert_eq!(app.db_count("select count(*) from surveys").await, 0);
    visit.send(&app, "OPD_REGISTERED", 0).await;
    let applied = seen(&app, early.event_id).await;
    assert_eq!(applied.status, EventStatus::Processed);
    assert!(applied.effects.survey_id.is_some());
    assert_eq!(
        stages(&app, "V1").await,
        ["registration completed", "triage skipped", "consultation completed", "pharmacy active"]
    );
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_same_stage_reported_under_another_id_changes_nothing(db: PgPool) {
    let app = TestApp::new(db).await;
    let visit = visit("V1");
    visit.all(&app).await;
    let mut again = visit.event("OPD_CONSULTED", 50);
    again["source_event_id"] = json!("another id");
    again["physician"] = json!("SCFHS-10004");
    let item = send(&app, again).await;
    jobs::run(&app.deps, Wake::ProcessEvents).await.unwrap();
    let ignored = seen(&app, item.event_id).await;
    assert_eq!(ignored.status, EventStatus::Ignored);
    assert_eq!(ignored.reason, Some(EventReason::StageAlreadyCompleted));
    assert_eq!(app.db_count("select count(*) from surveys").await, 1);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn codes_that_nobody_knows_are_parked_and_can_be_run_again(db: PgPool) {
    let app = TestApp::new(db).await;
    let visit = visit("V1");
    visit.send(&app, "OPD_REGISTERED", 0).await;
    let with = |id: &str, key: &str, value: serde_json::Value| {
        let mut event = visit.event("OPD_CONSULTED", 30);
        event["source_event_id"] = json!(id);
        event[key] = value;
        event
    };
    let events = [
        with("a", "department", json!("NOWHERE")),
        with("b", "physician", json!("NOBODY")),
        with("c", "event_code", json!("WHAT")),
        with("d", "department", json!(null)),
        with("e", "physician", json!(null)),
    ];
    let receipt = send_all(&app, &events).await;
    jobs::run(&app.deps, Wake::ProcessEvents).await.unwrap();
    let mut reasons = Vec::new();
    for item in &receipt.items {
        let event = seen(&app, item.event_id).await;
        assert_eq!(event.status, EventStatus::Parked);
        reasons.push(event.reason.unwrap());
    }
    assert_eq!(
        reasons,
        [
            EventReason::UnknownDepartment,
            EventReason::UnknownPhysician,
            EventReason::UnknownEventCode,
            EventReason::MissingDepartment,
            EventReason::MissingPhysician,
        ]
    );
    sqlx::query("update departments set code = 'NOWHERE' where code = 'DERM'")
        .execute(&app.db)
        .await
        .unwrap();
    replay_event(&app.user("admin").await, receipt.items[0].event_id.unwrap()).await.unwrap();
    jobs::run(&app.deps, Wake::ProcessEvents).await.unwrap();
    assert_eq!(seen(&app, receipt.items[0].event_id).await.status, EventStatus::Processed);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn hl7_codes_open_and_end_a_visit_and_its_patient_is_asked_once(db: PgPool) {
    let app = TestApp::new(db).await;
    let visit = visit("V1");
    visit.send(&app, "A04", 0).await;
    visit.send(&app, "A03", 40).await;
    assert_eq!(
        stages(&app, "V1").await,
        ["registration completed", "triage skipped", "consultation skipped", "pharmacy skipped"]
    );
    assert_eq!(app.db_text("select status from journeys").await, "completed");
    assert_eq!(app.db_count("select count(*) from surveys").await, 1);
    // A late consultation completes its stage and asks nobody twice.
    visit.send(&app, "OPD_CONSULTED", 30).await;
    assert_eq!(stages(&app, "V1").await[2], "consultation completed");
    assert_eq!(app.db_count("select count(*) from surveys").await, 1);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn an_older_message_does_not_overwrite_what_is_known_of_a_patient(db: PgPool) {
    let app = TestApp::new(db).await;
    visit("V1").send(&app, "OPD_REGISTERED", 10).await;
    let older = visit("V1").with_patient("mobile", json!("0500009999"));
    let mut event = older.event("OPD_TRIAGED", 5);
    event["patient"]["email"] = json!("sara@example.sa");
    send(&app, event).await;
    jobs::run(&app.deps, Wake::ProcessEvents).await.unwrap();
    // What only the older one says is news all the same.
    assert_eq!(
        app.db_text("select mobile || ' ' || email from patients").await,
        "+966500001234 sara@example.sa"
    );
    let newer = visit("V1").with_patient("mobile", json!("0500008888"));
    newer.send(&app, "OPD_CONSULTED", 30).await;
    assert_eq!(app.db_text("select mobile from patients").await, "+966500008888");
}
