//! What became of messages to patients, as whoever looks after them reads it.

use px360_domain::Failure;
use px360_domain::notifications::{DeliveryFilter, NotificationStatus, SuppressionReason};
use px360_server::{Error, notifications};
use sqlx::PgPool;

use crate::harness::TestApp;

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn what_was_sent_and_what_was_stopped_are_told_alike_and_no_entry_holds_a_link(db: PgPool) {
    let app = TestApp::new(db).await;
    app.surveyed_visit("SENT").await;
    sqlx::query("update fatigue_rules set invitations_max = 0").execute(&app.db).await.unwrap();
    app.surveyed_visit("STOPPED").await;
    let reader = app.user("coordinator").await;
    let of = async |filter| notifications::delivery_log(&reader, filter).await.unwrap().items;

    let all = of(DeliveryFilter::default()).await;
    assert_eq!(all.len(), 2, "{all:?}");
    let text = serde_json::to_string(&all).unwrap();
    assert!(!text.contains("/s/"), "{text}");
    let filter =
        DeliveryFilter { reason: Some(SuppressionReason::Fatigue), ..DeliveryFilter::default() };
    let [row] = of(filter).await.try_into().unwrap();
    assert_eq!(row.status, NotificationStatus::Suppressed);
    assert!(row.fatigue_rule_id.is_some() && row.attempts.len() == 1, "{row:?}");
    let filter =
        DeliveryFilter { status: Some(NotificationStatus::Sent), ..DeliveryFilter::default() };
    let [row] = of(filter).await.try_into().unwrap();
    let attempt = row.attempts.last().unwrap();
    assert_eq!(attempt.status, "sent");
    assert!(attempt.address.as_ref().is_some_and(|address| address.contains('•')), "{attempt:?}");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_log_goes_on_where_the_page_before_ended(db: PgPool) {
    let app = TestApp::new(db).await;
    for encounter in ["A", "B", "C"] {
        app.surveyed_visit(encounter).await;
    }
    let reader = app.user("coordinator").await;
    let mut filter = DeliveryFilter { limit: Some(2), ..DeliveryFilter::default() };
    let first = notifications::delivery_log(&reader, filter.clone()).await.unwrap();
    filter.cursor.clone_from(&first.next_cursor);
    let second = notifications::delivery_log(&reader, filter.clone()).await.unwrap();
    let mut ids: Vec<_> = first.items.iter().chain(&second.items).map(|row| row.id).collect();
    assert_eq!((ids.len(), second.next_cursor), (3, None));
    ids.dedup();
    assert_eq!(ids.len(), 3);
    filter.cursor = Some("not ours".to_owned());
    let refused = notifications::delivery_log(&reader, filter).await;
    assert!(matches!(refused, Err(Error::Refused(Failure::Invalid { .. }))), "{refused:?}");
}
