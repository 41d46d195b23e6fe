//! What is done to other people: their roles, their password, their second factor.

use px360_domain::access::{Permission, Role, policy};
use px360_domain::records::RecordKind;
use px360_server::Walls;
use serde_json::{Value, json};
use sqlx::PgPool;

use super::{Door, Findings, NOWHERE, PEOPLE, Place, Places, make};
use crate::house::{House, PASSWORD};

/// In an order that can be walked again: what was given is taken back.
pub(super) fn doors(id: &str, grant: &Value) -> [(Door, Permission, u16); 16] {
    let rpc = json!({ "id": id });
    let given = json!({ "id": id, "grant": grant });
    let (read, give, secure) =
        (Permission::UserRead, Permission::RoleGrant, Permission::UserSecure);
    let (write, whose) = (Permission::UserWrite, json!({ "user": id, "search": "" }));
    // Nobody here has work to hand over.
    let away = json!({ "user_id": id, "deputy_id": NOWHERE, "starts_on": "2099-12-01",
                       "ends_on": "2099-12-02" });
    [
        (Door::get("/api/auth/users/{id}/roles/"), read, 200),
        (Door::post("/rpc/accounts/roles-of", rpc.clone()), read, 200),
        (Door::post("/api/auth/users/{id}/assign_role/", grant.clone()), give, 204),
        (Door::post("/api/auth/users/{id}/remove_role/", grant.clone()), give, 204),
        (Door::post("/rpc/accounts/grant-role", given.clone()), give, 200),
        (Door::post("/rpc/accounts/revoke-role", given), give, 200),
        (Door::post("/api/auth/users/{id}/reset_password/", Value::Null), secure, 200),
        (Door::post("/rpc/accounts/reset-password", rpc.clone()), secure, 200),
        (Door::post("/api/auth/users/{id}/reset_second_factor/", Value::Null), secure, 204),
        (Door::post("/rpc/accounts/reset-second-factor", rpc), secure, 200),
        (Door::get("/api/auth/delegations/?user_id={id}"), read, 200),
        (Door::post("/rpc/accounts/delegations", json!({ "user": id })), read, 200),
        (Door::get("/api/auth/delegations/deputies/?user_id={id}"), write, 200),
        (Door::post("/rpc/accounts/deputies", whose), write, 200),
        (Door::post("/api/auth/delegations/", away.clone()), write, 422),
        (Door::post("/rpc/accounts/delegate", json!({ "cmd": away })), write, 422),
    ]
}

async fn knock_everywhere(db: PgPool, walls: Walls) {
    let house = House::with_walls(db, walls).await;
    let admin = house.token_of("admin", PASSWORD).await;
    let places = Places::db_of(&house.db).await;
    let beside = json!({ "hospital_id": places.riyadh, "code": "BESIDE", "name_en": "Beside" });
    let beside = make(&house, &admin, RecordKind::Department, beside).await;
    let mut targets = Vec::new();
    for (place, hospital, department) in places.with_sibling(&beside) {
        let username = format!("target.{place:?}").to_lowercase();
        let doc = json!({ "username": username, "name_en": "Sami", "department_id": department,
                          "email": format!("{username}@example.sa"), "hospital_id": hospital,
                          "password": "a quiet lamp on the seventh floor" });
        let grant = json!({ "role": "nurse", "hospital_id": hospital,
                            "department_id": department });
        targets.push((place, make(&house, &admin, RecordKind::User, doc).await, grant));
    }
    let nowhere = json!({ "role": "nurse", "hospital_id": places.riyadh, "department_id": null });
    targets.push((Place::Unknown, NOWHERE.to_owned(), nowhere));
    let mut findings = Findings::default();
    for (role, username) in PEOPLE {
        let key = house.token_of(username, PASSWORD).await;
        for (place, id, grant) in &targets {
            for (door, permission, done) in doors(id, grant) {
                let expected = match policy(role, permission) {
                    None => 403,
                    Some(scope) if place.is_reached(role, scope) => done,
                    Some(_) => 404,
                };
                let (status, _) = door.knock(&house, id, &key).await;
                findings.expect(status, expected, &format!("{role} {} {place:?}", door.name()));
            }
        }
    }
    findings.none();
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn what_is_done_to_others_is_done_as_far_as_the_policy_says(db: PgPool) {
    knock_everywhere(db, Walls::Both).await;
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_scope_of_statements_alone_reaches_nobody_further(db: PgPool) {
    knock_everywhere(db, Walls::ScopeAlone).await;
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn row_level_security_alone_reaches_nobody_further(db: PgPool) {
    knock_everywhere(db, Walls::RowsAlone).await;
}

/// Nobody gives a role as high as their own, whatever they reach.
#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn no_role_is_given_that_is_not_below_ones_own(db: PgPool) {
    let house = House::new(db).await;
    let admin = house.token_of("admin", PASSWORD).await;
    let places = Places::db_of(&house.db).await;
    let doc = json!({ "username": "target", "name_en": "Sami", "department_id": places.own,
                      "email": "target@example.sa", "hospital_id": places.riyadh,
                      "password": "a quiet lamp on the seventh floor" });
    let id = make(&house, &admin, RecordKind::User, doc).await;
    let mut findings = Findings::default();
    for (role, username) in PEOPLE {
        let key = house.token_of(username, PASSWORD).await;
        for given in Role::ALL {
            let whole = *given == Role::PxAdmin;
            let (hospital, department) =
                if whole { (None, None) } else { (Some(&places.riyadh), Some(&places.own)) };
            let grant = json!({ "role": given, "hospital_id": hospital,
                                "department_id": department });
            let may = policy(role, Permission::RoleGrant).is_some();
            let lower = role == Role::PxAdmin || given.level() < role.level();
            let expected = if may && lower { 204 } else { 403 };
            for (door, _, _) in &doors(&id, &grant)[2..4] {
                let (status, _) = door.knock(&house, &id, &key).await;
                findings.expect(status, expected, &format!("{role} {} {given}", door.name()));
            }
        }
    }
    findings.none();
}
