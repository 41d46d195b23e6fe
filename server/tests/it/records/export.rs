//! Lists as files.

use futures_util::TryStreamExt as _;
use px360_domain::records::{RecordKind, RecordQuery};
use px360_domain::{Failure, Locale};
use px360_server::{Ctx, records};
use serde_json::json;
use sqlx::PgPool;

use super::{failure, make, samples};
use crate::harness::TestApp;

async fn file(ctx: &Ctx, kind: RecordKind, query: RecordQuery) -> String {
    let pieces = records::export(ctx, kind, query, Some(Locale::En)).await.unwrap();
    let pieces: Vec<_> = pieces.try_collect().await.unwrap();
    String::from_utf8(pieces.concat()).unwrap()
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_file_holds_every_row_of_the_list_once_and_names_instead_of_ids(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    for (kind, doc) in samples(&app, "RYD", "1").await {
        let kept = make(&admin, kind, doc).await.unwrap();
        let text = file(&admin, kind, RecordQuery::default()).await;
        let text = text.strip_prefix('\u{feff}').expect("a byte order mark");
        let mut lines = text.split_terminator("\r\n");
        assert!(lines.next().unwrap().starts_with("id,"), "{kind}");
        let own: Vec<&str> =
            lines.clone().filter(|line| line.starts_with(&kept.id.to_string())).collect();
        assert_eq!(own.len(), 1, "{kind}");
        let total = records::list(&admin, kind, RecordQuery::default()).await.unwrap().total;
        assert_eq!(u32::try_from(lines.count()).ok(), total, "{kind}");
        assert!(!text.contains("password"), "{kind}");
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn what_a_spreadsheet_would_run_is_text(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let hospital = json!({ "code": "X1", "name_ar": "=1+1", "name_en": "a,\"b\"" });
    make(&admin, RecordKind::Hospital, hospital).await.unwrap();
    let query = RecordQuery { search: Some("x1".to_owned()), ..RecordQuery::default() };
    let text = file(&admin, RecordKind::Hospital, query).await;
    assert!(text.contains(",'=1+1,\"a,\"\"b\"\"\","), "{text}");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_file_has_no_pages_and_taking_it_is_remembered(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let query = RecordQuery { limit: Some(1), ..RecordQuery::default() };
    let refused = records::export(&admin, RecordKind::Patient, query, None).await;
    assert_eq!(failure(refused.map(|_| ())), Failure::invalid("limit", "unknown_field"));
    let query = RecordQuery { search: Some("Ibrahim".to_owned()), ..RecordQuery::default() };
    file(&admin, RecordKind::Patient, query).await;
    let detail: serde_json::Value =
        sqlx::query_scalar("select detail from audit_events where action = 'patients.exported'")
            .fetch_one(&app.db)
            .await
            .unwrap();
    assert_eq!(detail, json!({ "filter": { "search": "…" } }), "not whom they looked for");
}
