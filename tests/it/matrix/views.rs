//! Saved views: one's own, those of one's team, and those of another hospital.

use px360_domain::access::{Permission, Role, policy};
use serde_json::{Value, json};
use sqlx::PgPool;

use super::{Door, Findings, NOWHERE, PEOPLE, Places, WALLS};
use crate::house::{House, PASSWORD};

/// Whose a view is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    /// The admin's alone.
    Admins,
    /// Shared with all of Riyadh.
    Riyadhs,
    /// Shared with all of Jeddah.
    Jeddahs,
    /// There is none.
    Nobodys,
}

fn look() -> Value {
    json!({ "actions": { "filter": {} } })
}

/// Those that change a view, and the one that only says how one wants it oneself.
pub(super) fn doors(id: &str, riyadh: &str) -> [(Door, bool); 4] {
    let view = json!({ "name": "x", "audience": "team", "role": null, "look": look(),
                       "hospital_id": riyadh });
    let change = json!({ "id": id, "cmd": { "version": 99, "view": view } });
    let mark = json!({ "id": id, "cmd": { "shown": true, "opens_first": false } });
    [
        (Door::post("/rpc/saved-views/change", change), true),
        (Door::post("/rpc/saved-views/remove", json!({ "id": id })), true),
        (Door::post("/rpc/saved-views/restore", json!({ "id": id })), true),
        (Door::post("/rpc/saved-views/mark", mark), false),
    ]
}

pub(super) const SAVE: &str = "/rpc/saved-views/save";
/// Everybody finds hospitals, and the views of their list that are shared with them.
const OF_RECORDS: &str = "/rpc/records/saved-views";
pub(super) const LIST: &str = "/rpc/actions/saved-views";

async fn db_view(db: &PgPool, name: &str, audience: &str, hospital: Option<&str>) -> String {
    sqlx::query_scalar(
        "insert into saved_views (id, owner_id, list, name, audience, hospital_id, look, version,
             created_at, changed_at)
         select $1, owner.id, 'actions', $2, $3, $4::uuid, $5, 1, now(), now()
         from users as owner where username = 'admin'
         returning id::text",
    )
    .bind(sqlx::types::Uuid::now_v7())
    .bind(name)
    .bind(audience)
    .bind(hospital)
    .bind(look())
    .fetch_one(db)
    .await
    .unwrap()
}

async fn db_view_of_hospitals(db: &PgPool, name: &str, hospital: &str) {
    sqlx::query(
        "insert into saved_views (id, owner_id, list, name, audience, hospital_id, look, version,
             created_at, changed_at)
         select $1, owner.id, 'hospitals', $2, 'team', $3::uuid, $4, 1, now(), now()
         from users as owner where username = 'admin'",
    )
    .bind(sqlx::types::Uuid::now_v7())
    .bind(name)
    .bind(hospital)
    .bind(json!({ "records": { "kind": "hospital" } }))
    .execute(db)
    .await
    .unwrap();
}

/// What looking at it, and what changing it answers.
fn expected(role: Role, whose: Whose, changes: bool) -> u16 {
    let reads = policy(role, Permission::ActionRead).is_some();
    let shares = policy(role, Permission::ViewShare).is_some();
    let all = role == Role::PxAdmin;
    match whose {
        Whose::Nobodys => 404,
        Whose::Admins | Whose::Jeddahs if !all => 404,
        Whose::Riyadhs if !reads => 403,
        _ if changes && !all && !shares => 403,
        _ => 200,
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn views_open_to_those_whom_they_are_shared_with(db: PgPool) {
    for walls in WALLS {
        let house = House::with_walls(db.clone(), walls).await;
        let places = Places::db_of(&house.db).await;
        let named = |name: &str| format!("{name}-{walls:?}");
        let views = [
            (Whose::Admins, db_view(&house.db, &named("Mine"), "personal", None).await),
            (
                Whose::Riyadhs,
                db_view(&house.db, &named("Ours"), "team", Some(&places.riyadh)).await,
            ),
            (
                Whose::Jeddahs,
                db_view(&house.db, &named("Theirs"), "team", Some(&places.jeddah)).await,
            ),
            (Whose::Nobodys, NOWHERE.to_owned()),
        ];
        db_view_of_hospitals(&house.db, &named("Houses"), &places.riyadh).await;
        let mut findings = Findings::default();
        for (role, username) in PEOPLE {
            let key = house.token_of(username, PASSWORD).await;
            for (whose, id) in &views {
                for (door, changes) in doors(id, &places.riyadh) {
                    // Changed from an old page: what is allowed is a conflict.
                    let done = if door.path.ends_with("change") { 409 } else { 200 };
                    let expected = match expected(role, *whose, changes) {
                        200 => done,
                        refused => refused,
                    };
                    let (status, _) = door.knock(&house, id, &key).await;
                    let what = format!("{role} {} {whose:?} {walls:?}", door.name());
                    findings.expect(status, expected, &what);
                }
            }
            let (status, text) = Door::post(LIST, json!({})).knock(&house, "", &key).await;
            let reads = policy(role, Permission::ActionRead).is_some();
            findings.expect(status, if reads { 200 } else { 403 }, &format!("{role} {LIST}"));
            for (name, seen) in [
                ("Mine", role == Role::PxAdmin),
                ("Theirs", role == Role::PxAdmin),
                ("Ours", reads),
            ] {
                let what = format!("{role} finds {name} {walls:?}");
                findings.expect(text.contains(&named(name)), seen, &what);
            }
            let hospitals = Door::post(OF_RECORDS, json!({ "kind": "hospital" }));
            let (status, text) = hospitals.knock(&house, "", &key).await;
            findings.expect(
                (status, text.contains(&named("Houses"))),
                (200, true),
                &format!("{role} {OF_RECORDS}"),
            );
            shared_where_one_may(&house, role, &key, &places, &mut findings).await;
        }
        findings.none();
    }
}

/// A new view is shared only where its maker may share.
async fn shared_where_one_may(
    house: &House,
    role: Role,
    key: &str,
    places: &Places,
    findings: &mut Findings,
) {
    let reads = policy(role, Permission::ActionRead).is_some();
    let shares = policy(role, Permission::ViewShare).is_some();
    let all = role == Role::PxAdmin;
    for (audience, hospital, may) in [
        ("personal", None, reads),
        ("team", Some(&places.riyadh), reads && shares),
        ("team", Some(&places.jeddah), all),
        ("team", None, all),
    ] {
        let name = sqlx::types::Uuid::now_v7().to_string();
        let view = json!({ "name": name, "audience": audience, "hospital_id": hospital,
                           "role": null, "look": look() });
        let (status, _) = Door::post(SAVE, json!({ "cmd": view })).knock(house, "", key).await;
        let what = format!("{role} saves for {audience} {hospital:?}");
        findings.expect(status, if may { 200 } else { 403 }, &what);
    }
}
