//! Whoever is away has a deputy: new work, approvals and escalations, and in whose place it was done.

use chrono::{NaiveDate, TimeDelta};
use px360_domain::Failure;
use px360_domain::accounts::{Delegate, Delegations};
use px360_domain::actions::{ActionLogKind, CloseAction, DecideAction, StartAction};
use px360_domain::ids::{ActionId, DelegationId};
use px360_server::{Ctx, Error, Result, accounts, actions, records};
use sqlx::PgPool;

use crate::harness::TestApp;

const MONDAY: &str = "2026-11-23";
const FRIDAY: &str = "2026-11-27";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// One person lets another stand in.
async fn away(
    app: &TestApp,
    ctx: &Ctx,
    deputy: &str,
    from: &str,
    until: &str,
) -> Result<DelegationId> {
    let deputy_id = app.db_user(deputy).await;
    let (starts_on, ends_on) = (day(from), day(until));
    accounts::delegate(ctx, Delegate { user_id: None, deputy_id, starts_on, ends_on }).await
}

/// What a refusal says: each fault, or the code of the conflict.
fn no<T: std::fmt::Debug>(result: Result<T>) -> Vec<String> {
    match result {
        Err(Error::Refused(Failure::Invalid { faults })) => {
            faults.into_iter().map(|fault| format!("{} {}", fault.field, fault.code)).collect()
        }
        Err(Error::Refused(Failure::Conflict { code })) => vec![code],
        Err(Error::Refused(failure)) => vec![failure.to_string()],
        other => panic!("{other:?}"),
    }
}

/// A severe action of the outpatient department, which its manager would own.
async fn severe(app: &TestApp, encounter: &str) -> ActionId {
    let survey = app.surveyed_visit(encounter).await;
    app.answer(survey, 2).await;
    app.run_jobs().await;
    let sql = "select action.id from actions as action where survey_id = $1";
    ActionId(sqlx::query_scalar(sql).bind(survey.0).fetch_one(&app.db).await.unwrap())
}

async fn own(ctx: &Ctx) -> Delegations {
    accounts::delegations(ctx, None).await.unwrap()
}

async fn close(ctx: &Ctx, id: ActionId, version: i32) -> Result<()> {
    actions::close(ctx, id, CloseAction { version, resolution: "Called".to_owned() }).await
}

