//! Answers of every kind: on their way in, as they are kept, and what they are worth.

use px360_domain::surveys::{
    Answer, AnswerPage, AnswerPageOutcome, Answers, SubmitSurvey, SurveyContent,
};
use px360_domain::{Failure, Locale};
use px360_server::Error;
use px360_server::surveys::{answer_page, hand_in, look, submit};
use serde_json::json;
use sqlx::PgPool;

use crate::harness::TestApp;

/// A survey with a question of every kind, and logic between its pages.
fn content() -> SurveyContent {
    let text = |text: &str| json!({ "ar": text, "en": text });
    let choices = |keys: &[&str]| {
        keys.iter().map(|key| json!({ "key": key, "label": text(key) })).collect::<Vec<_>>()
    };
    let question = |key: &str, page: u8, kind: serde_json::Value| json!({ "key": key, "text": text(key), "hint": null, "kind": kind, "required": false, "page": page });
    let (low, high) = (text("low"), text("high"));
    let mut questions = vec![
        question("nps", 1, json!({ "nps": { "low": low, "high": high } })),
        question(
            "care",
            2,
            json!({ "matrix": { "rows": choices(&["x", "y"]), "columns": [text("1"), text("2"), text("3")] } }),
        ),
        question("some", 2, json!({ "multiple": { "choices": choices(&["a", "b", "c"]) } })),
        question("order", 2, json!({ "ranking": { "choices": choices(&["a", "b"]) } })),
        question("day", 2, json!("date")),
        question("agree", 2, json!("consent")),
        question("who", 2, json!("contact")),
        question("sorry", 3, json!({ "text": { "max_chars": 100 } })),
        question("wait", 4, json!({ "ces": { "low": low, "high": high } })),
    ];
    questions[0]["required"] = json!(true);
    questions[7]["shown_if"] =
        json!({ "is": { "operand": { "answer": "nps" }, "operator": "at_most", "values": ["6"] } });
    questions[8]["not_applicable"] = json!(true);
    serde_json::from_value(json!({
        "title": text("t"), "introduction": text("i"), "questions": questions, "rules": [],
    }))
    .unwrap()
}

/// A visit whose survey asks that.
async fn invited(app: &TestApp) -> px360_server::Ctx {
    let survey = app.surveyed_visit("V1").await;
    sqlx::query(
        "with version as (
             insert into survey_versions (id, survey_template_id, number, content, published_at)
             select gen_random_uuid(), survey_template_id, 99, $1, now() from survey_versions limit 1
             returning id
         )
         update surveys set survey_version_id = version.id from version where surveys.id = $2",
    )
    .bind(serde_json::to_value(content()).unwrap())
    .bind(survey.0)
    .execute(&app.db)
    .await
    .unwrap();
    app.invited(survey)
}

fn several(keys: &[&str]) -> Answer {
    Answer::Choices(keys.iter().map(|key| (*key).to_owned()).collect())
}

fn said(text: &str) -> Answer {
    Answer::Words(text.to_owned())
}

fn given(answers: &[(&str, Answer)]) -> Answers {
    answers.iter().map(|(key, answer)| ((*key).to_owned(), answer.clone())).collect()
}

fn page(page: u8, answers: &[(&str, Answer)]) -> AnswerPage {
    AnswerPage { page, answers: given(answers), language: Locale::Ar, hand_in: true }
}

