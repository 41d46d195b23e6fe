//! Providers that are busy, broken or silent, and workers that die.

use std::time::Duration;

use px360_server::config::DeliveryConfig;
use px360_server::gateways::{Gateways, SendError};
use px360_server::notifications::deliver_due;
use sqlx::PgPool;

use super::house::{House, Patient};
use crate::harness::http_provider::{Answer, HttpProvider};

/// A house whose text messages go to this provider.
async fn house(db: PgPool, provider: &HttpProvider) -> House {
    let config = DeliveryConfig { sms: Some(provider.config()), ..DeliveryConfig::default() };
    House::new(db, Gateways::from_config(&config).unwrap()).await
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_provider_that_breaks_once_sends_once(db: PgPool) {
    let provider = HttpProvider::start().await;
    let house = house(db, &provider).await;
    let (id, survey) = house.invited(Patient::default()).await;
    provider.answer_next(Answer::Status(500));

    assert_eq!(house.deliver().await, 1);
    assert_eq!(house.status(id).await, "queued");
    assert_eq!(house.survey_status(survey).await, "scheduled");
    assert_eq!(house.deliver().await, 0);
    assert_eq!(house.deliver_after(1).await, 1);

    assert_eq!(house.status(id).await, "sent");
    assert_eq!(house.log_lines(id).await, ["1 sms failed", "2 sms sent"]);
    let log = house.log(id).await;
    assert_eq!(log[0].error.as_deref(), Some("http 500"));
    assert_eq!(log[1].provider_message_id, Some(format!("provider-{id}-1")));
    assert_eq!((provider.sent(), house.funnel().await), (1, (0, 1)));
    assert_eq!(
        house.audit(id).await,
        [
            "notification.send_started",
            "notification.attempt_failed",
            "notification.send_started",
            "notification.sent"
        ]
    );
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_busy_provider_is_left_alone_for_as_long_as_it_asks(db: PgPool) {
    let provider = HttpProvider::start().await;
    let house = house(db, &provider).await;
    let (id, _) = house.invited(Patient::default()).await;
    provider.answer_next(Answer::Busy("600"));
    house.deliver().await;
    assert_eq!(house.deliver_after(9).await, 0);
    assert_eq!(house.deliver_after(1).await, 1);
    assert_eq!(house.log_lines(id).await, ["1 sms failed", "2 sms sent"]);
    assert_eq!(house.log(id).await[0].error.as_deref(), Some("http 429"));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn what_one_channel_refuses_goes_out_on_another(db: PgPool) {
    let provider = HttpProvider::start().await;
    let house = house(db, &provider).await;
    let (memory, outbox) = Gateways::memory();
    // The same database, now with mail as well: made of the two halves.
    let (refused, _) = house.invited(Patient::default()).await;
    provider.answer_next(Answer::Status(400));
    house.deliver().await;
    assert_eq!(house.status(refused).await, "failed");

    let house = house.beside(memory);
    outbox.fail_next(SendError::Permanent { cause: "http 400".to_owned() });
    outbox.fail_next(SendError::Permanent { cause: "http 404".to_owned() });
    let (id, survey) = house.invited(Patient::default()).await;
    assert_eq!(house.deliver().await, 3);
    let lines = ["1 sms failed", "2 whatsapp failed", "3 email sent"];
    assert_eq!(house.log_lines(id).await, lines);
    assert_eq!(house.survey_status(survey).await, "sent");
    assert_eq!(outbox.messages()[0].idempotency_key, format!("{id}-3"));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn after_five_attempts_on_every_channel_it_has_failed(db: PgPool) {
    let (gateways, outbox) = Gateways::memory();
    let house = House::new(db, gateways).await;
    let (id, survey) = house.invited(Patient { email: None, ..Patient::default() }).await;
    for _ in 0..10 {
        outbox.fail_next(SendError::Retry { cause: "http 503".to_owned(), retry_after: None });
    }
    for pause in [0, 1, 5, 15, 60, 1, 5, 15, 60] {
        house.deliver_after(pause).await;
    }
    assert_eq!(house.status(id).await, "failed");
    let log = house.log_lines(id).await;
    assert_eq!(
        (log.len(), log[4].as_str(), log[5].as_str()),
        (10, "5 sms failed", "6 whatsapp failed")
    );
    assert_eq!(house.survey_status(survey).await, "scheduled");
    assert_eq!(house.audit(id).await.last().map(String::as_str), Some("notification.failed"));
    assert_eq!(outbox.messages(), []);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_worker_that_dies_leaves_a_message_that_may_have_been_sent(db: PgPool) {
    let provider = HttpProvider::start().await;
    let house = house(db, &provider).await;
    let (id, survey) = house.invited(Patient::default()).await;
    provider.answer_next(Answer::SendsAndHangs);
    let ctx = house.ctx();
    tokio::select! {
        _ = deliver_due(&ctx) => panic!("the provider does not answer"),
        // The worker is dropped where it stands: between sending and recording.
        () = provider.arrival() => {}
    }
    assert_eq!(house.status(id).await, "sending");
    assert_eq!(house.log_lines(id).await, ["1 sms sending"]);
    assert_eq!(house.deliver_after(1).await, 0);

    assert_eq!(house.deliver_after(2).await, 1);

    assert_eq!(house.status(id).await, "sent");
    assert_eq!(house.survey_status(survey).await, "sent");
    assert_eq!(house.log_lines(id).await, ["1 sms unknown", "2 sms sent"]);
    let keys: Vec<String> = provider.requests().into_iter().map(|request| request.key).collect();
    assert_eq!(keys, [format!("{id}-1"), format!("{id}-1")]);
    assert_eq!((provider.sent(), house.funnel().await), (1, (0, 1)));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_worker_that_comes_back_too_late_changes_nothing(db: PgPool) {
    let provider = HttpProvider::start().await;
    let house = house(db, &provider).await;
    let (id, _) = house.invited(Patient::default()).await;
    provider.answer_next(Answer::SendsAndHangs);
    let late = house.ctx();
    let (late, ()) = tokio::join!(deliver_due(&late), async {
        provider.arrival().await;
        // Another one takes over while the first still waits for its provider.
        assert_eq!(house.deliver_after(3).await, 1);
        assert_eq!(house.log_lines(id).await, ["1 sms unknown", "2 sms sent"]);
    });
    // The first one timed out after ten seconds and wanted to queue the message again.
    assert_eq!(late.unwrap(), 1);
    assert_eq!(house.status(id).await, "sent");
    assert_eq!(house.log_lines(id).await, ["1 sms unknown", "2 sms sent"]);
    assert_eq!((provider.sent(), house.funnel().await), (1, (0, 1)));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn an_answer_proves_that_a_message_without_outcome_arrived(db: PgPool) {
    let (gateways, outbox) = Gateways::memory();
    let house = House::new(db, gateways).await;
    let (id, survey) = house.invited(Patient::default()).await;
    outbox.fail_next(SendError::Unknown { cause: "timeout".to_owned() });
    house.deliver().await;
    house.db_set("update surveys set status = 'started' where id = $1", survey.0).await;
    assert_eq!(house.deliver_after(1).await, 1);
    assert_eq!(outbox.messages(), []);
    assert_eq!(house.status(id).await, "sent");
    assert_eq!(house.survey_status(survey).await, "started");
    assert_eq!(house.log_lines(id).await, ["1 sms unknown"]);
    assert_eq!(house.funnel().await, (0, 1));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_provider_without_an_answer_may_have_sent_it(db: PgPool) {
    let provider = HttpProvider::start().await;
    let house = house(db, &provider).await;
    let (id, _) = house.invited(Patient::default()).await;
    provider.answer_next(Answer::SendsAndHangs);
    let began = tokio::time::Instant::now();
    house.deliver().await;
    assert!(began.elapsed() < Duration::from_secs(20));
    let [row] = house.log(id).await.try_into().unwrap();
    assert_eq!((row.status.as_str(), row.error.as_deref()), ("unknown", Some("timeout")));
    house.deliver_after(1).await;
    assert_eq!((house.status(id).await.as_str(), provider.sent()), ("sent", 1));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn no_table_holds_a_link_or_an_address_that_was_written_to(db: PgPool) {
    let (gateways, outbox) = Gateways::memory();
    let house = House::new(db, gateways).await;
    outbox.fail_next(SendError::Retry { cause: "http 500".to_owned(), retry_after: None });
    house.invited(Patient::default()).await;
    house.invited(Patient { mobile: None, ..Patient::default() }).await;
    house.deliver().await;
    house.deliver_after(1).await;
    let messages = outbox.messages();
    assert_eq!(messages.len(), 2);
    for message in &messages {
        let link = message.link.as_deref().unwrap();
        let (_, token) = link.rsplit_once('/').unwrap();
        assert_eq!(house.tables_with(token).await, Vec::<String>::new());
        assert_eq!(house.tables_with(&message.address).await, ["patients"]);
        assert!(!format!("{message:?}").contains(token));
    }
}
