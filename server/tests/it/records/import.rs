//! Files of records: tried, kept, told of, and sent again.

use px360_domain::Failure;
use px360_domain::records::{
    Import, ImportDetail, ImportStatus, RecordKind, RecordQuery, StartImport,
};
use px360_server::jobs::{self, Wake};
use px360_server::records::{self, import};
use px360_server::{Ctx, Result};
use serde_json::json;
use sqlx::PgPool;

use super::{db_id, failure, fault, faults, make, search};
use crate::harness::TestApp;

pub(super) async fn send(ctx: &Ctx, kind: RecordKind, file: &str) -> Import {
    import::upload(ctx, kind, "C:\\files\\people.csv", file.as_bytes().to_vec()).await.unwrap()
}

pub(super) async fn start(
    ctx: &Ctx,
    import: &Import,
    mapping: &[&str],
    dry_run: bool,
) -> Result<()> {
    let filled = |name: &&str| (!name.is_empty()).then(|| (*name).to_owned());
    let mapping = mapping.iter().map(filled).collect();
    import::start(ctx, import.id, StartImport { mapping, dry_run }).await
}

/// Reads a file to its end.
pub(super) async fn read(
    app: &TestApp,
    ctx: &Ctx,
    import: &Import,
    mapping: &[&str],
    dry_run: bool,
) -> ImportDetail {
    start(ctx, import, mapping, dry_run).await.unwrap();
    jobs::run(&app.deps, Wake::RunImports).await.unwrap();
    import::find(ctx, import.id).await.unwrap()
}

/// New, changed, the same, faulty.
fn counts(found: &ImportDetail) -> [u32; 4] {
    let Import { made, changed, same, faulty, .. } = found.import;
    [made, changed, same, faulty]
}

pub(super) const PATIENTS: &str = "\u{feff}رقم الملف;الاسم;الجوال;الهوية;النوع;المستشفى\r\n\
    00417;سارة القحطاني;0512345678;;أنثى;RYD\r\n\
    00418;أحمد الحربي;call me;;m;RYD\r\n\
    ;;;;;\r\n\
    00419;هدى الزهراني;0512345679;;f;مستشفى لا وجود له\r\n\
    00417;سارة القحطاني;0512345670;;;RYD\r\n";
pub(super) const OF_PATIENTS: [&str; 6] =
    ["mrns.mrn", "name_ar", "mobile", "national_id", "sex", "mrns.hospital_id"];

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_file_is_tried_kept_and_tells_which_rows_are_wrong(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let import = send(&admin, RecordKind::Patient, PATIENTS).await;
    assert_eq!((import.rows, import.file_name.as_str()), (4, "people.csv"));
    assert_eq!(import.columns[0], "رقم الملف", "without the mark before it");
    let before = app.db_count("select count(*) from patients").await;
    let tried = read(&app, &admin, &import, &OF_PATIENTS, true).await;
    assert_eq!(tried.import.status, ImportStatus::Checked);
    assert_eq!(counts(&tried), [1, 1, 0, 2]);
    assert_eq!(app.db_count("select count(*) from patients").await, before, "nothing was kept");
    let wrong: Vec<_> = tried
        .faults
        .iter()
        .map(|row| (row.row, row.faults[0].field.as_str(), row.faults[0].code.as_str()))
        .collect();
    assert_eq!(wrong, [(3, "mobile", "phone_invalid"), (5, "mrns.hospital_id", "unknown")]);
    let done = read(&app, &admin, &import, &OF_PATIENTS, false).await;
    assert_eq!((done.import.status, counts(&done)), (ImportStatus::Done, [1, 1, 0, 2]));
    let found = search(&admin, RecordKind::Patient, "ساره قحطان").await.items;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].doc["mobile"], "+966512345670", "the later line holds");
    assert_eq!(found[0].doc["sex"], "female", "an empty cell says nothing");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_same_file_again_changes_nothing_and_a_mended_one_brings_the_rest(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let first = send(&admin, RecordKind::Patient, PATIENTS).await;
    let first = read(&app, &admin, &first, &OF_PATIENTS, false).await.import;
    let again = start(&admin, &first, &OF_PATIENTS, false).await;
    assert_eq!(failure(again), Failure::conflict("import_done"));
    let file = "mrn,mobile,hospital\n00417,0512345670,RYD\n";
    let same = send(&admin, RecordKind::Patient, file).await;
    let same = read(&app, &admin, &same, &["mrns.mrn", "mobile", "mrns.hospital_id"], false).await;
    assert_eq!(counts(&same), [0, 0, 1, 0]);
    let before = app.db_count("select max(version) from patients").await;
    let rest = fault_file(&admin, first.id).await;
    assert!(rest.starts_with('\u{feff}') && rest.contains("phone_invalid"), "{rest}");
    let mended = rest.replace("call me", "'+966512345699").replace("مستشفى لا وجود له", "JED");
    let import = send(&admin, RecordKind::Patient, &mended).await;
    assert_eq!(import.columns.len(), 8, "its line and its faults are columns that fill nothing");
    let mapping: Vec<&str> = OF_PATIENTS.into_iter().chain(["", ""]).collect();
    let rest = read(&app, &admin, &import, &mapping, false).await;
    assert_eq!(counts(&rest), [2, 0, 0, 0]);
    assert_eq!(app.db_count("select max(version) from patients").await, before);
}

