//! One mail a day for whoever wants no more.

use chrono::TimeDelta;
use px360_domain::accounts::{Profile, StaffMails, UpdateProfile};
use px360_domain::notifications::NotificationKind;
use px360_server::{accounts, notifications};
use sqlx::PgPool;

use crate::harness::TestApp;

fn daily(profile: Profile) -> UpdateProfile {
    UpdateProfile {
        version: profile.version,
        name: profile.name,
        email: profile.email,
        phone: profile.phone,
        language: profile.language,
        mails: StaffMails::Daily,
        mails_of: profile.mails_of,
        mails_snoozed_until: None,
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn whoever_holds_mails_back_hears_once_on_the_first_morning_what_they_missed(db: PgPool) {
    let app = TestApp::new(db).await;
    let coordinator = app.user("coordinator").await;
    let profile = accounts::profile(&coordinator).await.unwrap();
    // Today is Monday 2026-11-23; mails come again on Wednesday.
    let until = Some("2026-11-25".parse().unwrap());
    let cmd =
        UpdateProfile { mails: StaffMails::AtOnce, mails_snoozed_until: until, ..daily(profile) };
    accounts::update_profile(&coordinator, cmd).await.unwrap();
    assert_eq!(accounts::profile(&coordinator).await.unwrap().mails_snoozed_until, until);
    let survey = app.surveyed_visit("V1").await;
    app.answer(survey, 5).await;
    app.run_jobs().await;
    app.pass(TimeDelta::hours(22)).await;
    assert_eq!(mails(&app), [""; 0], "Tuesday, eight in the morning");
    app.pass(TimeDelta::hours(24)).await;
    app.run_jobs().await;
    assert_eq!(mails(&app).len(), 1, "Wednesday, eight in the morning");
    app.pass(TimeDelta::hours(24)).await;
    assert_eq!(mails(&app), [""; 0], "once");
    assert_eq!(accounts::profile(&coordinator).await.unwrap().mails_snoozed_until, None);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn one_kind_of_notice_is_mailed_otherwise_than_the_rest(db: PgPool) {
    let app = TestApp::new(db).await;
    let coordinator = app.user("coordinator").await;
    let profile = accounts::profile(&coordinator).await.unwrap();
    let mails_of = [(NotificationKind::ActionAssigned, StaffMails::InboxOnly)].into();
    let cmd = UpdateProfile { mails: StaffMails::AtOnce, mails_of, ..daily(profile) };
    accounts::update_profile(&coordinator, cmd.clone()).await.unwrap();
    let survey = app.surveyed_visit("V1").await;
    app.answer(survey, 5).await;
    app.run_jobs().await;
    assert_eq!(mails(&app), [""; 0]);
    let reason = "select distinct reason from notifications where kind = 'action_assigned'";
    assert_eq!(app.db_text(reason).await, "inbox_only");
    let patients = [(NotificationKind::SurveyInvitation, StaffMails::Daily)].into();
    let strange = UpdateProfile { version: cmd.version + 1, mails_of: patients, ..cmd.clone() };
    assert!(accounts::update_profile(&coordinator, strange).await.is_err());
    let far = Some("2028-01-01".parse().unwrap());
    let late = UpdateProfile { version: cmd.version + 1, mails_snoozed_until: far, ..cmd };
    assert!(accounts::update_profile(&coordinator, late).await.is_err());
}

/// The subjects of the mails to the coordinator since this was asked last.
fn mails(app: &TestApp) -> Vec<String> {
    let sent = app.outbox.take().into_iter();
    let to_them = sent.filter(|message| message.address == "coordinator@demo.example");
    to_them.filter_map(|message| message.subject).collect()
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn whoever_wants_one_mail_a_day_gets_it_in_the_morning_and_everything_in_the_inbox_at_once(
    db: PgPool,
) {
    let app = TestApp::new(db).await;
    let coordinator = app.user("coordinator").await;
    let profile = accounts::profile(&coordinator).await.unwrap();
    accounts::update_profile(&coordinator, daily(profile)).await.unwrap();
    for encounter in ["V1", "V2"] {
        let survey = app.surveyed_visit(encounter).await;
        app.answer(survey, 5).await;
    }
    app.run_jobs().await;
    assert_eq!(mails(&app), [""; 0], "nothing goes at once");
    let unread = notifications::inbox(&coordinator, Default::default()).await.unwrap().unread;
    assert_eq!(unread, 2);
    let reason = "select distinct reason from notifications where kind = 'action_assigned'";
    assert_eq!(app.db_text(reason).await, "in_digest");

    // The clock said Monday, 10:00; by Tuesday's morning nothing was read.
    app.pass(TimeDelta::hours(21)).await;
    assert_eq!(mails(&app), [""; 0], "it is too early");
    app.pass(TimeDelta::minutes(31)).await;
    app.run_jobs().await;
    assert_eq!(mails(&app).len(), 1);
    app.pass(TimeDelta::hours(2)).await;
    assert_eq!(mails(&app), [""; 0], "one a day");
    let unread_now = notifications::inbox(&coordinator, Default::default()).await.unwrap();
    assert!(unread_now.items.iter().all(|notice| notice.kind.as_str() != "staff_digest"));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn nobody_hears_in_the_morning_that_there_is_nothing(db: PgPool) {
    let app = TestApp::new(db).await;
    let coordinator = app.user("coordinator").await;
    let profile = accounts::profile(&coordinator).await.unwrap();
    accounts::update_profile(&coordinator, daily(profile)).await.unwrap();
    app.pass(TimeDelta::hours(22)).await;
    assert_eq!(mails(&app), [""; 0]);
}
