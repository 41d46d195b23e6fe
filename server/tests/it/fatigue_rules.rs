//! Rules about how often patients are asked, as people set them.

use px360_domain::Failure;
use px360_domain::notifications::SetFatigueRule;
use px360_server::{Ctx, Error, notifications};
use sqlx::PgPool;

use crate::harness::TestApp;

fn gap(days: i32) -> SetFatigueRule {
    SetFatigueRule { gap_days: Some(days), ..SetFatigueRule::default() }
}

async fn count(ctx: &Ctx) -> usize {
    notifications::fatigue_rules(ctx).await.unwrap().items.len()
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_rule_holds_from_the_next_message_on_and_no_longer_when_it_is_taken_away(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let before = count(&admin).await;
    let never = SetFatigueRule { invitations_max: Some(0), ..SetFatigueRule::default() };
    let id = notifications::create_fatigue_rule(&admin, never).await.unwrap();
    let stopped = app.surveyed_visit("STOPPED").await;
    let status = async |survey: px360_domain::ids::SurveyId| -> String {
        sqlx::query_scalar("select status from surveys where id = $1")
            .bind(survey)
            .fetch_one(&app.db)
            .await
            .unwrap()
    };
    assert_eq!(status(stopped).await, "suppressed");
    let rules = notifications::fatigue_rules(&admin).await.unwrap().items;
    assert_eq!(rules.iter().find(|rule| rule.id == id).unwrap().stopped, 1);
    notifications::remove_fatigue_rule(&admin, id).await.unwrap();
    assert_eq!(count(&admin).await, before);
    let sent = app.surveyed_visit("SENT").await;
    assert_eq!(
        (status(stopped).await, status(sent).await),
        ("suppressed".to_owned(), "sent".to_owned())
    );
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn hospitals_make_rules_of_their_own_and_leave_those_of_the_group(db: PgPool) {
    let app = TestApp::new(db).await;
    let (group, own) = (app.user("admin").await, app.user("hospital.admin").await);
    let refused = notifications::create_fatigue_rule(&own, gap(3)).await;
    assert!(matches!(refused, Err(Error::Refused(Failure::Forbidden))), "{refused:?}");
    let list = notifications::fatigue_rules(&own).await.unwrap();
    let hospital_id = Some(list.hospitals[0].id);
    let mine = SetFatigueRule { hospital_id, ..gap(3) };
    let mine = notifications::create_fatigue_rule(&own, mine).await.unwrap();
    let of_group = notifications::create_fatigue_rule(&group, gap(9)).await.unwrap();
    let refused = notifications::remove_fatigue_rule(&own, of_group).await;
    assert!(matches!(refused, Err(Error::Refused(Failure::Forbidden))), "{refused:?}");
    notifications::remove_fatigue_rule(&own, mine).await.unwrap();
    let refused = notifications::remove_fatigue_rule(&own, mine).await;
    assert!(matches!(refused, Err(Error::Refused(Failure::NotFound { .. }))), "{refused:?}");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_rule_about_something_that_is_not_there_is_refused_by_its_field(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let nowhere = uuid::Uuid::nil();
    for (rule, field) in [
        (SetFatigueRule::default(), "invitations_max"),
        (gap(0), "gap_days"),
        (SetFatigueRule { template_id: Some(nowhere.into()), ..gap(3) }, "template_id"),
        (SetFatigueRule { department_id: Some(nowhere.into()), ..gap(3) }, "department_id"),
    ] {
        let refused = notifications::create_fatigue_rule(&admin, rule).await;
        let Err(Error::Refused(Failure::Invalid { faults })) = refused else {
            panic!("{field}: {refused:?}");
        };
        assert_eq!(faults[0].field, field);
    }
}
