//! Journey templates as people write them.

use px360_domain::Failure;
use px360_domain::changes::ChangeKind;
use px360_domain::ids::JourneyTemplateId;
use px360_domain::journeys::template::{
    CreateDraft, SaveDraft, SeenTemplate, StageBody, TallyKind, TemplateState,
};
use px360_domain::journeys::{BoardFilter, JourneyFilter, JourneyType, Trigger, TriggerEffect};
use px360_server::{Ctx, Error, integrations, journeys};
use sqlx::PgPool;

use crate::harness::{TestApp, at, visit};

fn opd() -> CreateDraft {
    CreateDraft { hospital_id: None, journey_type: JourneyType::Opd, copy_of: None }
}

/// A stage behind the others that this code completes.
fn stage(code: &str, listens_to: &str) -> StageBody {
    StageBody {
        name: px360_domain::Bilingual::new("مرحلة جديدة", "New stage"),
        triggers: vec![Trigger {
            effect: TriggerEffect::Complete,
            event_codes: vec![listens_to.to_owned()],
            conditions: Vec::new(),
        }],
        ..StageBody::new(code)
    }
}

async fn add_stage(ctx: &Ctx, id: JourneyTemplateId, stage: StageBody) -> i32 {
    let detail = journeys::template(ctx, id).await.unwrap();
    let mut body = detail.body;
    body.stages.push(stage);
    let cmd = SaveDraft { lock_version: detail.lock_version, body };
    journeys::save_draft(ctx, id, cmd).await.unwrap()
}

fn conflict(error: Error) -> String {
    match error {
        Error::Refused(Failure::Conflict { code }) => code,
        other => panic!("no conflict: {other:?}"),
    }
}

