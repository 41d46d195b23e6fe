//! What came back of a survey.

use futures_util::TryStreamExt as _;
use px360_domain::surveys::results::{AnswerResult, FigureKind, ResultFilter, SurveyResults};
use px360_domain::surveys::{Answer, AnswerMode, AnswerPage, Answers, SubmitSurvey};
use px360_domain::{Bilingual, Failure, FileFormat, Locale};
use px360_server::{Ctx, Error, surveys};
use sqlx::PgPool;

use crate::harness::TestApp;
use crate::survey_templates::{opd, publish, save};

async fn results(ctx: &Ctx, filter: ResultFilter) -> SurveyResults {
    surveys::survey_results(ctx, opd(ctx).await, filter).await.unwrap()
}

fn of<'a>(results: &'a SurveyResults, key: &str) -> &'a AnswerResult {
    results.answers.iter().find(|answer| answer.key == key).unwrap()
}

/// A visit whose survey is answered like that.
async fn answered(app: &TestApp, encounter: &str, nps: u8, words: &str) {
    let survey = app.surveyed_visit(encounter).await;
    let mut answers = Answers::from([
        ("nps".to_owned(), Answer::Number(nps)),
        ("doctor_listened".to_owned(), Answer::Number(5)),
        ("waiting_time".to_owned(), Answer::Number(4)),
        ("cleanliness".to_owned(), Answer::Number(5)),
    ]);
    if !words.is_empty() {
        answers.insert("why".to_owned(), Answer::Words(words.to_owned()));
    }
    let cmd = SubmitSurvey { language: None, answers };
    surveys::submit(&app.invited(survey), cmd).await.unwrap();
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn every_step_of_the_funnel_and_every_answer_is_counted_once(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    answered(&app, "A", 10, "").await;
    answered(&app, "B", 3, "waited").await;
    let begun = app.surveyed_visit("C").await;
    let page = AnswerPage {
        page: 1,
        answers: Answers::from([("nps".to_owned(), Answer::Number(8))]),
        language: Locale::Ar,
        hand_in: true,
    };
    surveys::answer_page(&app.invited(begun), page).await.unwrap();
    app.surveyed_visit("D").await;

    let found = results(&admin, ResultFilter::default()).await;
    let funnel = &found.funnel;
    assert_eq!((funnel.created, funnel.sent, funnel.started, funnel.completed), (4, 4, 3, 2));
    let nps = of(&found, "nps");
    assert_eq!((nps.answered, nps.left_here), (2, 1), "what is not handed in counts in no figure");
    let score = nps.figures.iter().find(|figure| figure.kind == FigureKind::Nps).unwrap();
    assert_eq!((score.n, score.value), (2, 0.0));
    let counts: Vec<u32> = nps.bars.iter().map(|bar| bar.count).collect();
    assert_eq!(counts, [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1]);
    assert_eq!(found.comments.len(), 1);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn questions_that_name_their_visit_are_read_without_braces(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let id = opd(&admin).await;
    surveys::begin_draft(&admin, id, None).await.unwrap();
    let named = Bilingual::new("لماذا، عن {physician}؟", "Why, about {physician}?");
    save(&admin, id, |content| {
        let why = content.questions.iter_mut().find(|question| question.key == "why");
        why.unwrap().text = named;
    })
    .await
    .unwrap();
    publish(&admin, id).await.unwrap();
    answered(&app, "A", 3, "waited").await;
    let found = results(&admin, ResultFilter::default()).await;
    let survey = app.db_survey("A").await;
    let response = surveys::survey_response(&admin, survey).await.unwrap();
    let given = response.answers.into_iter().find(|given| given.key == "why").unwrap().question;
    for question in [&found.comments[0].question, &of(&found, "why").question, &given] {
        assert!(
            question.en.starts_with("Why, about ") && !question.en.contains('{'),
            "{question:?}"
        );
        assert!(!question.ar.contains('{'), "{question:?}");
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_look_counts_once_and_each_answer_tells_how_long_it_took(db: PgPool) {
    let app = TestApp::new(db).await;
    let survey = app.surveyed_visit("A").await;
    let patient = app.invited(survey);
    for _ in 0..2 {
        surveys::note_opened(&patient).await.unwrap();
        app.clock.advance(chrono::TimeDelta::seconds(5));
    }
    let deeds = "select count(*) from audit_events where action = 'survey.opened'";
    assert_eq!(app.db_count(deeds).await, 1);
    let page = |page, answers: &Answers, hand_in| AnswerPage {
        page,
        answers: answers.clone(),
        language: Locale::Ar,
        hand_in,
    };
    let nps = Answers::from([("nps".to_owned(), Answer::Number(8))]);
    surveys::answer_page(&patient, page(1, &nps, false)).await.unwrap();
    app.clock.advance(chrono::TimeDelta::seconds(30));
    // The page is handed in whole, and what did not change keeps its time.
    surveys::answer_page(&patient, page(1, &nps, true)).await.unwrap();
    let mut rest = Answers::new();
    for (key, seconds) in [("doctor_listened", 7), ("waiting_time", 12)] {
        app.clock.advance(chrono::TimeDelta::seconds(seconds));
        rest.insert(key.to_owned(), Answer::Number(4));
        surveys::answer_page(&patient, page(2, &rest, false)).await.unwrap();
    }
    surveys::answer_page(&patient, page(2, &rest, true)).await.unwrap();
    surveys::answer_page(&patient, page(3, &Answers::new(), true)).await.unwrap();
    let found = results(&app.user("admin").await, ResultFilter::default()).await;
    assert_eq!((found.funnel.opened, found.funnel.completed), (1, 1));
    let took = |key: &str| of(&found, key).seconds;
    assert_eq!(
        [took("nps"), took("doctor_listened"), took("waiting_time"), took("cleanliness")],
        [Some(10), Some(37), Some(12), None]
    );
    // Nobody opens what is handed in.
    surveys::note_opened(&patient).await.unwrap();
    assert_eq!(app.db_count(deeds).await, 1);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_filter_cuts_all_of_it_alike(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    answered(&app, "A", 10, "good").await;
    let with = |filter| results(&admin, filter);
    let english = ResultFilter { language: Some(Locale::En), ..ResultFilter::default() };
    let other = ResultFilter { hospital: Some("nowhere".to_owned()), ..ResultFilter::default() };
    let phone = ResultFilter { mode: Some(AnswerMode::Phone), ..ResultFilter::default() };
    let link = ResultFilter { mode: Some(AnswerMode::Link), ..ResultFilter::default() };
    assert_eq!(with(link).await.funnel.completed, 1);
    for filter in [english, other, phone] {
        let found = with(filter).await;
        assert_eq!((found.funnel.created, found.comments.len()), (0, 0));
        assert!(found.answers.iter().all(|answer| answer.answered == 0));
    }
    app.clock.advance(chrono::TimeDelta::days(10));
    let lately = ResultFilter { days: Some(7), ..ResultFilter::default() };
    assert_eq!(with(lately).await.funnel.created, 0);
    assert_eq!(with(ResultFilter::default()).await.funnel.created, 1);
    let id = opd(&admin).await;
    let asked = ResultFilter { days: Some(0), ..ResultFilter::default() };
    let refused = surveys::survey_results(&admin, id, asked).await;
    assert!(matches!(refused, Err(Error::Refused(Failure::Invalid { .. }))), "{refused:?}");
    let asked = ResultFilter { version: Some(9), ..ResultFilter::default() };
    let refused = surveys::survey_results(&admin, id, asked).await;
    assert!(matches!(refused, Err(Error::Refused(Failure::NotFound { .. }))), "{refused:?}");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn who_may_not_know_patients_reads_comments_without_their_numbers(db: PgPool) {
    let app = TestApp::new(db).await;
    answered(&app, "A", 2, "Call me on 0501234567").await;
    let full = results(&app.user("coordinator").await, ResultFilter::default()).await;
    assert_eq!(full.comments[0].words, "Call me on 0501234567");
    let viewer = app.user("viewer").await;
    let cut = results(&viewer, ResultFilter::default()).await;
    assert!(!cut.comments[0].words.contains("0501234567"), "{:?}", cut.comments);
    assert!(cut.comments[0].words.starts_with("Call me on"), "{:?}", cut.comments);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_file_has_a_row_for_each_response_and_leaves_a_trace(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    answered(&app, "A", 10, "=1+1").await;
    answered(&app, "B", 7, "").await;
    let id = opd(&admin).await;
    let filter = ResultFilter::default();
    let pieces =
        surveys::export_responses(&admin, id, filter, Some(Locale::En), FileFormat::Csv).await;
    let pieces: Vec<_> = pieces.unwrap().try_collect().await.unwrap();
    let text = String::from_utf8(pieces.concat()).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 3, "{text}");
    assert!(lines[0].contains("nps") && lines[0].contains("doctor_listened"), "{text}");
    assert!(text.contains("'=1+1"), "no spreadsheet runs it: {text}");
    let traces: i64 =
        sqlx::query_scalar("select count(*) from audit_events where action = 'surveys.exported'")
            .fetch_one(&app.db)
            .await
            .unwrap();
    assert_eq!(traces, 1);
}
