//! What HL7 takes back, in a hospital that sends HL7: visits, discharges, transfers, identities.

use chrono::TimeDelta;
use px360_domain::Locale;
use px360_domain::integrations::{
    CodeKind, EventFilter, EventReason, EventStatus, EventView, ReceiptStatus, ReplayEvents,
    SetMapping,
};
use px360_server::integrations::{
    events, mappings, receive_events, remove_mapping, replay_events, set_mapping, split_hl7,
    view_event,
};
use px360_server::jobs::{self, Wake};
use sqlx::PgPool;
use sqlx::types::Uuid;

use crate::harness::TestApp;

/// A message about visit V1 of record number 7, so many minutes after nine.
fn message(code: &str, minutes: u32) -> String {
    of(code, minutes, "V1", "7")
}

fn of(code: &str, minutes: u32, visit: &str, mrn: &str) -> String {
    let at = format!("20261123{:02}{:02}00", 9 + minutes / 60, minutes % 60);
    format!(
        "MSH|^~\\&|HIS|RYD|PX|PX|{at}||ADT^{code}|{visit}-{mrn}-{code}-{minutes}|P|2.5\rEVN|{code}|{at}\r\
         PID|1||{mrn}^^^RYD^MR||القحطاني^سارة||19900412|F|||||0500001234||ar\r\
         PV1|1|I|CARD^1^2||||SCFHS-10002||||||||||||{visit}\r"
    )
}

/// Hands one message in and applies it.
async fn send(app: &TestApp, text: &str) -> EventView {
    let events = split_hl7(text.as_bytes()).unwrap();
    let item = receive_events(&app.source().await, events).await.unwrap().items.remove(0);
    assert_eq!(item.status, ReceiptStatus::Accepted, "{:?}", item.errors);
    jobs::run(&app.deps, Wake::ProcessEvents).await.unwrap();
    view_event(&app.user("admin").await, item.event_id.unwrap()).await.unwrap()
}

async fn stands(app: &TestApp) -> String {
    app.db_text(
        "select journey.status || ': ' || string_agg(template.code || ' ' || stage.status, ', '
                                                     order by stage.position, occurrence)
         from journeys as journey join stages as stage on stage.journey_id = journey.id
         join stage_templates as template on template.id = stage.stage_template_id
         group by journey.id",
    )
    .await
}

