//! The queue as people work it: finding, ordering, paging, taking up several at once.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use px360_domain::Failure;
use px360_domain::actions::{ActionFilter, ActionOrder, ActionStatus, PickedActions, Severity};
use px360_domain::bulk::BulkOutcome;
use px360_domain::ids::ActionId;
use px360_domain::search::fold;
use px360_server::{Error, actions};
use sqlx::PgPool;

use crate::harness::TestApp;

/// Actions of several severities, each opened an hour after the one before.
async fn opened(app: &TestApp, nps: &[u8]) -> Vec<ActionId> {
    for (number, nps) in nps.iter().enumerate() {
        let survey = app.surveyed_visit(&format!("V{number}")).await;
        app.answer(survey, *nps).await;
        app.clock.advance(TimeDelta::hours(1));
    }
    let ids = sqlx::query_scalar("select id from actions order by reference");
    ids.fetch_all(&app.db).await.unwrap().into_iter().map(ActionId).collect()
}

async fn found(app: &TestApp, who: &str, words: &str) -> Vec<String> {
    let hits = actions::find(&app.user(who).await, words).await.unwrap();
    hits.into_iter().map(|hit| hit.reference).collect()
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_database_folds_words_as_the_program_does(db: PgPool) {
    px360_server::migrate(&db).await.unwrap();
    let texts = [
        "أحمد",
        "فاطمة",
        "مُصْطَفَى",
        "محـــمد",
        "ACT-26-00417",
        "٠٥٠ ۱۲۳",
        "Sara O'Hara",
        "مؤمن",
        "رئيس",
        "آمنة",
        "(RYD) 12/7",
    ];
    for text in texts {
        let by_sql: String =
            sqlx::query_scalar("select fold_words($1)").bind(text).fetch_one(&db).await.unwrap();
        let words: Vec<&str> = by_sql.split_whitespace().collect();
        assert_eq!(words.join(" "), fold(text), "{text}");
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn an_action_is_found_by_reference_and_by_what_one_may_know_of_its_patient(db: PgPool) {
    let app = TestApp::new(db).await;
    opened(&app, &[2]).await;
    let reference = vec!["ACT-26-00001".to_owned()];
    for words in
        ["00001", "act-26-00001", "ACT 00001", "ساره", "القحطانى", "Sara alq", "1234", "m-v0"]
    {
        assert_eq!(found(&app, "coordinator", words).await, reference, "{words}");
    }
    for words in ["sara nobody", "99999", "x", "", "  "] {
        assert!(found(&app, "coordinator", words).await.is_empty(), "{words}");
    }
    // Whoever may not know the patient finds by reference only, and sees no name.
    assert_eq!(found(&app, "nurse", "00001").await, reference);
    for words in ["sara", "ساره", "1234"] {
        assert!(found(&app, "nurse", words).await.is_empty(), "{words}");
    }
    let hit = actions::find(&app.user("nurse").await, "00001").await.unwrap().remove(0);
    assert!(!hit.patient.en.contains("Alqahtani"), "{}", hit.patient.en);
    // Whose reference was typed comes first, also where a newer one has it in a phone number.
    let survey = app.surveyed_visit("V9").await;
    app.answer(survey, 2).await;
    sqlx::query("update patients set mobile = '+966500000001'").execute(&app.db).await.unwrap();
    assert_eq!(found(&app, "coordinator", "act-26-00001").await[0], reference[0]);
    assert_eq!(found(&app, "coordinator", "00001").await.len(), 2);
    let refused = actions::find(&app.user("coordinator").await, &"a".repeat(201)).await;
    assert!(matches!(refused, Err(Error::Refused(Failure::Invalid { .. }))));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn every_order_pages_without_gaps_or_doubles(db: PgPool) {
    let app = TestApp::new(db).await;
    let all: BTreeSet<_> =
        opened(&app, &[5, 2, 0, 6, 3]).await.iter().map(ToString::to_string).collect();
    let admin = app.user("admin").await;
    for order in ActionOrder::ALL {
        let mut filter =
            ActionFilter { sort: Some(*order), limit: Some(2), ..ActionFilter::default() };
        let mut seen = Vec::new();
        loop {
            let page = actions::list(&admin, filter.clone()).await.unwrap();
            seen.extend(page.items.into_iter().map(|card| card.id.to_string()));
            match page.next_cursor {
                Some(cursor) => filter.cursor = Some(cursor),
                None => break,
            }
        }
        assert_eq!(seen.len(), 5, "{order}");
        assert_eq!(seen.into_iter().collect::<BTreeSet<_>>(), all, "{order}");
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn an_order_and_its_opposite_mirror_each_other(db: PgPool) {
    let app = TestApp::new(db).await;
    let ids = opened(&app, &[5, 2, 0]).await;
    let admin = app.user("admin").await;
    let in_order = async |order| {
        let filter = ActionFilter { sort: Some(order), ..ActionFilter::default() };
        let list = actions::list(&admin, filter).await.unwrap();
        list.items.into_iter().map(|card| (card.id, card.severity)).collect::<Vec<_>>()
    };
    let severities: Vec<_> = in_order(ActionOrder::SeverityLast)
        .await
        .into_iter()
        .map(|(_, severity)| severity)
        .collect();
    assert_eq!(severities, [Severity::Critical, Severity::High, Severity::Medium]);
    let opened: Vec<_> =
        in_order(ActionOrder::Opened).await.into_iter().map(|(id, _)| id).collect();
    assert_eq!(opened, ids);
    for (order, opposite) in [
        (ActionOrder::Due, ActionOrder::DueLast),
        (ActionOrder::Severity, ActionOrder::SeverityLast),
        (ActionOrder::Opened, ActionOrder::OpenedLast),
    ] {
        let mut mirrored = in_order(opposite).await;
        mirrored.reverse();
        assert_eq!(in_order(order).await, mirrored, "{order}");
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_cursor_means_nothing_in_another_order(db: PgPool) {
    let app = TestApp::new(db).await;
    opened(&app, &[5, 2]).await;
    let admin = app.user("admin").await;
    let filter = ActionFilter { limit: Some(1), ..ActionFilter::default() };
    let cursor = actions::list(&admin, filter.clone()).await.unwrap().next_cursor;
    let other = ActionFilter { cursor, sort: Some(ActionOrder::OpenedLast), ..filter };
    let refused = actions::list(&admin, other).await;
    assert!(matches!(refused, Err(Error::Refused(Failure::Invalid { .. }))), "{refused:?}");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn several_are_started_at_once_and_one_refusal_takes_nothing_else_down(db: PgPool) {
    let app = TestApp::new(db).await;
    let ids = opened(&app, &[5, 2, 0]).await;
    let coordinator = app.user("coordinator").await;
    let some = PickedActions::Ids(ids[..1].to_vec());
    let outcome = actions::start_many(&coordinator, some).await.unwrap();
    assert_eq!(outcome, BulkOutcome { done: 1, refused: 0 });
    // The one that is under way is refused, the other two are not.
    let open = PickedActions::Matching(ActionFilter::default());
    let outcome = actions::start_many(&coordinator, open).await.unwrap();
    assert_eq!(outcome, BulkOutcome { done: 2, refused: 1 });
    assert_eq!(app.db_count("select count(*) from actions where status = 'in_progress'").await, 3);
    let remembered = "select count(*) from audit_events where action = 'action.started'";
    assert_eq!(app.db_count(remembered).await, 3);
    let unknown = PickedActions::Ids(vec![ActionId(uuid::Uuid::nil())]);
    let outcome = actions::start_many(&coordinator, unknown).await.unwrap();
    assert_eq!(outcome, BulkOutcome { done: 0, refused: 1 });
    let viewer = actions::start_many(&app.user("viewer").await, PickedActions::Ids(ids)).await;
    assert!(matches!(viewer, Err(Error::Refused(Failure::Forbidden))), "{viewer:?}");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn nobody_sees_finds_or_starts_what_another_hospital_has_to_do(db: PgPool) {
    let app = TestApp::new(db).await;
    let ids = opened(&app, &[5, 2]).await;
    sqlx::query(
        "update role_grants set hospital_id = (select id from hospitals where code = 'JED')
         where role = 'hospital_admin'",
    )
    .execute(&app.db)
    .await
    .unwrap();
    let jeddah = app.user("hospital.admin").await;
    let list = actions::list(&jeddah, ActionFilter::default()).await.unwrap();
    assert_eq!((list.items.len(), list.total, list.counts.live), (0, 0, 0));
    assert!(found(&app, "hospital.admin", "00001").await.is_empty());
    let hidden = actions::detail(&jeddah, ids[0]).await;
    assert!(matches!(hidden, Err(Error::Refused(Failure::NotFound { .. }))), "{hidden:?}");
    let everything = PickedActions::Matching(ActionFilter::default());
    let outcome = actions::start_many(&jeddah, everything).await.unwrap();
    assert_eq!(outcome, BulkOutcome { done: 0, refused: 0 });
    let outcome = actions::start_many(&jeddah, PickedActions::Ids(ids)).await.unwrap();
    assert_eq!(outcome, BulkOutcome { done: 0, refused: 2 });
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn one_walks_from_action_to_action_in_the_order_of_the_list(db: PgPool) {
    let app = TestApp::new(db).await;
    let ids = opened(&app, &[5, 2, 0, 6]).await;
    let admin = app.user("admin").await;
    for order in ActionOrder::ALL {
        let filter = ActionFilter { sort: Some(*order), ..ActionFilter::default() };
        let listed: Vec<ActionId> = actions::list(&admin, filter.clone())
            .await
            .unwrap()
            .items
            .into_iter()
            .map(|card| card.id)
            .collect();
        for (at, id) in listed.iter().enumerate() {
            let beside = actions::neighbours(&admin, *id, filter.clone()).await.unwrap();
            assert_eq!(beside.place, Some(i64::try_from(at).unwrap() + 1), "{order}");
            assert_eq!(beside.total, 4);
            assert_eq!(beside.previous, at.checked_sub(1).map(|before| listed[before]), "{order}");
            assert_eq!(beside.next, listed.get(at + 1).copied(), "{order}");
        }
    }
    // One that left the list keeps its way on: closing it must not end the walk.
    let filter = ActionFilter {
        sort: Some(ActionOrder::Opened),
        status: vec![ActionStatus::Open],
        ..ActionFilter::default()
    };
    actions::start_many(&admin, PickedActions::Ids(vec![ids[1]])).await.unwrap();
    let beside = actions::neighbours(&admin, ids[1], filter).await.unwrap();
    assert_eq!((beside.place, beside.total), (None, 3));
    assert_eq!((beside.previous, beside.next), (Some(ids[0]), Some(ids[2])));
    let nobody = app.user("physician").await;
    let hidden = actions::neighbours(&nobody, ids[0], ActionFilter::default()).await;
    assert!(matches!(hidden, Err(Error::Refused(Failure::NotFound { .. }))), "{hidden:?}");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_planner_sees_through_the_functions_of_the_queue(db: PgPool) {
    px360_server::migrate(&db).await.unwrap();
    let plan: Vec<String> = sqlx::query_scalar(
        "explain select id from actions_matching(true, '{}', '{}', null, '{open}', null, null, null)
         order by due_at limit 50",
    )
    .fetch_all(&db)
    .await
    .unwrap();
    let plan = plan.join("\n");
    assert!(!plan.contains("Function Scan") && plan.contains("on actions"), "{plan}");
}
