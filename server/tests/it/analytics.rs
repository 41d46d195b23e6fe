//! The command center: moved by exactly what was answered, equal to a recount.

use chrono::TimeDelta;
use px360_domain::Failure;
use px360_domain::analytics::{DashboardFilter, DepartmentRow, TreeAsOf};
use px360_domain::records::{Kept, RecordKind};
use px360_server::Error;
use px360_server::analytics::command_center;
use px360_server::records;
use px360_server::seed::demo::{self, HistoryPlan, SeedDemo};
use serde_json::json;
use sqlx::PgPool;

use crate::harness::TestApp;
use crate::records::{db_id, make, set};

/// Counts everything again, from the rows that people made.
const RECOUNT: &str = "
    select coalesce(string_agg(line, E'\n' order by line), '') from (
        select concat_ws(' ', hospital_id, department_id, physician_id,
                         (completed_at at time zone 'Asia/Riyadh')::date, count(*), count(score),
                         coalesce(sum(score), 0), count(*) filter (where nps >= 9),
                         count(*) filter (where nps between 7 and 8),
                         count(*) filter (where nps <= 6)) as line
        from surveys where completed_at is not null
        group by hospital_id, department_id, physician_id,
                 (completed_at at time zone 'Asia/Riyadh')::date
    ) as recount";
const ROLLED_UP: &str = "
    select coalesce(string_agg(line, E'\n' order by line), '') from (
        select concat_ws(' ', hospital_id, department_id, physician_id, day, sum(completed),
                         sum(scored), sum(score_sum), sum(promoters), sum(passives),
                         sum(detractors)) as line
        from response_rollups group by hospital_id, department_id, physician_id, day
    ) as rolled_up";
const FUNNEL_RECOUNT: &str = "
    select coalesce(string_agg(line, E'\n' order by line), '') from (
        select concat_ws(' ', hospital_id, department_id, created_on, count(*),
                         count(*) filter (where status = 'suppressed'),
                         count(*) filter (where sent_at is not null),
                         count(*) filter (where started_at is not null),
                         count(*) filter (where completed_at is not null)) as line
        from surveys group by hospital_id, department_id, created_on
    ) as recount";
const FUNNEL_ROLLED_UP: &str = "
    select coalesce(string_agg(line, E'\n' order by line), '') from (
        select concat_ws(' ', hospital_id, department_id, day, sum(created), sum(suppressed),
                         sum(sent), sum(started), sum(completed)) as line
        from funnel_rollups group by hospital_id, department_id, day
    ) as rolled_up";