async fn survey(app: &TestApp) -> String {
    app.db_text(
        "select survey.status || ' ' || invitation.status || coalesce(' ' || invitation.reason, '')
         from surveys as survey join notifications as invitation on survey_id = survey.id",
    )
    .await
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_discharge_that_is_taken_back_stops_the_invitation_and_the_next_one_sends_it(db: PgPool) {
    let app = TestApp::new(db).await;
    send(&app, &message("A01", 0)).await;
    send(&app, &message("A03", 60)).await;
    assert_eq!(
        stands(&app).await,
        "completed: pre_admission skipped, admission completed, transfer skipped, discharge completed"
    );
    assert_eq!(survey(&app).await, "scheduled queued");
    let cancelled = send(&app, &message("A13", 70)).await;
    assert!(cancelled.effects.reopened_visit);
    assert_eq!(
        stands(&app).await,
        "active: pre_admission skipped, admission completed, transfer pending, discharge active"
    );
    assert_eq!(survey(&app).await, "reversed suppressed reversed");
    assert_eq!(app.db_count("select sum(created) from funnel_rollups").await, 0);
    send(&app, &message("A03", 120)).await;
    assert_eq!(survey(&app).await, "scheduled queued");
    app.pass(TimeDelta::days(3)).await;
    assert_eq!(survey(&app).await, "sent sent");
    assert_eq!(app.db_count("select sum(sent) from funnel_rollups").await, 1);
    assert_eq!(app.outbox.messages().len(), 1, "the patient is asked once");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_survey_that_a_quota_ended_stays_ended_when_its_visit_stands_again(db: PgPool) {
    let app = TestApp::new(db).await;
    send(&app, &message("A01", 0)).await;
    send(&app, &message("A03", 60)).await;
    sqlx::query("update surveys set status = 'screened_out', screened_out_at = created_at")
        .execute(&app.db)
        .await
        .unwrap();
    let status = "select status from surveys";
    send(&app, &message("A13", 70)).await;
    assert_eq!(app.db_text(status).await, "reversed");
    send(&app, &message("A03", 120)).await;
    assert_eq!(app.db_text(status).await, "screened_out");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_cancelled_admission_reverses_what_was_asked_and_counts_no_more(db: PgPool) {
    let app = TestApp::new(db).await;
    send(&app, &message("A01", 0)).await;
    send(&app, &message("A03", 60)).await;
    app.pass(TimeDelta::days(3)).await;
    let id = app.db_survey("V1").await;
    app.answer(id, 9).await;
    assert_eq!(app.db_count("select sum(promoters) from response_rollups").await, 1);
    let cancelled = send(&app, &message("A11", 70)).await;
    assert!(cancelled.effects.cancelled_visit);
    assert_eq!(
        stands(&app).await,
        "cancelled: pre_admission cancelled, admission reversed, transfer cancelled, discharge reversed"
    );
    assert_eq!(survey(&app).await, "reversed sent");
    for sum in ["promoters", "completed", "score_sum"] {
        let sql = match sum {
            "promoters" => "select sum(promoters) from response_rollups",
            "completed" => "select sum(completed) from response_rollups",
            _ => "select sum(score_sum)::bigint from response_rollups",
        };
        assert_eq!(app.db_count(sql).await, 0, "{sum}");
    }
    assert_eq!(app.db_count("select sum(sent + started + completed) from funnel_rollups").await, 0);
    let again = send(&app, &message("A03", 80)).await;
    assert_eq!(again.reason, Some(EventReason::VisitCancelled));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_discharge_before_its_admission_waits_for_it(db: PgPool) {
    let app = TestApp::new(db).await;
    let early = send(&app, &message("A03", 60)).await;
    assert_eq!(
        (early.status, early.reason),
        (EventStatus::Parked, Some(EventReason::UnknownEncounter))
    );
    send(&app, &message("A01", 0)).await;
    let applied = view_event(&app.user("admin").await, early.event_id).await.unwrap();
    assert_eq!(applied.status, EventStatus::Processed);
    assert!(applied.effects.ended_visit && applied.effects.survey_id.is_some());
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn an_update_reaches_the_patient_before_the_invitation_does(db: PgPool) {
    let app = TestApp::new(db).await;
    send(&app, &message("A01", 0)).await;
    send(&app, &message("A03", 60)).await;
    let update = message("A08", 65)
        .replace("0500001234||ar", "0500009999||en")
        .replace("SCFHS-10002", "SCFHS-10004");
    send(&app, &update).await;
    app.pass(TimeDelta::days(3)).await;
    assert_eq!(
        app.db_text("select mobile || ' ' || language from patients").await,
        "+966500009999 en"
    );
    assert_eq!(app.db_text("select language from surveys").await, "en");
    let sent = app.outbox.messages();
    assert_eq!((sent[0].address.as_str(), sent[0].language), ("+966500009999", Locale::En));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_transfer_is_a_stay_until_it_is_taken_back(db: PgPool) {
    let app = TestApp::new(db).await;
    let stays = "select string_agg(department.code || coalesce(' until ' || to_char(stay.ended_at, 'HH24:MI'), ''),
                                   ', ' order by number)
                 from journey_stays as stay join departments as department on department.id = department_id";
    send(&app, &message("A01", 0)).await;
    send(&app, &message("A02", 30).replace("CARD^1", "ORTH^9")).await;
    assert_eq!(app.db_text(stays).await, "CARD until 06:30, ORTH");
    send(&app, &message("A12", 40)).await;
    assert_eq!(app.db_text(stays).await, "CARD");
    send(&app, &message("A03", 60)).await;
    assert_eq!(app.db_text(stays).await, "CARD until 07:00");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn two_record_numbers_become_one_patient_whichever_message_comes_first(db: PgPool) {
    let app = TestApp::new(db).await;
    let merge = |mrn: &str, prior: &str, minutes: u32| {
        let pv1 = |line: &&str| !line.starts_with("PV1");
        let text = of("A40", minutes, "M", mrn);
        let lines: Vec<&str> = text.split('\r').filter(pv1).collect();
        format!("{}MRG|{prior}^^^RYD^MR\r", lines.join("\r"))
    };
    send(&app, &of("A01", 0, "V1", "8").replace("0500001234", "0500007777")).await;
    let merged = send(&app, &merge("7", "8", 30)).await;
    assert_eq!(merged.effects.merged_records, 1);
    assert_eq!(app.db_count("select count(*) from patients where merged_into_id is null").await, 1);
    let owner = "select string_agg(mrn, ',' order by mrn) from patient_mrns
                 where patient_id = (select patient_id from journeys where encounter_number = 'V1')";
    assert_eq!(app.db_text(owner).await, "7,8");
    // What comes late under the old number is the survivor's; and saying it again changes nothing.
    send(&app, &of("A03", 20, "V1", "8")).await;
    assert_eq!(send(&app, &merge("7", "8", 40)).await.effects.merged_records, 0);
    // The other way round: the merge first, the visit of the old number later.
    send(&app, &merge("17", "18", 30)).await;
    send(&app, &of("A01", 0, "V2", "18")).await;
    assert_eq!(app.db_count("select count(*) from patients where merged_into_id is null").await, 2);
    assert_eq!(
        app.db_text(
            "select string_agg(mrn, ',' order by mrn) from patient_mrns
             where patient_id = (select patient_id from journeys where encounter_number = 'V2')"
        )
        .await,
        "17,18"
    );
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn an_unknown_ward_parks_the_message_and_one_mapping_lets_it_go_on(db: PgPool) {
    let app = TestApp::new(db).await;
    let parked = send(&app, &message("A01", 0).replace("CARD^1", "W-77^1")).await;
    assert_eq!(parked.reason, Some(EventReason::UnknownDepartment));
    let admin = app.user("admin").await;
    let waiting = mappings(&admin).await.unwrap().waiting.remove(0);
    assert_eq!((waiting.kind, waiting.code.as_str()), (CodeKind::Department, "W-77"));
    assert_eq!((waiting.hospital.as_str(), waiting.messages), ("RYD", 1));
    let set = |target_id: Option<Uuid>, left_out| SetMapping {
        source_id: waiting.source_id,
        hospital_id: waiting.hospital_id,
        kind: CodeKind::Department,
        code: "W-77".to_owned(),
        target_id,
        event_code: None,
        left_out,
    };
    for wrong in
        [set(None, false), set(Some(waiting.source_id.0), false), set(Some(Uuid::nil()), true)]
    {
        assert!(set_mapping(&admin, wrong).await.is_err());
    }
    let theirs = app
        .db_text(
            "select department.id::text from departments as department
             join hospitals as hospital on hospital.id = hospital_id and hospital.code = 'JED'
             where department.code = 'CARD'",
        )
        .await;
    assert!(set_mapping(&admin, set(theirs.parse().ok(), false)).await.is_err());
    let ours = app
        .db_text(
            "select department.id::text from departments as department
             join hospitals as hospital on hospital.id = hospital_id and hospital.code = 'RYD'
             where department.code = 'CARD'",
        )
        .await;
    let done = set_mapping(&admin, set(ours.parse().ok(), false)).await.unwrap();
    assert_eq!((done.released, done.mapping.target.as_deref()), (1, Some("CARD")));
    jobs::run(&app.deps, Wake::ProcessEvents).await.unwrap();
    let applied = view_event(&admin, parked.event_id).await.unwrap();
    assert!(applied.effects.opened_journey, "{applied:?}");
    let known = mappings(&admin).await.unwrap();
    assert_eq!((known.waiting.len(), known.mappings.len()), (0, 1));
    // A code of which nothing is meant is left out from now on.
    set_mapping(&admin, set(None, true)).await.unwrap();
    let second = send(&app, &of("A01", 0, "V2", "9").replace("CARD^1", "W-77^1")).await;
    assert_eq!(second.status, EventStatus::Processed);
    remove_mapping(&admin, done.mapping.id).await.unwrap();
    let third = send(&app, &of("A01", 0, "V3", "9").replace("CARD^1", "W-77^1")).await;
    assert_eq!(third.reason, Some(EventReason::UnknownDepartment));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_log_is_looked_through_and_what_waits_is_run_again_together(db: PgPool) {
    let app = TestApp::new(db).await;
    for number in 0..5 {
        let visit = format!("V{number}");
        send(&app, &of("A03", 60, &visit, "7")).await;
        // Ids grow with the clock, and this one stands.
        app.clock.advance(TimeDelta::seconds(1));
    }
    let admin = app.user("admin").await;
    let parked = EventFilter {
        reason: Some(EventReason::UnknownEncounter),
        limit: Some(2),
        ..EventFilter::default()
    };
    let mut seen = Vec::new();
    let mut cursor = None;
    loop {
        let page = events(&admin, EventFilter { cursor, ..parked.clone() }).await.unwrap();
        seen.extend(page.items.iter().filter_map(|row| row.encounter_id.clone()));
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen, ["V4", "V3", "V2", "V1", "V0"]);
    assert!(replay_events(&admin, ReplayEvents::default()).await.is_err());
    let processed =
        ReplayEvents { status: Some(EventStatus::Processed), ..ReplayEvents::default() };
    assert!(replay_events(&admin, processed).await.is_err());
    let reason = Some(EventReason::UnknownEncounter);
    let done = replay_events(&admin, ReplayEvents { reason, ..ReplayEvents::default() }).await;
    assert_eq!(done.unwrap().events, 5);
    jobs::run(&app.deps, Wake::ProcessEvents).await.unwrap();
    assert_eq!(
        app.db_count("select count(*) from inbound_events where status = 'parked'").await,
        5
    );
}
