//! People, their roles, and what they reach.

use px360_domain::access::{Permission, Role};
use px360_domain::accounts::Grant;
use px360_domain::ids::{DepartmentId, HospitalId};
use px360_domain::{Bilingual, Failure, FieldFault};
use px360_server::seed::roles::create_default_roles;
use px360_server::seed::superuser::{NewSuperuser, create_superuser};
use px360_server::{Actor, Error, RequestMeta, accounts};
use sqlx::PgPool;

use super::house::{House, PASSWORD, grant};

fn uuid(last: u8) -> uuid::Uuid {
    let mut bytes = [0; 16];
    bytes[15] = last;
    uuid::Uuid::from_bytes(bytes)
}

async fn two_hospitals(house: &House) {
    house
        .run(
            "insert into hospitals (id, code, name_ar, name_en, consent_required, calendar, is_demo,
                                    created_at)
             select ('00000000-0000-0000-0000-00000000000' || n)::uuid, 'H' || n, 'م', 'Hospital ' || n,
                    false, '{}', false, '2026-01-01'
             from generate_series(1, 2) n",
        )
        .await;
    // 3 ─ 4 ─ 5, and 6 beside them; 7 in the other hospital.
    house
        .run(
            "insert into departments (id, hospital_id, parent_id, code, name_ar, name_en, created_at)
             select ('00000000-0000-0000-0000-00000000000' || id)::uuid,
                    ('00000000-0000-0000-0000-00000000000' || hospital)::uuid,
                    ('00000000-0000-0000-0000-00000000000' || parent)::uuid,
                    'D' || id, 'ق', 'D', '2026-01-01'
             from (values (3, 1, null), (4, 1, 3), (5, 1, 4), (6, 1, null), (7, 2, null))
                  d (id, hospital, parent)",
        )
        .await;
}

fn faults_of(error: Error) -> Vec<FieldFault> {
    match error {
        Error::Refused(Failure::Invalid { faults }) => faults,
        other => panic!("expected faults, got {other:?}"),
    }
}

