//! The test bench: what messages would do, and that nothing of them is kept.

use px360_domain::ids::SourceId;
use px360_domain::integrations::{
    CodeKind, EventFormat, EventReason, EventStatus, Tried, TryMessages,
};
use px360_domain::journeys::template::{CreateDraft, SaveDraft};
use px360_domain::journeys::{JourneyType, StageStatus};
use px360_domain::{Failure, FieldFault};
use px360_server::integrations::{self, try_messages};
use px360_server::{Error, journeys};
use sqlx::PgPool;
use uuid::Uuid;

use crate::harness::{TestApp, visit};

const TABLES: &str = "select concat_ws(' ',
    (select count(*) from inbound_events), (select count(*) from journeys),
    (select count(*) from stages), (select count(*) from surveys), (select count(*) from patients),
    (select count(*) from notifications), (select count(*) from audit_events),
    (select count(*) from graphile_worker._private_jobs),
    (select md5(string_agg(event::text, '' order by id)) from inbound_events as event),
    (select md5(string_agg(journey::text, '' order by id)) from journeys as journey))";

async fn source(app: &TestApp) -> SourceId {
    SourceId(sqlx::query_scalar("select id from sources").fetch_one(&app.db).await.unwrap())
}

async fn tried(app: &TestApp, payload: &str) -> Tried {
    let source_id = source(app).await;
    let cmd = TryMessages { source_id, template_id: None, payload: payload.to_owned() };
    let before = app.db_text(TABLES).await;
    let tried = try_messages(&app.user("admin").await, cmd).await.unwrap();
    assert_eq!(app.db_text(TABLES).await, before, "nothing is kept");
    tried
}

