//! Two records of one patient: found, merged with everything that hangs on them, and parted again.

use px360_domain::Failure;
use px360_domain::records::{DuplicateReason, Kept, MergePatients, PatientMerge, RecordKind};
use px360_server::records::{self, merge};
use px360_server::{Ctx, Result};
use serde_json::{Value, json};
use sqlx::PgPool;
use uuid::Uuid;

use super::{db_id, failure, fault, faults, make, search, set};
use crate::harness::{TestApp, visit};

async fn patient(app: &TestApp, hospital: &str, mrn: &str, doc: Value) -> Kept {
    let hospital = db_id(&app.db, "hospitals", "code", hospital).await;
    let mut doc = doc;
    doc["mrns"] = json!([{ "hospital_id": hospital, "mrn": mrn }]);
    make(&app.user("admin").await, RecordKind::Patient, doc).await.unwrap()
}

async fn join(ctx: &Ctx, survivor: Kept, merged: Kept, take: &[&str]) -> Result<PatientMerge> {
    let take = take.iter().map(|name| (*name).to_owned()).collect();
    let cmd = MergePatients { version: survivor.version, merged, take };
    merge::merge(ctx, survivor.id, cmd).await
}

async fn doc_of(ctx: &Ctx, id: Uuid) -> (i64, Value) {
    let record = records::find(ctx, RecordKind::Patient, id).await.unwrap();
    (record.version, Value::Object(record.doc))
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_same_document_or_the_same_phone_name_and_birthday_may_be_the_same_patient(db: PgPool) {
    let app = TestApp::new(db).await;
    let me = json!({ "name_ar": "فاطمة الزهراني", "mobile": "0512345678", "birth_date": "1990-01-01",
                     "id_kind": "passport", "national_id": "P12345" });
    let me = patient(&app, "RYD", "A", me).await;
    let same_id =
        json!({ "name_en": "F. Zahrani", "id_kind": "passport", "national_id": "p-12345" });
    let same_id = patient(&app, "JED", "B", same_id).await;
    let same_phone = json!({ "name_ar": "فاطمه الزهرانى", "mobile": "+966512345678",
                             "birth_date": "1990-01-01" });
    let same_phone = patient(&app, "RYD", "C", same_phone).await;
    let sister =
        json!({ "name_ar": "نورة الزهراني", "mobile": "0512345678", "birth_date": "1990-01-01" });
    patient(&app, "RYD", "D", sister).await;
    let younger =
        json!({ "name_ar": "فاطمة الزهراني", "mobile": "0512345678", "birth_date": "2010-01-01" });
    patient(&app, "RYD", "E", younger).await;
    let found = merge::kin(&app.user("admin").await, me.id).await.unwrap().duplicates;
    let found: Vec<_> = found.iter().map(|one| (one.id, one.reason)).collect();
    let expected =
        [(same_id.id, DuplicateReason::SameId), (same_phone.id, DuplicateReason::SamePhone)];
    assert_eq!(found, expected);
    let coordinator = merge::kin(&app.user("coordinator").await, me.id).await.unwrap();
    assert_eq!(coordinator.duplicates.len(), 1, "nobody of another hospital");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn everything_moves_to_the_survivor_and_only_that_moves_back(db: PgPool) {
    let app = TestApp::new(db).await;
    let survey = app.surveyed_visit("V1").await;
    app.answer(survey, 2).await;
    let admin = app.user("admin").await;
    let of_visit = "select patient_id::text from journeys where encounter_number = 'V1'";
    let merged: Uuid = app.db_text(of_visit).await.parse().unwrap();
    let (version, before) = doc_of(&admin, merged).await;
    let survivor = json!({ "name_ar": "سارة", "mobile": "0599999999", "email": "sara@example.sa" });
    let survivor = patient(&app, "JED", "S1", survivor).await;
    let merged = Kept { id: merged, version };
    let done = join(&admin, survivor, merged, &["name_ar", "mobile"]).await.unwrap();
    let (version, now) = doc_of(&admin, survivor.id).await;
    assert_eq!(version, 2);
    assert_eq!((&now["name_ar"], &now["mobile"]), (&before["name_ar"], &before["mobile"]));
    assert_eq!(now["email"], "sara@example.sa");
    assert_eq!(now["mrns"].as_array().unwrap().len(), 2);
    let left = "select (select count(*) from journeys where patient_id = merged_id)
                     + (select count(*) from surveys where patient_id = merged_id)
                     + (select count(*) from notifications where patient_id = merged_id)
                     + (select count(*) from patient_mrns where patient_id = merged_id) from patient_merges";
    assert_eq!(app.db_count(left).await, 0);
    let gone = records::find(&admin, RecordKind::Patient, merged.id).await;
    assert_eq!(failure(gone), Failure::not_found("patient"));
    assert_eq!(app.db_text(of_visit).await, survivor.id.to_string());

    // The hospital goes on sending the old number, and somebody corrects the name.
    visit("V2").all(&app).await;
    set(&admin, RecordKind::Patient, Kept { version, ..survivor }, json!({ "name_ar": "سارة ب" }))
        .await
        .unwrap();
    merge::undo(&admin, survivor.id, done.id).await.unwrap();
    let (_, parted) = doc_of(&admin, merged.id).await;
    assert_eq!(parted, before, "as it was");
    let (_, left) = doc_of(&admin, survivor.id).await;
    assert_eq!(left["name_ar"], "سارة ب", "what somebody wrote since stays");
    assert_eq!(left["mobile"], "+966599999999", "what nobody touched goes back");
    assert_eq!(left["mrns"].as_array().unwrap().len(), 1);
    assert_eq!(app.db_text(of_visit).await, merged.id.to_string());
    let again = merge::undo(&admin, survivor.id, done.id).await;
    assert_eq!(failure(again), Failure::conflict("merge_undone"));
    let kin = merge::kin(&admin, survivor.id).await.unwrap();
    assert!(kin.merges.len() == 1 && kin.merges[0].undone_at.is_some());
    let entries = "select string_agg(action, ' ' order by id) from audit_events
                   where action in ('patient.merged', 'patient.merged_away', 'patient.unmerged',
                                    'patient.brought_back')";
    let expected = "patient.merged patient.merged_away patient.unmerged patient.brought_back";
    assert_eq!(app.db_text(entries).await, expected);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn whoever_wants_no_messages_wants_none_as_the_survivor_either(db: PgPool) {
    let app = TestApp::new(db).await;
    let survey = app.surveyed_visit("V1").await;
    px360_server::surveys::opt_out(&app.invited(survey), None).await.unwrap();
    let admin = app.user("admin").await;
    let of_visit = "select patient_id::text from journeys where encounter_number = 'V1'";
    let id: Uuid = app.db_text(of_visit).await.parse().unwrap();
    let (version, _) = doc_of(&admin, id).await;
    let survivor = patient(&app, "JED", "S1", json!({ "name_ar": "سارة" })).await;
    let standing = "select count(*) from opt_outs
                    where revoked_at is null
                      and patient_id = (select survivor_id from patient_merges)";
    let done = join(&admin, survivor, Kept { id, version }, &[]).await.unwrap();
    assert_eq!(app.db_count(standing).await, 1);
    assert!(px360_server::surveys::stopped_messages(&app.invited(survey)).await.unwrap().all);
    merge::undo(&admin, survivor.id, done.id).await.unwrap();
    assert_eq!(app.db_count(standing).await, 0);
    assert!(px360_server::surveys::stopped_messages(&app.invited(survey)).await.unwrap().all);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn an_event_for_the_old_number_belongs_to_the_survivor(db: PgPool) {
    let app = TestApp::new(db).await;
    visit("V1").all(&app).await;
    app.run_jobs().await;
    let admin = app.user("admin").await;
    let id: Uuid = app.db_text("select patient_id::text from journeys").await.parse().unwrap();
    let (version, _) = doc_of(&admin, id).await;
    let survivor = patient(&app, "RYD", "S1", json!({ "name_ar": "سارة" })).await;
    join(&admin, survivor, Kept { id, version }, &[]).await.unwrap();
    visit("V2").with_patient("mrn", json!("M-V1")).all(&app).await;
    app.run_jobs().await;
    assert_eq!(app.db_count("select count(*) from journeys").await, 2);
    assert_eq!(app.db_count("select count(distinct patient_id) from journeys").await, 1);
    assert_eq!(search(&admin, RecordKind::Patient, "سارة").await.items.len(), 1);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_merge_of_what_changed_meanwhile_or_of_one_alone_is_refused(db: PgPool) {
    let app = TestApp::new(db).await;
    let one = patient(&app, "RYD", "A", json!({ "name_en": "Huda" })).await;
    let other = patient(&app, "RYD", "B", json!({ "name_en": "Huda" })).await;
    let admin = app.user("admin").await;
    let stale = Kept { version: 7, ..other };
    let conflict = Failure::conflict("stale_version");
    assert_eq!(failure(join(&admin, one, stale, &[]).await), conflict);
    assert_eq!(failure(join(&admin, Kept { version: 7, ..one }, other, &[]).await), conflict);
    assert_eq!(faults(join(&admin, one, one, &[]).await), [fault("merged", "same_record")]);
    let refused = faults(join(&admin, one, other, &["mrns"]).await);
    assert!(refused.contains(&fault("take", "unknown_field")), "{refused:?}");
    assert_eq!(app.db_count("select count(*) from patient_merges").await, 0);
    join(&admin, one, other, &[]).await.unwrap();
    let again = join(&admin, Kept { version: 2, ..one }, other, &[]).await;
    assert_eq!(failure(again), Failure::not_found("patient"));
}
