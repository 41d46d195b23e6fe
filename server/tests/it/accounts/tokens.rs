//! Tokens of scripts.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use http::StatusCode;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use sqlx::PgPool;

use super::house::{Answer, House, PASSWORD, SECRET, bearer, get_with, post_json};

const OTHER: &str = "another secret, also 32 characters or more";

async fn tokens(house: &House) -> Value {
    let body = json!({ "username": "noura", "password": PASSWORD });
    let answer = house.send(post_json("/api/auth/token/", &body)).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.headers["cache-control"], "no-store");
    assert_eq!(
        (&answer.body["expires_in"], &answer.body["token_type"]),
        (&json!(900), &json!("Bearer"))
    );
    answer.body
}

async fn renew(house: &House, pair: &Value) -> Answer {
    house.send(post_json("/api/auth/token/refresh/", &json!({ "refresh": pair["refresh"] }))).await
}

async fn status_with(house: &House, access: &str) -> StatusCode {
    house.send(bearer(access)).await.status
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_token_opens_the_door_for_a_quarter_of_an_hour(db: PgPool) {
    let house = House::new(db).await;
    let id = house.admin("noura").await;
    let pair = tokens(&house).await;
    let me = house.send(bearer(text(&pair["access"]))).await;
    assert_eq!(me.status, StatusCode::OK);
    assert_eq!(me.body["id"], id.to_string());
    assert!(me.body["permissions"].as_array().unwrap().contains(&json!("action.approve")));
    assert!(!me.body["permissions"].as_array().unwrap().contains(&json!("system.set_up")));

    house.pass(TimeDelta::seconds(899));
    assert_eq!(status_with(&house, text(&pair["access"])).await, StatusCode::OK);
    house.pass(TimeDelta::seconds(1));
    let late = house.send(bearer(text(&pair["access"]))).await;
    assert_eq!(late.status, StatusCode::UNAUTHORIZED);
    assert_eq!(late.body["type"], "urn:px360:unauthenticated");
    assert_eq!(late.headers["www-authenticate"], "Bearer");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_token_that_is_not_ours_opens_nothing(db: PgPool) {
    let house = House::new(db).await;
    let id = house.admin("noura").await;
    let pair = tokens(&house).await;
    let access = text(&pair["access"]);
    let parts: Vec<&str> = access.split('.').collect();
    let decode = |part: &str| -> Value {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
    };
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    assert_eq!(decode(parts[0]), json!({ "alg": "HS256", "typ": "at+jwt" }));
    let claims = decode(parts[1]);
    assert_eq!(claims["sub"], id.to_string());

    let none = encode(&json!({ "alg": "none", "typ": "at+jwt" }));
    let hs512 = encode(&json!({ "alg": "HS512", "typ": "at+jwt" }));
    let mut later = claims.clone();
    later["exp"] = json!(claims["exp"].as_i64().unwrap() + 3_600);
    let foreign = {
        let key = EncodingKey::from_secret(SECRET.as_bytes());
        let header = Header { typ: Some("at+jwt".to_owned()), ..Header::new(Algorithm::HS256) };
        jsonwebtoken::encode(&header, &claims, &key).unwrap()
    };
    for (token, what) in [
        (format!("{none}.{}.", parts[1]), "no signature"),
        (format!("{none}.{}.{}", parts[1], parts[2]), "alg none with a signature"),
        (format!("{hs512}.{}.{}", parts[1], parts[2]), "another algorithm"),
        (format!("{}.{}.{}", parts[0], encode(&later), parts[2]), "changed claims"),
        (foreign, "the bare secret as the key"),
        ("garbage".to_owned(), "garbage"),
        (String::new(), "nothing"),
    ] {
        assert_eq!(status_with(&house, &token).await, StatusCode::UNAUTHORIZED, "{what}");
    }
    assert_eq!(status_with(&house, access).await, StatusCode::OK);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_well_signed_jwt_of_another_kind_opens_nothing(db: PgPool) {
    let house = House::new(db).await;
    let id = house.admin("noura").await;
    let key = {
        use hmac::{Hmac, KeyInit as _, Mac as _};
        let mut mac = Hmac::<sha2::Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
        mac.update(b"px360 access token v1");
        EncodingKey::from_secret(&mac.finalize().into_bytes())
    };
    let now = super::house::at("2026-03-01T09:00:00Z").timestamp();
    let good = json!({ "iss": "px360", "aud": "px360-api", "sub": id, "jti": id, "iat": now,
                       "nbf": now, "exp": now + 60 });
    let sign = |typ: &str, change: (&str, Value)| {
        let mut claims = good.clone();
        claims[change.0] = change.1;
        let header = Header { typ: Some(typ.to_owned()), ..Header::new(Algorithm::HS256) };
        jsonwebtoken::encode(&header, &claims, &key).unwrap()
    };
    let iss = ("iss", json!("px360"));
    assert_eq!(status_with(&house, &sign("at+jwt", iss.clone())).await, StatusCode::OK);
    for (token, what) in [
        (sign("JWT", iss), "type"),
        (sign("at+jwt", ("iss", json!("other"))), "issuer"),
        (sign("at+jwt", ("aud", json!("other"))), "audience"),
        (sign("at+jwt", ("exp", json!(now))), "expired"),
        (sign("at+jwt", ("exp", Value::Null)), "no expiry"),
        (sign("at+jwt", ("nbf", json!(now + 1))), "not yet"),
        (sign("at+jwt", ("sub", json!(uuid::Uuid::nil()))), "nobody"),
    ] {
        assert_eq!(status_with(&house, &token).await, StatusCode::UNAUTHORIZED, "{what}");
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn tokens_outlive_a_change_of_the_secret_once(db: PgPool) {
    let before = House::with_secrets(db.clone(), &[SECRET], "http://px360.test").await;
    before.admin("noura").await;
    let pair = tokens(&before).await;
    let access = text(&pair["access"]);
    let during = House::with_secrets(db.clone(), &[OTHER, SECRET], "http://px360.test").await;
    let after = House::with_secrets(db, &[OTHER], "http://px360.test").await;
    assert_eq!(status_with(&during, access).await, StatusCode::OK);
    assert_eq!(status_with(&after, access).await, StatusCode::UNAUTHORIZED);
    let new = tokens(&during).await;
    assert_eq!(status_with(&after, text(&new["access"])).await, StatusCode::OK);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_refresh_token_used_twice_ends_its_family(db: PgPool) {
    let house = House::new(db).await;
    house.admin("noura").await;
    let first = tokens(&house).await;
    let other_family = tokens(&house).await;
    house.pass(TimeDelta::days(1));
    let second = renew(&house, &first).await;
    assert_eq!(second.status, StatusCode::OK);
    assert_ne!(second.body["refresh"], first["refresh"]);
    assert_eq!(status_with(&house, text(&second.body["access"])).await, StatusCode::OK);
    let third = renew(&house, &second.body).await;
    assert_eq!(third.status, StatusCode::OK);

    // Somebody comes with the first one again: now nobody has the newest either.
    assert_eq!(renew(&house, &first).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(renew(&house, &third.body).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(renew(&house, &first).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(renew(&house, &other_family).await.status, StatusCode::OK);
    assert_eq!(
        house.remembered("account.token").await,
        [
            "account.tokens_issued done user noura",
            "account.tokens_issued done user noura",
            "account.tokens_renewed done anonymous",
            "account.tokens_renewed done anonymous",
            "account.token_reused refused anonymous",
            "account.tokens_renewed done anonymous",
        ]
    );
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn of_two_renewals_at_once_neither_leaves_a_living_token(db: PgPool) {
    let house = House::new(db).await;
    house.admin("noura").await;
    let first = tokens(&house).await;
    let (one, two) = tokio::join!(renew(&house, &first), renew(&house, &first));
    let mut statuses = [one.status, two.status];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::OK, StatusCode::UNAUTHORIZED]);
    let living = "select count(*) from refresh_tokens where revoked_at is null";
    assert_eq!(house.count(living).await, 0);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_family_asks_for_the_password_after_a_month(db: PgPool) {
    let house = House::new(db).await;
    house.admin("noura").await;
    let mut pair = tokens(&house).await;
    for _ in 0..29 {
        house.pass(TimeDelta::days(1));
        let renewed = renew(&house, &pair).await;
        assert_eq!(renewed.status, StatusCode::OK);
        pair = renewed.body;
    }
    house.pass(TimeDelta::days(1));
    assert_eq!(renew(&house, &pair).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(
        renew(&house, &json!({ "refresh": "garbage" })).await.status,
        StatusCode::UNAUTHORIZED
    );
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_refresh_token_is_stored_only_as_its_hash(db: PgPool) {
    let house = House::new(db).await;
    house.admin("noura").await;
    let pair = tokens(&house).await;
    let row: String = sqlx::query_scalar("select refresh_tokens::text from refresh_tokens")
        .fetch_one(&house.db)
        .await
        .unwrap();
    assert!(!row.contains(text(&pair["refresh"])));
    assert_eq!(URL_SAFE_NO_PAD.decode(text(&pair["refresh"])).unwrap().len(), 32);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_disabled_user_s_tokens_open_nothing_at_once(db: PgPool) {
    let house = House::new(db).await;
    house.admin("noura").await;
    let pair = tokens(&house).await;
    house.run("update users set active = false").await;
    assert_eq!(status_with(&house, text(&pair["access"])).await, StatusCode::UNAUTHORIZED);
    assert_eq!(renew(&house, &pair).await.status, StatusCode::UNAUTHORIZED);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_wrong_token_is_refused_even_beside_a_good_session(db: PgPool) {
    let house = House::new(db).await;
    house.admin("noura").await;
    let cookie = house.cookie_of("noura").await;
    for header in ["Bearer garbage", "Basic bm91cmE6eA==", "Bearer"] {
        let headers = [("cookie", cookie.as_str()), ("authorization", header)];
        let answer = house.send(get_with("/whoami", &headers)).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{header}");
    }
}
