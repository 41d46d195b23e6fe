//! The memory: chained, and read by those who may. What happens when somebody changes it is in
//! `tampered`.

mod entry;
mod export;
mod roots;
mod tampered;
mod units;

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
        "truncate audit_chains",
        "insert into audit_chains (lane, position, hash) values (3, 0, '')",
        "update audit_chains set position = position + 2",
        "update audit_chains set lane = 15 - lane, position = position + 1",
        "update audit_chains set position = position - 1",
    ] {
        assert!(sqlx::raw_sql(sql).execute(&app.db).await.is_err(), "{sql}");
    }
    assert_eq!(broken(&app).await, []);
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
    for words in [opened[0].entity_id.as_str(), "ACTION.OPEN", "severity"] {
        let filter = AuditFilter { search: Some(words.to_owned()), ..action("action.opened") };
        assert_eq!(only(filter).await, opened, "{words}");
    }
    for words in ["%", "_ction.opened", "\\", "severity' or true"] {
        let filter = AuditFilter { search: Some(words.to_owned()), ..action("action.opened") };
        assert!(only(filter).await.is_empty(), "{words} is looked for as it stands");
    }
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

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn somebody_of_several_hospitals_reads_them_as_one_log(db: PgPool) {
    let app = lived(db).await;
    // One entry in each hospital in turn, and one in none.
    sqlx::query(
        "insert into audit_events (at, actor_kind, actor, action, entity, entity_id, hospital_id,
                                   detail, outcome, request_id)
         select now(), 'system', 'test', 'thing.done', 'thing', round || hospital.code, hospital.id,
                '{}', 'done', ''
         from generate_series(1, 5) as round
         cross join (select id, code from hospitals union all select null, 'ZZZ') as hospital
         order by round, hospital.code",
    )
    .execute(&app.db)
    .await
    .unwrap();
    for code in ["JED", "RYD"] {
        sqlx::query(
            "insert into role_grants (user_id, role, hospital_id, granted_at)
             select users.id, 'hospital_admin', hospitals.id, now()
             from users, hospitals where username = 'hospital.admin' and code = $1
             on conflict do nothing",
        )
        .bind(code)
        .execute(&app.db)
        .await
        .unwrap();
    }
    let mut filter = AuditFilter {
        action: Some("thing.done".to_owned()),
        limit: Some(3),
        ..AuditFilter::default()
    };
    let mut seen = Vec::new();
    loop {
        let page = audit::events(&app.user("hospital.admin").await, filter.clone()).await.unwrap();
        seen.extend(page.items.into_iter().map(|event| event.entity_id));
        match page.next_cursor {
            Some(cursor) => filter.cursor = Some(cursor),
            None => break,
        }
    }
    let expected: Vec<String> = (1..=5)
        .rev()
        .flat_map(|round| ["RYD", "JED"].map(|code| format!("{round}{code}")))
        .collect();
    assert_eq!(seen, expected);
}
