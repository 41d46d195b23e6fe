//! Saved views: kept, shared, found, arranged, removed and brought back.

use px360_domain::Failure;
use px360_domain::access::Role;
use px360_domain::actions::{ActionFilter, ActionStatus};
use px360_domain::ids::{HospitalId, SavedViewId};
use px360_domain::saved_views::{
    ActionLook, Audience, ChangeView, Look, MarkView, SaveView, SavedView, VIEWS_MAX,
};
use px360_server::{Ctx, Error, actions, saved_views};
use sqlx::PgPool;

use crate::harness::TestApp;

fn overdue() -> Look {
    let filter = ActionFilter { overdue: true, ..ActionFilter::default() };
    Look::Actions(ActionLook { filter, columns: vec!["reference".to_owned(), "due".to_owned()] })
}

fn mine(name: &str) -> SaveView {
    SaveView {
        name: name.to_owned(),
        audience: Audience::Personal,
        hospital_id: None,
        role: None,
        look: overdue(),
    }
}

async fn hospital(app: &TestApp, code: &str) -> HospitalId {
    let id = sqlx::query_scalar("select id from hospitals where code = $1").bind(code);
    HospitalId(id.fetch_one(&app.db).await.unwrap())
}

async fn found(ctx: &Ctx) -> Vec<SavedView> {
    actions::saved_views(ctx).await.unwrap()
}

async fn names(app: &TestApp, username: &str) -> Vec<String> {
    found(&app.user(username).await).await.into_iter().map(|view| view.name).collect()
}

