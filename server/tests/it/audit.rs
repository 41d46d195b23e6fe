//! The memory: chained, searched, and found out when somebody changed it.

use px360_domain::Failure;
use px360_domain::actions::ActionFilter;
use px360_domain::audit::{AuditEvent, AuditFilter, Outcome};
use px360_server::audit::{self, BrokenLink};
use px360_server::{Error, actions};
use sqlx::PgPool;

use crate::harness::{TestApp, at};

/// A house in which a few things were done.
async fn lived(db: PgPool) -> TestApp {
    let app = TestApp::new(db).await;
    let survey = app.surveyed_visit("V1").await;
    app.answer(survey, 2).await;
    app.run_jobs().await;
    app
}

async fn broken(app: &TestApp) -> Vec<BrokenLink> {
    audit::verify(&app.deps.system("test")).await.unwrap().broken
}

/// What somebody with the keys of the database could do.
async fn tamper(app: &TestApp, sql: &'static str) {
    let mut db = app.db.acquire().await.unwrap();
    sqlx::raw_sql("set session_replication_role = replica").execute(&mut *db).await.unwrap();
    sqlx::raw_sql(sql).execute(&mut *db).await.unwrap();
    sqlx::raw_sql("set session_replication_role = origin").execute(&mut *db).await.unwrap();
}

/// An entry in the middle of its chain.
const MIDDLE: &str = "create table middle as
    select event.* from audit_events as event
    join audit_chains as chain on chain.lane = event.lane
    where event.position between 2 and chain.position - 2
    order by event.id limit 1";

