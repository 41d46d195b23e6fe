//! Browser sessions.

use std::sync::Arc;

use chrono::TimeDelta;
use http::{Method, StatusCode};
use px360_domain::access::Permission;
use px360_server::accounts::{self, PgSessionStore};
use px360_server::http::Session;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use sqlx::PgPool;

use super::house::{House, PASSWORD, SECRET, get_with, login_as, request};

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_session_prepared_by_somebody_else_is_not_signed_in_with(db: PgPool) {
    let house = House::new(db).await;
    house.admin("noura").await;
    let prepared = house.send(get_with("/visit", &[])).await.cookie().unwrap();
    assert_eq!(house.whoami(&prepared).await["left"], "behind");

    let answer = house.send(login_as("noura", PASSWORD, Some(&prepared))).await;
    let fresh = answer.cookie().unwrap();
    assert_ne!(fresh, prepared);
    assert_eq!(house.whoami(&prepared).await["name"], "nobody");
    let noura = house.whoami(&fresh).await;
    assert_eq!((&noura["name"], &noura["left"]), (&json!("noura"), &json!(null)));

    // Signing in again changes the id again.
    let again = house.send(login_as("noura", PASSWORD, Some(&fresh))).await.cookie().unwrap();
    assert_ne!(again, fresh);
    assert_eq!(house.whoami(&fresh).await["name"], "nobody");
    assert_eq!(house.count("select count(*) from sessions").await, 1);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn signing_out_kills_the_session(db: PgPool) {
    let house = House::new(db).await;
    house.admin("noura").await;
    let cookie = house.cookie_of("noura").await;

    let headers = [("cookie", cookie.as_str()), ("sec-fetch-site", "same-origin")];
    let answer = house.send(request(Method::POST, "/logout", &headers, "")).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.cookie().as_deref(), Some("px360_session="));

    assert_eq!(house.whoami(&cookie).await["name"], "nobody");
    assert_eq!(house.count("select count(*) from sessions").await, 0);
    assert_eq!(
        house.remembered("account.sign").await,
        ["account.signed_in done user noura", "account.signed_out done user noura",]
    );
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_request_under_way_does_not_bring_a_dead_session_back(db: PgPool) {
    let house = House::new(db).await;
    let store = Arc::new(PgSessionStore::new(&house.deps));
    let first = Session::new(None, store.clone(), None);
    first.insert("left", "behind").await.unwrap();
    first.save().await.unwrap();

    let under_way = Session::new(first.id(), store.clone(), None);
    under_way.insert("left", "again").await.unwrap();
    first.flush().await.unwrap();
    under_way.save().await.unwrap();
    let later = Session::new(under_way.id(), store, None);
    assert_eq!(later.get::<String>("left").await.unwrap(), None);
    assert_eq!(house.count("select count(*) from sessions").await, 0);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_id_of_a_session_is_stored_only_as_its_hash(db: PgPool) {
    let house = House::new(db).await;
    house.admin("noura").await;
    let cookie = house.cookie_of("noura").await;
    let id = cookie.strip_prefix("px360_session=").unwrap();

    let (hash, row): (Vec<u8>, String) =
        sqlx::query_as("select id_hash, sessions::text from sessions")
            .fetch_one(&house.db)
            .await
            .unwrap();
    let id_bytes = {
        use base64::Engine as _;
        base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(id).unwrap()
    };
    assert_eq!(id_bytes.len(), 16);
    assert_eq!(hash, Sha256::digest(&id_bytes).to_vec());
    assert!(!row.contains(id));
    // What is stored opens nothing when it is sent as a cookie.
    let shown: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(house.whoami(&format!("px360_session={shown}")).await["name"], "nobody");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_session_ends_after_half_an_hour_without_a_request(db: PgPool) {
    let house = House::new(db).await;
    house.admin("noura").await;
    let cookie = house.cookie_of("noura").await;
    for _ in 0..3 {
        house.pass(TimeDelta::minutes(29));
        assert_eq!(house.whoami(&cookie).await["name"], "noura");
    }
    house.pass(TimeDelta::minutes(30));
    assert_eq!(house.whoami(&cookie).await["name"], "nobody");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_session_ends_after_a_working_day_however_busy(db: PgPool) {
    let house = House::new(db).await;
    house.admin("noura").await;
    let cookie = house.cookie_of("noura").await;
    for _ in 0..31 {
        house.pass(TimeDelta::minutes(15));
        assert_eq!(house.whoami(&cookie).await["name"], "noura");
    }
    house.pass(TimeDelta::minutes(15));
    assert_eq!(house.whoami(&cookie).await["name"], "nobody");

    let ctx = house.deps.system("tests");
    let mut tx = ctx.begin(ctx.require(Permission::SystemSetUp).unwrap()).await.unwrap();
    assert_eq!(accounts::sweep_expired_in(&mut tx).await.unwrap(), 1);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_disabled_user_loses_access_at_once_and_for_good(db: PgPool) {
    let house = House::new(db).await;
    house.admin("noura").await;
    let cookie = house.cookie_of("noura").await;
    house.run("update users set active = false").await;
    assert_eq!(house.whoami(&cookie).await["name"], "nobody");
    house.run("update users set active = true").await;
    assert_eq!(house.whoami(&cookie).await["name"], "nobody");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn over_https_the_cookie_is_bound_to_the_host(db: PgPool) {
    let house = House::with_secrets(db, &[SECRET], "https://px360.test").await;
    house.admin("noura").await;
    let answer = house.send(login_as("noura", PASSWORD, None)).await;
    let set = answer.headers["set-cookie"].to_str().unwrap();
    assert!(set.starts_with("__Host-px360="), "{set}");
    for word in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/", "Max-Age=1800"] {
        assert!(set.split("; ").any(|part| part == word), "{set}");
    }
    assert!(!set.contains("Domain"), "{set}");

    let cookie = answer.cookie().unwrap();
    let headers = [("cookie", cookie.as_str()), ("sec-fetch-site", "same-origin")];
    let gone = house.send(request(Method::POST, "/logout", &headers, "")).await;
    let set = gone.headers["set-cookie"].to_str().unwrap();
    assert!(set.contains("Max-Age=0") && set.contains("; Secure"), "{set}");
}
