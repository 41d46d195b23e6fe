//! Finding one patient among thousands: what is frequent, what is rare, and what lies far back.

use px360_domain::records::{RecordKind, RecordQuery};
use px360_server::{Ctx, records};
use sqlx::{Executor as _, PgPool};
use uuid::Uuid;

use super::search;
use crate::harness::TestApp;

/// More than a search walks before it asks the index: the oldest in Riyadh is Huda, the next oldest in
/// Jeddah; of the others every second is called Ahmed, and they take turns between the two hospitals.
const OTHERS: i64 = 6_000;

async fn crowd(app: &TestApp) {
    sqlx::query(
        "with houses as (select (select id from hospitals where code = 'RYD') as one,
                                (select id from hospitals where code = 'JED') as other),
         drawn as (select n, ('01936000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid as id
                   from generate_series(1, $1 + 2) as n),
         made as (
             insert into patients (id, name_ar, name_en, mobile, language, sex, consent, do_not_contact,
                                   deceased, is_demo, described_at, created_at)
             select id, case when n <= 2 then 'هدى الزهراني' when n % 2 = 0 then 'أحمد الحربي'
                             else 'سعد المطيري' end,
                    '', '+9665' || lpad((70000000 + n)::text, 8, '0'), 'ar', 'unknown', 'given', false,
                    false, true, now(), now()
             from drawn)
         insert into patient_mrns (hospital_id, mrn, patient_id)
         select case when n in (1, 3) or n % 4 < 2 and n > 3 then one else other end,
                'K-' || lpad(n::text, 6, '0'), id
         from drawn, houses",
    )
    .bind(OTHERS)
    .execute(&app.db)
    .await
    .unwrap();
    app.db.execute("analyze patients").await.unwrap();
}

async fn every_page(ctx: &Ctx, words: &str) -> Vec<Uuid> {
    let (mut ids, mut cursor) = (Vec::new(), None);
    loop {
        let query = RecordQuery {
            search: Some(words.to_owned()),
            limit: Some(200),
            cursor,
            ..RecordQuery::default()
        };
        let page = records::list(ctx, RecordKind::Patient, query).await.unwrap();
        ids.extend(page.items.iter().map(|row| row.id));
        cursor = page.next_cursor;
        if cursor.is_none() {
            return ids;
        }
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_search_finds_the_rare_and_the_far_and_every_page_of_the_frequent(db: PgPool) {
    let app = TestApp::new(db).await;
    crowd(&app).await;
    let (admin, coordinator) = (app.user("admin").await, app.user("coordinator").await);
    for (words, everywhere, in_riyadh) in [
        ("هدي", 2, 1),
        ("هدى زهران", 2, 1),
        ("هدى K-000001", 1, 1),
        ("K-000002", 50, 50),
        ("هدى K-000002", 1, 0),
        ("0570000001", 1, 1),
        ("الزهراني ظظظ", 0, 0),
    ] {
        let all = search(&admin, RecordKind::Patient, words).await;
        let some = search(&coordinator, RecordKind::Patient, words).await;
        assert_eq!((all.items.len(), some.items.len()), (everywhere, in_riyadh), "{words}");
        let total = u32::try_from(everywhere).ok().filter(|_| all.next_cursor.is_none());
        assert_eq!(all.total.filter(|total| *total < 50), total, "{words}");
    }
    let ids = every_page(&admin, "احمد حرب").await;
    assert_eq!(ids.len(), 3_000);
    assert!(ids.is_sorted_by(|one, next| one > next), "newest first, and nobody twice");
    let theirs = every_page(&coordinator, "احمد").await;
    assert_eq!(theirs.len(), 1_500);
    let frequent = search(&admin, RecordKind::Patient, "احمد").await;
    assert_eq!(frequent.total, None, "nobody waits for a number");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_search_with_a_filter_looks_at_everybody_whom_the_words_find(db: PgPool) {
    let app = TestApp::new(db).await;
    crowd(&app).await;
    sqlx::query(
        "update patients set sex = 'female' where name_ar like 'أحمد%' and id in (
                     select id from patients where name_ar like 'أحمد%' order by id limit 3)",
    )
    .execute(&app.db)
    .await
    .unwrap();
    let query = RecordQuery {
        search: Some("أحمد".to_owned()),
        filters: vec![("sex".to_owned(), "female".to_owned())],
        ..RecordQuery::default()
    };
    let admin = app.user("admin").await;
    let page = records::list(&admin, RecordKind::Patient, query).await.unwrap();
    assert_eq!((page.items.len(), page.total), (3, Some(3)));
}

/// Row-level security takes the index away from the program; the search looks over the wall.
#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn names_are_looked_up_in_the_trigram_index(db: PgPool) {
    let app = TestApp::new(db).await;
    crowd(&app).await;
    for (role, uses_index) in [("px360_wall", true), ("px360_app", false)] {
        let mut tx = app.db.begin().await.unwrap();
        // Six thousand are read quickly enough; a million are not.
        tx.execute("set local enable_seqscan = off").await.unwrap();
        tx.execute(sqlx::AssertSqlSafe(format!("set local role {role}"))).await.unwrap();
        let plan: Vec<String> =
            sqlx::query_scalar("explain select id from patients where words like '%هدي%'")
                .fetch_all(&mut *tx)
                .await
                .unwrap();
        assert_eq!(plan.join("\n").contains("patients_words_idx"), uses_index, "{role}: {plan:#?}");
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_patient_with_several_numbers_hides_nobody_behind_them(db: PgPool) {
    let app = TestApp::new(db).await;
    crowd(&app).await;
    app.db
        .execute(
            "insert into patient_mrns (hospital_id, mrn, patient_id)
             select hospital_id, mrn || '-' || n, patient_id
             from patient_mrns, generate_series(1, 3) as n where mrn like 'K-%'",
        )
        .await
        .unwrap();
    let coordinator = app.user("coordinator").await;
    assert_eq!(every_page(&coordinator, "احمد").await.len(), 1_500);
    assert_eq!(search(&coordinator, RecordKind::Patient, "هدى").await.items.len(), 1);
    let one = RecordQuery { limit: Some(1), ..RecordQuery::default() };
    let page = records::list(&coordinator, RecordKind::Patient, one).await.unwrap();
    assert!(page.next_cursor.is_some(), "there are others");
}
