//! Patients who have not begun are reminded, twice at most.

use px360_domain::ids::{NotificationId, SurveyId};
use px360_server::gateways::{Gateways, MemoryOutbox};
use sqlx::PgPool;
use std::sync::Arc;

use super::house::{House, Patient};

const DAY: i64 = 24 * 60;

/// A house that has sent a survey with reminders after three days and after seven.
async fn invited(db: PgPool) -> (House, Arc<MemoryOutbox>, SurveyId) {
    let (gateways, outbox) = Gateways::memory();
    let house = House::new(db, gateways).await;
    let patient = house.patient(Patient::default()).await;
    let survey = house.survey_of(patient, r#"{ "reminders": [3, 7] }"#).await;
    house.invite(patient, survey).await;
    assert_eq!(house.deliver().await, 1);
    assert_eq!(outbox.take().len(), 1);
    (house, outbox, survey)
}

/// Both reminders, the first one first.
async fn reminders(house: &House, survey: SurveyId) -> [NotificationId; 2] {
    let ids: Vec<NotificationId> = sqlx::query_scalar(
        "select id from notifications where survey_id = $1 and kind = 'survey_reminder'
         order by send_after",
    )
    .bind(survey)
    .fetch_all(&house.db)
    .await
    .unwrap();
    ids.try_into().unwrap()
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn whoever_has_not_begun_is_reminded_on_the_days_that_the_survey_names(db: PgPool) {
    let (house, outbox, survey) = invited(db).await;
    // The survey's time is seven days: the second reminder would come too late.
    let [first, second] = reminders(&house, survey).await;
    assert_eq!(house.deliver_after(3 * DAY - 1).await, 0);
    assert_eq!(house.deliver_after(1).await, 1);
    let [message] = outbox.take().try_into().unwrap();
    assert_eq!(house.opened_by(&message.text), survey);
    assert!(message.text.starts_with("مستشفى النور: تذكير بتقييم"), "{}", message.text);
    assert_eq!(house.status(first).await, "sent");
    assert_eq!(house.deliver_after(4 * DAY).await, 1);
    assert_eq!(house.message(second).await, ("suppressed".to_owned(), Some("expired".to_owned())));
    assert_eq!(outbox.take(), []);
    // A survey is sent once, however often it is reminded of, and is not suppressed with its reminder.
    assert_eq!(
        (house.funnel().await, house.survey_status(survey).await.as_str()),
        ((0, 1), "sent")
    );
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn nobody_is_reminded_of_what_they_have_begun(db: PgPool) {
    let (house, outbox, survey) = invited(db).await;
    let [first, _] = reminders(&house, survey).await;
    house.db_set("update surveys set status = 'started' where id = $1", survey.0).await;
    assert_eq!(house.deliver_after(3 * DAY).await, 1);
    assert_eq!(house.message(first).await, ("suppressed".to_owned(), Some("answered".to_owned())));
    assert_eq!(outbox.take(), []);
}