async fn followed(app: &TestApp, encounter: &str) -> i32 {
    let filter =
        JourneyFilter { encounter_number: Some(encounter.to_owned()), ..JourneyFilter::default() };
    let page = journeys::journeys(&app.user("admin").await, filter).await.unwrap();
    page.items[0].version
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn new_visits_follow_what_is_published_and_running_ones_keep_their_version(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    visit("OLD").send(&app, "OPD_REGISTERED", 0).await;
    let id = journeys::create_draft(&admin, opd()).await.unwrap();
    let draft = journeys::template(&admin, id).await.unwrap();
    assert_eq!((draft.row.state, draft.row.version), (TemplateState::Draft, 2));
    assert_eq!(draft.body.stages.len(), 4, "a copy of what holds");
    assert_eq!(draft.changes, []);
    let lock_version = add_stage(&admin, id, stage("laboratory", "LAB_DONE")).await;
    let changed = journeys::template(&admin, id).await.unwrap();
    let kinds: Vec<_> = changed.changes.iter().map(|change| change.kind).collect();
    assert_eq!(kinds, [ChangeKind::Added]);
    journeys::publish(&admin, id, SeenTemplate { lock_version }).await.unwrap();

    visit("NEW").send(&app, "OPD_REGISTERED", 1).await;
    assert_eq!((followed(&app, "OLD").await, followed(&app, "NEW").await), (1, 2));
    visit("OLD").send(&app, "OPD_TRIAGED", 10).await;
    assert_eq!(followed(&app, "OLD").await, 1, "to its end");
    let list = journeys::templates(&admin).await.unwrap();
    let states: Vec<_> = list
        .items
        .iter()
        .filter(|row| row.journey_type == JourneyType::Opd)
        .map(|row| (row.version, row.state, row.running))
        .collect();
    assert_eq!(states, [(2, TemplateState::Published, 1), (1, TemplateState::Retired, 1)]);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_draft_is_kept_with_faults_and_published_without(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let id = journeys::create_draft(&admin, opd()).await.unwrap();
    let twice = journeys::create_draft(&admin, opd()).await.unwrap_err();
    assert_eq!(conflict(twice), "draft_exists");
    let mut unnamed = stage("laboratory", "LAB_DONE");
    unnamed.name.ar = String::new();
    let lock_version = add_stage(&admin, id, unnamed).await;
    let refused = journeys::publish(&admin, id, SeenTemplate { lock_version }).await.unwrap_err();
    assert_eq!(conflict(refused), "template_has_faults");
    let stale = SeenTemplate { lock_version: 1 };
    let refused = journeys::publish(&admin, id, stale).await.unwrap_err();
    assert_eq!(conflict(refused), "stale_version");

    // What no draft can hold is named by its place.
    let mut body = journeys::template(&admin, id).await.unwrap().body;
    body.stages[4].code = "Wait room".to_owned();
    body.stages[4].dwell_minutes_max = Some(-5);
    let cmd = SaveDraft { lock_version, body };
    let error = journeys::save_draft(&admin, id, cmd).await.unwrap_err();
    let Error::Refused(Failure::Invalid { faults }) = error else { panic!("{error:?}") };
    let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
    assert_eq!(fields, ["stages.4.code", "stages.4.minutes"]);

    journeys::discard_draft(&admin, id).await.unwrap();
    assert_eq!(app.db_count("select count(*) from journey_templates").await, 3);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_hospital_follows_its_own_version_until_that_is_retired(db: PgPool) {
    let app = TestApp::new(db).await;
    let hospital_admin = app.user("hospital.admin").await;
    let refused = journeys::create_draft(&hospital_admin, opd()).await.unwrap_err();
    assert!(
        matches!(refused, Error::Refused(Failure::Forbidden)),
        "not for the group: {refused:?}"
    );
    let own = journeys::templates(&hospital_admin).await.unwrap().hospitals;
    assert_eq!(own.len(), 1);
    let cmd = CreateDraft { hospital_id: Some(own[0].id), ..opd() };
    let id = journeys::create_draft(&hospital_admin, cmd).await.unwrap();
    let lock_version = add_stage(&hospital_admin, id, stage("laboratory", "LAB_DONE")).await;
    journeys::publish(&hospital_admin, id, SeenTemplate { lock_version }).await.unwrap();
    visit("A").send(&app, "OPD_REGISTERED", 0).await;
    let stages = "select count(*) from stages join journeys on journeys.id = journey_id
                  where encounter_number = 'A'";
    assert_eq!(app.db_count(stages).await, 5, "its own has one more");
    let lock_version = journeys::template(&hospital_admin, id).await.unwrap().lock_version;
    journeys::retire(&hospital_admin, id, SeenTemplate { lock_version }).await.unwrap();
    visit("B").send(&app, "OPD_REGISTERED", 1).await;
    let stages = "select count(*) from stages join journeys on journeys.id = journey_id
                  where encounter_number = 'B'";
    assert_eq!(app.db_count(stages).await, 4, "the group's again");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_preview_lives_through_the_last_days_and_keeps_nothing_of_it(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    for encounter in ["A", "B"] {
        visit(encounter).all(&app).await;
    }
    let lab = visit("A");
    let mut event = lab.event("LAB_DONE", 40);
    event["source_event_id"] = serde_json::json!("lab");
    crate::harness::send(&app, event).await;
    app.run_jobs().await;
    let parked = "select count(*) from inbound_events where status = 'parked'";
    assert_eq!(app.db_count(parked).await, 1, "nobody knows the code yet");
    visit("C").send(&app, "OPD_REGISTERED", 50).await;

    let id = journeys::create_draft(&admin, opd()).await.unwrap();
    let mut laboratory = stage("laboratory", "LAB_DONE");
    laboratory.optional = true;
    add_stage(&admin, id, laboratory).await;
    let before = app.db_count("select count(*) from audit_events").await;
    let preview = integrations::preview(&admin, id).await.unwrap();
    assert_eq!(app.db_count("select count(*) from audit_events").await, before);
    let running: Vec<_> = preview.running.iter().map(|one| (one.version, one.journeys)).collect();
    assert_eq!(running, [(1, 1)], "C is under way");
    assert_eq!(preview.replay.messages, 10);
    let tally = |kind, stage: Option<&str>| {
        let tallies = preview.replay.tallies.iter();
        let mut of_kind = tallies.filter(|one| one.kind == kind && one.stage.as_deref() == stage);
        of_kind.next().map(|one| (one.before, one.after))
    };
    assert_eq!(tally(TallyKind::Journeys, None), Some((3, 3)));
    assert_eq!(tally(TallyKind::Surveys, None), Some((2, 2)));
    assert_eq!(tally(TallyKind::Stage, Some("laboratory")), Some((0, 1)));
    assert_eq!(tally(TallyKind::Stage, Some("consultation")), Some((2, 2)));
    assert_eq!(tally(TallyKind::Parked, None), Some((1, 0)));

    // Publishing lets the message go on; its journey stays with the version that it began with.
    let lock_version = journeys::template(&admin, id).await.unwrap().lock_version;
    journeys::publish(&admin, id, SeenTemplate { lock_version }).await.unwrap();
    app.run_jobs().await;
    assert_eq!(app.db_count(parked).await, 0);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_board_counts_who_is_where_and_who_waits_too_long(db: PgPool) {
    let app = TestApp::new(db).await;
    let viewer = app.user("viewer").await;
    visit("A").send(&app, "OPD_REGISTERED", 5).await;
    visit("B").send(&app, "OPD_REGISTERED", 50).await;
    let filter = BoardFilter { hospital: None, journey_type: JourneyType::Opd };
    let board = journeys::board(&viewer, filter.clone()).await.unwrap();
    assert_eq!((board.as_of, board.patients, board.overdue), (at("2026-11-23T07:00:00Z"), 2, 1));
    let columns: Vec<_> = board
        .columns
        .iter()
        .map(|column| (column.code.as_str(), column.patients, column.overdue))
        .collect();
    let expected =
        [("registration", 0, 0), ("triage", 2, 1), ("consultation", 0, 0), ("pharmacy", 0, 0)];
    assert_eq!(columns, expected);
    let cards = &board.columns[1].cards;
    assert_eq!(cards[0].encounter_number, "A", "who waits longest comes first");
    assert_eq!(cards[0].patient.en, "S••• A•••", "who needs no name sees none");
    let named = journeys::board(&app.user("admin").await, filter).await.unwrap();
    assert_eq!(named.columns[1].cards[0].patient.en, "Sara Alqahtani");
    let detail = journeys::journey(&viewer, cards[0].journey_id).await.unwrap();
    assert_eq!((detail.stages.len(), detail.events.len()), (4, 1));
    assert!(detail.stages[1].overdue && !detail.stages[0].overdue);
}
