//! Files that patients add to their answers.

use chrono::TimeDelta;
use px360_domain::Failure;
use px360_domain::Locale;
use px360_domain::ids::{SurveyFileId, SurveyId};
use px360_domain::surveys::authoring::QuestionType;
use px360_domain::surveys::{
    Answer, AnswerPage, AnswerPageOutcome, Answers, GivenAnswer, Question, SurveyFile,
    SurveyFileFormat,
};
use px360_domain::{Bilingual, surveys as words};
use px360_server::{Error, surveys};
use sqlx::PgPool;
use uuid::Uuid;

use crate::harness::{TestApp, answers};
use crate::survey_templates::{opd, publish, save};

/// One red pixel as a PNG, with a text that names a place.
const PIXEL: &[u8] = include_bytes!("files/pixel.png");
const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";

/// A survey about an outpatient visit that also asks for a photograph, on its last page.
async fn asked(app: &TestApp) -> SurveyId {
    let admin = app.user("admin").await;
    let id = opd(&admin).await;
    surveys::begin_draft(&admin, id, None).await.unwrap();
    save(&admin, id, |content| {
        let page = content.pages();
        let question = Question {
            text: Bilingual::new("صورة", "A photo"),
            page,
            ..Question::blank("photo".to_owned(), QuestionType::File)
        };
        content.questions.push(question);
    })
    .await
    .unwrap();
    publish(&admin, id).await.unwrap();
    app.surveyed_visit("FILES").await
}

async fn keep(
    app: &TestApp,
    survey: SurveyId,
    name: &str,
    bytes: &[u8],
) -> Result<SurveyFile, Error> {
    surveys::keep_file(&app.invited(survey), "photo", name, bytes.to_vec()).await
}

fn named(id: SurveyFileId) -> Answers {
    let mut all = answers(9, 5);
    all.insert("photo".to_owned(), Answer::Words(id.to_string()));
    all
}

async fn submit(app: &TestApp, survey: SurveyId, answers: Answers) -> Result<String, Error> {
    let cmd = words::SubmitSurvey { language: None, answers };
    surveys::submit(&app.invited(survey), cmd).await.map(|receipt| receipt.status)
}

