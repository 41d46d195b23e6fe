//! Surveys one by one: who sees what of them, and answers that staff enter.

use px360_domain::surveys::{
    Answer, AnswerMode, AnswerPage, AnswerPageOutcome, BeginEntry, GivenAnswer, SubmitSurvey,
    SurveyInstanceFilter, SurveyStatus,
};
use px360_domain::{Failure, Locale};
use px360_server::{Error, surveys};
use sqlx::PgPool;

use crate::harness::{TestApp, answers};

fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> Failure {
    match result.unwrap_err() {
        Error::Refused(failure) => failure,
        Error::Broken(cause) => panic!("{cause:#}"),
    }
}

const PHONE: BeginEntry = BeginEntry { mode: AnswerMode::Phone };
const PAPER: BeginEntry = BeginEntry { mode: AnswerMode::Paper };

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn answers_that_staff_enter_are_kept_with_the_way_in_which_they_came(db: PgPool) {
    let app = TestApp::new(db).await;
    let survey = app.surveyed_visit("CALLED").await;
    let coordinator = app.user("coordinator").await;
    let entry = surveys::begin_entry(&coordinator, survey, PHONE).await.unwrap();
    assert!(entry.path.starts_with("/s/"), "{}", entry.path);
    app.answer(survey, 9).await;
    let phoned = SurveyInstanceFilter { mode: Some(AnswerMode::Phone), ..Default::default() };
    let found = surveys::survey_instances(&coordinator, phoned).await.unwrap().items;
    let [found] = found.try_into().unwrap();
    assert_eq!((found.id, found.status, found.nps), (survey, SurveyStatus::Completed, Some(9)));
    assert!(!found.may_enter, "it is handed in");
    let closed = refusal(surveys::begin_entry(&coordinator, survey, PAPER).await);
    assert_eq!(closed, Failure::conflict("survey_closed"));
    let trace = "select detail ->> 'mode' from audit_events where action = 'survey.entry_begun'";
    assert_eq!(app.db_text(trace).await, "phone");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn what_a_patient_answers_long_after_a_call_came_by_the_link(db: PgPool) {
    let app = TestApp::new(db).await;
    let survey = app.surveyed_visit("LATER").await;
    let coordinator = app.user("coordinator").await;
    surveys::begin_entry(&coordinator, survey, PHONE).await.unwrap();
    app.clock.advance(chrono::TimeDelta::hours(3));
    app.answer(survey, 9).await;
    let found = surveys::survey_response(&coordinator, survey).await.unwrap();
    assert_eq!(found.survey.mode, AnswerMode::Link);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn what_was_answered_in_a_call_and_is_handed_in_long_after_it_came_by_the_call(db: PgPool) {
    let app = TestApp::new(db).await;
    let survey = app.surveyed_visit("KEPT").await;
    let coordinator = app.user("coordinator").await;
    surveys::begin_entry(&coordinator, survey, PHONE).await.unwrap();
    let content = surveys::look(&app.invited(survey)).await.unwrap().content;
    for page in 1..=content.pages() {
        let mut given = answers(9, 4);
        given.retain(|key, _| content.on_page(page).any(|question| question.key == *key));
        let page = AnswerPage { page, answers: given, language: Locale::Ar, hand_in: false };
        surveys::answer_page(&app.invited(survey), page).await.unwrap();
    }
    app.clock.advance(chrono::TimeDelta::hours(3));
    let outcome = surveys::hand_in(&app.invited(survey)).await.unwrap();
    assert_eq!(outcome, AnswerPageOutcome::Completed);
    let found = surveys::survey_response(&coordinator, survey).await.unwrap();
    assert_eq!(found.survey.mode, AnswerMode::Phone);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_device_of_the_house_gets_a_code_and_not_a_signed_in_browser(db: PgPool) {
    let app = TestApp::new(db).await;
    let survey = app.surveyed_visit("KIOSK").await;
    let coordinator = app.user("coordinator").await;
    let kiosk = BeginEntry { mode: AnswerMode::Kiosk };
    assert!(surveys::begin_entry(&coordinator, survey, kiosk).await.unwrap().picture.is_some());
    assert!(surveys::begin_entry(&coordinator, survey, PAPER).await.unwrap().picture.is_none());
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn whoever_must_not_be_called_can_still_fill_in_a_sheet(db: PgPool) {
    let app = TestApp::new(db).await;
    let survey = app.surveyed_visit("SILENT").await;
    surveys::opt_out(&app.invited(survey), None).await.unwrap();
    let coordinator = app.user("coordinator").await;
    let called = refusal(surveys::begin_entry(&coordinator, survey, PHONE).await);
    assert_eq!(called, Failure::conflict("must_not_contact"));
    surveys::opt_in(&app.invited(survey), None).await.unwrap();
    sqlx::query("update patients set consent = 'withdrawn'").execute(&app.db).await.unwrap();
    let called = refusal(surveys::begin_entry(&coordinator, survey, PHONE).await);
    assert_eq!(called, Failure::conflict("must_not_contact"));
    surveys::begin_entry(&coordinator, survey, PAPER).await.unwrap();
    let web = BeginEntry { mode: AnswerMode::Link };
    let nobody_needed = refusal(surveys::begin_entry(&coordinator, survey, web).await);
    assert_eq!(nobody_needed, Failure::invalid("mode", "unknown"));
    let viewer = app.user("viewer").await;
    let not_theirs = refusal(surveys::begin_entry(&viewer, survey, PAPER).await);
    assert_eq!(not_theirs, Failure::Forbidden);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_response_tells_everybody_what_and_only_some_who(db: PgPool) {
    let app = TestApp::new(db).await;
    let survey = app.surveyed_visit("TOLD").await;
    let mut given = answers(3, 2);
    given
        .insert("why".to_owned(), Answer::Words("Call 0501234567, says Sara Alqahtani".to_owned()));
    surveys::submit(&app.invited(survey), SubmitSurvey { language: None, answers: given })
        .await
        .unwrap();
    for (username, knows) in [("coordinator", true), ("viewer", false)] {
        let reader = app.user(username).await;
        let told = surveys::survey_response(&reader, survey).await.unwrap();
        assert_eq!(told.survey.patient_id.is_some(), knows, "{username}");
        let answer = |key: &str| {
            let found = told.answers.iter().find(|answered| answered.key == key).unwrap();
            found.answer.clone()
        };
        assert_eq!(answer("nps"), Some(GivenAnswer::Number(3, 10)));
        assert_eq!(answer("cleanliness"), None);
        let Some(GivenAnswer::Words(words)) = answer("why") else { panic!("words") };
        assert_eq!(words.contains("0501234567"), knows, "{username}: {words}");
        assert_eq!(words.contains("Sara"), knows, "{username}: {words}");
        let of_a_patient = SurveyInstanceFilter {
            patient_id: Some(uuid::Uuid::nil().into()),
            ..Default::default()
        };
        let asked = surveys::survey_instances(&reader, of_a_patient).await;
        assert_eq!(asked.is_ok(), knows, "{username}");
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_survey_of_another_hospital_does_not_exist(db: PgPool) {
    let app = TestApp::new(db).await;
    let survey = app.surveyed_visit("ELSEWHERE").await;
    sqlx::query(
        "update surveys set department_id = null,
             hospital_id = (select id from hospitals where code = 'JED')
         where id = $1",
    )
    .bind(survey)
    .execute(&app.db)
    .await
    .unwrap();
    let coordinator = app.user("coordinator").await;
    let unseen = Failure::not_found("survey");
    assert_eq!(refusal(surveys::survey_response(&coordinator, survey).await), unseen);
    assert_eq!(refusal(surveys::begin_entry(&coordinator, survey, PAPER).await), unseen);
    let all = surveys::survey_instances(&coordinator, SurveyInstanceFilter::default()).await;
    assert!(all.unwrap().items.iter().all(|row| row.id != survey));
    let everything = app.user("admin").await;
    assert!(surveys::survey_response(&everything, survey).await.is_ok());
}
