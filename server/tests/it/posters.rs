//! Posters: read by anybody, answered by nobody in particular.

use px360_domain::ids::{DepartmentId, HospitalId, SurveyId, SurveyPosterId, SurveyTemplateId};
use px360_domain::records::RecordKind;
use px360_domain::surveys::posters::{MakeSurveyPoster, SurveyPosterSheet};
use px360_domain::surveys::results::ResultFilter;
use px360_domain::surveys::{
    Answer, AnswerMode, Answers, BeginEntry, OpenSurveyState, SubmitSurvey, SurveyInstanceFilter,
};
use px360_domain::{Failure, Locale};
use px360_server::{Ctx, Error, RequestMeta, records, surveys};
use sqlx::PgPool;
use uuid::Uuid;

use crate::harness::TestApp;

async fn db_id(app: &TestApp, sql: &'static str) -> Uuid {
    sqlx::query_scalar(sql).fetch_one(&app.db).await.unwrap()
}

/// What a poster in Riyadh's outpatient department would be made of.
async fn wanted(app: &TestApp) -> MakeSurveyPoster {
    let hospital = db_id(app, "select id from hospitals where code = 'RYD'").await;
    let department = db_id(
        app,
        "select department.id from departments as department
         join hospitals as hospital on hospital.id = department.hospital_id
         where hospital.code = 'RYD' and department.code = 'OPD'",
    )
    .await;
    let template = db_id(app, "select id from survey_templates where code = 'nps'").await;
    MakeSurveyPoster {
        hospital_id: HospitalId(hospital),
        department_id: Some(DepartmentId(department)),
        template_id: SurveyTemplateId(template),
    }
}

async fn sheet(ctx: &Ctx, id: SurveyPosterId) -> SurveyPosterSheet {
    surveys::survey_poster(ctx, id).await.unwrap()
}

/// The code that the address of a poster ends with.
fn code(sheet: &SurveyPosterSheet) -> String {
    sheet.address.rsplit('/').next().unwrap().to_owned()
}

/// A device that could be told from others.
fn device() -> RequestMeta {
    let ip = Some("203.0.113.7".parse().unwrap());
    RequestMeta { ip, user_agent: Some("Own phone".to_owned()), ..RequestMeta::default() }
}

async fn begin(app: &TestApp, code: &str) -> Result<SurveyId, Error> {
    let reader = app.deps.poster_reader(device());
    surveys::begin_from_poster(&reader, code, Locale::En).await
}

