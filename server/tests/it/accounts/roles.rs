//! Who gives roles to whom, who helps whom, and who stays.

use http::{Method, StatusCode};
use px360_domain::Failure;
use px360_domain::access::{Permission, Role};
use px360_domain::accounts::Grant;
use px360_domain::ids::{DepartmentId, HospitalId, UserId};
use px360_server::{Error, RequestMeta, accounts};
use serde_json::{Value, json};
use sqlx::PgPool;

use super::house::{House, get_with, grant, send_as};

fn uuid(last: u8) -> uuid::Uuid {
    let mut bytes = [0; 16];
    bytes[15] = last;
    uuid::Uuid::from_bytes(bytes)
}

fn hospital(number: u8) -> HospitalId {
    HospitalId(uuid(number))
}

/// Two hospitals, 1 and 2; department 3 with 4 below it in the first, 5 in the second.
async fn places(house: &House) {
    house
        .run(
            "insert into hospitals (id, code, name_ar, name_en, consent_required, calendar, is_demo,
                                    created_at)
             select ('00000000-0000-0000-0000-00000000000' || n)::uuid, 'H' || n, 'م', 'H', false,
                    '{}', false, '2026-01-01'
             from generate_series(1, 2) n",
        )
        .await;
    house
        .run(
            "insert into departments (id, hospital_id, parent_id, code, name_ar, name_en, created_at)
             select ('00000000-0000-0000-0000-00000000000' || id)::uuid,
                    ('00000000-0000-0000-0000-00000000000' || hospital)::uuid,
                    ('00000000-0000-0000-0000-00000000000' || parent)::uuid,
                    'D' || id, 'ق', 'D', '2026-01-01'
             from (values (3, 1, null), (4, 1, 3), (5, 2, null)) d (id, hospital, parent)",
        )
        .await;
}

fn in_department(role: Role, number: u8) -> Grant {
    Grant { role, hospital_id: None, department_id: Some(DepartmentId(uuid(number))) }
}

