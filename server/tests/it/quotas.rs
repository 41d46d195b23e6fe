//! Quotas: enough answers of a kind.

use px360_domain::ids::SurveyId;
use px360_domain::surveys::logic::{Comparison, Condition, Fact, LogicOperator, Operand};
use px360_domain::surveys::results::ResultFilter;
use px360_domain::surveys::{
    Answer, AnswerPage, AnswerPageOutcome, OpenSurveyState, QuotaCounts, SurveyQuota, SurveyStatus,
    WhenFull,
};
use px360_domain::{Bilingual, Locale};
use px360_server::surveys;
use sqlx::PgPool;

use crate::harness::TestApp;
use crate::survey_templates::{opd, publish, save};

fn quota(key: &str, at_most: u32) -> SurveyQuota {
    SurveyQuota {
        key: key.to_owned(),
        name: Bilingual::new("حصة", "Quota"),
        when: None,
        at_most,
        when_full: WhenFull::Finish,
        counts: QuotaCounts::Completed,
    }
}

/// Whoever would hardly recommend the house.
fn detractors() -> Condition {
    Condition::Is(Comparison {
        operand: Operand::Answer("nps".to_owned()),
        operator: LogicOperator::AtMost,
        values: vec!["6".to_owned()],
    })
}

async fn wanting(app: &TestApp, quotas: Vec<SurveyQuota>) {
    let admin = app.user("admin").await;
    let id = opd(&admin).await;
    surveys::begin_draft(&admin, id, None).await.unwrap();
    save(&admin, id, |content| content.quotas = quotas).await.unwrap();
    publish(&admin, id).await.unwrap();
    sqlx::query("delete from fatigue_rules").execute(&app.db).await.unwrap();
}

async fn visits(app: &TestApp, count: usize) -> Vec<SurveyId> {
    let mut surveys = Vec::new();
    for at in 0..count {
        surveys.push(app.surveyed_visit(&format!("V{at}")).await);
    }
    surveys
}