async fn fault_file(ctx: &Ctx, id: uuid::Uuid) -> String {
    use futures_util::TryStreamExt as _;
    let say = |fault: &px360_domain::FieldFault| fault.code.clone();
    let pieces = import::fault_file(ctx, id, ["line", "faults"], say).await.unwrap();
    let pieces: Vec<axum::body::Bytes> = pieces.try_collect().await.unwrap();
    String::from_utf8(pieces.concat()).unwrap()
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn departments_physicians_and_employees_refer_to_each_other_by_code(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    for (kind, file, mapping, made) in [
        (
            RecordKind::Department,
            "code\tname_en\thospital\tparent\nNEPH\tNephrology\tRYD\t\nDIAL\tDialysis\tRYD\tneph\n",
            vec!["code", "name_en", "hospital_id", "parent_id"],
            2,
        ),
        (
            RecordKind::Physician,
            "licence,name_en,hospital,department\nL-77,Hind,RYD,DIAL\n",
            vec!["licence", "name_en", "affiliations.hospital_id", "affiliations.department_id"],
            1,
        ),
        (
            RecordKind::Employee,
            "number,name_en,hospital,department,user,manager\nE-1,Ali,RYD,NEPH,admin,\n\
             E-2,Omar,RYD,Dialysis,,E-1\n",
            vec!["number", "name_en", "hospital_id", "department_id", "user_id", "manager_id"],
            2,
        ),
    ] {
        let import = send(&admin, kind, file).await;
        let done = read(&app, &admin, &import, &mapping, false).await;
        assert_eq!(counts(&done), [made, 0, 0, 0], "{kind}: {:?}", done.faults);
        let again = send(&admin, kind, file).await;
        let again = read(&app, &admin, &again, &mapping, false).await;
        assert_eq!(counts(&again), [0, 0, made, 0], "{kind} again: {:?}", again.faults);
    }
    let found = search(&admin, RecordKind::Physician, "L-77").await.items;
    assert_eq!(found[0].doc["affiliations"].as_array().unwrap().len(), 1);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_second_number_of_a_patient_stays_beside_the_first(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let (ryd, jed) = (
        db_id(&app.db, "hospitals", "code", "RYD").await,
        db_id(&app.db, "hospitals", "code", "JED").await,
    );
    let doc = json!({ "name_en": "Huda", "mrns": [{ "hospital_id": ryd, "mrn": "A1" },
                                                   { "hospital_id": jed, "mrn": "B1" }] });
    make(&admin, RecordKind::Patient, doc).await.unwrap();
    let import = send(&admin, RecordKind::Patient, "mrn,hospital,name\nB1,JED,Huda Ali\n").await;
    let mapping = ["mrns.mrn", "mrns.hospital_id", "name_en"];
    let done = read(&app, &admin, &import, &mapping, false).await;
    assert_eq!(counts(&done), [0, 1, 0, 0]);
    let found = search(&admin, RecordKind::Patient, "A1 huda ali").await.items;
    assert_eq!(found[0].doc["mrns"].as_array().unwrap().len(), 2);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn nobody_imports_beyond_their_reach_or_sees_the_files_of_others(db: PgPool) {
    let app = TestApp::new(db).await;
    let (coordinator, nurse) = (app.user("coordinator").await, app.user("nurse").await);
    let file = "mrn,name,hospital\nC1,Ali,\nC2,Omar,JED\n";
    let refused = import::upload(&nurse, RecordKind::Patient, "x.csv", file.into()).await;
    assert_eq!(failure(refused), Failure::Forbidden);
    let import = send(&coordinator, RecordKind::Patient, file).await;
    let mapping = ["mrns.mrn", "name_en", "mrns.hospital_id"];
    let done = read(&app, &coordinator, &import, &mapping, false).await;
    assert_eq!(counts(&done), [1, 0, 0, 1], "the only hospital goes without saying");
    assert_eq!((done.faults[0].row, done.faults[0].faults[0].code.as_str()), (3, "unknown"));
    let admin = app.user("admin").await;
    assert_eq!(failure(import::find(&admin, import.id).await), Failure::not_found("import"));
    let refused = import::upload(&admin, RecordKind::User, "x.csv", file.into()).await;
    assert_eq!(failure(refused), Failure::not_found("import"));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn an_import_of_somebody_who_may_no_longer_is_stopped_and_holds_nobody_up(db: PgPool) {
    let app = TestApp::new(db).await;
    let (coordinator, admin) = (app.user("coordinator").await, app.user("admin").await);
    let file = "mrn,name,hospital\nC1,Ali,RYD\n";
    let mapping = ["mrns.mrn", "name_en", "mrns.hospital_id"];
    let first = send(&coordinator, RecordKind::Patient, file).await;
    start(&coordinator, &first, &mapping, false).await.unwrap();
    let second = send(&admin, RecordKind::Patient, file).await;
    start(&admin, &second, &mapping, false).await.unwrap();
    sqlx::query("delete from role_grants using users where user_id = users.id and username = $1")
        .bind("coordinator")
        .execute(&app.db)
        .await
        .unwrap();
    jobs::run(&app.deps, Wake::RunImports).await.unwrap();
    let stopped = app.db_text("select status || ' ' || failure from imports where made = 0").await;
    assert_eq!(stopped, "stopped forbidden");
    let done = import::find(&admin, second.id).await.unwrap();
    assert_eq!((done.import.status, counts(&done)), (ImportStatus::Done, [1, 0, 0, 0]));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_large_file_goes_on_where_a_worker_left_it(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let mut file = String::from("mrn,name_ar,hospital,notes\n");
    for number in 0..12_000 {
        // Long enough that lines lie across the pieces that the file is kept in.
        file += &format!("X{number},هدى \"ال{number}\",RYD,{}\n", "مـ".repeat(60));
    }
    let file = file.replace("\"ال", "ال").replace("\",RYD", ",RYD");
    let import = send(&admin, RecordKind::Patient, &file).await;
    let mapping = ["mrns.mrn", "name_ar", "mrns.hospital_id", ""];
    assert!(app.db_count("select count(*) from import_pieces").await > 1);
    start(&admin, &import, &mapping, false).await.unwrap();
    jobs::run(&app.deps, Wake::RunImports).await.unwrap();
    let done = import::find(&admin, import.id).await.unwrap();
    assert_eq!(counts(&done), [12_000, 0, 0, 0], "{:?}", done.faults.first());
    assert_eq!(done.import.read, 12_000);
    assert_eq!(
        app.db_count("select count(*) from import_pieces").await,
        0,
        "a file that is done is forgotten"
    );
    let entries = "select count(*) from audit_events where action = 'patients.imported'";
    assert_eq!(app.db_count(entries).await, 3, "one for each batch");
    let query = RecordQuery { search: Some("X11999".into()), ..RecordQuery::default() };
    let found = records::list(&admin, RecordKind::Patient, query).await.unwrap();
    assert_eq!(found.items.len(), 1);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn what_is_no_table_is_refused_with_its_reason(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    for (bytes, code) in [
        (Vec::new(), "empty_file"),
        (b"mrn,name\n".to_vec(), "empty_file"),
        (b"PK\x03\x04 and no zip".to_vec(), "not_a_table"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), "not_a_table"),
        (
            format!("{}\n1\n", "a,".repeat(300).trim_end_matches(',')).into_bytes(),
            "too_many_columns",
        ),
    ] {
        let refused = import::upload(&admin, RecordKind::Patient, "x.csv", bytes).await;
        assert!(faults(refused).contains(&fault("file", code)), "{code}");
    }
    let import = send(&admin, RecordKind::Patient, "mrn,name\n1,Ali\n").await;
    let refused = start(&admin, &import, &["", "name_en"], true).await;
    assert_eq!(faults(refused), [fault("mrns.mrn", "required")]);
}

/// Windows-1256, as Arabic spreadsheets of old write.
#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_file_of_an_old_spreadsheet_is_read_as_it_was_meant(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let bytes = b"mrn,name\r\n7,\xe5\xcf\xec\r\n".to_vec();
    let import = import::upload(&admin, RecordKind::Patient, "x.csv", bytes).await.unwrap();
    assert_eq!(import.sample, [["7", "هدى"]]);
}

/// A workbook with these cells in its only sheet, by their references.
fn workbook(cells: &[(&str, &str)]) -> Vec<u8> {
    use std::io::Write as _;
    let head = r#"<?xml version="1.0" encoding="UTF-8"?>"#;
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let row_of = |at: &str| at.trim_start_matches(char::is_alphabetic).to_owned();
    let mut rows = String::new();
    for chunk in cells.chunk_by(|one, next| row_of(one.0) == row_of(next.0)) {
        let cell = |(at, text): &(&str, &str)| {
            format!(r#"<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>"#)
        };
        let cells: String = chunk.iter().map(cell).collect();
        rows += &format!(r#"<row r="{}">{cells}</row>"#, row_of(chunk[0].0));
    }
    let files = [
        (
            "[Content_Types].xml",
            format!(
                r#"{head}<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#
            ),
        ),
        (
            "_rels/.rels",
            format!(
                r#"{head}<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                r#"{head}<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="People" sheetId="1" r:id="r1"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                r#"{head}<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!(r#"{head}<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>"#),
        ),
    ];
    let mut book = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in files {
        book.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        book.write_all(text.as_bytes()).unwrap();
    }
    book.finish().unwrap().into_inner()
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_workbook_is_read_and_one_with_far_corners_takes_no_room(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let book = workbook(&[
        ("A1", "mrn"),
        ("B1", "name"),
        ("C1", "hospital"),
        ("A3", "W1"),
        ("B3", "هدى"),
        ("C3", "RYD"),
        ("B1048576", "ظل"),
    ]);
    let import = import::upload(&admin, RecordKind::Patient, "x.xlsx", book).await.unwrap();
    assert_eq!((import.columns.len(), import.rows), (3, 2));
    let done =
        read(&app, &admin, &import, &["mrns.mrn", "name_ar", "mrns.hospital_id"], false).await;
    assert_eq!(counts(&done), [1, 0, 0, 1]);
    assert_eq!(done.faults[0].row, 1_048_576, "its line in the sheet");
    let wide = workbook(&[("A1", "mrn"), ("XFD2", "x")]);
    let refused = import::upload(&admin, RecordKind::Patient, "x.xlsx", wide).await;
    assert_eq!(faults(refused), [fault("file", "too_many_columns")]);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_missing_quotation_mark_loses_no_row(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let rest = "Q2,Omar,RYD\n".repeat(300);
    let open = format!("mrn,name,hospital\nQ1,\"Ali,RYD\n{rest}").into_bytes();
    let refused = import::upload(&admin, RecordKind::Patient, "x.csv", open).await;
    assert_eq!(faults(refused), [fault("file", "cell_too_long")]);
    let import =
        send(&admin, RecordKind::Patient, "mrn,name,hospital\nQ1,Ali, the tall,RYD\n").await;
    let done =
        read(&app, &admin, &import, &["mrns.mrn", "name_en", "mrns.hospital_id"], true).await;
    assert_eq!(counts(&done), [0, 0, 0, 1]);
    assert!(done.faults[0].faults.contains(&px360_domain::FieldFault::new("", "too_many_cells")));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_trial_sees_what_stands_above_in_the_file(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let mut file = String::from("number,name_en,hospital,manager\nE-0,Head,RYD,\n");
    for number in 1..2_500 {
        file += &format!("E-{number},Nurse,RYD,E-0\n");
    }
    let import = send(&admin, RecordKind::Employee, &file).await;
    let mapping = ["number", "name_en", "hospital_id", "manager_id"];
    let tried = read(&app, &admin, &import, &mapping, true).await;
    assert_eq!(counts(&tried), [2_500, 0, 0, 0], "{:?}", tried.faults.first());
    assert_eq!(app.db_count("select count(*) from employees where number like 'E-%'").await, 0);
    assert_eq!(
        app.db_count("select count(*) from audit_events where action = 'employees.imported'").await,
        0
    );
}
