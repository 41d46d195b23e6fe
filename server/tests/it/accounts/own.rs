//! People look after their own accounts, and are helped when they cannot.

use chrono::TimeDelta;
use http::{Method, StatusCode};
use px360_domain::access::Role;
use serde_json::{Value, json};
use sqlx::PgPool;

use super::house::{
    Answer, House, PASSWORD, bearer, get_with, grant, login_as, post_json, send_as,
};

const NEW: &str = "a quiet lamp on the seventh floor";

fn change(cookie: &str, current: &str, new: &str) -> http::Request<axum::body::Body> {
    let body = json!({ "current": current, "new": new });
    send_as(Method::POST, "/api/auth/users/change_password/", cookie, &body)
}

async fn tokens(house: &House, password: &str) -> Answer {
    let body = json!({ "username": "noura", "password": password });
    house.send(post_json("/api/auth/token/", &body)).await
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_new_password_ends_whatever_knew_the_old_one(db: PgPool) {
    let house = House::new(db).await;
    house.admin("noura").await;
    house.admin("saad").await;
    let own = house.cookie_of("noura").await;
    let elsewhere = house.cookie_of("noura").await;
    let somebody_else = house.cookie_of("saad").await;
    let pair = tokens(&house, PASSWORD).await.body;
    house.pass(TimeDelta::seconds(1));

    let answer = house.send(change(&own, PASSWORD, NEW)).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    let renewed = answer.cookie().unwrap();
    assert_ne!(renewed, own);
    assert_eq!(house.whoami(&renewed).await["name"], "noura");
    for dead in [&own, &elsewhere] {
        assert_eq!(house.whoami(dead).await["name"], "nobody");
    }
    assert_eq!(house.whoami(&somebody_else).await["name"], "saad");
    let renewal = post_json("/api/auth/token/refresh/", &json!({ "refresh": pair["refresh"] }));
    assert_eq!(house.send(renewal).await.status, StatusCode::UNAUTHORIZED);
    let access = pair["access"].as_str().unwrap();
    assert_eq!(house.send(bearer(access)).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(tokens(&house, PASSWORD).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(tokens(&house, NEW).await.status, StatusCode::OK);
    assert_eq!(
        house.remembered("account.password").await,
        ["account.password_changed done user noura"]
    );
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_new_password_takes_the_old_one_and_is_a_good_one(db: PgPool) {
    let house = House::new(db).await;
    house.admin("noura.alharbi").await;
    let cookie = house.cookie_of("noura.alharbi").await;
    for (current, new, errors) in [
        ("wrong", NEW, json!({ "current": ["wrong_password"] })),
        ("", NEW, json!({ "current": ["required"] })),
        (PASSWORD, "short", json!({ "new": ["too_short"] })),
        (PASSWORD, "Noura.Alharbi", json!({ "new": ["same_as_username"] })),
        (PASSWORD, "P@ssword2026", json!({ "new": ["too_common"] })),
        (PASSWORD, PASSWORD, json!({ "new": ["same_as_before"] })),
    ] {
        let answer = house.send(change(&cookie, current, new)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{new}");
        assert_eq!(answer.body["errors"], errors, "{new}");
    }
    // Guessing it through a session is guessing it.
    for _ in 0..5 {
        house.send(change(&cookie, "wrong", NEW)).await;
    }
    let answer = house.send(change(&cookie, PASSWORD, NEW)).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(house.whoami(&cookie).await["name"], "noura.alharbi");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_temporary_password_opens_one_door(db: PgPool) {
    let house = House::new(db).await;
    house.admin("admin").await;
    let id = house.user("noura", vec![grant(Role::Viewer, None)]).await;
    let admin = house.cookie_of("admin").await;
    let before = house.cookie_of("noura").await;
    house.pass(TimeDelta::seconds(1));
    let path = format!("/api/auth/users/{id}/reset_password/");
    let answer = house.send(send_as(Method::POST, &path, &admin, &Value::Null)).await;
    assert_eq!(answer.status, StatusCode::OK);
    let temporary = answer.body["password"].as_str().unwrap();
    assert_eq!(house.whoami(&before).await["name"], "nobody");
    assert_eq!(tokens(&house, PASSWORD).await.status, StatusCode::UNAUTHORIZED);

    let answer = house.send(login_as("noura", temporary, None)).await;
    let cookie = answer.cookie().unwrap();
    let me = house.send(get_with("/api/auth/users/me/", &[("cookie", &cookie)])).await;
    assert_eq!(me.body["must_change_password"], true);
    assert_eq!(
        me.body["permissions"],
        json!(["account.sign_in", "account.profile_read", "account.profile_write"])
    );
    let granted = house.deps.for_user(id, px360_server::RequestMeta::default()).await.unwrap();
    let refused = granted.require(px360_domain::access::Permission::DashboardRead).unwrap_err();
    assert_eq!(refused.chain(), px360_domain::Failure::PasswordChangeRequired.to_string());

    let answer = house.send(change(&cookie, temporary, NEW)).await;
    let cookie = answer.cookie().unwrap();
    let me = house.send(get_with("/api/auth/users/me/", &[("cookie", &cookie)])).await;
    assert_eq!(me.body["must_change_password"], false);
    let permissions = me.body["permissions"].as_array().unwrap();
    assert!(permissions.contains(&json!("dashboard.read")));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn people_see_and_end_their_own_sessions_only(db: PgPool) {
    let house = House::new(db).await;
    house.admin("noura").await;
    house.admin("saad").await;
    let own = house.cookie_of("noura").await;
    house.pass(TimeDelta::minutes(2));
    let mut request = login_as("noura", PASSWORD, None);
    request.headers_mut().insert("user-agent", "a phone".parse().unwrap());
    request.headers_mut().insert("x-forwarded-for", "10.0.0.9".parse().unwrap());
    let phone = house.send(request).await.cookie().unwrap();
    let other = house.cookie_of("saad").await;
    let list = |cookie: &str| get_with("/api/auth/sessions/", &[("cookie", cookie)]);

    let seen = house.send(list(&own)).await.body["items"].clone();
    assert_eq!(seen.as_array().unwrap().len(), 2);
    let on_phone =
        seen.as_array().unwrap().iter().find(|it| it["user_agent"] == "a phone").unwrap();
    assert_eq!(on_phone["ip"], "10.0.0.9");
    assert_eq!(on_phone["begun_at"], "2026-03-01T09:02:00Z");
    assert_eq!(on_phone["current"], false);
    let current: Vec<&Value> =
        seen.as_array().unwrap().iter().filter(|it| it["current"] == true).collect();
    assert_eq!(current.len(), 1);
    // What is shown opens nothing.
    let id = on_phone["id"].as_str().unwrap();
    assert_eq!(house.whoami(&format!("px360_session={id}")).await["name"], "nobody");

    let end = |cookie: &str, id: &str| {
        send_as(Method::DELETE, &format!("/api/auth/sessions/{id}/"), cookie, &Value::Null)
    };
    assert_eq!(house.send(end(&other, id)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.whoami(&phone).await["name"], "noura");
    assert_eq!(house.send(end(&own, id)).await.status, StatusCode::NO_CONTENT);
    assert_eq!(house.whoami(&phone).await["name"], "nobody");
    assert_eq!(house.send(end(&own, id)).await.status, StatusCode::NOT_FOUND);

    let third = house.cookie_of("noura").await;
    let others = send_as(Method::POST, "/api/auth/sessions/end_others/", &own, &Value::Null);
    assert_eq!(house.send(others).await.status, StatusCode::NO_CONTENT);
    assert_eq!(house.whoami(&third).await["name"], "nobody");
    assert_eq!(house.whoami(&own).await["name"], "noura");
    assert_eq!(house.whoami(&other).await["name"], "saad");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn details_are_checked_kept_once_and_never_repeated_in_the_log(db: PgPool) {
    let house = House::new(db).await;
    house.admin("noura").await;
    let cookie = house.cookie_of("noura").await;
    let put = |body: &Value| send_as(Method::PUT, "/api/auth/users/update_profile/", &cookie, body);
    let good = json!({
        "version": 1, "name": { "ar": "نورة الحربي", "en": "Noura Alharbi" },
        "email": "Noura@Example.sa", "phone": "٠٥٠١٢٣٤٥٦٧", "language": "en",
    });
    for (field, value, errors) in [
        ("email", json!("noura"), json!({ "email": ["email_invalid"] })),
        ("phone", json!("12"), json!({ "phone": ["phone_invalid"] })),
        ("name", json!({ "ar": " ", "en": "" }), json!({ "name": ["required"] })),
        ("name", json!({ "ar": "ن".repeat(151), "en": "" }), json!({ "name": ["too_long"] })),
        ("language", json!("fr"), json!({ "language": ["malformed"] })),
    ] {
        let mut bad = good.clone();
        bad[field] = value;
        let answer = house.send(put(&bad)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert_eq!(answer.body["errors"], errors);
    }
    assert_eq!(house.send(put(&good)).await.status, StatusCode::NO_CONTENT);
    let stale = house.send(put(&good)).await;
    assert_eq!(stale.body["type"], "urn:px360:conflict:stale_version");

    let profile = get_with("/api/auth/users/profile/", &[("cookie", &cookie)]);
    let profile = house.send(profile).await.body;
    assert_eq!(profile["email"], "Noura@example.sa");
    assert_eq!(profile["phone"], "+966501234567");
    assert_eq!(profile["version"], 2);
    assert_eq!(profile["second_factor"], Value::Null);
    let told: Value = sqlx::query_scalar(
        "select detail from audit_events where action = 'account.profile_changed'",
    )
    .fetch_one(&house.db)
    .await
    .unwrap();
    assert_eq!(told, json!({ "changed": ["name", "email", "phone", "language"] }));
}