async fn answer(app: &TestApp, survey: SurveyId, nps: u8) {
    let mut answers = Answers::from([("nps".to_owned(), Answer::Number(nps))]);
    let why = if nps < 7 { "why_low" } else { "why_high" };
    answers.insert(why.to_owned(), Answer::Words("queues".to_owned()));
    let cmd = SubmitSurvey { language: None, answers };
    let visitor = app.deps.invited(&app.deps.survey_token(survey), device()).unwrap();
    surveys::note_opened(&visitor).await.unwrap();
    surveys::submit(&visitor, cmd).await.unwrap();
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_visitor_answers_a_poster_without_anybody_knowing_who_it_was(db: PgPool) {
    let app = TestApp::new(db).await;
    let coordinator = app.user("coordinator").await;
    let cmd = wanted(&app).await;
    let id = surveys::make_survey_poster(&coordinator, cmd).await.unwrap();
    let code = code(&sheet(&coordinator, id).await);
    // Looking at it writes nothing.
    let reader = app.deps.poster_reader(RequestMeta::default());
    let face = surveys::poster_face(&reader, &code).await.unwrap();
    assert!(!face.title.en.is_empty() && face.department.is_some());
    assert_eq!(app.db_count("select count(*) from surveys").await, 0);

    let survey = begin(&app, &code).await.unwrap();
    let open = surveys::look(&app.invited(survey)).await.unwrap();
    assert!(open.anonymous && open.physician.is_none());
    answer(&app, survey, 2).await;
    let state = surveys::look(&app.invited(survey)).await.unwrap().state;
    assert_eq!(state, OpenSurveyState::Completed { callback: None, low_score: true });
    let refused = surveys::answer_callback(&app.invited(survey), true).await;
    assert!(matches!(refused, Err(Error::Refused(Failure::Conflict { .. }))), "{refused:?}");
    let refused = surveys::prefer_time(&app.invited(survey), None).await;
    assert!(matches!(refused, Err(Error::Refused(Failure::NotFound { .. }))), "{refused:?}");
    let refused = surveys::opt_out(&app.invited(survey), None).await;
    assert!(matches!(refused, Err(Error::Refused(Failure::NotFound { .. }))), "{refused:?}");

    let traces = "select count(*) from audit_events
                  where ip is not null or user_agent is not null or detail::text like '%203.0.113%'";
    assert_eq!(app.db_count(traces).await, 0, "not even the audit log knows whose device it was");

    // It is work like any other, and counts like any other.
    let action = app.db_text("select kind from actions where department_id is not null").await;
    assert_eq!(action, "low_score");
    let poster = ResultFilter { mode: Some(AnswerMode::Poster), ..ResultFilter::default() };
    let found = surveys::survey_results(&coordinator, cmd.template_id, poster).await.unwrap();
    let funnel = &found.funnel;
    assert_eq!((funnel.created, funnel.sent, funnel.opened, funnel.completed), (1, 1, 1, 1));
    let list = surveys::survey_instances(&coordinator, SurveyInstanceFilter::default()).await;
    let [one] = list.unwrap().items.try_into().unwrap();
    assert_eq!((one.mode, one.stage, one.patient_id), (AnswerMode::Poster, None, None));
    surveys::survey_response(&coordinator, survey).await.unwrap();
    let counted = sheet(&coordinator, id).await.poster;
    assert_eq!((counted.begun, counted.completed), (1, 1));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_stopped_poster_asks_nobody_and_lets_whoever_began_finish(db: PgPool) {
    let app = TestApp::new(db).await;
    let coordinator = app.user("coordinator").await;
    let cmd = wanted(&app).await;
    let (hospital, department) = (cmd.hospital_id, cmd.department_id);
    let id = surveys::make_survey_poster(&coordinator, cmd).await.unwrap();
    let code = code(&sheet(&coordinator, id).await);
    let survey = begin(&app, &code).await.unwrap();
    let entry = BeginEntry { mode: AnswerMode::Kiosk };
    let refused = surveys::begin_entry(&coordinator, survey, entry).await;
    assert!(matches!(refused, Err(Error::Refused(Failure::Conflict { .. }))), "{refused:?}");
    let admin = app.user("admin").await;
    let places = [
        (RecordKind::Hospital, Some(hospital.0)),
        (RecordKind::Department, department.map(|department| department.0)),
    ];
    for (kind, place) in places {
        let refused = records::remove(&admin, kind, place.unwrap(), None).await;
        let Err(Error::Refused(Failure::InUse { by })) = refused else { panic!("in use") };
        let posters = by.iter().find(|used| used.by == "survey_poster");
        assert_eq!(posters.map(|used| used.count), Some(1), "{kind}");
    }
    surveys::stop_survey_poster(&coordinator, id).await.unwrap();
    for known in [code.as_str(), "000000000000", "x"] {
        let refused = begin(&app, known).await;
        assert!(matches!(refused, Err(Error::Refused(Failure::NotFound { .. }))), "{refused:?}");
    }
    answer(&app, survey, 9).await;
    let again = surveys::stop_survey_poster(&coordinator, id).await;
    assert!(matches!(again, Err(Error::Refused(Failure::NotFound { .. }))), "{again:?}");
    let offered = surveys::stopped_messages(&app.invited(survey)).await;
    assert!(matches!(offered, Err(Error::Refused(Failure::NotFound { .. }))), "{offered:?}");
    assert!(surveys::survey_posters(&coordinator).await.unwrap().items.is_empty());
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn no_more_begin_from_one_poster_than_a_corridor_has_visitors(db: PgPool) {
    let app = TestApp::new(db).await;
    let coordinator = app.user("coordinator").await;
    let cmd = wanted(&app).await;
    let id = surveys::make_survey_poster(&coordinator, cmd).await.unwrap();
    let code = code(&sheet(&coordinator, id).await);
    for _ in 0..60 {
        begin(&app, &code).await.unwrap();
    }
    let refused = begin(&app, &code).await;
    assert!(matches!(refused, Err(Error::Refused(Failure::TooMany { .. }))), "{refused:?}");
    app.clock.advance(chrono::TimeDelta::seconds(61));
    begin(&app, &code).await.unwrap();
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_poster_is_about_what_its_hospital_has(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let good = wanted(&app).await;
    let elsewhere = db_id(&app, "select id from hospitals where code = 'JED'").await;
    let nothing = Uuid::nil();
    for (cmd, field) in [
        (MakeSurveyPoster { hospital_id: HospitalId(elsewhere), ..good }, "department_id"),
        (MakeSurveyPoster { department_id: Some(DepartmentId(nothing)), ..good }, "department_id"),
        (MakeSurveyPoster { template_id: SurveyTemplateId(nothing), ..good }, "template_id"),
    ] {
        let refused = surveys::make_survey_poster(&admin, cmd).await;
        let Err(Error::Refused(Failure::Invalid { faults })) = refused else {
            panic!("{refused:?}")
        };
        assert_eq!(faults[0].field, field);
    }
}