fn assign(cookie: &str, id: UserId, door: &str, grant: &Grant) -> http::Request<axum::body::Body> {
    let path = format!("/api/auth/users/{id}/{door}/");
    send_as(Method::POST, &path, cookie, &json!(grant))
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn nobody_gives_a_role_above_themselves_or_outside_their_reach(db: PgPool) {
    let house = House::new(db).await;
    places(&house).await;
    let nurse = house.user("nurse", vec![in_department(Role::Nurse, 4)]).await;
    let foreign = house.user("foreign", vec![grant(Role::Staff, Some(hospital(2)))]).await;
    let admin = house.admin("px").await;
    let h1 = house.user("h1", vec![grant(Role::HospitalAdmin, Some(hospital(1)))]).await;
    let head = house.user("head", vec![in_department(Role::DepartmentManager, 3)]).await;
    house.user("viewer", vec![grant(Role::Viewer, Some(hospital(1)))]).await;
    let (first, second) = (Some(hospital(1)), Some(hospital(2)));
    for (by, to, given, status) in [
        ("h1", nurse, grant(Role::PxCoordinator, first), 204),
        ("h1", nurse, grant(Role::PxCoordinator, first), 409),
        ("h1", nurse, grant(Role::HospitalAdmin, first), 403),
        ("h1", nurse, grant(Role::PxAdmin, None), 403),
        ("h1", nurse, grant(Role::Viewer, second), 403),
        ("h1", nurse, grant(Role::Viewer, None), 403),
        ("h1", nurse, in_department(Role::Nurse, 5), 403),
        ("h1", nurse, Grant { hospital_id: first, ..in_department(Role::Nurse, 5) }, 422),
        ("h1", nurse, in_department(Role::Nurse, 9), 422),
        ("h1", foreign, grant(Role::Viewer, first), 404),
        ("h1", admin, grant(Role::Viewer, first), 404),
        ("h1", h1, grant(Role::Viewer, first), 403),
        ("head", nurse, in_department(Role::Staff, 4), 204),
        ("head", nurse, in_department(Role::DepartmentManager, 4), 403),
        ("head", nurse, grant(Role::Staff, first), 403),
        ("head", head, in_department(Role::Staff, 3), 403),
        ("viewer", nurse, grant(Role::Viewer, first), 403),
        ("px", nurse, grant(Role::HospitalAdmin, first), 204),
        ("px", nurse, grant(Role::PxAdmin, first), 422),
        ("px", nurse, grant(Role::Viewer, Some(hospital(9))), 422),
        ("px", UserId(uuid(99)), grant(Role::Viewer, first), 404),
    ] {
        let cookie = house.cookie_of(by).await;
        let answer = house.send(assign(&cookie, to, "assign_role", &given)).await;
        assert_eq!(answer.status.as_u16(), status, "{by} gives {given:?}: {}", answer.body);
    }
    let refused = "select count(*) from audit_events where action = 'role.grant_refused'";
    assert_eq!(house.count(refused).await, 9);
    let granted = "select count(*) from audit_events where action = 'role.granted'";
    assert_eq!(house.count(granted).await, 3);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_role_is_felt_by_the_next_request_and_so_is_its_loss(db: PgPool) {
    let house = House::new(db).await;
    places(&house).await;
    house.user("h1", vec![grant(Role::HospitalAdmin, Some(hospital(1)))]).await;
    let id = house.user("noura", vec![grant(Role::Staff, Some(hospital(1)))]).await;
    let admin = house.cookie_of("h1").await;
    let cookie = house.cookie_of("noura").await;
    let sees_dashboards = || async {
        let me = house.send(get_with("/api/auth/users/me/", &[("cookie", &cookie)])).await;
        me.body["permissions"].as_array().unwrap().contains(&json!("dashboard.read"))
    };
    let viewer = grant(Role::Viewer, Some(hospital(1)));
    assert!(!sees_dashboards().await);
    house.send(assign(&admin, id, "assign_role", &viewer)).await;
    assert!(sees_dashboards().await);
    let answer = house.send(assign(&admin, id, "remove_role", &viewer)).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert!(!sees_dashboards().await);
    let again = house.send(assign(&admin, id, "remove_role", &viewer)).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn nobody_resets_the_password_of_an_equal_or_of_somebody_elsewhere(db: PgPool) {
    let house = House::new(db).await;
    places(&house).await;
    let own = house.user("h1", vec![grant(Role::HospitalAdmin, Some(hospital(1)))]).await;
    let equal = house.user("h1b", vec![grant(Role::HospitalAdmin, Some(hospital(1)))]).await;
    let nurse = house.user("nurse", vec![in_department(Role::Nurse, 4)]).await;
    let both = house
        .user(
            "both",
            vec![grant(Role::Nurse, Some(hospital(1))), grant(Role::Viewer, Some(hospital(2)))],
        )
        .await;
    let foreign = house.user("foreign", vec![grant(Role::Staff, Some(hospital(2)))]).await;
    let px = house.admin("px").await;
    house.user("head", vec![in_department(Role::DepartmentManager, 3)]).await;
    for door in ["reset_password", "reset_second_factor"] {
        for (by, to, allowed) in [
            ("h1", nurse, None),
            ("h1", equal, Some(403)),
            ("h1", own, Some(403)),
            ("h1", both, Some(403)),
            ("h1", foreign, Some(404)),
            ("h1", px, Some(404)),
            ("head", nurse, Some(403)),
            ("px", equal, None),
        ] {
            let cookie = house.cookie_of(by).await;
            let path = format!("/api/auth/users/{to}/{door}/");
            let answer = house.send(send_as(Method::POST, &path, &cookie, &Value::Null)).await;
            match allowed {
                None => assert!(answer.status.is_success(), "{by} {door}: {}", answer.body),
                Some(status) => assert_eq!(answer.status.as_u16(), status, "{by} {door}"),
            }
        }
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_reset_second_factor_shows_its_owner_out(db: PgPool) {
    let house = House::new(db).await;
    house.admin("px").await;
    let id = house.admin("noura").await;
    let admin = house.cookie_of("px").await;
    let cookie = house.cookie_of("noura").await;
    house.run("update users set totp_secret = 'x', totp_confirmed_at = created_at where username = 'noura'").await;
    let path = format!("/api/auth/users/{id}/reset_second_factor/");
    let answer = house.send(send_as(Method::POST, &path, &admin, &Value::Null)).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert_eq!(house.whoami(&cookie).await["name"], "nobody");
    house.cookie_of("noura").await;
    assert_eq!(house.count("select count(*) from users where totp_secret is not null").await, 0);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn of_two_px_admins_who_dismiss_each_other_at_once_one_stays(db: PgPool) {
    let house = House::new(db).await;
    let one = house.admin("one").await;
    let two = house.admin("two").await;
    let px_admin = grant(Role::PxAdmin, None);
    // Both are let in while both are still PX admins.
    let first = house.deps.for_user(one, RequestMeta::default()).await.unwrap();
    let second = house.deps.for_user(two, RequestMeta::default()).await.unwrap();
    let (first, second) = tokio::join!(
        accounts::revoke_role(&first, two, px_admin.clone()),
        accounts::revoke_role(&second, one, px_admin.clone()),
    );
    let refused = [first, second].into_iter().filter_map(Result::err).collect::<Vec<_>>();
    assert_eq!(refused.len(), 1, "{refused:?}");
    assert!(
        matches!(&refused[0], Error::Refused(Failure::Conflict { code }) if code == "last_px_admin")
    );
    let left = "select count(*) from role_grants where role = 'px_admin'";
    assert_eq!(house.count(left).await, 1);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_last_active_px_admin_is_guarded_and_no_other(db: PgPool) {
    let house = House::new(db).await;
    let last = house.admin("last").await;
    let gone = house.admin("gone").await;
    let staff = house.user("staff", vec![grant(Role::Staff, None)]).await;
    house.run("update users set active = false where username = 'gone'").await;
    let ctx = house.deps.for_user(last, RequestMeta::default()).await.unwrap();
    for (id, is_last) in [(last, true), (gone, false), (staff, false)] {
        let granted = ctx.require(Permission::RoleGrant).unwrap();
        let mut tx = ctx.begin(granted).await.unwrap();
        let guarded = accounts::guard_last_px_admin_in(&mut tx, id).await;
        assert_eq!(guarded.is_err(), is_last);
    }
    let cookie = house.cookie_of("last").await;
    let answer =
        house.send(assign(&cookie, last, "remove_role", &grant(Role::PxAdmin, None))).await;
    assert_eq!(answer.body["type"], "urn:px360:conflict:last_px_admin");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_disabled_person_is_shown_out_everywhere(db: PgPool) {
    let house = House::new(db).await;
    let admin = house.admin("admin").await;
    let id = house.admin("noura").await;
    let cookie = house.cookie_of("noura").await;
    let ctx = house.deps.for_user(admin, RequestMeta::default()).await.unwrap();
    let mut tx = ctx.begin(ctx.require(Permission::RoleGrant).unwrap()).await.unwrap();
    accounts::end_everything_in(&mut tx, id).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(house.whoami(&cookie).await["name"], "nobody");
    assert_eq!(house.count("select count(*) from sessions").await, 0);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_roles_are_listed_with_what_they_allow(db: PgPool) {
    let house = House::new(db).await;
    house.user("staff", vec![grant(Role::Staff, None)]).await;
    let cookie = house.cookie_of("staff").await;
    let list = house.send(get_with("/api/auth/roles/", &[("cookie", &cookie)])).await;
    let items = list.body["items"].as_array().unwrap();
    let levels: Vec<i64> = items.iter().map(|role| role["level"].as_i64().unwrap()).collect();
    assert_eq!(levels, [100, 80, 60, 50, 40, 30, 20, 10]);
    assert_eq!(items[1]["role"], "hospital_admin");
    assert_eq!(items[1]["name"]["en"], "Hospital Admin");
    let secure = json!({ "permission": "user.secure", "scope": "hospital" });
    assert!(items[1]["permissions"].as_array().unwrap().contains(&secure));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn somebodys_roles_are_shown_with_what_the_reader_may_do_about_them(db: PgPool) {
    let house = House::new(db).await;
    places(&house).await;
    let nurse = house.user("nurse", vec![in_department(Role::Nurse, 4)]).await;
    let equal = house.user("h1b", vec![grant(Role::HospitalAdmin, Some(hospital(1)))]).await;
    house.user("h1", vec![grant(Role::HospitalAdmin, Some(hospital(1)))]).await;
    house.user("head", vec![in_department(Role::DepartmentManager, 3)]).await;
    house.user("elsewhere", vec![grant(Role::HospitalAdmin, Some(hospital(2)))]).await;
    house.user("viewer", vec![grant(Role::Viewer, Some(hospital(1)))]).await;
    for (by, of, expected) in [
        ("h1", nurse, Ok((true, true, 6))),
        ("h1", equal, Ok((false, false, 6))),
        ("head", nurse, Ok((true, false, 5))),
        ("elsewhere", nurse, Err(404)),
        ("viewer", nurse, Err(403)),
    ] {
        let cookie = house.cookie_of(by).await;
        let path = format!("/api/auth/users/{of}/roles/");
        let answer = house.send(get_with(&path, &[("cookie", &cookie)])).await;
        match expected {
            Ok((may_revoke, may_secure, roles)) => {
                assert_eq!(answer.body["items"][0]["may_revoke"], may_revoke, "{by}");
                assert_eq!(answer.body["may_secure"], may_secure, "{by}");
                assert_eq!(answer.body["may_give"].as_array().unwrap().len(), roles, "{by}");
            }
            Err(status) => assert_eq!(answer.status.as_u16(), status, "{by}"),
        }
    }
    let cookie = house.cookie_of("h1").await;
    let path = format!("/api/auth/users/{nurse}/roles/");
    let answer = house.send(get_with(&path, &[("cookie", &cookie)])).await;
    assert_eq!(answer.body["items"][0]["place"]["en"], "D", "the department by its name");
    assert_eq!(answer.body["items"][0]["grant"]["hospital_id"], uuid(1).to_string());
}
