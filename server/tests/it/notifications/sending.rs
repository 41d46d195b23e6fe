//! Messages that get through.

use std::sync::Arc;

use px360_domain::notifications::{Channel, NotificationKind};
use px360_server::gateways::{Gateway, Gateways, OutgoingMessage, Receipt, SendError};
use px360_server::notifications::{NewNotification, Recipient, deliver_due};
use sqlx::PgPool;

use super::house::{EMAIL, House, MOBILE, Patient};

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn an_invitation_goes_to_the_phone_and_opens_the_survey(db: PgPool) {
    let (gateways, outbox) = Gateways::memory();
    let house = House::new(db, gateways).await;
    let (id, survey) = house.invited(Patient::default()).await;

    assert_eq!(house.deliver().await, 1);

    let messages = outbox.messages();
    let [message] = messages.as_slice() else { panic!("{messages:?}") };
    assert_eq!((message.channel, message.address.as_str()), (Channel::Sms, MOBILE));
    assert_eq!(message.at, house.now());
    assert!(message.text.starts_with("مستشفى النور: "), "{}", message.text);
    assert_eq!(house.opened_by(&message.text), survey);
    // The link, and the way to stop such messages, each in a line of its own.
    let link = message.link.clone().unwrap();
    let lines: Vec<&str> = message.text.lines().collect();
    assert_eq!((lines[1], lines[3]), (link.as_str(), format!("{link}/stop").as_str()));

    assert_eq!(house.status(id).await, "sent");
    assert_eq!(house.survey_status(survey).await, "sent");
    assert_eq!(house.funnel().await, (0, 1));
    let [row] = house.log(id).await.try_into().unwrap();
    assert_eq!((row.attempt, row.status.as_str()), (1, "sent"));
    assert_eq!(row.address_masked.as_deref(), Some("•••• 5678"));
    assert_eq!(row.provider.as_deref(), Some("memory"));
    assert_eq!(row.provider_message_id.as_deref(), Some("memory-1"));
    let body = row.body.unwrap();
    assert!(body.contains("\n{link}\n") && body.ends_with("\n{stop}"), "{body}");
    assert!(row.segments.unwrap() <= 3, "{:?}", row.segments);
    assert_eq!(house.audit(id).await, ["notification.send_started", "notification.sent"]);
    assert_eq!(house.deliver().await, 0);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn an_english_invitation_is_two_parts_in_the_alphabet_of_gsm(db: PgPool) {
    let (gateways, outbox) = Gateways::memory();
    let house = House::new(db, gateways).await;
    let patient = Patient { language: "en", ..Patient::default() };
    let (id, _) = house.invited(patient).await;
    house.deliver().await;
    assert!(outbox.messages()[0].text.starts_with("Al Noor Hospital: please"));
    assert_eq!(house.log(id).await[0].segments, Some(2));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn what_is_queued_twice_is_one_message(db: PgPool) {
    let (gateways, outbox) = Gateways::memory();
    let house = House::new(db, gateways).await;
    let patient = house.patient(Patient::default()).await;
    let survey = house.survey(patient).await;
    house.invite(patient, survey).await;
    let again = NewNotification {
        hospital_id: house.hospital,
        kind: NotificationKind::SurveyInvitation,
        recipient: Recipient::Patient(patient),
        survey_id: Some(survey),
        action_id: None,
        source_id: None,
        survey_version_id: None,
        dedupe_key: format!("survey:{survey}"),
        send_after: house.now(),
    };
    assert_eq!(house.queue(again).await, []);
    house.deliver().await;
    assert_eq!(outbox.messages().len(), 1);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn what_is_due_wakes_the_job_and_what_is_not_waits(db: PgPool) {
    let (gateways, outbox) = Gateways::memory();
    let house = House::new(db, gateways).await;
    let patient = house.patient(Patient::default()).await;
    let survey = house.survey(patient).await;
    let later = NewNotification {
        hospital_id: house.hospital,
        kind: NotificationKind::SurveyInvitation,
        recipient: Recipient::Patient(patient),
        survey_id: Some(survey),
        action_id: None,
        source_id: None,
        survey_version_id: None,
        dedupe_key: "later".to_owned(),
        send_after: house.now() + chrono::TimeDelta::minutes(120),
    };
    let jobs = "select count(*) from graphile_worker.jobs where key = 'notifications.deliver'";
    let waiting = async || sqlx::query_scalar::<_, i64>(jobs).fetch_one(&house.db).await.unwrap();

    house.queue(later.clone()).await;
    assert_eq!((waiting().await, house.deliver().await), (0, 0));
    let now = NewNotification { dedupe_key: "now".to_owned(), send_after: house.now(), ..later };
    house.queue(now).await;
    assert_eq!((waiting().await, house.deliver().await), (1, 1));
    assert_eq!(house.deliver_after(120).await, 1);
    assert_eq!(outbox.messages().len(), 2);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn staff_are_told_by_mail_in_their_language_and_not_at_night(db: PgPool) {
    let (gateways, outbox) = Gateways::memory();
    let house = House::new(db, gateways).await;
    let (action, user) = house.overdue_action(true).await;
    house.clock.set("2026-11-24T23:00:00Z".parse().unwrap());
    house.escalate(action, user).await;
    house.deliver().await;
    assert_eq!(outbox.messages(), [], "two in the morning");
    house.clock.set("2026-11-25T04:00:00Z".parse().unwrap());
    house.deliver().await;
    let [message] = outbox.messages().try_into().unwrap();
    assert_eq!((message.channel, message.address.as_str()), (Channel::Email, "saad@example.sa"));
    assert_eq!(message.subject.as_deref(), Some("Overdue action: PX-2026-00007"));
    assert!(message.text.contains("escalated to level 2"), "{}", message.text);
    let link = format!("https://px.example.sa/en/actions/{action}");
    assert_eq!(message.link.as_deref(), Some(link.as_str()));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_patient_without_a_phone_gets_a_mail_with_isolated_names(db: PgPool) {
    let (gateways, outbox) = Gateways::memory();
    let house = House::new(db, gateways).await;
    let (id, _) = house.invited(Patient { mobile: None, ..Patient::default() }).await;
    house.deliver().await;
    let [message] = outbox.messages().try_into().unwrap();
    assert_eq!((message.channel, message.address.as_str()), (Channel::Email, EMAIL));
    assert_eq!(message.subject.as_deref(), Some("مستشفى النور: نرجو تقييم زيارتكم"));
    assert!(message.text.starts_with("\u{2068}مستشفى النور\u{2069}: "), "{}", message.text);
    let [row] = house.log(id).await.try_into().unwrap();
    assert_eq!((row.segments, row.address_masked.as_deref()), (None, Some("n•••@example.sa")));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn history_is_made_without_reaching_anybody(db: PgPool) {
    let house = House::new(db, Gateways::silent()).await;
    let (id, survey) = house.invited(Patient::default()).await;
    house.deliver().await;
    assert_eq!(house.log(id).await[0].provider.as_deref(), Some("silent"));
    assert_eq!(house.survey_status(survey).await, "sent");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn two_workers_send_each_message_once(db: PgPool) {
    let (gateways, outbox) = Gateways::memory();
    let house = House::new(db, gateways).await;
    // One phone for all of them, which would be asked too often.
    sqlx::query("delete from fatigue_rules").execute(&house.db).await.unwrap();
    for _ in 0..70 {
        house.invited(Patient::default()).await;
    }
    let (a, b) = (house.ctx(), house.ctx());
    let (first, second) = tokio::join!(deliver_due(&a), deliver_due(&b));
    // A worker that finds everything taken goes home; the other one has the rest.
    let handled = first.unwrap() + second.unwrap() + house.deliver().await;
    assert_eq!((handled, outbox.messages().len()), (70, 70));
    assert_eq!(house.funnel().await, (0, 70));
}

/// Panics for one address.
struct Minefield;

#[async_trait::async_trait]
impl Gateway for Minefield {
    fn provider(&self) -> &'static str {
        "minefield"
    }

    async fn send(&self, message: &OutgoingMessage) -> Result<Receipt, SendError> {
        assert!(message.address != "+966500000000", "a mine");
        Ok(Receipt::default())
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn one_poisoned_message_stops_no_other(db: PgPool) {
    let house = House::new(db, Gateways::everywhere(Arc::new(Minefield))).await;
    let mine = Patient { mobile: Some("+966500000000"), ..Patient::default() };
    let (panics, _) = house.invited(mine).await;
    let (breaks, broken) = house.invited(Patient::default()).await;
    let (goes, _) = house.invited(Patient::default()).await;
    // The database refuses whatever is written about this survey.
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!(
        "alter table surveys add constraint poison check (id <> '{broken}' or sent_at is null)"
    )))
    .execute(&house.db)
    .await
    .unwrap();

    assert!(deliver_due(&house.ctx()).await.is_err());

    assert_eq!(house.status(goes).await, "sent");
    assert_eq!(house.status(panics).await, "sending");
    assert_eq!(house.status(breaks).await, "sending");
}
