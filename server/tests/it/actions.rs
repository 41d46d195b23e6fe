//! PX actions: opened by answers, owned, worked, escalated, approved.

use chrono::TimeDelta;
use px360_domain::Failure;
use px360_domain::actions::{
    ActionFilter, ActionLogKind, ActionStatus, Clock, CloseAction, DecideAction, NoteAction,
    Severity, StartAction,
};
use px360_domain::ids::ActionId;
use px360_server::{Ctx, Error, actions};
use sqlx::PgPool;

use crate::harness::{TestApp, at};

async fn only_action(app: &TestApp) -> ActionId {
    let id = sqlx::query_scalar("select id from actions").fetch_one(&app.db).await.unwrap();
    ActionId(id)
}

async fn opened(app: &TestApp, nps: u8) -> ActionId {
    let survey = app.surveyed_visit("V1").await;
    app.answer(survey, nps).await;
    app.run_jobs().await;
    only_action(app).await
}

fn code(result: Result<(), Error>) -> String {
    match result {
        Ok(()) => "done".to_owned(),
        Err(Error::Refused(Failure::Conflict { code })) => code,
        Err(Error::Refused(Failure::Invalid { faults })) => faults[0].code.clone(),
        Err(Error::Refused(failure)) => failure.to_string(),
        Err(Error::Broken(cause)) => panic!("{cause:#}"),
    }
}

async fn close(ctx: &Ctx, id: ActionId, version: i32, resolution: &str) -> String {
    let cmd = CloseAction { version, resolution: resolution.to_owned() };
    code(actions::close(ctx, id, cmd).await)
}

