//! Making, changing and removing records of every kind.

use px360_domain::Failure;
use px360_domain::bulk::BulkOutcome;
use px360_domain::records::{BulkDeed, Kept, PickedRecords, RecordKind, RecordQuery};
use px360_server::records::{self, Change, Create};
use serde_json::{Value, json};
use sqlx::PgPool;

use super::{db_id, failure, fault, faults, fields, make, samples, search, set};
use crate::harness::TestApp;

async fn db_entries(app: &TestApp, id: uuid::Uuid) -> Vec<(String, Value)> {
    sqlx::query_as(
        "select action, detail from audit_events where entity_id = $1::text
         and action not like '%viewed' order by id",
    )
    .bind(id.to_string())
    .fetch_all(&app.db)
    .await
    .unwrap()
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_record_of_every_kind_is_made_found_changed_and_removed_and_each_step_is_remembered(
    db: PgPool,
) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    for (kind, doc) in samples(&app, "RYD", "1").await {
        app.clock.advance(chrono::TimeDelta::seconds(1));
        let kept = make(&admin, kind, doc.clone()).await.unwrap();
        assert_eq!(kept.version, 1, "{kind}");
        let found = records::find(&admin, kind, kept.id).await.unwrap();
        for (name, value) in fields(doc) {
            if name != "password" && !value.is_array() {
                assert_eq!(found.doc[&name], value, "{kind}.{name}");
            }
        }
        assert_eq!(found.doc.get("password"), None, "{kind}");
        let listed = records::list(&admin, kind, RecordQuery::default()).await.unwrap();
        assert_eq!(listed.items[0].id, kept.id, "{kind}: newest first");
        let changed = set(&admin, kind, kept, json!({ "name_en": "Another name" })).await.unwrap();
        assert_eq!(changed, Kept { id: kept.id, version: 2 }, "{kind}");
        let found = records::find(&admin, kind, kept.id).await.unwrap();
        assert_eq!(found.doc["name_en"], "Another name", "{kind}");
        assert_eq!(found.version, 2, "{kind}");
        records::remove(&admin, kind, kept.id, Some(2)).await.unwrap();
        let gone = records::find(&admin, kind, kept.id).await;
        assert_eq!(failure(gone), Failure::not_found(kind.as_str()));
        let entries = db_entries(&app, kept.id).await;
        let mut deeds: Vec<&str> = entries.iter().map(|(deed, _)| deed.as_str()).collect();
        // Accounts remember in their own words that a user is new, and that one was shown out.
        deeds.retain(|deed| !deed.starts_with("account."));
        let said = |deed: &str| format!("{kind}.{deed}");
        assert_eq!(deeds, [said("created"), said("updated"), said("deleted")]);
        let (_, detail) = entries.iter().find(|(deed, _)| *deed == said("updated")).unwrap();
        let only: Vec<&String> = detail["changes"].as_object().unwrap().keys().collect();
        assert_eq!(only, ["name_en"], "{kind}: only what changed");
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_change_of_a_version_that_is_gone_is_refused_and_changes_nothing(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    for (kind, doc) in samples(&app, "RYD", "1").await {
        let kept = make(&admin, kind, doc).await.unwrap();
        set(&admin, kind, kept, json!({ "name_en": "First" })).await.unwrap();
        let late = set(&admin, kind, kept, json!({ "name_en": "Second" })).await;
        assert_eq!(failure(late), Failure::conflict("stale_version"), "{kind}");
        let late = records::remove(&admin, kind, kept.id, Some(1)).await;
        assert_eq!(failure(late), Failure::conflict("stale_version"), "{kind}");
        let found = records::find(&admin, kind, kept.id).await.unwrap();
        assert_eq!(found.doc["name_en"], "First", "{kind}");
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn every_fault_of_a_form_is_said_at_once_and_nothing_is_kept(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let refused = make(
        &admin,
        RecordKind::Patient,
        json!({ "mobile": "12", "email": "no", "sex": "x", "birth_date": "yesterday", "score": 5,
                "id_kind": "iqama", "national_id": "1058529940", "mrns": [] }),
    )
    .await;
    let mut said = faults(refused);
    said.sort();
    assert_eq!(
        said,
        [
            fault("birth_date", "malformed"),
            fault("email", "email_invalid"),
            fault("mobile", "phone_invalid"),
            fault("mrns", "required"),
            fault("name_ar", "required"),
            fault("national_id", "national_id_invalid"),
            fault("score", "unknown_field"),
            fault("sex", "unknown_word"),
        ]
    );
    let refused =
        make(&admin, RecordKind::Hospital, json!({ "code": "a b", "name_en": "\u{0}" })).await;
    assert_eq!(
        faults(refused),
        [fault("code", "invalid"), fault("name_en", "malformed"), fault("name_ar", "required")]
    );
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn what_is_given_once_or_worked_out_cannot_be_written(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let samples = samples(&app, "RYD", "1").await;
    let (kind, doc) = samples.into_iter().find(|(kind, _)| *kind == RecordKind::User).unwrap();
    let mut with_role = doc.clone();
    with_role["roles"] = json!("px_admin");
    assert_eq!(faults(make(&admin, kind, with_role).await), [fault("roles", "read_only")]);
    let kept = make(&admin, kind, doc).await.unwrap();
    for (field, value) in [("username", "root"), ("password", "another horse battery")] {
        let refused = set(&admin, kind, kept, json!({ field: value })).await;
        assert_eq!(faults(refused), [fault(field, "read_only")]);
    }
    // Scripts send back what they got.
    let got = records::find(&admin, kind, kept.id).await.unwrap();
    let change = Change { version: 1, doc: got.doc, whole: true };
    assert_eq!(records::change(&admin, kind, kept.id, change).await.unwrap(), kept);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_code_is_given_once(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    for (kind, doc) in samples(&app, "RYD", "1").await {
        make(&admin, kind, doc.clone()).await.unwrap();
        let taken = match kind {
            RecordKind::Hospital | RecordKind::Department => "code",
            RecordKind::Physician => "licence",
            RecordKind::Employee => "number",
            RecordKind::Patient => "mrns",
            RecordKind::User => "username",
        };
        assert_eq!(faults(make(&admin, kind, doc).await), [fault(taken, "taken")], "{kind}");
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn what_is_in_use_stays_and_says_what_uses_it(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let hospital = db_id(&app.db, "hospitals", "code", "RYD").await;
    let refused = records::remove(&admin, RecordKind::Hospital, hospital, None).await;
    let Failure::InUse { by } = failure(refused) else { panic!("in use") };
    let by: Vec<(&str, u32)> = by.iter().map(|used| (used.by.as_str(), used.count)).collect();
    assert!(by.contains(&("department", 9)), "{by:?}");
    assert!(records::find(&admin, RecordKind::Hospital, hospital).await.is_ok());
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_request_that_is_sent_again_makes_nothing_new(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let create = |code: &str| Create {
        doc: fields(json!({ "code": code, "name_en": "Once" })),
        idempotency_key: Some("request-1".to_owned()),
    };
    let many = (0..8).map(|_| {
        let (admin, create) = (admin.clone(), create("ONCE"));
        tokio::spawn(async move { records::create(&admin, RecordKind::Hospital, create).await })
    });
    let mut ids = Vec::new();
    for one in many.collect::<Vec<_>>() {
        ids.push(one.await.unwrap().unwrap().id);
    }
    ids.dedup();
    assert_eq!(ids.len(), 1, "one hospital");
    let other = records::create(&admin, RecordKind::Hospital, create("OTHER")).await;
    assert_eq!(failure(other), Failure::conflict("idempotency_key_reused"));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn lists_are_ordered_narrowed_and_paged_without_losing_a_row(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let hospital = db_id(&app.db, "hospitals", "code", "JED").await.to_string();
    for ordering in [None, Some("code"), Some("-code"), Some("name_ar")] {
        let (mut codes, mut cursor) = (Vec::new(), None);
        loop {
            let query = RecordQuery {
                ordering: ordering.map(str::to_owned),
                filters: vec![("hospital_id".to_owned(), hospital.clone())],
                limit: Some(2),
                cursor,
                ..RecordQuery::default()
            };
            let page = records::list(&admin, RecordKind::Department, query).await.unwrap();
            assert_eq!(page.total, Some(9));
            codes.extend(page.items.iter().map(|row| row.doc["code"].as_str().unwrap().to_owned()));
            cursor = page.next_cursor;
            if cursor.is_none() {
                break;
            }
        }
        let mut sorted = codes.clone();
        sorted.sort();
        assert_eq!(sorted.len(), 9, "{ordering:?}");
        match ordering {
            Some("code") => assert_eq!(codes, sorted),
            Some("-code") => assert_eq!(codes.into_iter().rev().collect::<Vec<_>>(), sorted),
            _ => {}
        }
    }
    let nonsense = [
        RecordQuery { ordering: Some("phone".to_owned()), ..RecordQuery::default() },
        RecordQuery { filters: vec![("x".into(), "y".into())], ..RecordQuery::default() },
        RecordQuery { cursor: Some("x".into()), ..RecordQuery::default() },
        RecordQuery { limit: Some(201), ..RecordQuery::default() },
    ];
    for query in nonsense {
        let refused = records::list(&admin, RecordKind::Department, query.clone()).await;
        assert!(matches!(failure(refused), Failure::Invalid { .. }), "{query:?}");
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn choices_are_found_by_what_one_types(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let found = records::options(&admin, RecordKind::Department, "القلب".into(), Vec::new()).await;
    let found = found.unwrap();
    assert_eq!(found.len(), 3, "one in each hospital");
    assert!(found.iter().all(|choice| choice.detail == "CARD"), "{found:?}");
    assert_eq!(search(&admin, RecordKind::Hospital, "RYD").await.items.len(), 1);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn one_deed_changes_many_and_leaves_what_it_cannot_change(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("hospital.admin").await;
    let (kind, deed) = (RecordKind::Department, BulkDeed::Flag(false));
    let mut ids = Vec::new();
    for (hospital, mark) in [("RYD", "1"), ("JED", "2")] {
        let (_, doc) = samples(&app, hospital, mark).await.remove(1);
        ids.push(make(&app.user("admin").await, kind, doc).await.unwrap().id);
    }
    // Not the one of another hospital, and none that is not there.
    let picked = PickedRecords::Ids([ids.clone(), vec![uuid::Uuid::nil()]].concat());
    let outcome = records::change_many(&admin, kind, picked, deed).await.unwrap();
    assert_eq!(outcome, BulkOutcome { done: 1, refused: 2 });
    let found = records::find(&admin, kind, ids[0]).await.unwrap();
    assert_eq!((found.doc["active"].as_bool(), found.version), (Some(false), 2));
    // Whatever a list shows; of these what others need stays.
    let matching = |search: &str| {
        PickedRecords::Matching(RecordQuery {
            search: Some(search.to_owned()),
            ..RecordQuery::default()
        })
    };
    let outcome =
        records::change_many(&admin, kind, matching("D1"), BulkDeed::Remove).await.unwrap();
    assert_eq!(outcome, BulkOutcome { done: 1, refused: 0 });
    let outcome =
        records::change_many(&admin, kind, matching("OPD"), BulkDeed::Remove).await.unwrap();
    assert_eq!(outcome, BulkOutcome { done: 0, refused: 1 });
    let nurse = app.user("nurse").await;
    let refused = records::change_many(&nurse, kind, matching("OPD"), deed).await;
    assert!(refused.is_err());
    let many = PickedRecords::Ids(vec![uuid::Uuid::nil(); 501]);
    let refused = records::change_many(&admin, kind, many, deed).await;
    assert_eq!(faults(refused), [fault("picked", "too_many")]);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn places_have_numbers_that_people_call_and_no_message_reaches(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let kind = RecordKind::Hospital;
    let doc = json!({ "code": "NEW", "name_en": "New", "help_phone": "9200 01234" });
    let made = make(&admin, kind, doc).await.unwrap();
    let kept = records::find(&admin, kind, made.id).await.unwrap();
    assert_eq!(kept.doc["help_phone"], "920001234");
    let landline = set(&admin, kind, made, json!({ "help_phone": "٠١١ ٢٣٤ ٥٦٧٨" })).await.unwrap();
    let kept = records::find(&admin, kind, made.id).await.unwrap();
    assert_eq!(kept.doc["help_phone"], "+966112345678");
    let refused = set(&admin, kind, landline, json!({ "help_phone": "ask at the desk" })).await;
    assert_eq!(faults(refused), [fault("help_phone", "dial_invalid")]);
    let ward =
        json!({ "hospital_id": made.id, "code": "W1", "name_en": "Ward", "phone": "0112345678" });
    let ward = make(&admin, RecordKind::Department, ward).await.unwrap();
    let kept = records::find(&admin, RecordKind::Department, ward.id).await.unwrap();
    assert_eq!(kept.doc["phone"], "+966112345678");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_hospital_says_when_it_works_and_when_patients_are_written_to(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let kind = RecordKind::Hospital;
    let made = make(&admin, kind, json!({ "code": "NEW", "name_en": "New" })).await.unwrap();
    let found = records::find(&admin, kind, made.id).await.unwrap();
    assert_eq!(found.doc["working_hours"].as_array().unwrap().len(), 5);
    assert_eq!(
        (&found.doc["messages_from"], &found.doc["messages_until"]),
        (&json!("09:00"), &json!("21:00"))
    );
    let night = json!([{ "weekday": "sat", "from_time": "٢٢:٠٠", "until_time": "6:00" }]);
    let hours = json!({ "working_hours": night, "holidays": [{ "day": "2026-09-23" }],
                        "messages_from": null, "messages_until": null,
                        "ramadan_from": "13:00", "ramadan_until": "23:30" });
    let kept = set(&admin, kind, made, hours).await.unwrap();
    let found = records::find(&admin, kind, made.id).await.unwrap();
    let night = json!([{ "weekday": "sat", "from_time": "22:00", "until_time": "06:00" }]);
    assert_eq!((&found.doc["working_hours"], &found.doc["messages_from"]), (&night, &Value::Null));
    let calendar: Value = sqlx::query_scalar("select calendar from hospitals where code = 'NEW'")
        .fetch_one(&app.db)
        .await
        .unwrap();
    assert_eq!(calendar["windows"][0]["from_minute"], 1320);
    let ramadan =
        "select ramadan_from_minute || ' ' || ramadan_to_minute from hospitals where code = 'NEW'";
    assert_eq!(app.db_text(ramadan).await, "780 1410");
    assert_eq!(calendar["holidays"], json!(["2026-09-23"]));
    // Sent back as it was read, nothing changes.
    let again = Change { version: kept.version, doc: found.doc.clone(), whole: true };
    assert_eq!(records::change(&admin, kind, made.id, again).await.unwrap(), kept);
    for (doc, expected) in [
        (json!({ "messages_from": "08:00" }), ("messages_until", "required")),
        (json!({ "ramadan_from": null, "ramadan_until": "23:00" }), ("ramadan_from", "required")),
        (
            json!({ "ramadan_from": "23:00", "ramadan_until": "13:00" }),
            ("ramadan_until", "before_from"),
        ),
        (
            json!({ "messages_from": "21:00", "messages_until": "09:00" }),
            ("messages_until", "before_from"),
        ),
        (
            json!({ "messages_from": "25:00", "messages_until": "26:00" }),
            ("messages_from", "malformed"),
        ),
        (
            json!({ "working_hours": [{ "weekday": "sun" }] }),
            ("working_hours.0.from_time", "required"),
        ),
        (
            json!({ "working_hours": [{ "weekday": "someday", "from_time": "08:00", "until_time": "09:00" }] }),
            ("working_hours.0.weekday", "unknown_word"),
        ),
    ] {
        let refused = faults(set(&admin, kind, kept, doc.clone()).await);
        assert_eq!(refused[0], fault(expected.0, expected.1), "{doc}");
    }
    // All day, every day, as the demo's emergency wards: the end of a day is its beginning.
    sqlx::query(
        "update hospitals set calendar = jsonb_set(calendar, '{windows}', $1) where code = 'NEW'",
    )
    .bind(json!([{ "weekday": "sun", "from_minute": 0, "to_minute": 1440 }]))
    .execute(&app.db)
    .await
    .unwrap();
    let found = records::find(&admin, kind, made.id).await.unwrap();
    assert_eq!(found.doc["working_hours"][0]["until_time"], "00:00");
}
