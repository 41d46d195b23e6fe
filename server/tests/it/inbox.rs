//! What staff are told, as they find it in the program.

use px360_domain::Failure;
use px360_domain::actions::{CloseAction, DecideAction, StartAction};
use px360_domain::ids::ActionId;
use px360_domain::notifications::{Inbox, InboxFilter, NotificationKind, ReadNotices};
use px360_server::{Ctx, Error, actions, notifications};
use sqlx::PgPool;

use crate::harness::TestApp;

async fn inbox(ctx: &Ctx) -> Inbox {
    notifications::inbox(ctx, InboxFilter::default()).await.unwrap()
}

async fn told(app: &TestApp, username: &str) -> Vec<NotificationKind> {
    inbox(&app.user(username).await).await.items.into_iter().map(|notice| notice.kind).collect()
}

/// An action of this severity, owned by whom the default rule says.
async fn opened(app: &TestApp, encounter: &str, nps: u8) -> ActionId {
    let survey = app.surveyed_visit(encounter).await;
    app.answer(survey, nps).await;
    let id = sqlx::query_scalar("select id from actions order by reference desc limit 1");
    ActionId(id.fetch_one(&app.db).await.unwrap())
}

async fn close(ctx: &Ctx, id: ActionId, version: i32) {
    let cmd = CloseAction { version, resolution: "Called".to_owned() };
    actions::close(ctx, id, cmd).await.unwrap();
}

async fn decide(ctx: &Ctx, id: ActionId, version: i32, approve: bool) {
    let cmd = DecideAction { version, approve, reason: "Call again".to_owned() };
    actions::decide(ctx, id, cmd).await.unwrap();
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_owner_finds_a_new_action_before_any_mail_is_out(db: PgPool) {
    let app = TestApp::new(db).await;
    let id = opened(&app, "V1", 5).await;
    let found = inbox(&app.user("coordinator").await).await;
    assert_eq!(found.unread, 1);
    let notice = &found.items[0];
    assert_eq!(notice.kind, NotificationKind::ActionAssigned);
    assert_eq!((notice.action_id, notice.reference.as_deref()), (Some(id), Some("ACT-26-00001")));
    assert_eq!(notice.read_at, None);
    assert!(told(&app, "admin").await.is_empty(), "others are told nothing");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn an_approver_is_asked_and_the_owner_hears_when_it_comes_back(db: PgPool) {
    use NotificationKind as K;
    let app = TestApp::new(db).await;
    let id = opened(&app, "V1", 2).await;
    let manager = app.user("manager").await;
    actions::start(&manager, id, StartAction { version: 1 }).await.unwrap();
    close(&manager, id, 2).await;
    // The manager owns it and asked: the next one who may agree is the hospital's admin.
    assert_eq!(told(&app, "hospital.admin").await, [K::ApprovalRequested]);
    app.run_jobs().await;
    let mails = app.outbox.messages();
    let asked: Vec<_> =
        mails.iter().filter(|mail| mail.address == "hospital.admin@demo.example").collect();
    assert_eq!(asked.len(), 1);
    app.clock.advance(chrono::TimeDelta::minutes(5));
    let admin = app.user("hospital.admin").await;
    decide(&admin, id, 3, false).await;
    assert_eq!(told(&app, "manager").await, [K::ClosingRejected, K::ActionAssigned]);
    // Asked again, told again; agreed, and nobody is told to do anything.
    close(&manager, id, 4).await;
    decide(&admin, id, 5, true).await;
    assert_eq!(told(&app, "hospital.admin").await, [K::ApprovalRequested; 2]);
    assert_eq!(told(&app, "manager").await, [K::ClosingRejected, K::ActionAssigned]);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn what_was_read_stays_read_and_others_messages_are_left_alone(db: PgPool) {
    let app = TestApp::new(db).await;
    opened(&app, "V1", 5).await;
    opened(&app, "V2", 5).await;
    opened(&app, "V3", 2).await;
    let (coordinator, manager) = (app.user("coordinator").await, app.user("manager").await);
    let mine = inbox(&coordinator).await;
    assert_eq!(mine.unread, 2);
    let others = inbox(&manager).await.items[0].id;
    let some = ReadNotices { ids: vec![mine.items[1].id, others], until: None };
    notifications::mark_read(&coordinator, some.clone()).await.unwrap();
    notifications::mark_read(&coordinator, some).await.unwrap();
    let unread = InboxFilter { unread: true, ..InboxFilter::default() };
    let left = notifications::inbox(&coordinator, unread).await.unwrap();
    assert_eq!((left.unread, left.items.len()), (1, 1));
    assert_eq!(left.items[0].id, mine.items[0].id);
    assert_eq!(inbox(&manager).await.unread, 1);
    // "All" is what was seen: what came meanwhile stays unread.
    let seen = inbox(&coordinator).await.as_of;
    app.clock.advance(chrono::TimeDelta::seconds(1));
    opened(&app, "V4", 5).await;
    let all = ReadNotices { ids: vec![], until: Some(seen) };
    notifications::mark_read(&coordinator, all).await.unwrap();
    assert_eq!(inbox(&coordinator).await.unread, 1);
    let nothing = ReadNotices { ids: vec![], until: None };
    notifications::mark_read(&coordinator, nothing).await.unwrap();
    assert_eq!(inbox(&coordinator).await.unread, 1);
    let remembered = "select count(*) from audit_events where action = 'notifications.read'";
    assert_eq!(app.db_count(remembered).await, 2, "what changed nothing is not remembered");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn messages_page_from_the_newest_without_gaps_or_doubles(db: PgPool) {
    let app = TestApp::new(db).await;
    for number in 0..5 {
        opened(&app, &format!("V{number}"), 5).await;
        if number % 2 == 0 {
            app.clock.advance(chrono::TimeDelta::minutes(1));
        }
    }
    let coordinator = app.user("coordinator").await;
    let mut filter = InboxFilter { limit: Some(2), ..InboxFilter::default() };
    let mut seen = Vec::new();
    loop {
        let page = notifications::inbox(&coordinator, filter.clone()).await.unwrap();
        seen.extend(page.items.into_iter().map(|notice| notice.reference.unwrap()));
        match page.next_cursor {
            Some(cursor) => filter.cursor = Some(cursor),
            None => break,
        }
    }
    let mut all = seen.clone();
    all.sort();
    all.dedup();
    assert_eq!((seen.len(), all.len()), (5, 5), "{seen:?}");
    for bad in [
        InboxFilter { cursor: Some("nonsense".into()), ..InboxFilter::default() },
        InboxFilter { limit: Some(0), ..InboxFilter::default() },
        InboxFilter { limit: Some(201), ..InboxFilter::default() },
    ] {
        let refused = notifications::inbox(&coordinator, bad).await;
        assert!(matches!(refused, Err(Error::Refused(Failure::Invalid { .. }))), "{refused:?}");
    }
}
