//! The patient's side: invited, answering, done once.

use chrono::TimeDelta;
use px360_domain::surveys::{Answer, AnswerPage, AnswerPageOutcome, OpenSurveyState, SubmitSurvey};
use px360_domain::{Failure, Locale};
use px360_server::surveys::{answer_callback, answer_page, look, submit};
use px360_server::{Error, RequestMeta};
use serde_json::json;
use sqlx::PgPool;
use tokio::task::JoinSet;

use crate::harness::{TestApp, answers, visit};

fn page(page: u8, answers: &[(&str, Answer)], hand_in: bool) -> AnswerPage {
    let answers = answers.iter().map(|(key, answer)| ((*key).to_owned(), answer.clone())).collect();
    AnswerPage { page, answers, language: Locale::Ar, hand_in }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_completed_stage_invites_the_patient_over_their_channel(db: PgPool) {
    let app = TestApp::new(db).await;
    let survey = app.surveyed_visit("V1").await;
    let sent: Vec<_> =
        app.outbox.messages().into_iter().filter(|message| message.link.is_some()).collect();
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].address, "+966500001234");
    let link = format!("https://px.example/s/{}", app.deps.survey_token(survey));
    assert!(sent[0].text.contains(&link), "{}", sent[0].text);
    assert_eq!(app.db_text("select status from surveys").await, "sent");
    let log = app
        .db_text("select status || ' ' || body from notification_log where status = 'sent'")
        .await;
    assert!(log.contains("{link}") && !log.contains("/s/"), "{log}");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn looking_writes_nothing(db: PgPool) {
    let app = TestApp::new(db).await;
    let survey = app.surveyed_visit("V1").await;
    let fingerprint = "select md5(string_agg(survey::text, '')) from surveys as survey";
    let before =
        (app.db_text(fingerprint).await, app.db_count("select count(*) from audit_events").await);
    for _ in 0..20 {
        look(&app.invited(survey)).await.unwrap();
    }
    let after =
        (app.db_text(fingerprint).await, app.db_count("select count(*) from audit_events").await);
    assert_eq!(before, after);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn answers_are_kept_page_by_page_and_the_patient_resumes_where_they_left(db: PgPool) {
    let app = TestApp::new(db).await;
    let ctx = app.invited(app.surveyed_visit("V1").await);
    let first = look(&ctx).await.unwrap();
    assert_eq!((first.resume_at(), first.state), (1, OpenSurveyState::Open));
    let outcome = answer_page(&ctx, page(1, &[("nps", Answer::Number(9))], true)).await.unwrap();
    assert_eq!(outcome, AnswerPageOutcome::Next(2));
    // Switching the language on page 2 demands nothing and loses nothing.
    let mut switch = page(2, &[("waiting_time", Answer::Number(2))], false);
    switch.language = Locale::En;
    answer_page(&ctx, switch).await.unwrap();
    let resumed = look(&ctx).await.unwrap();
    assert_eq!((resumed.resume_at(), resumed.language), (2, Locale::En));
    assert_eq!(resumed.answers["nps"], Answer::Number(9));
    assert_eq!(resumed.answers["waiting_time"], Answer::Number(2));
    let rest = [("doctor_listened", Answer::Number(5)), ("waiting_time", Answer::Number(3))];
    answer_page(&ctx, page(2, &rest, true)).await.unwrap();
    let words = [("why", Answer::Words("شكرًا 🙏".to_owned()))];
    let done = answer_page(&ctx, page(3, &words, true)).await.unwrap();
    assert_eq!(done, AnswerPageOutcome::Completed);
    assert_eq!(app.db_text("select score || ' ' || nps from surveys").await, "8000 9");
    let again = answer_page(&ctx, page(1, &[("nps", Answer::Number(0))], true)).await.unwrap();
    assert_eq!(again, AnswerPageOutcome::AlreadyCompleted);
    assert_eq!(app.db_text("select nps::text from surveys").await, "9");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_page_without_its_required_answer_is_refused_and_nothing_is_stored(db: PgPool) {
    let app = TestApp::new(db).await;
    let ctx = app.invited(app.surveyed_visit("V1").await);
    let refused = answer_page(&ctx, page(1, &[], true)).await;
    let Err(Error::Refused(Failure::Invalid { faults })) = refused else { panic!("{refused:?}") };
    assert_eq!((faults[0].field.as_str(), faults[0].code.as_str()), ("nps", "required"));
    let skipped = answer_page(&ctx, page(3, &[], true)).await;
    assert!(matches!(skipped, Err(Error::Refused(Failure::Invalid { .. }))), "{skipped:?}");
    assert_eq!(app.db_count("select count(*) from answers").await, 0);
    assert_eq!(app.db_text("select status from surveys").await, "sent");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn two_submits_at_once_make_one_response(db: PgPool) {
    let app = TestApp::new(db).await;
    let survey = app.surveyed_visit("V1").await;
    let mut submits = JoinSet::new();
    for number in 0..20_u8 {
        let ctx = app.invited(survey);
        submits.spawn(async move {
            let cmd = SubmitSurvey { language: None, answers: answers(number % 4, 3) };
            submit(&ctx, cmd).await.unwrap().status
        });
    }
    let mut statuses = submits.join_all().await;
    statuses.sort();
    assert_eq!(statuses.iter().filter(|status| *status == "completed").count(), 1);
    assert_eq!(app.db_count("select sum(completed) from response_rollups").await, 1);
    assert_eq!(app.db_count("select sum(completed) from funnel_rollups").await, 1);
    assert_eq!(app.db_count("select count(*) from actions").await, 1);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_forged_or_foreign_link_is_refused_before_the_database_is_asked(db: PgPool) {
    let app = TestApp::new(db).await;
    let survey = app.surveyed_visit("V1").await;
    let token = app.deps.survey_token(survey);
    assert!(app.deps.invited(&token, RequestMeta::default()).is_ok());
    let mut forged = vec![String::new(), "x".to_owned(), "é".to_owned(), token[1..].to_owned()];
    forged.push(format!("{token}A"));
    for place in 0..token.len() {
        let mut letters: Vec<char> = token.chars().collect();
        letters[place] = if letters[place] == 'A' { 'B' } else { 'A' };
        forged.push(letters.into_iter().collect());
    }
    // The last letter carries spare bits that no signature covers; decoding refuses those.
    app.db.close().await;
    for token in forged {
        let refused = app.deps.invited(&token, RequestMeta::default());
        assert!(matches!(refused, Err(Error::Refused(Failure::NotFound { .. }))), "{token}");
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_link_ends_after_thirty_days(db: PgPool) {
    let app = TestApp::new(db).await;
    let survey = app.surveyed_visit("V1").await;
    app.clock.advance(TimeDelta::days(30));
    let ctx = app.invited(survey);
    assert_eq!(look(&ctx).await.unwrap().state, OpenSurveyState::Closed);
    let late = submit(&ctx, SubmitSurvey { language: None, answers: answers(9, 5) }).await;
    assert!(matches!(late, Err(Error::Refused(Failure::Conflict { .. }))), "{late:?}");
    app.run_jobs().await;
    assert_eq!(app.db_text("select status from surveys").await, "expired");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_yes_to_a_call_reaches_somebody_once(db: PgPool) {
    let app = TestApp::new(db).await;
    let (bad, good) = (app.surveyed_visit("V1").await, app.surveyed_visit("V2").await);
    app.answer(bad, 2).await;
    app.answer(good, 10).await;
    for survey in [bad, good] {
        answer_callback(&app.invited(survey), true).await.unwrap();
        answer_callback(&app.invited(survey), false).await.unwrap();
    }
    let kinds = app.db_text("select string_agg(kind, ',' order by kind) from actions").await;
    assert_eq!(kinds, "callback,low_score");
    let told = "select count(*) from action_log where kind = 'callback_answered' and agreed";
    assert_eq!(app.db_count(told).await, 1);
    let state = look(&app.invited(bad)).await.unwrap().state;
    assert_eq!(state, OpenSurveyState::Completed { callback: Some(true), low_score: true });
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_call_is_asked_for_only_after_the_answers(db: PgPool) {
    let app = TestApp::new(db).await;
    let ctx = app.invited(app.surveyed_visit("V1").await);
    let early = answer_callback(&ctx, true).await;
    assert!(matches!(early, Err(Error::Refused(Failure::Conflict { .. }))), "{early:?}");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_patient_without_a_channel_is_suppressed_visibly(db: PgPool) {
    let app = TestApp::new(db).await;
    visit("V1").with_patient("mobile", serde_json::Value::Null).all(&app).await;
    app.run_jobs().await;
    assert_eq!(app.db_text("select status from surveys").await, "suppressed");
    let logged = app.db_text("select status || ' ' || reason from notification_log").await;
    assert_eq!(logged, "suppressed no_channel");
    assert_eq!(app.db_count("select sum(suppressed) from funnel_rollups").await, 1);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_guardian_whom_the_hospital_names_is_asked_about_a_child(db: PgPool) {
    let app = TestApp::new(db).await;
    visit("CHILD")
        .with_patient("birth_date", json!("2020-02-29"))
        .with_patient("guardian_name", json!("هند الشهري"))
        .with_patient("guardian_mobile", json!("0512345679"))
        .all(&app)
        .await;
    app.run_jobs().await;
    let [message] = app.outbox.take().try_into().unwrap();
    assert_eq!(message.address, "+966512345679");
    assert!(look(&app.invited(app.db_survey("CHILD").await)).await.unwrap().for_child);
    // A later message that says nothing of her changes nothing.
    visit("AGAIN").with_patient("mrn", json!("M-CHILD")).all(&app).await;
    let named = app.db_text("select guardian_name from patients where guardian_mobile is not null");
    assert_eq!(named.await, "هند الشهري");
}