async fn assert_rollups_equal_a_recount(app: &TestApp) {
    assert_eq!(app.db_text(ROLLED_UP).await, app.db_text(RECOUNT).await);
    assert_eq!(app.db_text(FUNNEL_ROLLED_UP).await, app.db_text(FUNNEL_RECOUNT).await);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn one_answer_moves_the_numbers_by_exactly_that_answer(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let look = || command_center(&admin, DashboardFilter::default());
    let empty = look().await.unwrap();
    assert_eq!((empty.nps.n, empty.nps.value, empty.score.mean), (0, None, None));
    for (encounter, nps) in [("V1", 10), ("V2", 9), ("V3", 3)] {
        let survey = app.surveyed_visit(encounter).await;
        app.answer(survey, nps).await;
    }
    let center = look().await.unwrap();
    assert_eq!((center.nps.promoters, center.nps.passives, center.nps.detractors), (2, 0, 1));
    assert!((center.nps.value.unwrap() - 100.0 / 3.0).abs() < 1e-9);
    assert_eq!(center.top_box.unwrap().n, 3);
    assert_eq!((center.funnel.created, center.funnel.sent, center.funnel.completed), (3, 3, 3));
    assert_eq!((center.actions.open, center.actions.overdue), (1, 0));
    assert_eq!(center.trend.len(), 1);
    assert_eq!(center.departments[0].name.as_ref().unwrap().en, "Cardiology clinic");
    assert_eq!(center.departments[0].open_actions, 1);
    let survey = app.surveyed_visit("V4").await;
    app.answer(survey, 7).await;
    let moved = look().await.unwrap();
    assert_eq!((moved.nps.n, moved.nps.value), (4, Some(25.0)));
    assert_eq!(moved.score.n, 4);
    assert_rollups_equal_a_recount(&app).await;
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn rollups_of_a_lived_month_equal_a_recount_of_the_answers(db: PgPool) {
    let app = TestApp::empty(db).await;
    let seed = SeedDemo {
        password: "px360-demo".to_owned().into(),
        api_key: "another-key".to_owned().into(),
        history: HistoryPlan { days: 21, ..HistoryPlan::default() },
        today: true,
    };
    demo::seed_demo(&app.deps, &app.db, seed).await.unwrap();
    assert!(app.db_count("select count(*) from surveys where completed_at is not null").await > 50);
    assert!(app.db_count("select count(*) from actions where status = 'closed'").await > 0);
    assert_rollups_equal_a_recount(&app).await;
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn everybody_sees_the_numbers_of_their_own_place(db: PgPool) {
    let app = TestApp::new(db).await;
    let survey = app.surveyed_visit("V1").await;
    app.answer(survey, 9).await;
    for (username, n) in [("admin", 1), ("hospital.admin", 1), ("manager", 1), ("viewer", 1)] {
        let center = command_center(&app.user(username).await, DashboardFilter::default()).await;
        assert_eq!(center.unwrap().nps.n, n, "{username}");
    }
    let jeddah = DashboardFilter { hospital: Some("JED".to_owned()), ..DashboardFilter::default() };
    assert_eq!(command_center(&app.user("admin").await, jeddah).await.unwrap().nps.n, 0);
    sqlx::query(
        "update role_grants set hospital_id = (select id from hospitals where code = 'JED')
         where role = 'viewer'",
    )
    .execute(&app.db)
    .await
    .unwrap();
    let elsewhere = command_center(&app.user("viewer").await, DashboardFilter::default()).await;
    assert_eq!(elsewhere.unwrap().nps.n, 0);
    for username in ["nurse", "staff", "physician"] {
        let refused = command_center(&app.user(username).await, DashboardFilter::default()).await;
        assert!(matches!(refused, Err(Error::Refused(Failure::Forbidden))), "{username}");
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_period_before_is_of_equal_length_and_days_are_riyadhs(db: PgPool) {
    let app = TestApp::new(db).await;
    let survey = app.surveyed_visit("V1").await;
    // 00:30 on the 24th in Riyadh is still the 23rd in UTC.
    app.clock.set(crate::harness::at("2026-11-24T00:30:00+03:00"));
    app.answer(survey, 9).await;
    assert_eq!(app.db_text("select day::text from response_rollups").await, "2026-11-24");
    app.clock.advance(TimeDelta::days(7));
    let week = DashboardFilter { days: Some(7), ..DashboardFilter::default() };
    let center = command_center(&app.user("admin").await, week).await.unwrap();
    assert_eq!((center.nps.n, center.nps_before.n), (0, 1));
    let endless = DashboardFilter { days: Some(366), ..DashboardFilter::default() };
    let refused = command_center(&app.user("admin").await, endless).await;
    assert!(matches!(refused, Err(Error::Refused(Failure::Invalid { .. }))));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_department_that_moved_counts_where_it_stood_or_where_it_stands_now(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let survey = app.surveyed_visit("V1").await;
    app.answer(survey, 10).await;
    // The day after, the clinic moves out of the outpatient department, and another patient answers.
    app.clock.advance(TimeDelta::days(1));
    let hospital = db_id(&app.db, "hospitals", "code", "RYD").await;
    let heart = json!({ "hospital_id": hospital, "code": "HEART", "name_en": "Heart centre" });
    let heart = make(&admin, RecordKind::Department, heart).await.unwrap();
    let clinic = db_id(&app.db, "departments", "code", "RYD CARD").await;
    let kept = records::find(&admin, RecordKind::Department, clinic).await.unwrap();
    let kept = Kept { id: clinic, version: kept.version };
    set(&admin, RecordKind::Department, kept, json!({ "parent_id": heart.id })).await.unwrap();
    let survey = app.surveyed_visit("V2").await;
    app.answer(survey, 2).await;
    let look = async |tree| {
        let filter = DashboardFilter { tree, ..DashboardFilter::default() };
        let center = command_center(&admin, filter).await.unwrap();
        let counted = |name: &str| {
            let named = |row: &&DepartmentRow| row.name.as_ref().is_some_and(|it| it.en == name);
            center.departments.iter().find(named).map(|row| (row.nps.n, row.open_actions))
        };
        [counted("Cardiology clinic"), counted("Outpatient clinics"), counted("Heart centre")]
    };
    let as_it_was = [Some((2, 1)), Some((1, 0)), Some((1, 1))];
    assert_eq!(look(None).await, as_it_was);
    assert_eq!(look(Some(TreeAsOf::Event)).await, as_it_was);
    assert_eq!(look(Some(TreeAsOf::Today)).await, [Some((2, 1)), None, Some((2, 1))]);
}
