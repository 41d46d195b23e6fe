//! A whole feed, as badly as lines can be, ends where the same feed ends in order.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use px360_domain::integrations::{EventFormat, ReceiptStatus};
use px360_server::Chance;
use px360_server::integrations::{RawEvent, receive_events, split_fhir, split_hl7};
use px360_server::jobs::{self, Wake};
use px360_server::simulator::{Arrivals, Simulated, SimulationPlan, as_it_comes, render, simulate};
use sqlx::PgPool;

use crate::harness::TestApp;

/// How many messages, unless `PX360_FEED_MESSAGES` says otherwise.
const MESSAGES: usize = 100_000;

fn wanted() -> usize {
    let told = std::env::var("PX360_FEED_MESSAGES").ok().and_then(|text| text.parse().ok());
    told.unwrap_or(MESSAGES)
}

fn messages(wanted: usize) -> Vec<Simulated> {
    let plan = SimulationPlan {
        hospitals: 3,
        start: "2026-11-01".parse().unwrap(),
        // Three hospitals send some four hundred messages on a day.
        days: u16::try_from(wanted / 300 + 3).unwrap(),
        visits_a_day: 40,
        seed: 7,
    };
    let mut all = simulate(&plan).unwrap();
    all.truncate(wanted);
    assert_eq!(all.len(), wanted);
    all
}

fn raw(message: &Simulated, format: EventFormat) -> RawEvent {
    let text = render(message, format);
    match format {
        EventFormat::Json => RawEvent::json(text),
        EventFormat::Hl7v2 => split_hl7(text.as_bytes()).unwrap().remove(0),
        EventFormat::Fhir => split_fhir(&text).unwrap().0.remove(0),
    }
}

/// Hands messages in, in requests of odd sizes, and lets the clockwork apply them now and then.
async fn feed(app: &TestApp, messages: &[Simulated], format: EventFormat) {
    let source = app.source().await;
    let chance = Chance::seeded(3);
    let mut rest = messages;
    while !rest.is_empty() {
        let size = usize::try_from(1 + chance.below(400)).unwrap().min(rest.len());
        let (now, later) = rest.split_at(size);
        rest = later;
        let events = now.iter().map(|message| raw(message, format)).collect();
        let receipt = receive_events(&source, events).await.unwrap();
        for item in receipt.items {
            assert_ne!(item.status, ReceiptStatus::Rejected, "{:?}", item.errors);
            assert_eq!(item.errors, []);
        }
        if chance.below(2) == 0 {
            jobs::run(&app.deps, Wake::ProcessEvents).await.unwrap();
        }
    }
    jobs::run(&app.deps, Wake::ProcessEvents).await.unwrap();
}

/// Everything that the feed has done, without ids of ours.
async fn ends_as(app: &TestApp) -> Vec<String> {
    let rows: Vec<String> = sqlx::query_scalar(
        "select concat_ws(' ', 'journey', journey.encounter_number, journey_type, journey.status, opened_at, ended_at,
                          cancelled_at, went_on, disposition, attending.licence, number.mrn)
         from journeys as journey
         left join physicians as attending on attending.id = attending_id
         left join lateral (select string_agg(mrn, ',' order by mrn) as mrn from patient_mrns
                            where patient_id = journey.patient_id) as number on true
         union all
         select concat_ws(' ', 'stage', journey.encounter_number, journey_type, template.code, occurrence, stage.status,
                          started_at, stage.completed_at, department.code, physician.licence,
                          event.source_event_id)
         from stages as stage join journeys as journey on journey.id = journey_id
         join stage_templates as template on template.id = stage_template_id
         left join departments as department on department.id = stage.department_id
         left join physicians as physician on physician.id = stage.physician_id
         left join inbound_events as event on event.id = completing_event_id
         union all
         select concat_ws(' ', 'stay', journey.encounter_number, journey_type, stay.number, department.code, stay.location,
                          stay.started_at, stay.ended_at)
         from journey_stays as stay join journeys as journey on journey.id = journey_id
         left join departments as department on department.id = stay.department_id
         union all
         select concat_ws(' ', 'survey', journey.encounter_number, template.code, stage.occurrence, survey.status,
                          survey.expires_at, department.code, physician.licence, survey.language)
         from surveys as survey join stages as stage on stage.id = stage_id
         join journeys as journey on journey.id = journey_id
         join stage_templates as template on template.id = stage_template_id
         left join departments as department on department.id = survey.department_id
         left join physicians as physician on physician.id = survey.physician_id
         -- Asked for and taken back before anybody was asked: as if it had never been.
         where survey.status <> 'reversed'
         union all
         select concat_ws(' ', 'patient', mrn, name_ar, name_en, mobile, language, birth_date, sex, described)
         from patients as patient join patient_mrns as number on patient_id = patient.id
         union all
         select concat_ws(' ', 'event', source_event_id, status, reason, effects - 'journey_id' - 'stage_id'
                          - 'survey_id' - 'merged_records')
         from inbound_events
         order by 1",
    )
    .fetch_all(&app.db)
    .await
    .unwrap();
    rows
}