fn superuser(username: &str, password: &str) -> NewSuperuser {
    NewSuperuser {
        username: username.to_owned(),
        email: "admin@example.sa".to_owned(),
        password: password.into(),
        name: Bilingual::new("", "Admin"),
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_manager_reaches_the_department_and_everything_below_it(db: PgPool) {
    let house = House::new(db).await;
    two_hospitals(&house).await;
    let head = Grant {
        role: Role::DepartmentManager,
        hospital_id: None,
        department_id: Some(DepartmentId(uuid(4))),
    };
    let id = house.user("head", vec![head.clone(), head]).await;
    // A department that was made its own grandparent must not hang the house.
    house
        .run(
            // The table refuses a circle by now; one may be there from before it did.
            "alter table departments disable trigger departments_tree;
             update departments set parent_id = '00000000-0000-0000-0000-000000000005'
               where code = 'D4';
             alter table departments enable trigger departments_tree",
        )
        .await;

    let Some(Actor::User { grants, .. }) = accounts::load_actor(&house.deps, id).await.unwrap()
    else {
        panic!("the user is there")
    };
    assert_eq!(grants.len(), 1);
    // Without a hospital a grant means the whole group, so a department brings its own.
    assert_eq!(grants[0].hospital_id, Some(HospitalId(uuid(1))));
    let mut subtree = grants[0].subtree.clone();
    subtree.sort();
    assert_eq!(subtree, [DepartmentId(uuid(4)), DepartmentId(uuid(5))]);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_grant_needs_a_department_of_its_hospital(db: PgPool) {
    let house = House::new(db).await;
    two_hospitals(&house).await;
    let ctx = house.deps.system("tests");
    for (hospital, department, code) in [
        (1, Some(7), "unknown_department"),
        (1, Some(9), "unknown_department"),
        (9, None, "unknown_hospital"),
    ] {
        let mut tx = ctx.begin(ctx.require(Permission::SystemSetUp).unwrap()).await.unwrap();
        let user = accounts::NewUser {
            username: "head".to_owned(),
            email: "head@example.sa".to_owned(),
            name: Bilingual::new("", "Head"),
            language: px360_domain::Locale::En,
            hospital_id: None,
            is_demo: false,
            grants: vec![Grant {
                role: Role::DepartmentManager,
                hospital_id: Some(HospitalId(uuid(hospital))),
                department_id: department.map(uuid).map(DepartmentId),
            }],
        };
        let refused = accounts::create_in(&mut tx, user, "x".to_owned()).await.unwrap_err();
        assert_eq!(faults_of(refused), [FieldFault::new("grants", code)]);
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn people_see_the_hospitals_of_their_roles(db: PgPool) {
    let house = House::new(db).await;
    two_hospitals(&house).await;
    house.user("coordinator", vec![grant(Role::PxCoordinator, Some(HospitalId(uuid(2))))]).await;
    house.admin("admin").await;
    for (username, codes) in [("coordinator", vec!["H2"]), ("admin", vec!["H1", "H2"])] {
        let cookie = house.cookie_of(username).await;
        let me =
            house.send(super::house::get_with("/api/auth/users/me/", &[("cookie", &cookie)])).await;
        let seen: Vec<&str> = me.body["hospitals"]
            .as_array()
            .unwrap()
            .iter()
            .map(|hospital| hospital["code"].as_str().unwrap())
            .collect();
        assert_eq!(seen, codes);
    }
    let nobody = house.deps.anonymous(RequestMeta::default());
    let refused = accounts::me(&nobody).await.unwrap_err();
    assert!(matches!(refused, Error::Refused(Failure::Unauthenticated)));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_role_that_was_taken_away_is_felt_by_the_next_request(db: PgPool) {
    let house = House::new(db).await;
    house.admin("noura").await;
    let cookie = house.cookie_of("noura").await;
    let me = || super::house::get_with("/api/auth/users/me/", &[("cookie", &cookie)]);
    let reads = |answer: &super::house::Answer| {
        let permissions = answer.body["permissions"].as_array().unwrap();
        permissions.iter().any(|it| it == "action.read")
    };
    assert!(reads(&house.send(me()).await));
    house.run("delete from role_grants").await;
    // Who they are stays theirs to see; what they may do is gone.
    let after = house.send(me()).await;
    assert_eq!(after.status, 200);
    assert!(!reads(&after));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_roles_are_created_once(db: PgPool) {
    let house = House::new(db).await;
    let ctx = house.deps.system("px360 create-default-roles");
    assert_eq!(create_default_roles(&ctx).await.unwrap(), 0);
    house.run("update roles set name_en = 'Boss' where role = 'px_admin'").await;
    house.run("delete from roles where role in ('nurse', 'staff')").await;
    assert_eq!(create_default_roles(&ctx).await.unwrap(), 2);
    assert_eq!(house.count("select count(*) from roles where name_en = 'Boss'").await, 1);
    assert_eq!(house.count("select sum(level) from roles").await, 390);

    let nobody = house.deps.anonymous(RequestMeta::default());
    assert!(create_default_roles(&nobody).await.is_err());
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_first_person_is_created_with_a_good_password_and_a_free_name(db: PgPool) {
    let house = House::new(db).await;
    house.run("delete from roles").await;
    let ctx = house.deps.system("px360 create-superuser");
    for (password, code) in [("short", "too_short"), ("Administrator", "same_as_username")] {
        let refused = create_superuser(&ctx, superuser("administrator", password)).await;
        assert_eq!(faults_of(refused.unwrap_err()), [FieldFault::new("password", code)]);
    }
    let id = create_superuser(&ctx, superuser("Administrator", PASSWORD)).await.unwrap();
    assert_eq!(house.sign_in("administrator", PASSWORD).await.unwrap().user_id, id);
    for (username, code) in
        [("ADMINISTRATOR", "taken"), ("two words", "invalid"), (" ", "required")]
    {
        let refused = create_superuser(&ctx, superuser(username, PASSWORD)).await;
        assert_eq!(faults_of(refused.unwrap_err()), [FieldFault::new("username", code)]);
    }
    assert_eq!(
        house.count("select count(*) from audit_events where action = 'account.created'").await,
        1
    );
}
