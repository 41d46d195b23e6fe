//! Anonymous surveys: what was answered stays, and who answered is gone.

use px360_domain::ids::SurveyId;
use px360_domain::surveys::results::ResultFilter;
use px360_domain::surveys::{
    Answer, AnswerMode, AnswerPage, BeginEntry, GivenAnswer, SurveyInstanceFilter,
};
use px360_domain::{Failure, Locale};
use px360_server::jobs::{self, Wake};
use px360_server::{Error, surveys};
use sqlx::PgPool;

use crate::harness::TestApp;
use crate::survey_templates::{opd, publish, save};

/// A house whose outpatients are asked anonymously, and the survey of one visit.
async fn asked(db: PgPool) -> (TestApp, SurveyId) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let id = opd(&admin).await;
    surveys::begin_draft(&admin, id, None).await.unwrap();
    save(&admin, id, |content| content.anonymous = true).await.unwrap();
    let refused = publish(&admin, id).await;
    assert!(matches!(refused, Err(Error::Refused(Failure::Conflict { .. }))), "it opens actions");
    save(&admin, id, |content| content.rules.clear()).await.unwrap();
    publish(&admin, id).await.unwrap();
    // One phone for all of them, which would be asked too often.
    sqlx::query("delete from fatigue_rules").execute(&app.db).await.unwrap();
    let survey = app.surveyed_visit("ANON").await;
    (app, survey)
}

/// So many more, handed in by everybody else in that department in that month.
async fn crowd(app: &TestApp, count: usize) {
    for at in 0..count {
        let survey = app.surveyed_visit(&format!("CROWD{at}")).await;
        app.answer(survey, 9).await;
    }
}