async fn counted(app: &TestApp) -> String {
    let sql =
        "select coalesce(string_agg(quota_key || ' ' || counted, ', ' order by quota_key), '')
               from survey_quotas";
    app.db_text(sql).await
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_survey_after_the_last_wanted_one_thanks_and_counts_in_no_figure(db: PgPool) {
    let app = TestApp::new(db).await;
    wanting(&app, vec![quota("all", 2)]).await;
    let surveys_of = visits(&app, 3).await;
    let mut said = Vec::new();
    for survey in &surveys_of {
        said.push(app.answer(*survey, 9).await.status);
    }
    assert_eq!(said, ["completed", "completed", "screened_out"]);
    let state = surveys::look(&app.invited(surveys_of[2])).await.unwrap().state;
    assert_eq!(state, OpenSurveyState::ScreenedOut);
    assert_eq!(app.answer(surveys_of[2], 9).await.status, "screened_out", "for good");
    let coordinator = app.user("coordinator").await;
    let id = opd(&coordinator).await;
    let results = surveys::survey_results(&coordinator, id, ResultFilter::default()).await.unwrap();
    assert_eq!((results.funnel.completed, results.funnel.screened_out), (2, 1));
    assert_eq!((results.quotas[0].counted, results.quotas[0].at_most), (2, 2));
    assert_eq!(app.db_text("select sum(completed)::text from response_rollups").await, "2");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn hand_ins_at_once_take_no_place_twice(db: PgPool) {
    let app = TestApp::new(db).await;
    wanting(&app, vec![quota("all", 7), quota("plenty", 1_000)]).await;
    let surveys_of = visits(&app, 20).await;
    let all = surveys_of.iter().map(|survey| app.answer(*survey, 9));
    let said = futures_util::future::join_all(all).await;
    let completed = said.iter().filter(|receipt| receipt.status == "completed").count();
    assert_eq!(completed, 7);
    // Whoever found one quota full took no place in the others either.
    assert_eq!(counted(&app).await, "all 7, plenty 7");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_quota_counts_those_of_whom_its_condition_holds_and_may_let_others_go_on(db: PgPool) {
    let app = TestApp::new(db).await;
    let unhappy =
        SurveyQuota { when: Some(detractors()), when_full: WhenFull::GoOn, ..quota("unhappy", 1) };
    wanting(&app, vec![unhappy]).await;
    let surveys_of = visits(&app, 3).await;
    for (survey, nps) in surveys_of.iter().zip([9, 2, 3]) {
        assert_eq!(app.answer(*survey, nps).await.status, "completed");
    }
    assert_eq!(counted(&app).await, "unhappy 1");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_quota_of_begun_surveys_is_full_before_anybody_hands_in(db: PgPool) {
    let app = TestApp::new(db).await;
    let begun =
        SurveyQuota { when: Some(detractors()), counts: QuotaCounts::Begun, ..quota("begun", 1) };
    wanting(&app, vec![begun]).await;
    let surveys_of = visits(&app, 2).await;
    let page = |hand_in| AnswerPage {
        page: 1,
        answers: [("nps".to_owned(), Answer::Number(2))].into(),
        language: Locale::Ar,
        hand_in,
    };
    let mut said = Vec::new();
    for survey in &surveys_of {
        let patient = app.invited(*survey);
        // Kept while one types, it takes no place yet.
        surveys::answer_page(&patient, page(false)).await.unwrap();
        said.push(surveys::answer_page(&patient, page(true)).await.unwrap());
        // Handed in again, it takes no second one.
        surveys::answer_page(&patient, page(true)).await.unwrap();
    }
    assert_eq!(said[1], AnswerPageOutcome::ScreenedOut);
    assert!(matches!(said[0], AnswerPageOutcome::Next(_)), "{said:?}");
    assert_eq!(counted(&app).await, "begun 1");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_full_quota_ends_nothing_while_later_pages_can_still_decide_whom_it_counts(db: PgPool) {
    let app = TestApp::new(db).await;
    // Whoever says nothing of the waiting time, which is asked on a later page.
    let silent = Condition::Is(Comparison {
        operand: Operand::Answer("waiting_time".to_owned()),
        operator: LogicOperator::IsSkipped,
        values: Vec::new(),
    });
    let quota = SurveyQuota { when: Some(silent), ..quota("silent", 1) };
    wanting(&app, vec![quota]).await;
    sqlx::query(
        "insert into survey_quotas select survey_template_id, 'silent', 1
         from survey_versions as version join survey_templates as template
             on template.id = survey_template_id and template.code = 'opd_visit'
         where version.number = 2",
    )
    .execute(&app.db)
    .await
    .unwrap();
    let survey = visits(&app, 1).await[0];
    let page = AnswerPage {
        page: 1,
        answers: [("nps".to_owned(), Answer::Number(9))].into(),
        language: Locale::Ar,
        hand_in: true,
    };
    let outcome = surveys::answer_page(&app.invited(survey), page).await.unwrap();
    assert!(matches!(outcome, AnswerPageOutcome::Next(_)), "{outcome:?}");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn whoever_a_full_quota_would_turn_away_at_once_is_not_invited(db: PgPool) {
    let app = TestApp::new(db).await;
    let of_department = |code: &str| {
        Some(Condition::Is(Comparison {
            operand: Operand::Fact(Fact::Department),
            operator: LogicOperator::IsOneOf,
            values: vec![code.to_owned()],
        }))
    };
    let department = "select department.code from departments as department
                      join surveys as survey on survey.department_id = department.id limit 1";
    let first = app.surveyed_visit("FIRST").await;
    let code = app.db_text(department).await;
    let full = SurveyQuota { when: of_department(&code), ..quota("full", 1) };
    let answers_decide = SurveyQuota { when: Some(detractors()), ..quota("unhappy", 1) };
    let elsewhere = SurveyQuota { when: of_department("ELSEWHERE"), ..quota("elsewhere", 1) };
    wanting(&app, vec![full, answers_decide, elsewhere]).await;
    // By the version that was asked before.
    assert_eq!(app.answer(first, 9).await.status, "completed");
    let asked = app.surveyed_visit("SECOND").await;
    assert_eq!(app.answer(asked, 2).await.status, "completed");
    assert_eq!(counted(&app).await, "full 1, unhappy 1");
    app.surveyed_visit("THIRD").await;
    let told = "select string_agg(concat_ws(' ', encounter_number, survey.status, message.status, message.reason),
                                  ', ' order by encounter_number)
                from notifications as message
                join surveys as survey on survey.id = message.survey_id
                join stages as stage on stage.id = survey.stage_id
                join journeys as journey on journey.id = stage.journey_id
                where encounter_number in ('SECOND', 'THIRD')
                  and message.kind = 'survey_invitation'";
    let expected = "SECOND completed sent, THIRD suppressed suppressed quota_full";
    assert_eq!(app.db_text(told).await, expected);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_full_quota_keeps_no_message_from_whoever_may_answer_another_way(db: PgPool) {
    let app = TestApp::new(db).await;
    let only = |fact, word: &str| {
        Some(Condition::Is(Comparison {
            operand: Operand::Fact(fact),
            operator: LogicOperator::IsOneOf,
            values: vec![word.to_owned()],
        }))
    };
    let by_link = SurveyQuota { when: only(Fact::Mode, "link"), ..quota("by_link", 1) };
    let arabic = SurveyQuota { when: only(Fact::Language, "ar"), ..quota("arabic", 1) };
    wanting(&app, vec![by_link, arabic]).await;
    let first = app.surveyed_visit("FIRST").await;
    assert_eq!(app.answer(first, 9).await.status, "completed");
    assert_eq!(counted(&app).await, "arabic 1, by_link 1");
    let second = app.surveyed_visit("SECOND").await;
    let found = surveys::survey_response(&app.user("coordinator").await, second).await.unwrap();
    assert_eq!(found.survey.status, SurveyStatus::Sent, "on the phone, in English, it would count");
}