fn second() -> Vec<(&'static str, Answer)> {
    vec![
        ("care.x", Answer::Number(3)),
        ("care.y", Answer::Number(2)),
        ("some", several(&["c", "a"])),
        ("order", several(&["b", "a"])),
        ("day", said("2026-11-23")),
        ("agree", Answer::YesNo(true)),
        ("who.name", said("سارة")),
        ("who.mobile", said("0500001234")),
    ]
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn answers_of_every_kind_come_back_as_they_were_given(db: PgPool) {
    let app = TestApp::new(db).await;
    let ctx = invited(&app).await;
    let next = answer_page(&ctx, page(1, &[("nps", Answer::Number(3))])).await.unwrap();
    assert_eq!(next, AnswerPageOutcome::Next(2));
    let next = answer_page(&ctx, page(2, &second())).await.unwrap();
    assert_eq!(next, AnswerPageOutcome::Next(3));
    let mut expected = given(&second());
    expected.insert("nps".to_owned(), Answer::Number(3));
    let open = look(&ctx).await.unwrap();
    assert_eq!((open.answers.clone(), open.resume_at()), (expected, 3));
    answer_page(&ctx, page(3, &[("sorry", said("الانتظار"))])).await.unwrap();
    let next = answer_page(&ctx, page(4, &[("wait", Answer::NotApplicable)])).await.unwrap();
    assert_eq!(next, AnswerPageOutcome::Review, "nine questions are looked through once more");
    assert_eq!(app.db_count("select count(*) from surveys where score is not null").await, 0);
    assert_eq!(hand_in(&ctx).await.unwrap(), AnswerPageOutcome::Completed);
    assert_eq!(hand_in(&ctx).await.unwrap(), AnswerPageOutcome::AlreadyCompleted);
    let worth =
        "select string_agg(question_key || ' ' || coalesce(points::text, '-') || ' ' || top,
                                   ', ' order by question_key)
                 from answers where top is not null";
    assert_eq!(app.db_text(worth).await, "care.x 10000 true, care.y 5000 false, nps 3000 false");
    assert_eq!(
        app.db_text("select score::text from surveys where score is not null").await,
        "6000"
    );
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn nobody_hands_in_what_lacks_an_answer(db: PgPool) {
    let app = TestApp::new(db).await;
    let ctx = invited(&app).await;
    let refused = hand_in(&ctx).await;
    assert!(
        matches!(&refused, Err(Error::Refused(failure))
            if *failure == Failure::invalid("nps", "required")),
        "{refused:?}"
    );
    assert_eq!(app.db_count("select count(*) from surveys where score is not null").await, 0);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_page_that_does_not_concern_the_patient_is_left_out_and_what_was_said_on_it_is_forgotten(
    db: PgPool,
) {
    let app = TestApp::new(db).await;
    let ctx = invited(&app).await;
    answer_page(&ctx, page(1, &[("nps", Answer::Number(3))])).await.unwrap();
    answer_page(&ctx, page(2, &[])).await.unwrap();
    answer_page(&ctx, page(3, &[("sorry", said("الانتظار"))])).await.unwrap();
    answer_page(&ctx, page(1, &[("nps", Answer::Number(10))])).await.unwrap();
    let next = answer_page(&ctx, page(2, &[])).await.unwrap();
    assert_eq!(next, AnswerPageOutcome::Next(4));
    assert_eq!(look(&ctx).await.unwrap().answers.len(), 2, "kept, should the patient turn back");
    answer_page(&ctx, page(4, &[])).await.unwrap();
    assert_eq!(app.db_text("select string_agg(question_key, '') from answers").await, "nps");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn faults_of_every_kind_are_named_at_once_and_nothing_is_kept(db: PgPool) {
    let app = TestApp::new(db).await;
    let ctx = invited(&app).await;
    let faulty = [
        ("care.x", Answer::Number(4)),
        ("some", several(&["d"])),
        ("order", several(&["a"])),
        ("day", said("2026-02-30")),
        ("who.mobile", said("12")),
    ];
    let refused = answer_page(&ctx, page(2, &faulty)).await;
    let Err(Error::Refused(Failure::Invalid { faults })) = refused else { panic!("{refused:?}") };
    let told: Vec<String> =
        faults.iter().map(|fault| format!("{}:{}", fault.field, fault.code)).collect();
    let expected = [
        "care.x:not_on_the_scale",
        "some:unknown_choice",
        "order:required",
        "day:not_a_day",
        "who.mobile:not_a_mobile",
    ];
    assert_eq!(told, expected);
    let strange = answer_page(&ctx, page(2, &[("nps", Answer::Number(1))])).await;
    assert!(matches!(strange, Err(Error::Refused(Failure::Invalid { .. }))), "of another page");
    assert_eq!(app.db_count("select count(*) from answers").await, 0);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn scripts_hand_in_every_kind_at_once(db: PgPool) {
    let app = TestApp::new(db).await;
    let ctx = invited(&app).await;
    let mut answers = given(&second());
    answers.insert("nps".to_owned(), Answer::Number(9));
    answers.insert("wait".to_owned(), Answer::NotApplicable);
    let text = serde_json::to_value(&answers).unwrap();
    assert_eq!((&text["some"], &text["wait"]), (&json!(["c", "a"]), &json!(null)));
    let answers = serde_json::from_value(text).unwrap();
    submit(&ctx, SubmitSurvey { language: Some(Locale::En), answers }).await.unwrap();
    assert_eq!(app.db_count("select count(*) from answers").await, 10);
}
