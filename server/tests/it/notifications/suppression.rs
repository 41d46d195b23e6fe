//! Messages that do not go, or not yet.

use px360_domain::notifications::Channel;
use px360_server::gateways::Gateways;
use sqlx::PgPool;

use super::house::{House, Patient};

async fn house(db: PgPool) -> (House, std::sync::Arc<px360_server::gateways::MemoryOutbox>) {
    let (gateways, outbox) = Gateways::memory();
    (House::new(db, gateways).await, outbox)
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn every_suppressed_invitation_says_why(db: PgPool) {
    let (house, outbox) = house(db).await;
    let ok = Patient::default;
    let mut cases = vec![
        (house.invited(Patient { deceased: true, ..ok() }).await, "deceased"),
        (house.invited(Patient { do_not_contact: true, ..ok() }).await, "do_not_contact"),
        (house.invited(Patient { consent: "withdrawn", ..ok() }).await, "no_consent"),
        (house.invited(Patient { mobile: None, email: None, ..ok() }).await, "no_channel"),
        // What a hospital's system sent and no network can reach.
        (
            house.invited(Patient { mobile: Some("0112345678"), email: None, ..ok() }).await,
            "no_channel",
        ),
    ];
    let (expired, survey) = house.invited(ok()).await;
    house.db_set("update surveys set expires_at = created_at where id = $1", survey.0).await;
    cases.push(((expired, survey), "expired"));

    assert_eq!(house.deliver().await, cases.len());

    assert!(outbox.messages().is_empty());
    for ((id, survey), reason) in &cases {
        let expected = ("suppressed".to_owned(), Some((*reason).to_owned()));
        assert_eq!(house.message(*id).await, expected);
        assert_eq!(house.survey_status(*survey).await, "suppressed");
        let [row] = house.log(*id).await.try_into().unwrap();
        assert_eq!((row.status.as_str(), row.reason.as_deref()), ("suppressed", Some(*reason)));
        assert_eq!(house.audit(*id).await, ["notification.suppressed"]);
    }
    assert_eq!(house.funnel().await, (i64::try_from(cases.len()).unwrap(), 0));
    assert_eq!(house.deliver().await, 0);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_cancelled_visit_keeps_its_word_for_it(db: PgPool) {
    let (house, _) = house(db).await;
    let (id, survey) = house.invited(Patient::default()).await;
    house.db_set("update surveys set status = 'reversed' where id = $1", survey.0).await;
    house.deliver().await;
    assert_eq!(house.message(id).await, ("suppressed".to_owned(), Some("reversed".to_owned())));
    assert_eq!(house.survey_status(survey).await, "reversed");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn hospitals_decide_whether_silence_is_consent(db: PgPool) {
    let (house, outbox) = house(db).await;
    let patient = || Patient { consent: "not_asked", ..Patient::default() };
    house.invited(patient()).await;
    house.deliver().await;
    assert_eq!(outbox.take().len(), 1);

    house
        .db_set("update hospitals set consent_required = true where id = $1", house.hospital.0)
        .await;
    let (id, _) = house.invited(patient()).await;
    house.deliver().await;
    assert_eq!(outbox.take(), []);
    assert_eq!(house.message(id).await.1.as_deref(), Some("no_consent"));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_eleventh_invitation_within_thirty_days_is_one_too_many(db: PgPool) {
    let (house, outbox) = house(db).await;
    let patient = house.patient(Patient::default()).await;
    let mut ids = Vec::new();
    // All at once: the workers of one batch must not overlook each other.
    for _ in 0..11 {
        let survey = house.survey(patient).await;
        ids.push(house.invite(patient, survey).await);
    }
    house.deliver().await;
    assert_eq!(outbox.messages().len(), 10);
    let mut reasons = Vec::new();
    for id in ids {
        reasons.extend(house.message(id).await.1);
    }
    assert_eq!(reasons, ["fatigue"]);

    house.clock.advance(chrono::TimeDelta::days(31));
    let survey = house.survey(patient).await;
    house.invite(patient, survey).await;
    house.deliver().await;
    assert_eq!(outbox.messages().len(), 11);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn nothing_reaches_a_patient_in_quiet_hours_and_everything_does_after_them(db: PgPool) {
    let (house, outbox) = house(db).await;
    // 22:15 in Riyadh.
    house.clock.set("2026-11-24T19:15:00Z".parse().unwrap());
    let (id, survey) = house.invited(Patient::default()).await;

    assert_eq!(house.deliver().await, 1);
    assert_eq!(house.status(id).await, "queued");
    assert_eq!(house.send_after(id).await.to_rfc3339(), "2026-11-25T06:00:00+00:00");
    assert_eq!(house.survey_status(survey).await, "scheduled");
    // Whatever else wakes the job meanwhile, the log says it once.
    house.db_set("update notifications set send_after = created_at where id = $1", id.0).await;
    assert_eq!(house.deliver_after(60).await, 1);
    assert_eq!(house.deliver_after(60).await, 0);
    let [row] = house.log(id).await.try_into().unwrap();
    assert_eq!((row.status.as_str(), row.reason.as_deref()), ("deferred", Some("quiet_hours")));

    house.clock.set("2026-11-25T06:00:00Z".parse().unwrap());
    assert_eq!(house.deliver().await, 1);
    assert_eq!(outbox.messages().len(), 1);
    assert_eq!(house.log_lines(id).await, ["0  deferred", "1 sms sent"]);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn only_channels_with_a_gateway_count(db: PgPool) {
    let (gateways, outbox) = Gateways::memory();
    let house = House::new(db, gateways.only(&[Channel::Whatsapp, Channel::Email])).await;
    house.invited(Patient::default()).await;
    house.deliver().await;
    assert_eq!(outbox.messages()[0].channel, Channel::Whatsapp);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn somebody_who_left_learns_nothing_more(db: PgPool) {
    let (house, outbox) = house(db).await;
    let (action, user) = house.overdue_action(false).await;
    let id = house.escalate(action, user).await;
    house.deliver().await;
    assert_eq!(outbox.messages(), []);
    assert_eq!(house.message(id).await.1.as_deref(), Some("no_channel"));
}