async fn faults(app: &TestApp) -> Vec<String> {
    broken(app).await.into_iter().map(|link| link.fault).collect()
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn every_link_holds_whatever_was_written_at_once(db: PgPool) {
    let app = lived(db).await;
    let admin = app.user("admin").await;
    let mut many = tokio::task::JoinSet::new();
    for _ in 0..24 {
        let admin = admin.clone();
        many.spawn(async move { actions::list(&admin, ActionFilter::default()).await.map(drop) });
    }
    for done in many.join_all().await {
        done.unwrap();
    }
    let verdict = audit::verify(&app.deps.system("test")).await.unwrap();
    assert_eq!(verdict.broken, []);
    assert_eq!(verdict.events, app.db_count("select count(*) from audit_events").await);
    let listed = "select count(*) from audit_events where action = 'patients.listed'";
    assert_eq!(app.db_count(listed).await, 24);
    let later = audit::verify(&app.deps.system("test")).await.unwrap();
    assert_eq!(later.root, verdict.root, "the root changes with the log only");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_database_lets_nobody_change_or_remove_an_entry(db: PgPool) {
    let app = lived(db).await;
    for sql in [
        "update audit_events set actor = 'somebody'",
        "delete from audit_events",
        "truncate audit_events",
        "delete from audit_chains",
        "update audit_chains set position = position - 1",
    ] {
        assert!(sqlx::raw_sql(sql).execute(&app.db).await.is_err(), "{sql}");
    }
    assert_eq!(broken(&app).await, []);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_changed_entry_is_found(db: PgPool) {
    let app = lived(db).await;
    tamper(&app, MIDDLE).await;
    for column in ["actor", "action", "entity_id", "request_id"] {
        let flip = format!(
            "update audit_events set {column} = {column} || 'x' where id = (select id from middle)"
        );
        tamper(&app, Box::leak(flip.into_boxed_str())).await;
        let link = broken(&app).await.remove(0);
        assert_eq!((link.fault.as_str(), link.id.is_some()), ("changed", true), "{column}");
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_moment_and_a_detail_are_part_of_what_is_chained(db: PgPool) {
    let app = lived(db).await;
    tamper(&app, MIDDLE).await;
    tamper(
        &app,
        "update audit_events set at = at + interval '1 microsecond'
         where id = (select id from middle)",
    )
    .await;
    assert_eq!(faults(&app).await, ["changed"]);
    tamper(
        &app,
        "update audit_events set at = at - interval '1 microsecond', detail = '{\"a\": 1}'
         where id = (select id from middle)",
    )
    .await;
    assert_eq!(faults(&app).await, ["changed"]);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_removed_entry_is_found_in_the_middle_and_at_the_end(db: PgPool) {
    let app = lived(db).await;
    tamper(&app, MIDDLE).await;
    tamper(&app, "delete from audit_events where id = (select id from middle)").await;
    assert_eq!(faults(&app).await, ["missing"]);
    tamper(
        &app,
        "insert into audit_events overriding system value select * from middle;
         delete from audit_events where (lane, position) in (select lane, position from audit_chains
                                                             where lane = (select lane from middle))",
    )
    .await;
    assert_eq!(faults(&app).await, ["cut off"]);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn entries_that_changed_places_are_found(db: PgPool) {
    let app = lived(db).await;
    tamper(&app, MIDDLE).await;
    tamper(
        &app,
        "update audit_events as event set position = -event.position
         where event.lane = (select lane from middle)
           and event.position in (select position from middle union select position + 1 from middle);
         update audit_events as event
         set position = (select 2 * position + 1 from middle) + event.position
         where event.position < 0",
    )
    .await;
    assert!(!broken(&app).await.is_empty());
}

async fn events(app: &TestApp, who: &str, filter: AuditFilter) -> Vec<AuditEvent> {
    audit::events(&app.user(who).await, filter).await.unwrap().items
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_log_is_read_as_far_as_ones_rights_reach(db: PgPool) {
    let app = lived(db).await;
    let everything = events(&app, "admin", AuditFilter::default()).await;
    assert!(everything.iter().any(|event| event.hospital.is_none()));
    let here = events(&app, "hospital.admin", AuditFilter::default()).await;
    assert!(!here.is_empty() && here.iter().all(|event| event.hospital.is_some()));
    sqlx::query(
        "update role_grants set hospital_id = (select id from hospitals where code = 'JED')
         where role = 'hospital_admin'",
    )
    .execute(&app.db)
    .await
    .unwrap();
    assert!(events(&app, "hospital.admin", AuditFilter::default()).await.is_empty());
    for who in ["manager", "coordinator", "nurse", "viewer"] {
        let refused = audit::events(&app.user(who).await, AuditFilter::default()).await;
        assert!(matches!(refused, Err(Error::Refused(Failure::Forbidden))), "{who}");
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_log_is_searched_by_who_what_which_and_when_and_pages(db: PgPool) {
    let app = lived(db).await;
    let only = |filter: AuditFilter| events(&app, "admin", filter);
    let action =
        |word: &str| AuditFilter { action: Some(word.to_owned()), ..AuditFilter::default() };
    let opened = only(action("action.opened")).await;
    assert_eq!(opened.len(), 1);
    assert_eq!((opened[0].actor_kind.as_str(), opened[0].outcome), ("patient", Outcome::Done));
    assert!(only(action("action")).await.len() >= opened.len());
    assert!(only(action("act")).await.is_empty(), "half a word is no word");
    let which = AuditFilter {
        entity: Some("action".to_owned()),
        entity_id: Some(opened[0].entity_id.clone()),
        ..AuditFilter::default()
    };
    assert!(only(which).await.iter().all(|event| event.entity_id == opened[0].entity_id));
    let before = AuditFilter { until: Some(at("2026-01-01T00:00:00Z")), ..AuditFilter::default() };
    assert!(only(before).await.is_empty());
    let all = only(AuditFilter { limit: Some(200), ..AuditFilter::default() }).await;
    let mut filter = AuditFilter { limit: Some(3), ..AuditFilter::default() };
    let mut seen = Vec::new();
    loop {
        let page = audit::events(&app.user("admin").await, filter.clone()).await.unwrap();
        seen.extend(page.items);
        match page.next_cursor {
            Some(cursor) => filter.cursor = Some(cursor),
            None => break,
        }
    }
    assert_eq!(seen, all);
    for bad in [
        AuditFilter { cursor: Some("x".into()), ..AuditFilter::default() },
        AuditFilter { limit: Some(0), ..AuditFilter::default() },
        AuditFilter {
            from: Some(at("2026-11-24T00:00:00Z")),
            until: Some(at("2026-11-23T00:00:00Z")),
            ..AuditFilter::default()
        },
    ] {
        let refused = audit::events(&app.user("admin").await, bad).await;
        assert!(matches!(refused, Err(Error::Refused(Failure::Invalid { .. }))), "{refused:?}");
    }
}