async fn approve(ctx: &Ctx, id: ActionId, version: i32) -> Result<()> {
    actions::decide(ctx, id, DecideAction { version, approve: true, reason: String::new() }).await
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn while_somebody_is_away_new_work_is_their_deputys_and_says_in_whose_place(db: PgPool) {
    let app = TestApp::new(db).await;
    away(&app, &app.user("manager").await, "coordinator", MONDAY, FRIDAY).await.unwrap();
    let id = severe(&app, "V1").await;
    let deputy = app.user("coordinator").await;
    let detail = actions::detail(&deputy, id).await.unwrap();
    assert_eq!(detail.card.owner.unwrap().en, "Sara Alqahtani");
    assert_eq!(detail.timeline[0].kind, ActionLogKind::Opened);
    assert_eq!(detail.timeline[0].towards.as_ref().unwrap().en, "Sara Alqahtani");
    assert_eq!(detail.timeline[0].in_place_of.as_ref().unwrap().en, "Hind Alharbi");
    let to: Vec<_> = app.outbox.messages().into_iter().map(|message| message.address).collect();
    assert!(to.contains(&"coordinator@demo.example".to_owned()), "{to:?}");
    assert!(!to.contains(&"manager@demo.example".to_owned()), "{to:?}");
    // The deputy works on it as their own; who agrees to its closing is neither of the two.
    actions::start(&deputy, id, StartAction { version: 1 }).await.unwrap();
    close(&deputy, id, 2).await.unwrap();
    app.run_jobs().await;
    let asked = app.db_text(
        "select person.username from notifications join users as person on person.id = user_id
         where kind = 'approval_requested'",
    );
    assert_eq!(asked.await, "hospital.admin");
    // The day after, it is the manager's turn again.
    app.pass(TimeDelta::days(5)).await;
    let id = severe(&app, "V2").await;
    let detail = actions::detail(&app.user("manager").await, id).await.unwrap();
    assert_eq!(detail.card.owner.unwrap().en, "Hind Alharbi");
    assert!(detail.timeline[0].in_place_of.is_none());
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_deputy_may_what_the_other_may_with_actions_and_the_logs_say_on_whose_behalf(db: PgPool) {
    let app = TestApp::new(db).await;
    let id = severe(&app, "V1").await;
    let (admin, manager) = (app.user("hospital.admin").await, app.user("manager").await);
    // Somebody else's: started and closed by the hospital admin, so that the manager could agree.
    sqlx::query("update actions set owner_id = null").execute(&app.db).await.unwrap();
    actions::start(&admin, id, StartAction { version: 1 }).await.unwrap();
    close(&admin, id, 2).await.unwrap();
    let coordinator = app.user("coordinator").await;
    assert_eq!(no(approve(&coordinator, id, 3).await), ["forbidden"]);
    away(&app, &manager, "coordinator", MONDAY, FRIDAY).await.unwrap();
    // With the next request.
    let deputy = app.user("coordinator").await;
    let me = accounts::me(&deputy).await.unwrap();
    assert_eq!(me.stands_in_for[0].name.en, "Hind Alharbi");
    assert!(me.may(px360_domain::access::Permission::ActionApprove));
    assert!(actions::detail(&deputy, id).await.unwrap().may.decide);
    approve(&deputy, id, 3).await.unwrap();
    let closed = actions::detail(&deputy, id).await.unwrap();
    let last = closed.timeline.last().unwrap();
    assert_eq!(last.by.as_ref().unwrap().en, "Sara Alqahtani");
    assert_eq!(last.in_place_of.as_ref().unwrap().en, "Hind Alharbi");
    let audited = app.db_text(
        "select actor || ' on behalf of ' || (detail ->> 'on_behalf_of') from audit_events
         where action = 'action.decided'",
    );
    assert_eq!(audited.await, "coordinator on behalf of manager");
    // Of everything else a deputy may no more than before.
    assert!(deputy.require(px360_domain::access::Permission::RoleGrant).is_err());
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn whoever_stands_in_for_the_owner_is_no_second_pair_of_eyes(db: PgPool) {
    let app = TestApp::new(db).await;
    let id = severe(&app, "V1").await;
    let manager = app.user("manager").await;
    actions::start(&manager, id, StartAction { version: 1 }).await.unwrap();
    close(&manager, id, 2).await.unwrap();
    away(&app, &manager, "coordinator", MONDAY, FRIDAY).await.unwrap();
    let deputy = app.user("coordinator").await;
    let rights = actions::detail(&deputy, id).await.unwrap().may;
    assert!(rights.four_eyes && !rights.decide);
    assert_eq!(no(approve(&deputy, id, 3).await), ["four_eyes"]);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn nobody_approves_what_was_asked_for_in_their_own_place(db: PgPool) {
    let app = TestApp::new(db).await;
    away(&app, &app.user("hospital.admin").await, "manager", MONDAY, MONDAY).await.unwrap();
    let id = severe(&app, "V1").await;
    // The hospital admin's own, worked on by their deputy.
    sqlx::query("update actions set owner_id = $1")
        .bind(app.db_user("hospital.admin").await.0)
        .execute(&app.db)
        .await
        .unwrap();
    let deputy = app.user("manager").await;
    actions::start(&deputy, id, StartAction { version: 1 }).await.unwrap();
    close(&deputy, id, 2).await.unwrap();
    sqlx::query("update actions set owner_id = null").execute(&app.db).await.unwrap();
    let back = app.user("hospital.admin").await;
    assert!(actions::detail(&back, id).await.unwrap().may.four_eyes);
    assert_eq!(no(approve(&back, id, 3).await), ["four_eyes"]);
    approve(&app.user("admin").await, id, 3).await.unwrap();
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn where_the_deputy_is_away_too_the_next_in_line_is_asked(db: PgPool) {
    let app = TestApp::new(db).await;
    away(&app, &app.user("manager").await, "coordinator", MONDAY, FRIDAY).await.unwrap();
    away(&app, &app.user("coordinator").await, "hospital.admin", MONDAY, MONDAY).await.unwrap();
    let id = severe(&app, "V1").await;
    let admin = app.user("hospital.admin").await;
    let opened = actions::detail(&admin, id).await.unwrap();
    // The manager's deputy is away; next is a coordinator, whose own deputy is there.
    assert_eq!(opened.card.owner.unwrap().en, "Fahad Aldosari");
    assert_eq!(opened.timeline[0].in_place_of.as_ref().unwrap().en, "Sara Alqahtani");
    // Nobody stands in for those whom a deputy stands in for.
    assert_eq!(accounts::me(&admin).await.unwrap().stands_in_for.len(), 1);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_deputy_is_a_colleague_who_looks_after_actions_and_one_at_a_time(db: PgPool) {
    let app = TestApp::new(db).await;
    let manager = app.user("manager").await;
    let nurse = app.user("nurse").await;
    assert_eq!(
        no(away(&app, &manager, "nurse", MONDAY, FRIDAY).await),
        ["deputy_id cannot_stand_in"]
    );
    assert_eq!(
        no(away(&app, &manager, "manager", MONDAY, FRIDAY).await),
        ["deputy_id cannot_stand_in"]
    );
    assert_eq!(
        no(away(&app, &manager, "coordinator", "2026-11-22", "2026-11-21").await),
        ["starts_on past", "ends_on before_start"]
    );
    assert_eq!(
        no(away(&app, &nurse, "coordinator", MONDAY, FRIDAY).await),
        ["user_id nothing_to_delegate"]
    );
    assert!(!own(&nurse).await.may_delegate);
    let first = away(&app, &manager, "coordinator", "2026-11-24", FRIDAY).await.unwrap();
    assert_eq!(no(away(&app, &manager, "admin", FRIDAY, "2026-11-30").await), ["away_already"]);
    assert!(!own(&manager).await.away[0].in_force);
    assert_eq!(own(&app.user("coordinator").await).await.standing_in.len(), 1);
    // Taken back, others may stand in; what is over cannot be ended.
    accounts::end_delegation(&manager, first).await.unwrap();
    assert_eq!(no(accounts::end_delegation(&manager, first).await), ["not found: delegation"]);
    away(&app, &manager, "admin", FRIDAY, "2026-11-30").await.unwrap();
    let found = accounts::deputies(&manager, None, "sara").await.unwrap();
    let found: Vec<_> = found.iter().map(|colleague| colleague.name.en.as_str()).collect();
    assert_eq!(found, ["Sara Alqahtani"]);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn whoever_is_ill_is_stood_in_for_by_word_of_somebody_above_them(db: PgPool) {
    let app = TestApp::new(db).await;
    let cmd = async |user: &str, deputy: &str| Delegate {
        user_id: Some(app.db_user(user).await),
        deputy_id: app.db_user(deputy).await,
        starts_on: day(MONDAY),
        ends_on: day(FRIDAY),
    };
    let admin = app.user("hospital.admin").await;
    let ill = cmd("manager", "coordinator").await;
    let id = accounts::delegate(&admin, ill.clone()).await.unwrap();
    let coordinator = app.user("coordinator").await;
    assert_eq!(no(accounts::delegate(&coordinator, ill).await), ["forbidden"]);
    let above = cmd("admin", "coordinator").await;
    assert!(accounts::delegate(&admin, above).await.is_err());
    assert_eq!(no(accounts::end_delegation(&coordinator, id).await), ["not found: delegation"]);
    accounts::end_delegation(&admin, id).await.unwrap();
    assert!(own(&app.user("manager").await).await.away.is_empty());
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_deputy_who_loses_their_own_roles_stands_in_for_nobody(db: PgPool) {
    let app = TestApp::new(db).await;
    away(&app, &app.user("manager").await, "coordinator", MONDAY, FRIDAY).await.unwrap();
    assert_eq!(accounts::me(&app.user("coordinator").await).await.unwrap().stands_in_for.len(), 1);
    sqlx::query("update role_grants set role = 'viewer' where role = 'px_coordinator'")
        .execute(&app.db)
        .await
        .unwrap();
    assert!(accounts::me(&app.user("coordinator").await).await.unwrap().stands_in_for.is_empty());
    // And is asked for nothing either: it goes to the next in line.
    let id = severe(&app, "V1").await;
    let detail = actions::detail(&app.user("hospital.admin").await, id).await.unwrap();
    assert_eq!(detail.card.owner.unwrap().en, "Fahad Aldosari");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_deputy_reaches_no_hospital_but_those_where_they_look_after_actions(db: PgPool) {
    let app = TestApp::new(db).await;
    let admin = app.user("admin").await;
    let refused = away(&app, &admin, "hospital.admin", MONDAY, FRIDAY).await;
    assert_eq!(no(refused), ["deputy_id cannot_stand_in"], "not of the whole group");
    away(&app, &app.user("hospital.admin").await, "coordinator", MONDAY, FRIDAY).await.unwrap();
    // Given afterwards: it is not handed over.
    sqlx::query(
        "insert into role_grants (user_id, role, hospital_id, granted_at)
         select $1, 'hospital_admin', id, now() from hospitals where code = 'JED'",
    )
    .bind(app.db_user("hospital.admin").await.0)
    .execute(&app.db)
    .await
    .unwrap();
    let deputy = app.user("coordinator").await;
    let jeddah = sqlx::query_scalar("select id from hospitals where code = 'JED'");
    let jeddah = px360_domain::ids::HospitalId(jeddah.fetch_one(&app.db).await.unwrap());
    for permission in px360_domain::access::DELEGATED {
        let granted = deputy.require(permission).unwrap();
        assert!(!granted.reach().covers(jeddah, None, None), "{permission}");
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn records_are_seen_and_merged_as_before_while_one_stands_in(db: PgPool) {
    let app = TestApp::new(db).await;
    app.surveyed_visit("V1").await;
    away(&app, &app.user("manager").await, "coordinator", MONDAY, FRIDAY).await.unwrap();
    away(&app, &app.user("hospital.admin").await, "manager", MONDAY, FRIDAY).await.unwrap();
    let query = px360_domain::records::RecordQuery::default;
    let patient = px360_domain::records::RecordKind::Patient;
    let page = records::list(&app.user("coordinator").await, patient, query()).await.unwrap();
    let id = page.items[0].id;
    assert!(!page.items[0].doc["name_ar"].as_str().unwrap().contains('•'));
    records::merge::kin(&app.user("coordinator").await, id).await.unwrap();
    // The manager reaches patients of the own department only, whoever else is away.
    let seen = records::list(&app.user("manager").await, patient, query()).await.unwrap();
    assert!(seen.items.iter().all(|item| item.id == id));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_password_that_was_reset_ends_what_may_have_been_handed_over(db: PgPool) {
    let app = TestApp::new(db).await;
    away(&app, &app.user("manager").await, "coordinator", MONDAY, FRIDAY).await.unwrap();
    let manager = app.db_user("manager").await;
    accounts::reset_password(&app.user("hospital.admin").await, manager).await.unwrap();
    assert!(accounts::me(&app.user("coordinator").await).await.unwrap().stands_in_for.is_empty());
}
