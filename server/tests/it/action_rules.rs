//! Which answers open an action, whose it becomes, and when none is opened a second time.

use chrono::TimeDelta;
use px360_domain::access::Role;
use px360_domain::actions::{ActionKind, ActionLogKind, Severity};
use px360_domain::ids::{ActionId, SurveyId};
use px360_domain::surveys::{Answer, Answers, SubmitSurvey};
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

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn another_patients_complaint_is_an_action_of_its_own(db: PgPool) {
    let app = TestApp::new(db).await;
    for encounter in ["V1", "V2"] {
        let survey = app.surveyed_visit(encounter).await;
        answer(&app, survey, 9, 1, "").await;
    }
    assert_eq!(actions_of(&app).await.len(), 2);
}
