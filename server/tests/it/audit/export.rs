//! The log as a file.

use futures_util::TryStreamExt as _;
use px360_domain::audit::AuditFilter;
use px360_domain::{Failure, FileFormat, Locale};
use px360_server::{Error, audit};
use sqlx::PgPool;

use super::{events, lived};
use crate::harness::TestApp;

async fn file(app: &TestApp, who: &str, filter: AuditFilter, language: Locale) -> String {
    let rows =
        audit::export(&app.user(who).await, filter, Some(language), FileFormat::Csv).await.unwrap();
    let pieces: Vec<_> = rows.try_collect().await.unwrap();
    String::from_utf8(pieces.concat()).unwrap()
}

/// An entry that somebody outside wrote words of.
async fn db_written(app: &TestApp, actor: &str, count: i32) {
    sqlx::query(
        "insert into audit_events (at, actor_kind, actor, action, entity, entity_id, detail, outcome,
                                   user_agent, request_id)
         select now(), 'anonymous', $1, 'account.sign_in_failed', 'user', '', '{}', 'refused',
                'a \"b\", c', '' from generate_series(1, $2)",
    )
    .bind(actor)
    .bind(count)
    .execute(&app.db)
    .await
    .unwrap();
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_file_holds_all_that_the_filter_finds_and_taking_it_is_remembered(db: PgPool) {
    let app = lived(db).await;
    db_written(&app, "somebody", 1203).await;
    let filter = AuditFilter { actor: Some("somebody".to_owned()), ..AuditFilter::default() };
    let text = file(&app, "admin", filter, Locale::En).await;
    assert!(text.starts_with("\u{feff}Number,Time,"));
    assert_eq!(text.lines().count(), 1204, "a header, and more rows than are read at once");
    let mut ids: Vec<i64> =
        text.lines().skip(1).map(|row| row.split(',').next().unwrap().parse().unwrap()).collect();
    assert!(ids.is_sorted_by(|newer, older| newer > older));
    ids.dedup();
    assert_eq!(ids.len(), 1203);
    assert!(text.lines().nth(1).unwrap().contains(r#","a ""b"", c","#));
    let exported =
        AuditFilter { action: Some("audit.exported".to_owned()), ..AuditFilter::default() };
    let traces = events(&app, "admin", exported).await;
    assert_eq!(traces.len(), 1);
    assert_eq!(traces[0].actor, "admin");
    assert_eq!(traces[0].detail, serde_json::json!({ "filter": { "actor": "somebody" } }));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn no_cell_is_a_formula_for_whoever_opens_the_file(db: PgPool) {
    let app = lived(db).await;
    let evil = ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "=\"a\",b"];
    for actor in evil {
        db_written(&app, actor, 1).await;
    }
    for actor in evil {
        let filter = AuditFilter { actor: Some(actor.to_owned()), ..AuditFilter::default() };
        let text = file(&app, "admin", filter, Locale::En).await;
        let row = text.split("\r\n").nth(1).unwrap();
        let written = actor.replace('"', "\"\"");
        let cell = format!(",'{written},account.");
        let quoted = format!(",\"'{written}\",account.");
        assert!(row.contains(&cell) || row.contains(&quoted), "{row}");
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_file_is_cut_to_ones_rights_and_leaves_its_trace_where_it_was_taken(db: PgPool) {
    let app = lived(db).await;
    let filter = AuditFilter::default;
    let text = file(&app, "hospital.admin", filter(), Locale::Ar).await;
    assert!(text.starts_with("\u{feff}الرقم,"));
    let seen = events(&app, "hospital.admin", AuditFilter { limit: Some(200), ..filter() }).await;
    assert_eq!(seen[0].action, "audit.exported");
    assert_eq!(text.lines().count(), seen.len() + 1, "the header, and itself: it is written first");
    for who in ["manager", "coordinator", "nurse", "viewer"] {
        let refused = audit::export(&app.user(who).await, filter(), None, FileFormat::Csv).await;
        assert!(matches!(refused.err(), Some(Error::Refused(Failure::Forbidden))), "{who}");
    }
    for bad in [
        AuditFilter { cursor: Some("1".into()), ..filter() },
        AuditFilter { limit: Some(5), ..filter() },
        AuditFilter { search: Some("x".repeat(101)), ..filter() },
    ] {
        let refused = audit::export(&app.user("admin").await, bad, None, FileFormat::Xlsx).await;
        assert!(matches!(refused.err(), Some(Error::Refused(Failure::Invalid { .. }))));
    }
}
