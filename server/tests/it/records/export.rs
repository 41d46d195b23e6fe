//! Lists as files.

use std::io::{Cursor, Read as _};

use calamine::{Reader as _, Xlsx};
use futures_util::TryStreamExt as _;
use px360_domain::records::{RecordKind, RecordQuery};
use px360_domain::{Failure, FileFormat, Locale};
use px360_server::{Ctx, records};
use serde_json::json;
use sqlx::PgPool;

use super::{failure, make, samples};
use crate::harness::TestApp;

async fn bytes(ctx: &Ctx, kind: RecordKind, query: RecordQuery, shape: Shape) -> Vec<u8> {
    let (locale, format) = shape;
    let pieces = records::export(ctx, kind, query, Some(locale), format).await.unwrap();
    let pieces: Vec<_> = pieces.try_collect().await.unwrap();
    pieces.concat()
}

type Shape = (Locale, FileFormat);
const CSV: Shape = (Locale::En, FileFormat::Csv);

async fn file(ctx: &Ctx, kind: RecordKind, query: RecordQuery) -> String {
    String::from_utf8(bytes(ctx, kind, query, CSV).await).unwrap()
}

/// The cells of a workbook's first sheet, as they are shown.
fn cells(workbook: &[u8]) -> Vec<Vec<String>> {
    let mut workbook = Xlsx::new(Cursor::new(workbook)).unwrap();
    let sheet = workbook.worksheet_range_at(0).unwrap().unwrap();
    sheet.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
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
async fn a_workbook_says_what_the_csv_says_and_runs_nothing(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    for (code, ar) in [("0071", "=1+1"), ("X2", "مستشفى \u{1}\u{200f}<&>"), ("X3", "@sum(a1)")]
    {
        let hospital = json!({ "code": code, "name_ar": ar, "name_en": "a,\"b\"\n" });
        make(&admin, RecordKind::Hospital, hospital).await.unwrap();
    }
    let all = RecordQuery::default;
    let csv = file(&admin, RecordKind::Hospital, all()).await;
    let csv = csv.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_bytes());
    let expected: Vec<Vec<String>> = reader
        .records()
        .map(|row| {
            row.unwrap().iter().map(|cell| cell.trim_start_matches('\'').to_owned()).collect()
        })
        .collect();
    let shape = (Locale::Ar, FileFormat::Xlsx);
    let workbook = bytes(&admin, RecordKind::Hospital, all(), shape).await;
    // The hospitals' own names stand in both languages, so that the language changes no cell.
    assert_eq!(cells(&workbook), expected);
    let mut packed = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut sheet = String::new();
    packed.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut sheet).unwrap();
    assert!(sheet.contains(r#"rightToLeft="1""#), "an Arabic sheet begins on the right");
    assert!(!sheet.contains("<f>"), "nothing is a formula");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_file_has_no_pages_and_taking_it_is_remembered(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let query = RecordQuery { limit: Some(1), ..RecordQuery::default() };
    let refused = records::export(&admin, RecordKind::Patient, query, None, FileFormat::Csv).await;
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
