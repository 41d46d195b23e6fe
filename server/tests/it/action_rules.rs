//! Which answers open an action, whose it becomes, and when none is opened a second time.

use chrono::TimeDelta;
use px360_domain::access::Role;
use px360_domain::actions::{ActionKind, ActionLogKind, Severity};
use px360_domain::ids::{ActionId, SurveyId};
use px360_domain::surveys::{Answer, Answers, OpenSurveyState, SubmitSurvey};
use px360_server::{actions, surveys};
use serde_json::json;
use sqlx::PgPool;

use crate::harness::{TestApp, visit};

/// One more visit of the same patient, whom no fatigue rule spares.
async fn visit_of_sara(app: &TestApp, encounter: &str) -> SurveyId {
    sqlx::query("delete from fatigue_rules").execute(&app.db).await.unwrap();
    visit(encounter).with_patient("mrn", json!("M-SARA")).all(app).await;
    app.run_jobs().await;
    app.db_survey(encounter).await
}

async fn answer(app: &TestApp, survey: SurveyId, nps: u8, waiting: u8, why: &str) {
    let mut answers = Answers::from([
        ("nps".to_owned(), Answer::Number(nps)),
        ("doctor_listened".to_owned(), Answer::Number(5)),
        ("waiting_time".to_owned(), Answer::Number(waiting)),
    ]);
    if !why.is_empty() {
        answers.insert("why".to_owned(), Answer::Words(why.to_owned()));
    }
    let cmd = SubmitSurvey { language: None, answers };
    surveys::submit(&app.invited(survey), cmd).await.unwrap();
}

