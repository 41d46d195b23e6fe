//! Pictures of choices.

use px360_domain::ids::SurveyPictureId;
use px360_domain::surveys::authoring::QuestionType;
use px360_domain::surveys::{Question, QuestionKind};
use px360_domain::{Bilingual, Failure};
use px360_server::jobs::{self, Wake};
use px360_server::{Ctx, Error, RequestMeta, surveys};
use sqlx::PgPool;
use uuid::Uuid;

use crate::harness::TestApp;
use crate::survey_templates::{opd, publish, save};

/// One red pixel as a PNG, with a text that names a place.
const PIXEL: &[u8] = include_bytes!("files/pixel.png");

async fn kept(ctx: &Ctx) -> SurveyPictureId {
    surveys::keep_picture(ctx, PIXEL.to_vec()).await.unwrap()
}

async fn seen(app: &TestApp, id: SurveyPictureId) -> Result<Vec<u8>, Error> {
    surveys::picture(&app.deps.poster_reader(RequestMeta::default()), id).await
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_picture_is_kept_once_and_seen_by_whoever_has_its_address(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let id = kept(&admin).await;
    assert_eq!(kept(&admin).await, id, "the same picture");
    assert_eq!(app.db_count("select count(*) from survey_pictures").await, 1);
    let bytes = seen(&app, id).await.unwrap();
    assert!(bytes.starts_with(&[0xff, 0xd8, 0xff]), "a JPEG");
    let told = b"Riyadh";
    assert!(PIXEL.windows(told.len()).any(|part| part == told));
    assert!(!bytes.windows(told.len()).any(|part| part == told), "only what is seen is kept");
    let other = seen(&app, SurveyPictureId(Uuid::nil())).await;
    assert!(matches!(other, Err(Error::Refused(Failure::NotFound { .. }))));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn only_who_writes_surveys_keeps_pictures_and_only_pictures_are_kept(db: PgPool) {
    let app = TestApp::new(db).await;
    let nurse = app.user("nurse").await;
    let refused = surveys::keep_picture(&nurse, PIXEL.to_vec()).await;
    assert!(matches!(refused, Err(Error::Refused(Failure::Forbidden))));
    let admin = app.user("admin").await;
    let script = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec();
    for file in [Vec::new(), script, PIXEL[..20].to_vec()] {
        let refused = surveys::keep_picture(&admin, file).await;
        assert!(
            matches!(&refused, Err(Error::Refused(failure))
                if *failure == Failure::invalid("picture", "not_a_picture")),
            "{refused:?}"
        );
    }
    assert_eq!(app.db_count("select count(*) from survey_pictures").await, 0);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_picture_that_no_survey_shows_is_forgotten_after_a_week(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let id = kept(&admin).await;
    let template = opd(&admin).await;
    surveys::begin_draft(&admin, template, None).await.unwrap();
    let question = |picture| {
        let mut asked = Question::blank("which_room".to_owned(), QuestionType::Single);
        asked.text = Bilingual::new("أي غرفة؟", "Which room?");
        if let QuestionKind::Single { choices } = &mut asked.kind {
            choices[0].picture = picture;
            for (choice, number) in choices.iter_mut().zip(1..) {
                choice.label = Bilingual::new(format!("غرفة {number}"), format!("Room {number}"));
            }
        }
        asked
    };
    save(&admin, template, |content| content.insert_question(0, question(Some(id)))).await.unwrap();
    save(&admin, template, |content| {
        content.questions[0] = question(Some(SurveyPictureId(Uuid::nil())));
    })
    .await
    .unwrap();
    let refused = publish(&admin, template).await;
    assert!(
        matches!(&refused, Err(Error::Refused(Failure::Conflict { code })) if code == "survey_picture_gone"),
        "{refused:?}"
    );
    save(&admin, template, |content| content.questions[0] = question(Some(id))).await.unwrap();
    let sweep = async |days| {
        app.clock.advance(chrono::TimeDelta::days(days));
        jobs::run(&app.deps, Wake::SweepExpired).await.unwrap();
    };
    sweep(8).await;
    assert!(seen(&app, id).await.is_ok(), "a draft shows it");
    save(&admin, template, |content| content.questions[0] = question(None)).await.unwrap();
    sweep(6).await;
    assert!(seen(&app, id).await.is_ok(), "whoever took it out may put it back");
    sweep(2).await;
    assert!(seen(&app, id).await.is_err());
}
