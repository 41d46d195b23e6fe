//! Whose phone rings, and on which channel.

use px360_domain::notifications::Channel;
use px360_server::gateways::{Gateways, SendError};
use sqlx::PgPool;

use super::house::{EMAIL, House, MOBILE, Patient};

const GUARDIAN: &str = "+966511111111";

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_childs_guardian_is_asked_until_the_child_is_grown_up(db: PgPool) {
    let (gateways, outbox) = Gateways::memory();
    let house = House::new(db, gateways).await;
    // Born on the day after that on which they would be eighteen, and on that day: the clock says 24 November 2026.
    for (birth, phone) in [("2008-11-25", GUARDIAN), ("2008-11-24", MOBILE)] {
        let patient = house.patient(Patient::default()).await;
        sqlx::query(
            "update patients set birth_date = $2::date, guardian_mobile = $3 where id = $1",
        )
        .bind(patient)
        .bind(birth.parse::<chrono::NaiveDate>().unwrap())
        .bind(GUARDIAN)
        .execute(&house.db)
        .await
        .unwrap();
        let survey = house.survey(patient).await;
        house.invite(patient, survey).await;
        house.deliver().await;
        let [message] = outbox.take().try_into().unwrap();
        assert_eq!((message.channel, message.address.as_str()), (Channel::Sms, phone), "{birth}");
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_guardian_of_several_children_is_asked_as_often_as_one_person(db: PgPool) {
    let (gateways, outbox) = Gateways::memory();
    let house = House::new(db, gateways).await;
    sqlx::query("update fatigue_rules set invitations_max = 1").execute(&house.db).await.unwrap();
    for mobile in [None, Some("+966522222222")] {
        let child = house.patient(Patient { mobile, email: None, ..Patient::default() }).await;
        sqlx::query(
            "update patients set birth_date = '2020-01-01', guardian_mobile = $2 where id = $1",
        )
        .bind(child)
        .bind(GUARDIAN)
        .execute(&house.db)
        .await
        .unwrap();
        let survey = house.survey(child).await;
        house.invite(child, survey).await;
        house.deliver().await;
    }
    assert_eq!(outbox.messages().len(), 1);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_channel_that_a_patient_likes_best_comes_first_and_the_others_after_it(db: PgPool) {
    let (gateways, outbox) = Gateways::memory();
    let house = House::new(db, gateways).await;
    let patient = house.patient(Patient::default()).await;
    let liked = "update patients set preferred_channel = 'email' where id = $1";
    house.db_set(liked, patient.0).await;
    let survey = house.survey(patient).await;
    let id = house.invite(patient, survey).await;
    outbox.fail_next(SendError::Permanent { cause: "smtp 550".to_owned() });
    house.deliver().await;
    house.deliver().await;
    assert_eq!(house.log_lines(id).await, ["1 email failed", "2 sms sent"]);
    assert_eq!(house.log(id).await[0].address_masked.as_deref(), Some("n•••@example.sa"));
    assert!(EMAIL.ends_with("@example.sa"));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_child_grows_up_at_midnight_in_riyadh_for_every_rule_at_once(db: PgPool) {
    let (gateways, outbox) = Gateways::memory();
    let house = House::new(db, gateways).await;
    let mut children = Vec::new();
    for birth in ["2020-01-01", "2008-11-25"] {
        let child = house.patient(Patient::default()).await;
        sqlx::query("update patients set birth_date = $2, guardian_mobile = $3 where id = $1")
            .bind(child)
            .bind(birth.parse::<chrono::NaiveDate>().unwrap())
            .bind(GUARDIAN)
            .execute(&house.db)
            .await
            .unwrap();
        children.push(child);
    }
    // The guardian wants no messages about the younger one, and so none about any child.
    sqlx::query("insert into opt_outs (id, patient_id, at) values (gen_random_uuid(), $1, now())")
        .bind(children[0])
        .execute(&house.db)
        .await
        .unwrap();
    sqlx::query("update hospitals set messages_from_minute = 0, messages_to_minute = 1439")
        .execute(&house.db)
        .await
        .unwrap();
    // An hour after midnight in Riyadh, where it is the 25th; in Greenwich it is the 24th still.
    house.clock.advance(chrono::TimeDelta::minutes(15 * 60 + 30));
    let survey = house.survey(children[1]).await;
    house.invite(children[1], survey).await;
    house.deliver().await;
    let [message] = outbox.take().try_into().unwrap();
    assert_eq!(message.address, MOBILE);
}
