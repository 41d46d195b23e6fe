//! What is about oneself: whoever can sign in may ask, and is told nothing about anybody else.

use serde_json::json;
use sqlx::PgPool;
use sqlx::types::Uuid;

use super::{Door, Findings, NOWHERE, PEOPLE, WALLS};
use crate::house::{House, PASSWORD};

/// What tells who one is: it names the one who asks, and nobody else.
pub(super) fn of_oneself() -> [Door; 10] {
    [
        Door::get("/api/auth/delegations/"),
        Door::post("/rpc/accounts/delegations", json!({ "user": null })),
        Door::get("/api/auth/delegations/deputies/?search=zzz"),
        Door::post("/rpc/accounts/deputies", json!({ "user": null, "search": "zzz" })),
        Door::get("/api/auth/users/me/"),
        Door::get("/api/auth/users/profile/"),
        Door::post("/rpc/accounts/me", json!({})),
        Door::post("/rpc/accounts/profile", json!({})),
        Door::get("/api/auth/sessions/"),
        Door::post("/rpc/accounts/sessions", json!({})),
    ]
}

/// A session, somebody else's or none: not there.
pub(super) fn of_a_session(id: &str) -> [Door; 2] {
    [
        Door { method: "DELETE", path: "/api/auth/sessions/{id}/", body: serde_json::Value::Null },
        Door::post("/rpc/accounts/end-session", json!({ "id": id })),
    ]
}

/// A time away, somebody else's or none: not there.
pub(super) fn of_a_delegation(id: &str) -> [Door; 2] {
    [
        Door {
            method: "DELETE",
            path: "/api/auth/delegations/{id}/",
            body: serde_json::Value::Null,
        },
        Door::post("/rpc/accounts/end-delegation", json!({ "id": id })),
    ]
}

/// Messages to oneself.
pub(super) fn of_the_inbox(id: &str) -> [Door; 4] {
    let ids = json!({ "ids": [id] });
    [
        Door::get("/api/notifications/inbox/"),
        Door::post("/rpc/notifications/inbox", json!({ "filter": {} })),
        Door::post("/api/notifications/inbox/read/", ids.clone()),
        Door::post("/rpc/notifications/read", json!({ "cmd": ids })),
    ]
}

/// A message to the admin, a browser in which they are signed in, and a time that they will be away.
async fn db_things_of_the_admin(db: &PgPool) -> [String; 3] {
    let id = Uuid::now_v7();
    let admin: Uuid = sqlx::query_scalar("select id from users where username = 'admin'")
        .fetch_one(db)
        .await
        .unwrap();
    sqlx::query(
        "insert into notifications (id, hospital_id, kind, status, user_id, dedupe_key, send_after,
             attempts, created_at)
         select $1, hospital.id, 'action_assigned', 'sent', $2, $1::text, now(), 1, now()
         from hospitals as hospital where code = 'RYD'",
    )
    .bind(id)
    .bind(admin)
    .execute(db)
    .await
    .unwrap();
    let session: String = sqlx::query_scalar(
        "insert into sessions (id_hash, data, expires_at)
         values ($1, $2, now() + interval '1 hour') returning id::text",
    )
    .bind(id.as_bytes().as_slice())
    .bind(json!({ "user_id": admin }))
    .fetch_one(db)
    .await
    .unwrap();
    sqlx::query(
        "insert into delegations (id, user_id, deputy_id, starts_on, ends_on, created_at)
         select $1, $2, id, '2099-12-01', '2099-12-02', now() from users where username = 'nurse'
         on conflict do nothing",
    )
    .bind(Uuid::now_v7())
    .bind(admin)
    .execute(db)
    .await
    .unwrap();
    let away: String = sqlx::query_scalar("select id::text from delegations where user_id = $1")
        .bind(admin)
        .fetch_one(db)
        .await
        .unwrap();
    [id.to_string(), session, away]
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn what_is_about_oneself_is_about_nobody_else(db: PgPool) {
    for walls in WALLS {
        let house = House::with_walls(db.clone(), walls).await;
        let [message, session, away] = db_things_of_the_admin(&house.db).await;
        let mut findings = Findings::default();
        for (role, username) in PEOPLE.into_iter().filter(|(_, name)| *name != "admin") {
            let key = house.token_of(username, PASSWORD).await;
            for door in of_oneself().into_iter().chain(of_the_inbox(&message)) {
                let (status, text) = door.knock(&house, "", &key).await;
                let what = format!("{role} {} {walls:?}", door.name());
                findings.expect(matches!(status, 200 | 204), true, &what);
                // Nothing of the admin's, whose address is also the end of somebody else's.
                let text = text.replace(&format!("{username}@demo.example"), "");
                for told in [message.as_str(), &session, "admin@demo.example"] {
                    findings.expect(text.contains(told), false, &what);
                }
            }
            for (session, away) in [(session.as_str(), away.as_str()), (NOWHERE, NOWHERE)] {
                let sessions = of_a_session(session).map(|door| (door, session));
                let delegations = of_a_delegation(away).map(|door| (door, away));
                for (door, id) in sessions.into_iter().chain(delegations) {
                    let (status, _) = door.knock(&house, id, &key).await;
                    findings.expect(status, 404, &format!("{role} {} {walls:?}", door.name()));
                }
            }
        }
        let left = "select (select count(*) from sessions where id::text = $1)
                         + (select count(*) from notifications where id::text = $2
                            and read_at is null)
                         + (select count(*) from delegations where id::text = $3
                            and ended_at is null)";
        let left: i64 = sqlx::query_scalar(left)
            .bind(&session)
            .bind(&message)
            .bind(&away)
            .fetch_one(&house.db)
            .await
            .unwrap();
        findings.expect(left, 3, "none was touched");
        findings.none();
    }
}