async fn hand_in(app: &TestApp, survey: SurveyId) {
    app.answer(survey, 2).await;
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn nothing_in_the_database_leads_from_an_anonymous_answer_to_whoever_gave_it(db: PgPool) {
    let (app, survey) = asked(db).await;
    hand_in(&app, survey).await;
    let left = app
        .db_text(
            "select string_agg(part || ' ' || (patient_id is null)::text || ' '
                        || (stage_id is null)::text || ' ' || coalesce(nps::text, '-') || ' '
                        || (select count(*) from answers where survey_id = surveys.id), ', ' order by part)
             from surveys",
        )
        .await;
    assert_eq!(left, "answers true true 2 3, invitation false false - 0");
    // The answers know their month, and no instant of the visit or of the answering.
    let instants = "select string_agg(distinct at::text, ', ') from (
            select unnest(array[created_at, expires_at, completed_at, opened_at, sent_at, started_at]) as at
            from surveys where part = 'answers'
            union all select answered_at from answers) as instants where at is not null";
    let first = "select ('2026-11-01 00:00:00+03'::timestamptz)::text";
    assert_eq!(app.db_text(instants).await, app.db_text(first).await);
    // Their id tells no time, and no row but their own names it.
    let id = app.db_text("select id::text from surveys where part = 'answers'").await;
    assert_eq!(&id[14..15], "4");
    let named = "select count(*) from audit_events where entity_id = $1 or detail::text like '%' || $1 || '%'";
    let named: i64 = sqlx::query_scalar(named).bind(&id).fetch_one(&app.db).await.unwrap();
    assert_eq!(named, 0);
    // And no entry of the log says what was answered.
    let told = "select count(*) from audit_events where detail ? 'nps' or detail ? 'score'";
    assert_eq!(app.db_count(told).await, 0);
    assert_eq!(app.db_count("select count(*) from actions").await, 0);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn an_anonymous_answer_counts_once_in_the_funnel_and_once_in_the_figures(db: PgPool) {
    let (app, survey) = asked(db).await;
    hand_in(&app, survey).await;
    let coordinator = app.user("coordinator").await;
    let template = opd(&coordinator).await;
    let shown = async || {
        let filter = ResultFilter::default();
        let results = surveys::survey_results(&coordinator, template, filter).await.unwrap();
        let nps = results.answers.iter().find(|one| one.key == "nps").unwrap();
        (results.funnel.sent, results.funnel.completed, nps.answered)
    };
    crowd(&app, 3).await;
    assert_eq!(shown().await, (4, 4, 0), "of four somebody could tell who said what");
    let last = app.surveyed_visit("LAST").await;
    app.answer(last, 9).await;
    assert_eq!(shown().await, (5, 5, 5));
    let rollups =
        "select sum(completed) || ' ' || min(day) || ' ' || max(day) from response_rollups";
    assert_eq!(app.db_text(rollups).await, "5 2026-11-01 2026-11-01");
    let list = surveys::survey_templates(&coordinator).await.unwrap();
    let row = list.items.iter().find(|row| row.id == template).unwrap();
    assert_eq!(row.completed, 5, "an invitation and its answers are one survey");
    // A visit that turns out to be none takes its invitation back, and no answer: nobody knows which.
    sqlx::query("update surveys set status = 'reversed' where part = 'invitation'")
        .execute(&app.db)
        .await
        .unwrap();
    let list = surveys::survey_instances(&coordinator, SurveyInstanceFilter::default()).await;
    let items = list.unwrap().items;
    let answered: Vec<_> = items.iter().filter(|one| one.nps.is_some()).collect();
    assert_eq!(answered.len(), 5);
    assert!(answered.iter().all(|one| one.patient_id.is_none() && one.stage.is_none()));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn after_a_night_no_transaction_has_written_both_an_answer_and_whose_it_was(db: PgPool) {
    let (app, survey) = asked(db).await;
    hand_in(&app, survey).await;
    crowd(&app, 4).await;
    let paired = "select count(*) from surveys as answered
                  join audit_events as entry on entry.xmin::text = answered.xmin::text
                  where answered.part = 'answers' and entry.action like 'survey.%'";
    let all = "select string_agg(survey_id || question_key || coalesce(number, 0), ',' order by survey_id, question_key)
               from answers";
    assert_eq!(app.db_count(paired).await, 5, "completed");
    let before = app.db_text(all).await;
    // By day nothing is mixed.
    jobs::run(&app.deps, Wake::SweepExpired).await.unwrap();
    assert_ne!(app.db_count(paired).await, 0);
    app.clock.advance(chrono::TimeDelta::hours(17));
    jobs::run(&app.deps, Wake::SweepExpired).await.unwrap();
    assert_eq!(app.db_count(paired).await, 0);
    assert_eq!(app.db_text(all).await, before, "and nothing is lost");
    let mixed = "select count(*) from audit_events where action = 'surveys.answers_mixed'";
    jobs::run(&app.deps, Wake::SweepExpired).await.unwrap();
    assert_eq!(app.db_count(mixed).await, 1, "once a night");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_way_through_an_anonymous_survey_is_not_remembered(db: PgPool) {
    let (app, survey) = asked(db).await;
    let page = AnswerPage {
        page: 1,
        answers: [("nps".to_owned(), Answer::Number(2))].into(),
        language: Locale::Ar,
        hand_in: true,
    };
    surveys::answer_page(&app.invited(survey), page).await.unwrap();
    let told = "select detail::text from audit_events where action = 'survey.page_answered'";
    assert_eq!(app.db_text(told).await, "{\"language\": \"ar\"}");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn nobody_reads_an_anonymous_answer_before_it_is_handed_in_or_enters_one(db: PgPool) {
    let (app, survey) = asked(db).await;
    let keep = AnswerPage {
        page: 1,
        answers: [("nps".to_owned(), Answer::Number(2))].into(),
        language: Locale::Ar,
        hand_in: false,
    };
    surveys::answer_page(&app.invited(survey), keep).await.unwrap();
    let coordinator = app.user("coordinator").await;
    let response = surveys::survey_response(&coordinator, survey).await.unwrap();
    let shown: Vec<GivenAnswer> = response.answers.into_iter().filter_map(|it| it.answer).collect();
    assert_eq!(shown, []);
    let refused =
        surveys::begin_entry(&coordinator, survey, BeginEntry { mode: AnswerMode::Phone }).await;
    assert!(matches!(refused, Err(Error::Refused(Failure::Conflict { .. }))), "{refused:?}");
    // Whoever was refused lets go of the survey a moment later, and the sweep leaves out what somebody holds.
    sqlx::query("select from surveys for update").execute(&app.db).await.unwrap();
    // What is never handed in is forgotten.
    app.clock.advance(chrono::TimeDelta::days(60));
    jobs::run(&app.deps, Wake::SweepExpired).await.unwrap();
    assert_eq!(app.db_count("select count(*) from answers").await, 0);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn whoever_answered_anonymously_is_thanked_and_not_asked_for_a_call(db: PgPool) {
    let (app, survey) = asked(db).await;
    hand_in(&app, survey).await;
    let refused = surveys::answer_callback(&app.invited(survey), true).await;
    assert!(matches!(refused, Err(Error::Refused(Failure::Conflict { .. }))), "{refused:?}");
    // A second hand-in adds nothing.
    app.answer(survey, 9).await;
    assert_eq!(app.db_count("select count(*) from surveys where part = 'answers'").await, 1);
    let open = surveys::look(&app.invited(survey)).await.unwrap();
    assert!(open.content.anonymous && open.answers.is_empty());
    // Messages can still be stopped: whom they go to is known.
    surveys::opt_out(&app.invited(survey), None).await.unwrap();
}