async fn read(app: &TestApp, who: &str, id: SurveyFileId) -> Result<(SurveyFile, Vec<u8>), Error> {
    surveys::survey_file(&app.user(who).await, id).await
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_photograph_comes_with_the_answers_and_tells_nothing_but_what_is_seen(db: PgPool) {
    let app = TestApp::new(db).await;
    let survey = asked(&app).await;
    let file = keep(&app, survey, "../IMG 1.HEIC", PIXEL).await.unwrap();
    assert_eq!((file.name.as_str(), file.format), ("IMG 1.jpg", SurveyFileFormat::Jpeg));
    assert_eq!(submit(&app, survey, named(file.id)).await.unwrap(), "completed");

    let (read_back, bytes) = read(&app, "coordinator", file.id).await.unwrap();
    assert_eq!(read_back, file);
    assert!(bytes.starts_with(&[0xff, 0xd8, 0xff]), "a JPEG");
    let told = b"Riyadh";
    assert!(!bytes.windows(told.len()).any(|part| part == told));
    let entries = "select count(*) from audit_events where action = 'survey_file.read'";
    assert_eq!(app.db_count(entries).await, 1, "whoever reads is remembered");

    let response = surveys::survey_response(&app.user("coordinator").await, survey).await.unwrap();
    let given = response.answers.into_iter().find(|one| one.key == "photo").unwrap();
    assert_eq!(given.answer, Some(GivenAnswer::File(file)));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn whoever_may_not_know_the_patient_sees_no_file(db: PgPool) {
    let app = TestApp::new(db).await;
    let survey = asked(&app).await;
    let file = keep(&app, survey, "bill.pdf", PDF).await.unwrap();
    submit(&app, survey, named(file.id)).await.unwrap();
    for who in ["viewer", "nurse"] {
        let refused = read(&app, who, file.id).await;
        assert!(
            matches!(&refused, Err(Error::Refused(Failure::Forbidden | Failure::NotFound { .. }))),
            "{who}: {refused:?}"
        );
    }
    let response = surveys::survey_response(&app.user("viewer").await, survey).await.unwrap();
    let given = response.answers.into_iter().find(|one| one.key == "photo").unwrap();
    assert_eq!(given.answer, Some(GivenAnswer::Words("•••".to_owned())));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn only_photographs_and_documents_of_this_question_are_kept(db: PgPool) {
    let app = TestApp::new(db).await;
    let survey = asked(&app).await;
    let script = b"<html><script>alert(1)</script>".to_vec();
    let disguised = [b"GIF89a".as_slice(), PDF].concat();
    for bytes in [Vec::new(), script, disguised, PDF[..20].to_vec()] {
        let refused = keep(&app, survey, "x.pdf", &bytes).await;
        assert!(
            matches!(&refused, Err(Error::Refused(failure))
                if *failure == Failure::invalid("photo", "not_a_file")),
            "{refused:?}"
        );
    }
    let long = [PDF, &vec![b' '; 10 << 20]].concat();
    let refused = keep(&app, survey, "x.pdf", &long).await;
    assert!(
        matches!(refused, Err(Error::Refused(failure)) if failure == Failure::invalid("photo", "too_large"))
    );
    let other = surveys::keep_file(&app.invited(survey), "nps", "x.pdf", PDF.to_vec()).await;
    assert!(
        matches!(other, Err(Error::Refused(failure)) if failure == Failure::invalid("nps", "unknown_question"))
    );
    assert_eq!(app.db_count("select count(*) from survey_files").await, 0);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn an_answer_names_a_file_of_its_own_survey(db: PgPool) {
    let app = TestApp::new(db).await;
    let (survey, other) = (asked(&app).await, app.surveyed_visit("OTHER").await);
    let theirs = keep(&app, other, "theirs.pdf", PDF).await.unwrap();
    for id in [theirs.id, SurveyFileId(Uuid::nil())] {
        let refused = submit(&app, survey, named(id)).await;
        assert!(
            matches!(&refused, Err(Error::Refused(failure))
                if *failure == Failure::invalid("photo", "unknown_file")),
            "{refused:?}"
        );
    }
    assert_eq!(app.db_count("select count(*) from survey_files").await, 1, "theirs is still there");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_file_that_is_replaced_or_taken_back_is_gone(db: PgPool) {
    let app = TestApp::new(db).await;
    let survey = asked(&app).await;
    let first = keep(&app, survey, "first.png", PIXEL).await.unwrap();
    let second = keep(&app, survey, "second.pdf", PDF).await.unwrap();
    assert_eq!(first.id, second.id, "the answer that names it stays right");
    assert_eq!(app.db_text("select name from survey_files").await, "second.pdf");

    let open = surveys::look(&app.invited(survey)).await.unwrap();
    let page = open.content.question("photo").unwrap().page;
    let answer = async |answers: Answers| {
        let cmd = AnswerPage { page, answers, language: Locale::En, hand_in: false };
        surveys::answer_page(&app.invited(survey), cmd).await.unwrap()
    };
    let photo = Answers::from([("photo".to_owned(), Answer::Words(second.id.to_string()))]);
    answer(photo).await;
    let files = surveys::look(&app.invited(survey)).await.unwrap().files;
    assert_eq!(files.get("photo"), Some(&second));
    assert_eq!(answer(Answers::new()).await, AnswerPageOutcome::Next(page));
    assert_eq!(app.db_count("select count(*) from survey_files").await, 0);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn everybody_has_room_for_one_file_at_once(db: PgPool) {
    let app = TestApp::new(db).await;
    let (one, other) = (app.surveyed_visit("ONE").await, app.surveyed_visit("OTHER").await);
    let room = surveys::room_for_file(&app.invited(one)).unwrap();
    let second = surveys::room_for_file(&app.invited(one));
    assert!(matches!(second, Err(Failure::TooMany { .. })), "{second:?}");
    assert!(surveys::room_for_file(&app.invited(other)).is_ok(), "nobody else waits");
    drop(room);
    assert!(surveys::room_for_file(&app.invited(one)).is_ok());
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_file_that_no_answer_names_goes_with_the_page_or_with_its_survey(db: PgPool) {
    let app = TestApp::new(db).await;
    let survey = asked(&app).await;
    // Its page was refused, and then it was taken back: no answer changes by that.
    keep(&app, survey, "x.pdf", PDF).await.unwrap();
    let page = surveys::look(&app.invited(survey)).await.unwrap().content.pages();
    let cmd = |answers| AnswerPage { page, answers, language: Locale::Ar, hand_in: false };
    surveys::answer_page(&app.invited(survey), cmd(Answers::new())).await.unwrap();
    assert_eq!(app.db_count("select count(*) from survey_files").await, 0);
    // A page in another tab still names it: what else it says is kept.
    let stale = Answers::from([("photo".to_owned(), Answer::Words(Uuid::nil().to_string()))]);
    surveys::answer_page(&app.invited(survey), cmd(stale)).await.unwrap();
    assert_eq!(app.db_count("select count(*) from answers where question_key = 'photo'").await, 0);
    // Nobody came back for this one.
    keep(&app, survey, "x.pdf", PDF).await.unwrap();
    app.pass(TimeDelta::days(40)).await;
    assert_eq!(app.db_count("select count(*) from survey_files").await, 0);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_survey_that_is_closed_reads_no_file(db: PgPool) {
    let app = TestApp::new(db).await;
    let survey = asked(&app).await;
    assert_eq!(submit(&app, survey, answers(9, 5)).await.unwrap(), "completed");
    let refused = keep(&app, survey, "x.pdf", PDF).await;
    assert!(
        matches!(&refused, Err(Error::Refused(Failure::Conflict { code })) if code == "survey_closed"),
        "{refused:?}"
    );
}