async fn actions_of(app: &TestApp) -> Vec<ActionId> {
    let ids = sqlx::query_scalar("select id from actions order by opened_at, reference");
    ids.fetch_all(&app.db).await.unwrap().into_iter().map(ActionId).collect()
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_word_in_any_spelling_opens_a_critical_action_for_whom_the_rule_names(db: PgPool) {
    let app = TestApp::new(db).await;
    let survey = visit_of_sara(&app, "V1").await;
    answer(&app, survey, 9, 5, "حدث خطا طبّي في الجرعة").await;
    let [id] = actions_of(&app).await.try_into().unwrap();
    let detail = actions::detail(&app.user("admin").await, id).await.unwrap();
    assert_eq!(
        (detail.card.kind, detail.card.severity),
        (ActionKind::LowScore, Severity::Critical)
    );
    let owner = app
        .db_text(
            "select grants.role from actions
             join role_grants as grants on grants.user_id = actions.owner_id",
        )
        .await;
    assert_eq!(owner, Role::HospitalAdmin.as_str());
    // The words stay where the answers are.
    let told = app.db_text("select triggered::text from actions").await;
    assert!(!told.contains("خطا"), "{told}");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_same_complaint_is_noted_on_the_standing_action_until_it_closes_or_its_window_ends(
    db: PgPool,
) {
    let app = TestApp::new(db).await;
    for (encounter, days) in [("V1", 0), ("V2", 3)] {
        app.clock.advance(TimeDelta::days(days));
        let survey = visit_of_sara(&app, encounter).await;
        answer(&app, survey, 9, 1, "").await;
    }
    let [first] = actions_of(&app).await.try_into().unwrap();
    let detail = actions::detail(&app.user("coordinator").await, first).await.unwrap();
    let repeated = detail.timeline.iter().filter(|entry| entry.kind == ActionLogKind::Repeated);
    assert_eq!(repeated.count(), 1);
    let [again] = detail.repeats.as_slice() else { panic!("{:?}", detail.repeats) };
    let waited = again.answers.iter().find(|it| it.key == "waiting_time").unwrap();
    assert!(waited.triggered && waited.answer == Answer::Number(1), "{waited:?}");
    // So is one about another place: its manager would never hear of it.
    sqlx::query(
        "update surveys set department_id = null where id = (select survey_id from actions)",
    )
    .execute(&app.db)
    .await
    .unwrap();
    let elsewhere = visit_of_sara(&app, "ELSEWHERE").await;
    answer(&app, elsewhere, 9, 1, "").await;
    assert_eq!(actions_of(&app).await.len(), 2);
    // Something worse is a matter of its own.
    let survey = visit_of_sara(&app, "V3").await;
    answer(&app, survey, 2, 1, "").await;
    assert_eq!(actions_of(&app).await.len(), 3);
    // What is closed is over.
    sqlx::query("update actions set status = 'closed', closed_at = opened_at, due_at = null, escalates_at = null")
        .execute(&app.db)
        .await
        .unwrap();
    let survey = visit_of_sara(&app, "V4").await;
    answer(&app, survey, 9, 1, "").await;
    assert_eq!(actions_of(&app).await.len(), 4);
    // So is what was opened before the window.
    app.clock.advance(TimeDelta::days(15));
    let survey = visit_of_sara(&app, "V5").await;
    answer(&app, survey, 9, 1, "").await;
    assert_eq!(actions_of(&app).await.len(), 5);
}

/// The latest survey's page as its patient sees it after answering, and whether it says sorry.
async fn says_sorry(app: &TestApp, survey: SurveyId) -> bool {
    let state = surveys::look(&app.invited(survey)).await.unwrap().state;
    matches!(state, OpenSurveyState::Completed { low_score: true, .. })
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_call_that_is_asked_for_with_a_repeated_complaint_comes_to_the_standing_action(
    db: PgPool,
) {
    let app = TestApp::new(db).await;
    let (first, second) = (visit_of_sara(&app, "V1").await, visit_of_sara(&app, "V2").await);
    for survey in [first, second] {
        answer(&app, survey, 9, 1, "").await;
        assert!(says_sorry(&app, survey).await);
    }
    surveys::answer_callback(&app.invited(first), false).await.unwrap();
    surveys::answer_callback(&app.invited(second), true).await.unwrap();
    let [standing] = actions_of(&app).await.try_into().unwrap();
    let detail = actions::detail(&app.user("coordinator").await, standing).await.unwrap();
    assert_eq!(detail.callback, Some(true), "the last word counts");
    assert_eq!(detail.repeats[0].callback, Some(true));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_call_about_a_complaint_whose_action_is_closed_is_an_action_of_its_own(db: PgPool) {
    let app = TestApp::new(db).await;
    let (first, second) = (visit_of_sara(&app, "V1").await, visit_of_sara(&app, "V2").await);
    answer(&app, first, 9, 1, "").await;
    answer(&app, second, 9, 1, "").await;
    sqlx::query("update actions set status = 'closed', closed_at = opened_at, due_at = null, escalates_at = null")
        .execute(&app.db)
        .await
        .unwrap();
    surveys::answer_callback(&app.invited(second), true).await.unwrap();
    let kinds = app.db_text("select string_agg(kind, ',' order by kind) from actions").await;
    assert_eq!(kinds, "callback,low_score");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn complaints_of_one_patient_at_the_same_moment_open_one_action(db: PgPool) {
    let app = TestApp::new(db).await;
    for round in 0..5 {
        let pair = [format!("A{round}"), format!("B{round}")];
        let surveys = [visit_of_sara(&app, &pair[0]).await, visit_of_sara(&app, &pair[1]).await];
        let [one, other] = surveys.map(|survey| answer(&app, survey, 9, 1, ""));
        tokio::join!(one, other);
        assert_eq!(actions_of(&app).await.len(), round + 1);
        sqlx::query("update actions set status = 'closed', closed_at = opened_at, due_at = null, escalates_at = null")
            .execute(&app.db)
            .await
            .unwrap();
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn whoever_owns_the_standing_action_reads_what_was_answered_again(db: PgPool) {
    let app = TestApp::new(db).await;
    let (first, second) = (visit_of_sara(&app, "V1").await, visit_of_sara(&app, "V2").await);
    answer(&app, first, 9, 1, "").await;
    answer(&app, second, 9, 1, "").await;
    // Somebody who sees nothing but their own.
    sqlx::query("update actions set department_id = null, owner_id = (select id from users where username = 'staff')")
        .execute(&app.db)
        .await
        .unwrap();
    let [standing] = actions_of(&app).await.try_into().unwrap();
    let detail = actions::detail(&app.user("staff").await, standing).await.unwrap();
    assert_eq!(detail.repeats.len(), 1);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn another_patients_complaint_is_an_action_of_its_own(db: PgPool) {
    let app = TestApp::new(db).await;
    for encounter in ["V1", "V2"] {
        let survey = app.surveyed_visit(encounter).await;
        answer(&app, survey, 9, 1, "").await;
    }
    assert_eq!(actions_of(&app).await.len(), 2);
}