fn refused<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
    match result {
        Err(Error::Refused(Failure::Invalid { faults })) => {
            format!("{}: {}", faults[0].field, faults[0].code)
        }
        Err(Error::Refused(Failure::Conflict { code })) => code,
        Err(Error::Refused(failure)) => failure.to_string(),
        other => panic!("{other:?}"),
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_view_is_found_by_whoever_saved_it_with_what_it_shows_and_holds(db: PgPool) {
    let app = TestApp::new(db).await;
    let survey = app.surveyed_visit("V1").await;
    app.answer(survey, 5).await;
    let coordinator = app.user("coordinator").await;
    saved_views::save(&coordinator, mine("  متأخرة  اليوم ")).await.unwrap();
    let view = found(&coordinator).await.remove(0);
    assert_eq!((view.name.as_str(), view.look.clone()), ("متأخرة اليوم", overdue()));
    assert!(view.mine && view.may_change && view.shown && !view.opens_first);
    assert_eq!(view.count.map(|count| (count.total, count.overdue)), Some((0, 0)));
    app.clock.advance(chrono::TimeDelta::days(7));
    let view = found(&coordinator).await.remove(0);
    assert_eq!(view.count.map(|count| (count.total, count.overdue)), Some((1, 1)));
    assert!(names(&app, "admin").await.is_empty(), "what is personal is nobody else's");
    assert_eq!(
        app.db_text("select action from audit_events where entity = 'saved_view'").await,
        "saved_view.saved"
    );
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn what_is_shared_is_found_where_and_as_what_one_works(db: PgPool) {
    let app = TestApp::new(db).await;
    let (riyadh, jeddah) = (hospital(&app, "RYD").await, hospital(&app, "JED").await);
    let coordinator = app.user("coordinator").await;
    let team = SaveView {
        audience: Audience::Team,
        hospital_id: Some(riyadh),
        ..mine("for all of Riyadh")
    };
    saved_views::save(&coordinator, team.clone()).await.unwrap();
    let nurses = SaveView {
        audience: Audience::Role,
        hospital_id: Some(riyadh),
        role: Some(Role::Nurse),
        ..mine("for the nurses")
    };
    saved_views::save(&coordinator, nurses).await.unwrap();
    assert_eq!(names(&app, "nurse").await, ["for all of Riyadh", "for the nurses"]);
    assert_eq!(names(&app, "physician").await, ["for all of Riyadh"]);
    // Whoever shares there looks after what is shared, but works as no nurse: it stands aside.
    let admins = found(&app.user("admin").await).await;
    let stands: Vec<_> = admins.iter().map(|view| (view.name.as_str(), view.shown)).collect();
    assert_eq!(stands, [("for all of Riyadh", true), ("for the nurses", false)]);
    let elsewhere = SaveView { hospital_id: Some(jeddah), ..team.clone() };
    assert_eq!(refused(saved_views::save(&coordinator, elsewhere.clone()).await), "forbidden");
    let everywhere = SaveView { hospital_id: None, name: "for all".to_owned(), ..team.clone() };
    assert_eq!(refused(saved_views::save(&coordinator, everywhere.clone()).await), "forbidden");
    saved_views::save(&app.user("admin").await, everywhere.clone()).await.unwrap();
    let nowhere = SaveView {
        hospital_id: Some(HospitalId(uuid::Uuid::nil())),
        name: "nowhere".to_owned(),
        ..everywhere
    };
    let unknown = saved_views::save(&app.user("admin").await, nowhere).await;
    assert_eq!(refused(unknown), "hospital_id: unknown");
    saved_views::save(&app.user("admin").await, elsewhere).await.unwrap();
    assert_eq!(names(&app, "nurse").await, ["for all", "for all of Riyadh", "for the nurses"]);
    assert_eq!(refused(saved_views::save(&app.user("nurse").await, team).await), "forbidden");
    // The viewer reads no actions, so there is no list to have views of.
    let viewer = app.user("viewer").await;
    assert_eq!(refused(actions::saved_views(&viewer).await), "forbidden");
    assert_eq!(refused(saved_views::save(&viewer, mine("x")).await), "forbidden");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_view_is_changed_by_its_owner_and_by_whoever_shares_there(db: PgPool) {
    let app = TestApp::new(db).await;
    let riyadh = hospital(&app, "RYD").await;
    let coordinator = app.user("coordinator").await;
    let team = SaveView { audience: Audience::Team, hospital_id: Some(riyadh), ..mine("team") };
    let shared = saved_views::save(&coordinator, team.clone()).await.unwrap();
    let private = saved_views::save(&coordinator, mine("private")).await.unwrap();
    let change =
        |version| ChangeView { version, view: SaveView { name: "new".into(), ..team.clone() } };
    let nurse = app.user("nurse").await;
    assert_eq!(refused(saved_views::change(&nurse, shared, change(1)).await), "forbidden");
    assert_eq!(refused(saved_views::remove(&nurse, shared).await), "forbidden");
    let admin = app.user("hospital.admin").await;
    assert_eq!(
        refused(saved_views::change(&admin, private, change(1)).await),
        "not found: saved_view"
    );
    let taken_away = ChangeView { version: 1, view: mine("mine now") };
    assert_eq!(refused(saved_views::change(&admin, shared, taken_away).await), "forbidden");
    saved_views::change(&admin, shared, change(1)).await.unwrap();
    assert_eq!(
        refused(saved_views::change(&coordinator, shared, change(1)).await),
        "stale_version"
    );
    let other = ChangeView { version: 2, view: SaveView { name: "Private".into(), ..team } };
    assert_eq!(refused(saved_views::change(&coordinator, shared, other).await), "view_name_taken");
    assert_eq!(names(&app, "nurse").await, ["new"]);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_name_is_used_once_and_what_is_removed_can_be_brought_back(db: PgPool) {
    let app = TestApp::new(db).await;
    let coordinator = app.user("coordinator").await;
    let id = saved_views::save(&coordinator, mine("Late")).await.unwrap();
    assert_eq!(refused(saved_views::save(&coordinator, mine("late")).await), "view_name_taken");
    assert_eq!(refused(saved_views::save(&coordinator, mine(" ")).await), "name: required");
    saved_views::remove(&coordinator, id).await.unwrap();
    let first = MarkView { opens_first: Some(true), ..MarkView::default() };
    let gone = saved_views::mark(&coordinator, id, first).await;
    assert_eq!(refused(gone), "not found: saved_view");
    assert!(names(&app, "coordinator").await.is_empty());
    let second = saved_views::save(&coordinator, mine("late")).await.unwrap();
    assert_eq!(refused(saved_views::restore(&coordinator, id).await), "view_name_taken");
    saved_views::remove(&coordinator, second).await.unwrap();
    saved_views::restore(&coordinator, id).await.unwrap();
    assert_eq!(names(&app, "coordinator").await, ["Late"]);
    let unknown = SavedViewId(uuid::Uuid::nil());
    assert_eq!(refused(saved_views::remove(&coordinator, unknown).await), "not found: saved_view");
    for number in 1..VIEWS_MAX {
        saved_views::save(&coordinator, mine(&format!("view {number}"))).await.unwrap();
    }
    assert_eq!(refused(saved_views::save(&coordinator, mine("more")).await), "too_many_views");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn each_person_decides_which_views_stand_beside_the_list_and_which_opens_it(db: PgPool) {
    let app = TestApp::new(db).await;
    let riyadh = hospital(&app, "RYD").await;
    let coordinator = app.user("coordinator").await;
    let team = SaveView { audience: Audience::Team, hospital_id: Some(riyadh), ..mine("team") };
    let shared = saved_views::save(&coordinator, team).await.unwrap();
    let own = saved_views::save(&coordinator, mine("own")).await.unwrap();
    let mark = |shown, opens_first| MarkView { shown, opens_first };
    let first = mark(None, Some(true));
    saved_views::mark(&coordinator, own, first).await.unwrap();
    saved_views::mark(&coordinator, shared, mark(Some(false), Some(true))).await.unwrap();
    saved_views::mark(&coordinator, shared, mark(Some(false), None)).await.unwrap();
    let opening = saved_views::opening(&coordinator).await.unwrap();
    assert_eq!(opening.iter().map(|view| view.id).collect::<Vec<_>>(), [shared]);
    let views = found(&coordinator).await;
    let marks: Vec<_> = views.iter().map(|it| (it.id, it.shown, it.opens_first)).collect();
    assert_eq!(marks, [(own, true, false), (shared, false, true)]);
    assert_eq!(views[1].count, None, "what is not shown is not counted");
    let nurse = app.user("nurse").await;
    assert!(found(&nurse).await[0].shown, "what one hides, others still see");
    assert!(saved_views::opening(&nurse).await.unwrap().is_empty());
    assert_eq!(refused(saved_views::mark(&nurse, own, first).await), "not found: saved_view");
    saved_views::mark(&nurse, shared, first).await.unwrap();
    // Whoever works elsewhere by now does not find it any more, and opens nothing with it.
    sqlx::query(
        "update role_grants set hospital_id = (select id from hospitals where code = 'JED'),
                department_id = null
         where user_id = (select id from users where username = 'nurse')",
    )
    .execute(&app.db)
    .await
    .unwrap();
    let nurse = app.user("nurse").await;
    assert!(found(&nurse).await.is_empty());
    assert!(saved_views::opening(&nurse).await.unwrap().is_empty());
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_view_counts_what_its_reader_may_see(db: PgPool) {
    let app = TestApp::new(db).await;
    let survey = app.surveyed_visit("V1").await;
    app.answer(survey, 5).await;
    let filter = ActionFilter { status: vec![ActionStatus::Open], ..ActionFilter::default() };
    let look = Look::Actions(ActionLook { filter, columns: vec![] });
    let everywhere = SaveView { audience: Audience::Team, look, ..mine("open") };
    saved_views::save(&app.user("admin").await, everywhere.clone()).await.unwrap();
    let nowhere = SaveView {
        hospital_id: Some(HospitalId(uuid::Uuid::nil())),
        name: "nowhere".to_owned(),
        ..everywhere
    };
    let unknown = saved_views::save(&app.user("admin").await, nowhere).await;
    assert_eq!(refused(unknown), "hospital_id: unknown");
    let total =
        async |username| found(&app.user(username).await).await[0].count.map(|count| count.total);
    assert_eq!(total("coordinator").await, Some(1));
    // Physicians see what they own, and that is nothing.
    assert_eq!(total("physician").await, Some(0));
}
