//! Demo data: complete, repeatable, and never on top of something real.

use px360_domain::{Bilingual, Failure};
use px360_server::Error;
use px360_server::seed::demo::{self, HistoryPlan, SeedDemo, Seeded, waiting_survey};
use px360_server::seed::superuser::{NewSuperuser, create_superuser};
use sqlx::PgPool;

use crate::harness::TestApp;

fn seed() -> SeedDemo {
    SeedDemo {
        password: "px360-demo".to_owned().into(),
        api_key: "px360-demo-key".to_owned().into(),
        history: HistoryPlan { days: 0, ..HistoryPlan::default() },
        today: true,
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn demo_data_is_made_once(db: PgPool) {
    let app = TestApp::new(db).await;
    assert_eq!(demo::seed_demo(&app.deps, &app.db, seed()).await.unwrap(), Seeded::WasThere);
    assert_eq!(app.db_count("select count(*) from hospitals").await, 3);
    // What somebody adds while they try it stays, and changes nothing about that.
    sqlx::query("update patients set is_demo = false").execute(&app.db).await.unwrap();
    sqlx::query("update hospitals set is_demo = false where code = 'JED'")
        .execute(&app.db)
        .await
        .unwrap();
    assert_eq!(demo::seed_demo(&app.deps, &app.db, seed()).await.unwrap(), Seeded::WasThere);
    assert_eq!(app.db_count("select count(*) from roles").await, 8);
    assert_eq!(app.db_count("select count(distinct role) from role_grants").await, 8);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn demo_data_never_mixes_with_real_data(db: PgPool) {
    let app = TestApp::new(db).await;
    sqlx::query("update hospitals set is_demo = false").execute(&app.db).await.unwrap();
    let refused = demo::seed_demo(&app.deps, &app.db, seed()).await;
    let Err(Error::Refused(Failure::Conflict { code })) = refused else { panic!("{refused:?}") };
    assert_eq!(code, "not_a_demo_database");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn demo_users_with_their_published_password_do_not_join_real_ones(db: PgPool) {
    let app = TestApp::empty(db).await;
    let first = NewSuperuser {
        username: "noura".to_owned(),
        email: "noura@example.org".to_owned(),
        name: Bilingual::new("نورة", "Noura"),
        password: "a long and good password".to_owned().into(),
    };
    create_superuser(&app.deps.system("create-superuser"), first).await.unwrap();
    let refused = demo::seed_demo(&app.deps, &app.db, seed()).await;
    assert!(matches!(refused, Err(Error::Refused(Failure::Conflict { .. }))), "{refused:?}");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_fresh_visit_leaves_a_survey_that_waits(db: PgPool) {
    let app = TestApp::new(db).await;
    assert_eq!(waiting_survey(&app.deps).await.unwrap(), None);
    let survey = app.surveyed_visit("V1").await;
    let waiting = waiting_survey(&app.deps).await.unwrap().unwrap();
    assert_eq!(waiting.id, survey);
    assert!(waiting.link.starts_with("https://px.example/s/"));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_past_has_every_kind_of_journey_told_in_every_format(db: PgPool) {
    let app = TestApp::empty(db).await;
    let seed = SeedDemo { history: HistoryPlan { days: 5, ..HistoryPlan::default() }, ..seed() };
    demo::seed_demo(&app.deps, &app.db, SeedDemo { today: false, ..seed }).await.unwrap();
    let formats = "select string_agg(distinct format, ' ' order by format) from inbound_events";
    assert_eq!(app.db_text(formats).await, "fhir hl7v2 json");
    let ended = "select string_agg(distinct journey_type, ' ' order by journey_type) from journeys
                 where status = 'completed'";
    assert_eq!(app.db_text(ended).await, "ems inpatient opd");
    let waiting =
        "select count(*) from inbound_events where status not in ('processed', 'ignored')";
    assert_eq!(app.db_count(waiting).await, 0, "every message was understood");
}
