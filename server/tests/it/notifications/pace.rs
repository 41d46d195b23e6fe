//! How fast messages go, and that they can be stopped.

use px360_domain::ids::DeliveryPauseId;
use px360_server::config::DeliveryConfig;
use px360_server::gateways::{Gateways, Terms};
use sqlx::PgPool;
use std::num::NonZeroU32;

use super::house::{House, Patient};
use crate::harness::http_provider::HttpProvider;

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_provider_gets_no_more_messages_in_a_minute_than_it_bears(db: PgPool) {
    let provider = HttpProvider::start().await;
    let mut sms = provider.config();
    sms.terms = Terms { per_minute: NonZeroU32::new(2), segment_halalas: None };
    let config = DeliveryConfig { sms: Some(sms), ..DeliveryConfig::default() };
    let house = House::new(db, Gateways::from_config(&config).unwrap()).await;
    sqlx::query("delete from fatigue_rules").execute(&house.db).await.unwrap();
    let mut waiting = Vec::new();
    for _ in 0..5 {
        waiting.push(house.invited(Patient::default()).await.0);
    }
    assert_eq!(house.deliver().await, 2);
    assert_eq!(house.deliver().await, 0);
    // Nobody has to wait for the timetable: the next run is asked for when there is room again.
    let later: i64 = sqlx::query_scalar(
        "select count(*) from graphile_worker.jobs
         where key = 'notifications.deliver:later' and run_at > now()",
    )
    .fetch_one(&house.db)
    .await
    .unwrap();
    assert_eq!(later, 1);
    // Two go in each minute, and none is lost or counted as an attempt.
    assert_eq!((house.deliver_after(1).await, house.deliver_after(1).await), (2, 1));
    for id in waiting {
        assert_eq!(house.log_lines(id).await, ["1 sms sent"]);
    }
    assert_eq!(provider.sent(), 5);
}

/// Stops what this says, without the rights that it takes.
async fn pause(house: &House, hospital: bool) -> DeliveryPauseId {
    sqlx::query_scalar(
        "with person as (
             insert into users (id, username, email, name_ar, name_en, language, password_hash,
                 active, is_demo, created_at)
             values (gen_random_uuid(), gen_random_uuid()::text, gen_random_uuid()::text, 'س', 'S', 'ar', '', true,
                 false, $2)
             returning id
         )
         insert into delivery_pauses (id, hospital_id, reason, paused_by, paused_at)
         select gen_random_uuid(), $1, 'x', id, $2 from person returning id",
    )
    .bind(hospital.then_some(house.hospital))
    .bind(house.now())
    .fetch_one(&house.db)
    .await
    .unwrap()
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn what_was_stopped_waits_and_is_looked_at_anew_when_it_may_go_on(db: PgPool) {
    let (gateways, outbox) = Gateways::memory();
    let house = House::new(db, gateways).await;
    let (id, _) = house.invited(Patient::default()).await;
    let (late, _) = house.invited(Patient::default()).await;
    let (action, user) = house.overdue_action(true).await;
    let escalated = house.escalate(action, user).await;
    for hospital in [true, false] {
        let stopped = pause(&house, hospital).await;
        house.deliver().await;
        assert_eq!((house.status(id).await.as_str(), house.log(id).await.len()), ("queued", 0));
        // Deadlines of staff do not wait.
        assert_eq!(house.status(escalated).await, "sent");
        house.db_set("delete from delivery_pauses where id = $1", stopped.0).await;
    }
    house
        .db_set(
            "update patients set deceased = true
             where id = (select patient_id from notifications where id = $1)",
            late.0,
        )
        .await;
    house.deliver().await;
    assert_eq!(house.status(id).await, "sent");
    assert_eq!(house.message(late).await, ("suppressed".to_owned(), Some("deceased".to_owned())));
    assert_eq!(outbox.messages().len(), 2);
}