const HL7: &str = "MSH|^~\\&|DEMO-HIS|RYD|PX360|PX360|20261123090000+0300||ADT^A04^ADT_A01|T1|P|2.5
PID|1||M-T1^^^RYD^MR||Alqahtani^Sara||19900412|F
PV1|1|E|ER^1^2^RYD||||||||||||||||EMS-T1";

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn messages_of_each_format_show_what_they_would_do(db: PgPool) {
    let app = TestApp::new(db).await;
    let visit = visit("T");
    let lines = [
        visit.event("OPD_REGISTERED", 0).to_string(),
        visit.event("OPD_CONSULTED", 30).to_string(),
    ];
    let json = tried(&app, &lines.join("\n")).await;
    let did: Vec<_> = json.items.iter().map(|item| (item.format, item.status)).collect();
    assert_eq!(did, [(EventFormat::Json, EventStatus::Processed); 2]);
    assert!(json.items[0].effects.opened_journey && json.items[1].effects.survey_id.is_some());
    let stages: Vec<_> = json.journeys[0].stages.iter().map(|stage| stage.status).collect();
    use StageStatus as S;
    assert_eq!(stages, [S::Completed, S::Skipped, S::Completed, S::Active]);
    assert!(json.journeys[0].stages[2].physician.is_some());

    let hl7 = tried(&app, HL7).await;
    assert_eq!(hl7.items[0].format, EventFormat::Hl7v2);
    assert_eq!(hl7.items[0].event_code.as_deref(), Some("A04"));
    assert_eq!(hl7.journeys[0].row.journey_type, JourneyType::Ems);

    let fhir = r#"{
  "resourceType": "Bundle", "type": "message", "identifier": { "value": "T-4" },
  "entry": [
    { "resource": { "resourceType": "Encounter", "id": "T-INP-1",
      "identifier": [{ "value": "T-INP-1" }], "status": "in-progress",
      "class": { "code": "IMP" },
      "statusHistory": [
        { "status": "arrived", "period": { "start": "2026-11-24T10:15:00+03:00" } }
      ],
      "subject": { "reference": "Patient/p" },
      "location": [{ "location": { "identifier": { "value": "CARD" }, "display": "CARD^12^B" } }],
      "serviceProvider": { "identifier": { "value": "RYD" } } } },
    { "resource": { "resourceType": "Patient", "id": "p",
      "identifier": [{ "type": { "coding": [{ "code": "MR" }] }, "value": "T-4" }],
      "name": [{ "family": "Test" }],
      "managingOrganization": { "identifier": { "value": "RYD" } } } }
  ]
}"#;
    let fhir = tried(&app, fhir).await;
    assert_eq!(fhir.items[0].format, EventFormat::Fhir);
    assert_eq!(fhir.items[0].faults, []);
    assert_eq!(fhir.journeys[0].row.journey_type, JourneyType::Inpatient, "{:?}", fhir.items);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn what_would_wait_or_be_refused_says_why(db: PgPool) {
    let app = TestApp::new(db).await;
    let mut unknown = visit("T").event("OPD_REGISTERED", 0);
    unknown["department"] = "NOWHERE".into();
    let parked = tried(&app, &unknown.to_string()).await.items.remove(0);
    assert_eq!(parked.reason, Some(EventReason::UnknownDepartment));
    assert_eq!(parked.waits_for_kind, Some(CodeKind::Department));
    assert_eq!(parked.waits_for.as_deref(), Some("NOWHERE"));
    let mut elsewhere = visit("T").event("OPD_REGISTERED", 0);
    elsewhere["hospital"] = "MARS".into();
    let refused = tried(&app, &elsewhere.to_string()).await.items.remove(0);
    assert_eq!(refused.status, EventStatus::Rejected);
    assert_eq!(refused.faults, [FieldFault::new("hospital", "unknown_hospital")]);
    let test = tried(&app, &HL7.replace("|P|2.5", "|T|2.5")).await.items.remove(0);
    assert_eq!(test.status, EventStatus::Rejected, "a test message in production");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_message_that_came_before_is_tried_as_if_it_were_the_first(db: PgPool) {
    let app = TestApp::new(db).await;
    visit("T").all(&app).await;
    app.run_jobs().await;
    let again = tried(&app, &visit("T").event("OPD_CONSULTED", 30).to_string()).await;
    assert!(again.items[0].duplicate);
    assert_eq!(again.items[0].effects.stage.as_deref(), Some("consultation"));
    let twice = visit("N").event("OPD_REGISTERED", 0).to_string();
    let twice = tried(&app, &format!("{twice}\n{twice}")).await;
    let duplicates: Vec<_> = twice.items.iter().map(|item| item.duplicate).collect();
    assert_eq!(duplicates, [false, true]);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_draft_is_tried_before_anybody_follows_it(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    visit("T").send(&app, "OPD_REGISTERED", 0).await;
    let draft = CreateDraft { hospital_id: None, journey_type: JourneyType::Opd, copy_of: None };
    let id = journeys::create_draft(&admin, draft).await.unwrap();
    let mut body = journeys::template(&admin, id).await.unwrap().body;
    body.stages[1].triggers[0].event_codes.push("TRIAGE_V2".to_owned());
    journeys::save_draft(&admin, id, SaveDraft { lock_version: 1, body }).await.unwrap();
    let cmd = TryMessages {
        source_id: source(&app).await,
        template_id: Some(id),
        payload: visit("T").event("TRIAGE_V2", 10).to_string(),
    };
    let before = app.db_text(TABLES).await;
    let tried = try_messages(&admin, cmd.clone()).await.unwrap();
    assert_eq!(app.db_text(TABLES).await, before);
    assert_eq!(tried.items[0].effects.stage.as_deref(), Some("triage"));
    assert_eq!(tried.journeys[0].row.version, 2, "the visit as if it had begun with the draft");
    let published = TryMessages { template_id: None, ..cmd };
    let tried = try_messages(&admin, published).await.unwrap();
    assert_eq!(tried.items[0].reason, Some(EventReason::UnknownEventCode));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn what_is_no_message_is_said_and_strangers_try_nothing(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let source_id = source(&app).await;
    let attempt =
        |payload: &str| TryMessages { source_id, template_id: None, payload: payload.to_owned() };
    for (payload, code) in
        [("", "required"), ("[]", "no_events"), (&"[".repeat(300_000), "too_long")]
    {
        let error = try_messages(&admin, attempt(payload)).await.unwrap_err();
        let Error::Refused(Failure::Invalid { faults }) = error else { panic!("{error:?}") };
        assert_eq!(faults[0].code, code);
    }
    let error = try_messages(&admin, attempt("{")).await.unwrap_err();
    assert!(matches!(error, Error::Refused(Failure::Malformed { .. })), "{error:?}");
    let viewer = app.user("viewer").await;
    let error = try_messages(&viewer, attempt("{}")).await.unwrap_err();
    assert!(matches!(error, Error::Refused(Failure::Forbidden)), "{error:?}");
    let nowhere = TryMessages { source_id: SourceId(Uuid::nil()), ..attempt("{}") };
    let error = try_messages(&admin, nowhere).await.unwrap_err();
    assert!(matches!(error, Error::Refused(Failure::NotFound { .. })), "{error:?}");
    assert_eq!(integrations::sources(&admin).await.unwrap().items.len(), 1);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_message_that_breaks_is_marked_and_the_others_are_shown(db: PgPool) {
    let app = TestApp::new(db).await;
    app.db_break_journeys_of("T2").await;
    let lines = ["T1", "T2", "T3"].map(|it| visit(it).event("OPD_REGISTERED", 0).to_string());
    let tried = tried(&app, &lines.join("\n")).await;
    let did: Vec<_> = tried.items.iter().map(|item| item.status).collect();
    assert_eq!(did, [EventStatus::Processed, EventStatus::Dead, EventStatus::Processed]);
    assert_eq!(tried.items[1].faults, [FieldFault::new("", "cannot_be_applied")]);
    assert_eq!(tried.journeys.len(), 2);
}
