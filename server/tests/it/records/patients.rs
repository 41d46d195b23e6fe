//! Patients: finding them, hiding who they are, remembering who looked.

use px360_domain::Failure;
use px360_domain::records::{Kept, RecordKind, RecordQuery};
use px360_server::records;
use serde_json::{Value, json};
use sqlx::PgPool;

use super::{db_id, failure, fault, faults, make, search, set};
use crate::harness::{TestApp, send_all, visit};

async fn patient(app: &TestApp, name: &str, mrn: &str, mobile: &str) -> uuid::Uuid {
    let admin = app.user("admin").await;
    let hospital = db_id(&app.db, "hospitals", "code", "RYD").await;
    let doc = json!({ "name_ar": name, "mobile": mobile,
                      "mrns": [{ "hospital_id": hospital, "mrn": mrn }] });
    make(&admin, RecordKind::Patient, doc).await.unwrap().id
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_patient_is_found_by_a_part_of_the_name_in_any_spelling_the_number_and_the_phones_tail(
    db: PgPool,
) {
    let app = TestApp::new(db).await;
    let id = patient(&app, "فاطمة إبراهيم الغامدى", "MRN-00417", "0501234567").await;
    patient(&app, "خالد الشهري", "MRN-00918", "0559876543").await;
    let coordinator = app.user("coordinator").await;
    for words in [
        "فاطمه",
        "ابراهيم",
        "الغامدي",
        "غامد",
        "إِبْرَاهِيم",
        "الغامدي فاطم",
        "00417",
        "mrn-00417",
        "4567",
        "0501234567",
        "٠٥٠١٢٣٤٥٦٧",
        "+966501234567",
        "فاطمة ٤٥٦٧",
    ] {
        let found = search(&coordinator, RecordKind::Patient, words).await;
        let ids: Vec<_> = found.items.iter().map(|row| row.id).collect();
        assert_eq!(ids, [id], "{words}");
        assert_eq!(found.total, Some(1), "{words}");
    }
    assert!(search(&coordinator, RecordKind::Patient, "فاطمة 6543").await.items.is_empty());
    let short = RecordQuery { search: Some("فا".into()), ..RecordQuery::default() };
    let refused = records::list(&coordinator, RecordKind::Patient, short).await;
    assert_eq!(faults(refused), [fault("search", "too_short")]);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_name_that_is_misspelt_by_a_letter_finds_those_that_are_written_almost_so(db: PgPool) {
    let app = TestApp::new(db).await;
    let fatima = patient(&app, "فاطمة إبراهيم الغامدي", "MRN-00417", "0501234567").await;
    let khalid = patient(&app, "خالد الشهري", "MRN-00918", "0559876543").await;
    let coordinator = app.user("coordinator").await;
    for (words, id) in [
        ("فاظمة", fatima),
        ("ابرهيم", fatima),
        ("الغامضي فاطمه", fatima),
        ("فاطمة ابراهييم", fatima),
        ("خالذ الشهرى", khalid),
        ("غامضي", fatima),
        ("شهرى خلد", khalid),
    ] {
        let found = search(&coordinator, RecordKind::Patient, words).await;
        let ids: Vec<_> = found.items.iter().map(|row| row.id).collect();
        assert_eq!(ids, [id], "{words}");
        assert!(found.alike && found.next_cursor.is_none(), "{words}");
    }
    // Who is called so is no guess; a number is right or wrong; other names are other names.
    assert!(!search(&coordinator, RecordKind::Patient, "فاطمه").await.alike);
    for words in ["فاظمة 00417", "عبدالرحمن", "فاظمة الشهري"] {
        let found = search(&coordinator, RecordKind::Patient, words).await;
        assert!(found.items.is_empty() && !found.alike, "{words}");
    }
    let jeddah = db_id(&app.db, "hospitals", "code", "JED").await;
    let doc = json!({ "name_ar": "مشاري البقمي",
                      "mrns": [{ "hospital_id": jeddah, "mrn": "MRN-1" }] });
    make(&app.user("admin").await, RecordKind::Patient, doc).await.unwrap();
    assert!(search(&coordinator, RecordKind::Patient, "مشاذي").await.items.is_empty());
    assert!(search(&app.user("admin").await, RecordKind::Patient, "مشاذي").await.alike);
    let nurse = app.user("nurse").await;
    assert!(search(&nurse, RecordKind::Patient, "فاظمة").await.items.is_empty());
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn whoever_need_not_know_who_a_patient_is_sees_a_mask_and_finds_nobody_by_name(db: PgPool) {
    let app = TestApp::new(db).await;
    visit("V10001").all(&app).await;
    let (manager, nurse) = (app.user("manager").await, app.user("nurse").await);
    let seen = records::list(&manager, RecordKind::Patient, RecordQuery::default()).await.unwrap();
    assert_eq!(seen.items.len(), 1);
    let name = seen.items[0].doc["name_ar"].as_str().unwrap().to_owned();
    assert!(!name.contains('•'), "{name}");
    let masked = records::list(&nurse, RecordKind::Patient, RecordQuery::default()).await.unwrap();
    assert_eq!(masked.items.len(), 1, "of the nurse's own department");
    let masked = &masked.items[0];
    assert!(masked.doc["name_ar"].as_str().unwrap().contains('•'), "{:?}", masked.doc);
    assert_eq!(masked.doc["birth_date"].as_str().map_or(4, str::len), 4);
    let detail = records::detail(&nurse, RecordKind::Patient, masked.id).await.unwrap();
    assert!(detail.is_masked && !detail.may_write);
    assert!(!format!("{detail:?}").contains(&name));
    assert!(search(&nurse, RecordKind::Patient, &name).await.items.is_empty());
    let mrn = seen.items[0].doc["mrns"][0]["mrn"].as_str().unwrap();
    assert_eq!(search(&nurse, RecordKind::Patient, mrn).await.items.len(), 1);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn who_looked_at_whom_is_remembered_and_what_was_written_stays_out_of_the_log(db: PgPool) {
    let app = TestApp::new(db).await;
    let id = patient(&app, "فاطمة الغامدي", "MRN-00417", "0501234567").await;
    let coordinator = app.user("coordinator").await;
    records::find(&coordinator, RecordKind::Patient, id).await.unwrap();
    search(&coordinator, RecordKind::Patient, "فاطمة").await;
    let entries: Vec<(String, Value)> = sqlx::query_as(
        "select action, detail from audit_events
         where actor = 'coordinator' or entity_id = $1::text order by id",
    )
    .bind(id.to_string())
    .fetch_all(&app.db)
    .await
    .unwrap();
    let deeds: Vec<&str> = entries.iter().map(|(deed, _)| deed.as_str()).collect();
    assert_eq!(deeds, ["patient.created", "patient.viewed", "patients.listed"]);
    assert_eq!(entries[2].1["ids"], json!([id]));
    let log = format!("{entries:?}");
    for secret in ["فاطمة", "501234567"] {
        assert!(!log.contains(secret), "{log}");
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn several_numbers_of_several_hospitals_belong_to_one_patient(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let (riyadh, jeddah) = (
        db_id(&app.db, "hospitals", "code", "RYD").await,
        db_id(&app.db, "hospitals", "code", "JED").await,
    );
    let mrns = json!([{ "hospital_id": riyadh, "mrn": "1" }, { "hospital_id": riyadh, "mrn": "2" },
                      { "hospital_id": jeddah, "mrn": "1" }]);
    let kept = make(&admin, RecordKind::Patient, json!({ "name_en": "Sara", "mrns": mrns }))
        .await
        .unwrap();
    let found = records::find(&admin, RecordKind::Patient, kept.id).await.unwrap();
    assert_eq!(found.doc["mrns"].as_array().unwrap().len(), 3);
    for hospital in [riyadh, jeddah] {
        let filters = vec![("hospital_id".to_owned(), hospital.to_string())];
        let query = RecordQuery { filters, ..RecordQuery::default() };
        let page = records::list(&admin, RecordKind::Patient, query).await.unwrap();
        assert_eq!(page.items.len(), 1);
    }
    let twice =
        json!([{ "hospital_id": riyadh, "mrn": "9" }, { "hospital_id": riyadh, "mrn": "9" }]);
    let refused =
        make(&admin, RecordKind::Patient, json!({ "name_en": "Sara", "mrns": twice })).await;
    assert_eq!(faults(refused), [fault("mrns.1", "twice")]);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn identity_documents_are_checked_by_their_kind(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let hospital = db_id(&app.db, "hospitals", "code", "RYD").await;
    for (at, (kind, number, right)) in [
        ("national_id", "1058529940", true),
        ("national_id", "1058529941", false),
        ("iqama", "2000000006", true),
        ("iqama", "1058529940", false),
        ("border_number", "3123456789", true),
        ("border_number", "1123456789", false),
        ("passport", "a 1234567", true),
        ("passport", "12", false),
        ("gcc_id", "784197012345678", true),
        ("gcc_id", "78419", false),
    ]
    .into_iter()
    .enumerate()
    {
        let doc = json!({ "name_en": "Sara", "id_kind": kind, "national_id": number,
                          "mrns": [{ "hospital_id": hospital, "mrn": format!("N{at}") }] });
        let made = make(&admin, RecordKind::Patient, doc).await;
        assert_eq!(made.is_ok(), right, "{kind} {number}");
        if !right {
            assert_eq!(faults(made), [fault("national_id", "national_id_invalid")]);
        }
    }
    let doc = json!({ "name_en": "Sara", "national_id": "1058529940",
                      "mrns": [{ "hospital_id": hospital, "mrn": "X" }] });
    assert_eq!(
        faults(make(&admin, RecordKind::Patient, doc).await),
        [fault("id_kind", "required")]
    );
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_patient_of_another_hospital_is_unknown(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let jeddah = db_id(&app.db, "hospitals", "code", "JED").await;
    let doc = json!({ "name_en": "Sara", "mrns": [{ "hospital_id": jeddah, "mrn": "1" }] });
    let kept = make(&admin, RecordKind::Patient, doc.clone()).await.unwrap();
    let coordinator = app.user("coordinator").await;
    let hidden = records::find(&coordinator, RecordKind::Patient, kept.id).await;
    assert_eq!(failure(hidden), Failure::not_found("patient"));
    let refused = make(&coordinator, RecordKind::Patient, doc).await;
    assert_eq!(faults(refused), [fault("mrns.0.hospital_id", "unknown")]);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn what_was_typed_stands_against_what_happened_before_and_yields_to_what_happened_after(
    db: PgPool,
) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let id = patient(&app, "سارة القحطاني", "M-TYPED", "0501234567").await;
    // At ten somebody types whom to write to instead, and nothing of the name.
    let guardian = json!({ "guardian_name": "هند", "guardian_relation": "mother",
                           "guardian_mobile": "0512345679" });
    set(&admin, RecordKind::Patient, Kept { id, version: 1 }, guardian).await.unwrap();
    let said = |minutes: u32, name: &str, guardian: &str| {
        let mut told = visit("TYPED")
            .with_patient("name_ar", json!(name))
            .with_patient("guardian_name", json!(guardian))
            .event("OPD_REGISTERED", minutes);
        told["source_event_id"] = json!(format!("TYPED-{minutes}"));
        told
    };
    let kept = "select name_ar || ', ' || guardian_name from patients";
    // What happened while nobody had typed anything comes afterwards; the record was made at ten, too.
    send_all(&app, &[said(5, "اسم قديم", "قديمة")]).await;
    app.run_jobs().await;
    assert_eq!(app.db_text(kept).await, "سارة القحطاني, هند");
    let mut later = said(55, "اسم جديد", "جديدة");
    later["occurred_at"] = json!("2026-11-23T10:30:00+03:00");
    app.clock.advance(chrono::TimeDelta::hours(1));
    send_all(&app, &[later]).await;
    app.run_jobs().await;
    assert_eq!(app.db_text(kept).await, "اسم جديد, جديدة");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_correction_of_one_field_is_dated_alone(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    visit("DATED").send(&app, "OPD_REGISTERED", 0).await;
    let id = sqlx::query_scalar("select id from patients").fetch_one(&app.db).await.unwrap();
    let typed = json!({ "name_en": "Sarah Alqahtani" });
    set(&admin, RecordKind::Patient, Kept { id, version: 1 }, typed).await.unwrap();
    // Half an hour before that, another system had said otherwise; its message comes now.
    visit("DATED")
        .with_patient("name_en", json!("Sara Q."))
        .with_patient("name_ar", json!("سارة ق"))
        .send(&app, "OPD_TRIAGED", 30)
        .await;
    let names = app.db_text("select name_en || ', ' || name_ar from patients").await;
    assert_eq!(names, "Sarah Alqahtani, سارة ق");
}