/// Nothing sticks, nothing is counted twice, and no survey has two invitations.
async fn holds_together(app: &TestApp) {
    for (none, sql) in [
        (
            "messages stick",
            "select count(*) from inbound_events where status in ('received', 'dead')",
        ),
        (
            "surveys are invited to twice",
            "select count(*) from (select survey_id from notifications group by survey_id
                                   having count(*) > 1) as twice",
        ),
        (
            "roll-ups differ from the surveys",
            "select abs((select coalesce(sum(created), 0) from funnel_rollups)
                        - (select count(*) from surveys where status <> 'reversed'))::bigint",
        ),
        (
            "invitations of surveys that were taken back wait",
            "select count(*) from notifications as invitation
             join surveys as survey on survey.id = survey_id
             where survey.status = 'reversed' and invitation.status = 'queued'",
        ),
    ] {
        assert_eq!(app.db_count(sql).await, 0, "{none}");
    }
}

fn difference(expected: &[String], found: &[String]) -> String {
    let (a, b): (BTreeSet<_>, BTreeSet<_>) = (expected.iter().collect(), found.iter().collect());
    let mut told = String::new();
    for line in a.difference(&b).take(12) {
        writeln!(told, "- {line}").unwrap();
    }
    for line in b.difference(&a).take(12) {
        writeln!(told, "+ {line}").unwrap();
    }
    told
}

/// A second database beside the test's own; the cluster is thrown away with it.
async fn another(db: &PgPool) -> PgPool {
    use sqlx::{ConnectOptions as _, Executor as _};
    let options = db.connect_options();
    // Names are cut at 63 letters, which the test's own has already.
    let name = options.get_database().unwrap().replacen('_', "b", 1);
    db.execute(sqlx::AssertSqlSafe(format!("create database \"{name}\""))).await.unwrap();
    let other = (*options).clone().database(&name).disable_statement_logging();
    PgPool::connect_with(other).await.unwrap()
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_feed_in_any_order_ends_as_the_sorted_one(db: PgPool) {
    let messages = messages(wanted());
    let other = another(&db).await;
    let sorted = TestApp::new(db).await;
    feed(&sorted, &messages, EventFormat::Json).await;
    let disordered = TestApp::new(other.clone()).await;
    let lines = Arrivals { seed: 5, repeated: 150, late: 300, late_by_max: 2_000 };
    let arriving = as_it_comes(&messages, lines);
    assert!(arriving.len() > messages.len());
    feed(&disordered, &arriving, EventFormat::Json).await;
    let (expected, found) = (ends_as(&sorted).await, ends_as(&disordered).await);
    assert!(expected.len() > 2 * messages.len());
    assert!(expected == found, "{}", difference(&expected, &found));
    for app in [&sorted, &disordered] {
        holds_together(app).await;
    }
    other.close().await;
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn hl7_says_the_same_as_our_own_format(db: PgPool) {
    let messages = messages(1_500);
    let other = another(&db).await;
    let json = TestApp::new(db).await;
    feed(&json, &messages, EventFormat::Json).await;
    let hl7 = TestApp::new(other.clone()).await;
    feed(&hl7, &messages, EventFormat::Hl7v2).await;
    let without_beds = |rows: Vec<String>| -> Vec<String> {
        // The bed is written otherwise: `W · 3 · 2`.
        rows.into_iter().filter(|row| !row.starts_with("stay")).collect()
    };
    let (expected, found) = (without_beds(ends_as(&json).await), without_beds(ends_as(&hl7).await));
    assert!(expected == found, "{}", difference(&expected, &found));
    other.close().await;
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn fhir_snapshots_open_move_and_end_the_same_visits(db: PgPool) {
    let messages: Vec<Simulated> = messages(2_000)
        .into_iter()
        .filter(|message| {
            matches!(message.code, "A04" | "A01" | "A11" | "A03" | "OPD_TRIAGED" | "EMS_TRIAGED")
        })
        .take(800)
        .collect();
    let app = TestApp::new(db).await;
    feed(&app, &messages, EventFormat::Fhir).await;
    let encounters: BTreeSet<&str> =
        messages.iter().filter_map(|message| message.encounter.as_deref()).collect();
    let known = app.db_count("select count(distinct encounter_number) from journeys").await;
    assert_eq!(usize::try_from(known).unwrap(), encounters.len());
    let cancelled = messages.iter().filter(|message| message.code == "A11").count();
    let told = app.db_count("select count(*) from journeys where status = 'cancelled'").await;
    assert_eq!(usize::try_from(told).unwrap(), cancelled);
    assert_eq!(
        app.db_count("select count(*) from inbound_events where status = 'parked'").await,
        0
    );
    holds_together(&app).await;
}