async fn decide(ctx: &Ctx, id: ActionId, version: i32, approve: bool, reason: &str) -> String {
    let cmd = DecideAction { version, approve, reason: reason.to_owned() };
    code(actions::decide(ctx, id, cmd).await)
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_low_score_opens_an_action_with_owner_and_business_deadlines(db: PgPool) {
    let app = TestApp::new(db).await;
    // Monday 10:00; working days are Sunday to Thursday, 08:00 to 16:00.
    let id = opened(&app, 5).await;
    let detail = actions::detail(&app.user("coordinator").await, id).await.unwrap();
    assert_eq!(detail.card.severity, Severity::Medium);
    assert_eq!(detail.card.reference, "ACT-26-00001");
    assert_eq!(detail.card.nps, Some(5));
    assert_eq!(detail.card.owner.unwrap().en, "Sara Alqahtani");
    assert_eq!(detail.response_due_at, at("2026-11-24T10:00:00+03:00"));
    assert_eq!(detail.resolution_due_at, at("2026-11-30T10:00:00+03:00"));
    let why: Vec<i64> = detail.why_due.iter().map(|span| span.minutes).collect();
    assert_eq!(why, [360, 120]);
    assert!(detail.answers.iter().any(|answer| answer.key == "nps" && answer.triggered));
    assert_eq!(detail.due_hijri.map(|day| (day.year, day.month, day.day)), Some((1448, 6, 14)));
    let to: Vec<_> = app.outbox.messages().into_iter().map(|message| message.address).collect();
    assert!(to.contains(&"coordinator@demo.example".to_owned()), "{to:?}");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_good_answer_opens_nothing(db: PgPool) {
    let app = TestApp::new(db).await;
    let survey = app.surveyed_visit("V1").await;
    app.answer(survey, 9).await;
    assert_eq!(app.db_count("select count(*) from actions").await, 0);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_severe_action_goes_to_the_department_and_closes_with_four_eyes(db: PgPool) {
    let app = TestApp::new(db).await;
    let id = opened(&app, 2).await;
    let (manager, coordinator) = (app.user("manager").await, app.user("coordinator").await);
    let detail = actions::detail(&manager, id).await.unwrap();
    assert_eq!(
        (detail.card.severity, detail.card.owner.unwrap().en.as_str()),
        (Severity::High, "Hind Alharbi")
    );
    assert_eq!(close(&manager, id, 1, "Called").await, "action_not_in_progress");
    code(actions::start(&manager, id, StartAction { version: 1 }).await);
    assert_eq!(close(&manager, id, 2, "  ").await, "required");
    assert_eq!(close(&manager, id, 2, &"x".repeat(2_001)).await, "too_long");
    assert_eq!(close(&manager, id, 1, "Called").await, "stale_version");
    assert_eq!(close(&manager, id, 2, "Called and apologised").await, "done");
    let pending = actions::detail(&manager, id).await.unwrap();
    assert_eq!(pending.card.status, ActionStatus::PendingApproval);
    assert!(pending.may.four_eyes && !pending.may.decide);
    assert_eq!(decide(&manager, id, 3, true, "").await, "four_eyes");
    assert_eq!(decide(&coordinator, id, 3, true, "").await, "forbidden");
    let approver = app.user("hospital.admin").await;
    assert_eq!(decide(&approver, id, 3, false, "").await, "required");
    assert_eq!(decide(&approver, id, 3, false, "Call again").await, "done");
    assert_eq!(close(&manager, id, 4, "Called again").await, "done");
    assert_eq!(decide(&approver, id, 5, true, "").await, "done");
    let closed = actions::detail(&approver, id).await.unwrap();
    assert_eq!(closed.card.status, ActionStatus::Closed);
    assert_eq!((closed.card.due_at, closed.card.clock), (None, None));
    use ActionLogKind as K;
    let kinds: Vec<_> = closed.timeline.iter().map(|entry| entry.kind).collect();
    let expected =
        [K::Opened, K::Started, K::ApprovalRequested, K::Rejected, K::ApprovalRequested, K::Closed];
    assert_eq!(kinds, expected);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_mild_action_is_started_noted_and_closed_by_its_owner(db: PgPool) {
    let app = TestApp::new(db).await;
    let id = opened(&app, 5).await;
    let owner = app.user("coordinator").await;
    let start = || actions::start(&owner, id, StartAction { version: 1 });
    assert_eq!(code(start().await), "done");
    assert_eq!(code(start().await), "stale_version");
    let note = NoteAction { text: "لا يرد".to_owned() };
    assert_eq!(code(actions::note(&owner, id, note).await), "done");
    let started = actions::detail(&owner, id).await.unwrap();
    assert_eq!(started.card.clock, Some(Clock::Resolution));
    assert_eq!(close(&owner, id, 2, "Called").await, "done");
    assert_eq!(app.db_text("select status from actions").await, "closed");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn what_is_overdue_climbs_the_ladder_once_a_step_even_after_a_standstill(db: PgPool) {
    let app = TestApp::new(db).await;
    let id = opened(&app, 5).await;
    app.clock.set(at("2026-11-24T09:59:00+03:00"));
    app.run_jobs().await;
    assert_eq!(app.db_count("select count(*) from action_log where kind = 'escalated'").await, 0);
    app.clock.set(at("2026-11-24T10:01:00+03:00"));
    app.run_jobs().await;
    app.run_jobs().await;
    let detail = actions::detail(&app.user("admin").await, id).await.unwrap();
    assert_eq!((detail.card.escalation_level, detail.card.overdue), (1, true));
    // The clockwork stands still for a week: the missed steps are taken once each, in order.
    app.pass(TimeDelta::days(7)).await;
    let detail = actions::detail(&app.user("admin").await, id).await.unwrap();
    let steps: Vec<_> = detail
        .timeline
        .iter()
        .filter(|entry| entry.kind == ActionLogKind::Escalated)
        .map(|entry| (entry.level.unwrap(), entry.towards.clone().unwrap().en))
        .collect();
    assert_eq!(
        steps,
        [
            (1, "Hind Alharbi".to_owned()),
            (2, "Fahad Aldosari".to_owned()),
            (3, "Noura Alshammari".to_owned()),
        ]
    );
    let told = app
        .outbox
        .messages()
        .iter()
        .filter(|message| message.address == "admin@demo.example")
        .count();
    assert_eq!(told, 1);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn two_workers_escalate_an_action_once(db: PgPool) {
    let app = TestApp::new(db).await;
    opened(&app, 5).await;
    app.clock.set(at("2026-11-24T10:01:00+03:00"));
    let mut workers = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let ctx = app.deps.system("actions.escalate_overdue");
        workers.spawn(async move { actions::escalate_overdue(&ctx).await.unwrap() });
    }
    let steps: usize = workers.join_all().await.into_iter().sum();
    assert_eq!(steps, 1);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn an_action_that_cannot_be_escalated_holds_nobody_else_up(db: PgPool) {
    let app = TestApp::new(db).await;
    for encounter in ["V1", "V2"] {
        let survey = app.surveyed_visit(encounter).await;
        app.answer(survey, 5).await;
    }
    // Somebody broke the record of the one that is due first.
    sqlx::query(
        "update actions set escalates_at = '2020-01-01'
         where id = (select id from actions order by reference limit 1)",
    )
    .execute(&app.db)
    .await
    .unwrap();
    sqlx::query(
        "create function broken() returns trigger language plpgsql as $$ begin
             if old.escalates_at < '2021-01-01' then raise 'broken'; end if;
             return new;
         end $$",
    )
    .execute(&app.db)
    .await
    .unwrap();
    sqlx::query(
        "create trigger broken before update on actions for each row execute function broken()",
    )
    .execute(&app.db)
    .await
    .unwrap();
    app.clock.set(at("2026-11-24T10:01:00+03:00"));
    let ctx = app.deps.system("actions.escalate_overdue");
    assert_eq!(actions::escalate_overdue(&ctx).await.unwrap(), 1);
    assert_eq!(app.db_count("select count(*) from actions where escalation_level = 1").await, 1);
    assert_eq!(app.db_count("select count(*) from actions where escalation_level = 0").await, 1);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_list_shows_what_one_may_see_nearest_deadline_first(db: PgPool) {
    let app = TestApp::new(db).await;
    for (encounter, nps) in [("V1", 5), ("V2", 2), ("V3", 0)] {
        let survey = app.surveyed_visit(encounter).await;
        app.answer(survey, nps).await;
    }
    let coordinator = app.user("coordinator").await;
    let list = actions::list(&coordinator, ActionFilter::default()).await.unwrap();
    let severities: Vec<_> = list.items.iter().map(|card| card.severity).collect();
    assert_eq!(severities, [Severity::Critical, Severity::High, Severity::Medium]);
    assert_eq!((list.total, list.counts.live, list.counts.mine), (3, 3, 1));
    assert_eq!(list.items[0].patient.en, "Sara Alqahtani");
    let elsewhere = ActionFilter { hospital: Some("JED".to_owned()), ..ActionFilter::default() };
    assert_eq!(actions::list(&coordinator, elsewhere).await.unwrap().total, 0);
    // The nurse sees her own clinic without names; the viewer and other hospitals see nothing.
    let nurse = actions::list(&app.user("nurse").await, ActionFilter::default()).await.unwrap();
    assert_eq!((nurse.total, nurse.items[0].patient.en.as_str()), (3, "S••• A•••"));
    let viewer = actions::list(&app.user("viewer").await, ActionFilter::default()).await;
    assert!(matches!(viewer, Err(Error::Refused(Failure::Forbidden))));
    let staff = actions::list(&app.user("staff").await, ActionFilter::default()).await.unwrap();
    assert_eq!((staff.total, staff.items.len()), (0, 0));
    let hidden = actions::detail(&app.user("staff").await, list.items[0].id).await;
    assert!(matches!(hidden, Err(Error::Refused(Failure::NotFound { .. }))));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_long_list_comes_in_pages_without_gaps_or_doubles(db: PgPool) {
    let app = TestApp::new(db).await;
    // One phone for all of these visits, which would be asked too often.
    sqlx::query("delete from fatigue_rules").execute(&app.db).await.unwrap();
    for number in 0..60 {
        let survey = app.surveyed_visit(&format!("V{number}")).await;
        app.answer(survey, 5).await;
    }
    let admin = app.user("admin").await;
    let first = actions::list(&admin, ActionFilter::default()).await.unwrap();
    assert_eq!((first.items.len(), first.total), (50, 60));
    let next = ActionFilter { cursor: first.next_cursor.clone(), ..ActionFilter::default() };
    let second = actions::list(&admin, next).await.unwrap();
    assert_eq!((second.items.len(), second.next_cursor.is_none()), (10, true));
    let ids: std::collections::HashSet<_> =
        first.items.iter().chain(&second.items).map(|card| card.id).collect();
    assert_eq!(ids.len(), 60);
    let forged = ActionFilter { cursor: Some("nonsense".to_owned()), ..ActionFilter::default() };
    let refused = actions::list(&admin, forged).await;
    assert!(matches!(refused, Err(Error::Refused(Failure::Invalid { .. }))));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn looking_at_a_patient_by_name_is_remembered(db: PgPool) {
    let app = TestApp::new(db).await;
    let id = opened(&app, 5).await;
    let seen = "select count(*) from audit_events where action = 'patient.viewed'";
    let nurse = actions::detail(&app.user("nurse").await, id).await.unwrap();
    assert_eq!(nurse.patient_phone.as_deref(), Some("•••• 1234"));
    assert_ne!(nurse.encounter, "V1", "the visit leads to the patient as well");
    assert_eq!(app.db_count(seen).await, 0);
    let coordinator = actions::detail(&app.user("coordinator").await, id).await.unwrap();
    assert_eq!(coordinator.patient_phone.as_deref(), Some("+966500001234"));
    assert_eq!(coordinator.encounter, "V1");
    assert_eq!(app.db_count(seen).await, 1);
}
