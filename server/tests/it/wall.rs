//! Row-level security: the wall that stands when a statement forgets to cut.

use std::collections::BTreeSet;

use px360_domain::records::{RecordKind, RecordQuery};
use px360_server::records;
use sqlx::{ConnectOptions as _, Connection as _, Executor as _, PgConnection, PgPool};

use crate::harness::{TestApp, visit};

/// Tables whose rows belong to a hospital or a patient and are behind no policy, and why.
const OPEN: [(&str, &str); 2] = [
    ("role_grants", "read to find out how far somebody reaches, before that is known"),
    ("saved_view_marks", "says nothing but which views somebody put away"),
];

/// A connection as the program has it, which said nothing of its reach.
async fn silent(db: &PgPool) -> PgConnection {
    let mut db = PgConnection::connect_with(&db.connect_options()).await.unwrap();
    db.execute("set role px360_app").await.unwrap();
    db
}

/// Every table that keeps something of a hospital, a patient or their business.
async fn tables_of_somebody(db: &PgPool) -> BTreeSet<String> {
    let names: Vec<String> = sqlx::query_scalar(
        "select distinct class.relname::text
         from pg_class as class join pg_attribute as col on col.attrelid = class.oid
         where class.relnamespace = 'public'::regnamespace and class.relkind in ('r', 'p')
           and (class.relname in ('hospitals', 'patients', 'physicians', 'users')
                or col.attname in ('hospital_id', 'department_id', 'patient_id', 'physician_id',
                                   'journey_id', 'stage_id', 'survey_id', 'action_id',
                                   'notification_id', 'saved_view_id', 'import_id', 'survivor_id'))",
    )
    .fetch_all(db)
    .await
    .unwrap();
    names.into_iter().collect()
}

async fn walled(db: &PgPool) -> BTreeSet<String> {
    let names: Vec<String> = sqlx::query_scalar(
        "select class.relname::text from pg_class as class
         where class.relnamespace = 'public'::regnamespace
           and class.relrowsecurity and class.relforcerowsecurity
           and exists (select from pg_policy where polrelid = class.oid)",
    )
    .fetch_all(db)
    .await
    .unwrap();
    names.into_iter().collect()
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn every_table_that_belongs_to_somebody_is_behind_the_wall(db: PgPool) {
    let open: BTreeSet<String> = OPEN.iter().map(|(table, _)| (*table).to_owned()).collect();
    let missing = &(&tables_of_somebody(&db).await - &walled(&db).await) - &open;
    assert_eq!(missing, BTreeSet::new());
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_program_neither_owns_a_table_nor_passes_a_policy(db: PgPool) {
    px360_server::migrate(&db).await.unwrap();
    let roles: Vec<(String, bool)> = sqlx::query_as(
        "select rolname::text,
                rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolcanlogin
                or exists (select from pg_class where relowner = pg_roles.oid and relkind = 'r')
         from pg_roles where rolname like 'px360\\_%' order by rolname",
    )
    .fetch_all(&db)
    .await
    .unwrap();
    assert_eq!(roles, [("px360_app".to_owned(), false), ("px360_wall".to_owned(), false)]);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn whoever_says_nothing_of_their_reach_sees_nothing(db: PgPool) {
    let app = TestApp::new(db).await;
    let survey = app.surveyed_visit("V1").await;
    app.answer(survey, 2).await;
    visit("V2").all(&app).await;
    let mut silent = silent(&app.db).await;
    let mut seen = Vec::new();
    for table in walled(&app.db).await {
        // What holds for the whole group belongs to nobody; a view that is offered is for others.
        let whose = match table.as_str() {
            "journey_templates" | "sla_policies" | "survey_templates" | "fatigue_rules"
            | "delivery_pauses" => "where hospital_id is not null",
            // What patients read.
            "survey_versions" => "where published_at is null",
            "saved_views" => "where audience = 'personal'",
            // Read to find out who speaks, and for whom, before any reach is known.
            "sources" | "source_hospitals" => "where false",
            _ => "",
        };
        let sql = sqlx::AssertSqlSafe(format!("select count(*) from {table} {whose}"));
        let count: i64 = sqlx::query_scalar(sql).fetch_one(&mut silent).await.unwrap();
        if count > 0 {
            seen.push((table, count));
        }
    }
    assert_eq!(seen, []);
    let patients = app.db_count("select count(*) from patients").await;
    assert!(patients > 0, "there was something to be seen");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_program_cannot_touch_what_is_remembered(db: PgPool) {
    let app = TestApp::new(db).await;
    let mut silent = silent(&app.db).await;
    silent.execute("set px.scope = 'all'").await.unwrap();
    for refused in [
        "update audit_events set actor = 'nobody'",
        "delete from audit_events",
        "truncate audit_events",
        "delete from audit_chains",
        "delete from audit_roots",
        "update audit_roots set day = day - 1",
        "delete from _sqlx_migrations",
        "alter table patients disable row level security",
        "drop policy within_reach on patients",
    ] {
        let error = silent.execute(refused).await.unwrap_err();
        let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code).unwrap();
        assert_eq!(code, "42501", "{refused}: {error}");
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_connection_of_the_program_is_nobody_from_its_first_statement_on(db: PgPool) {
    let url = db.connect_options().to_url_lossy();
    let pool = px360_server::connect(url.as_str(), 2).await.unwrap();
    px360_server::migrate(&pool).await.unwrap();
    let who: String =
        sqlx::query_scalar("select current_user::text").fetch_one(&pool).await.unwrap();
    let patients: i64 =
        sqlx::query_scalar("select count(*) from patients").fetch_one(&pool).await.unwrap();
    pool.close().await;
    assert_eq!((who.as_str(), patients), ("px360_app", 0));
}

/// Whoever goes away in the middle of a request leaves no transaction behind for the next one.
#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_request_that_is_given_up_leaves_no_transaction_open(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    for polls in 0..400 {
        let query = RecordQuery::default();
        let mut asked = Box::pin(records::list(&admin, RecordKind::Hospital, query));
        for _ in 0..polls {
            if futures_util::poll!(&mut asked).is_ready() {
                break;
            }
            tokio::task::yield_now().await;
        }
        drop(asked);
        // The role is set in a transaction: whoever still has it stands in one that nobody will end.
        let left = "select count(*) from pg_stat_activity
                    where pid = pg_backend_pid() and current_user = 'px360_app'";
        assert_eq!(app.db_count(left).await, 0, "given up after {polls} looks");
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_statement_behind_a_link_shows_the_survey_of_its_scope_and_no_other(db: PgPool) {
    let app = TestApp::new(db).await;
    let (own, other) = (app.surveyed_visit("OWN").await, app.surveyed_visit("OTHER").await);
    let mut db = silent(&app.db).await;
    let named = |survey: uuid::Uuid| Some(serde_json::json!({ "survey": survey }).to_string());
    for (scope, asked, shown) in [
        (named(own.0), own, 1),
        (named(own.0), other, 0),
        (Some("{}".to_owned()), own, 0),
        (Some(serde_json::json!({ "hospitals": [], "survey": null }).to_string()), own, 0),
        (None, own, 0),
        (Some("all".to_owned()), own, 1),
    ] {
        let seen: i64 = sqlx::query_scalar("select count(*) from survey_shown($1, $2)")
            .bind(&scope)
            .bind(asked.0)
            .fetch_one(&mut db)
            .await
            .unwrap();
        assert_eq!(seen, shown, "{scope:?}");
    }
}
