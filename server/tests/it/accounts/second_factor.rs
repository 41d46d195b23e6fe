//! The second factor: its codes, its second step, its loss.

use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{Key, KeyInit as _, XChaCha20Poly1305, XNonce};
use chrono::{DateTime, TimeDelta};
use http::{Method, StatusCode};
use px360_domain::ids::UserId;
use serde_json::{Value, json};
use sqlx::PgPool;
use totp_rs::{Builder, Secret};

use super::house::{Answer, House, PASSWORD, SECRET, login_as, post_json, send_as};

/// The secret of the examples in RFC 6238.
const RFC: &[u8] = b"12345678901234567890";
const OTHER: &str = "another secret, also 32 characters or more";

/// Seals as the server does, so that what is stored can be told from the outside.
fn sealed(secret: &str, of: UserId, plain: &[u8]) -> Vec<u8> {
    use hmac::Mac as _;
    let mut mac =
        <hmac::Hmac<sha2::Sha256> as hmac::KeyInit>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(b"px360 second factor v1");
    let key: [u8; 32] = mac.finalize().into_bytes().into();
    let nonce = [7; 24];
    let payload = Payload { msg: plain, aad: of.0.as_bytes() };
    let cipher = XChaCha20Poly1305::new(&Key::from(key));
    let sealed = cipher.encrypt(&XNonce::from(nonce), payload).unwrap();
    [nonce.as_slice(), &sealed].concat()
}

/// Gives somebody the second factor of the RFC.
async fn with_factor(house: &House, username: &str) -> UserId {
    let id = house.admin(username).await;
    plant(house, id, &sealed(SECRET, id, RFC)).await;
    id
}

async fn plant(house: &House, id: UserId, sealed: &[u8]) {
    sqlx::query_scalar::<_, String>(
        "update users set totp_secret = $2, totp_confirmed_at = created_at where id = $1
         returning username",
    )
    .bind(id)
    .bind(sealed)
    .fetch_one(&house.db)
    .await
    .unwrap();
}

/// What an app shows for this secret, so many steps from now.
fn shown(house: &House, secret: &[u8], steps: i64) -> String {
    use px360_server::Clock as _;
    let totp = Builder::new()
        .with_secret(secret)
        .with_account_name("noura")
        .with_issuer(Some("PX360"))
        .build()
        .unwrap();
    let now = house.clock.now().timestamp() + 30 * steps;
    totp.generate(u64::try_from(now).unwrap()).to_string()
}

async fn token(house: &House, username: &str, password: &str, otp: Option<&str>) -> Answer {
    let mut body = json!({ "username": username, "password": password });
    if let Some(otp) = otp {
        body["otp"] = json!(otp);
    }
    house.send(post_json("/api/auth/token/", &body)).await
}

async fn status_of(house: &House, otp: &str) -> StatusCode {
    token(house, "noura", PASSWORD, Some(otp)).await.status
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_codes_are_those_of_rfc_6238(db: PgPool) {
    let house = House::new(db).await;
    with_factor(&house, "noura").await;
    // The appendix prints eight digits; of six, they are the last ones.
    for (seconds, code) in [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ] {
        house.clock.set(DateTime::from_timestamp(seconds, 0).unwrap());
        assert_eq!(status_of(&house, code).await, StatusCode::OK, "{seconds}");
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_second_factor_is_offered_confirmed_and_then_asked_for(db: PgPool) {
    let house = House::new(db).await;
    house.admin("noura").await;
    let cookie = house.cookie_of("noura").await;
    let post = |path: &str, body: Value| {
        send_as(Method::POST, &format!("/api/auth/second_factor/{path}/"), &cookie, &body)
    };
    let nothing = house.send(post("confirm", json!({ "code": "287082" }))).await;
    assert_eq!(nothing.body["type"], "urn:px360:conflict:second_factor_not_offered");
    let wrong = house.send(post("begin", json!({ "password": "wrong" }))).await;
    assert_eq!(wrong.body["errors"], json!({ "password": ["wrong_password"] }));

    let offer = house.send(post("begin", json!({ "password": PASSWORD }))).await;
    assert_eq!(offer.status, StatusCode::OK);
    let secret = offer.body["secret"].as_str().unwrap();
    let uri = offer.body["uri"].as_str().unwrap();
    assert!(uri.starts_with("otpauth://totp/PX360:noura?"), "{uri}");
    assert!(uri.contains(&format!("secret={secret}")), "{uri}");
    assert!(offer.body["picture"]["path"].as_str().unwrap().starts_with('M'));
    let secret = Secret::try_from_base32(secret).unwrap().to_vec();
    assert_eq!(secret.len(), 20);
    // Offered is not asked for.
    assert_eq!(token(&house, "noura", PASSWORD, None).await.status, StatusCode::OK);

    let wrong = house.send(post("confirm", json!({ "code": "000000" }))).await;
    assert_eq!(wrong.body["errors"], json!({ "code": ["wrong_code"] }));
    let code = shown(&house, &secret, 0);
    let codes = house.send(post("confirm", json!({ "code": code }))).await;
    assert_eq!(codes.status, StatusCode::OK);
    assert_eq!(codes.body["codes"].as_array().unwrap().len(), 10);

    let half = token(&house, "noura", PASSWORD, None).await;
    assert_eq!(half.status, StatusCode::UNAUTHORIZED);
    assert_eq!(half.body["type"], "urn:px360:otp_required");
    // The code that confirmed it is spent.
    assert_eq!(status_of(&house, &code).await, StatusCode::UNAUTHORIZED);
    house.pass(TimeDelta::seconds(30));
    assert_eq!(status_of(&house, &shown(&house, &secret, 0)).await, StatusCode::OK);
    let again = house.send(post("begin", json!({ "password": PASSWORD }))).await;
    assert_eq!(again.body["type"], "urn:px360:conflict:second_factor_in_use");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_code_counts_one_step_early_or_late_and_once(db: PgPool) {
    let house = House::new(db).await;
    with_factor(&house, "noura").await;
    for far in [-2, 2] {
        let code = shown(&house, RFC, far);
        assert_eq!(status_of(&house, &code).await, StatusCode::UNAUTHORIZED, "{far}");
    }
    let late = shown(&house, RFC, -1);
    assert_eq!(status_of(&house, &late).await, StatusCode::OK);
    assert_eq!(status_of(&house, &late).await, StatusCode::UNAUTHORIZED);
    let (now, early) = (shown(&house, RFC, 0), shown(&house, RFC, 1));
    // In other digits, with the gap that apps show.
    let arabic: String = early
        .chars()
        .map(|digit| char::from_u32(0x0660 + digit.to_digit(10).unwrap()).unwrap())
        .collect();
    let arabic = format!("{} {}", &arabic[..6], &arabic[6..]);
    assert_eq!(status_of(&house, &arabic).await, StatusCode::OK);
    // A step that was passed does not come back.
    assert_eq!(status_of(&house, &now).await, StatusCode::UNAUTHORIZED);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn of_two_requests_with_one_code_one_is_let_in(db: PgPool) {
    let house = House::new(db).await;
    with_factor(&house, "noura").await;
    let code = shown(&house, RFC, 0);
    let (one, two) = tokio::join!(status_of(&house, &code), status_of(&house, &code));
    let mut statuses = [one, two];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::OK, StatusCode::UNAUTHORIZED]);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_recovery_code_lets_somebody_in_once(db: PgPool) {
    let house = House::new(db).await;
    house.admin("noura").await;
    let cookie = house.cookie_of("noura").await;
    let post = |path: &str, body: Value| {
        send_as(Method::POST, &format!("/api/auth/second_factor/{path}/"), &cookie, &body)
    };
    let offer = house.send(post("begin", json!({ "password": PASSWORD }))).await;
    let secret = Secret::try_from_base32(offer.body["secret"].as_str().unwrap()).unwrap().to_vec();
    let code = shown(&house, &secret, 0);
    let codes = house.send(post("confirm", json!({ "code": code }))).await.body["codes"].clone();
    let first = codes[0].as_str().unwrap();
    assert_eq!(first.len(), 19, "{first}");

    // As somebody types it from paper.
    let typed = first.to_uppercase().replace('-', " ");
    assert_eq!(status_of(&house, &typed).await, StatusCode::OK);
    assert_eq!(status_of(&house, first).await, StatusCode::UNAUTHORIZED);
    assert_eq!(status_of(&house, codes[9].as_str().unwrap()).await, StatusCode::OK);
    let stored: String = sqlx::query_scalar("select string_agg(c::text, '') from recovery_codes c")
        .fetch_one(&house.db)
        .await
        .unwrap();
    assert!(!stored.contains(first) && !stored.contains(&first.replace('-', "")));
    let profile = send_as(Method::GET, "/api/auth/users/profile/", &cookie, &Value::Null);
    let profile = house.send(profile).await;
    assert_eq!(profile.body["second_factor"]["recovery_codes_left"], 8);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn new_recovery_codes_end_the_old_ones_and_take_both_factors(db: PgPool) {
    let house = House::new(db).await;
    house.admin("noura").await;
    let cookie = house.cookie_of("noura").await;
    let post = |path: &str, body: Value| {
        send_as(Method::POST, &format!("/api/auth/second_factor/{path}/"), &cookie, &body)
    };
    let none = json!({ "password": PASSWORD, "code": "287082" });
    assert_eq!(house.send(post("recovery_codes", none)).await.status, StatusCode::CONFLICT);
    let offer = house.send(post("begin", json!({ "password": PASSWORD }))).await;
    let secret = Secret::try_from_base32(offer.body["secret"].as_str().unwrap()).unwrap().to_vec();
    let code = shown(&house, &secret, 0);
    let old = house.send(post("confirm", json!({ "code": code }))).await.body["codes"].clone();
    for (password, code, field) in
        [("wrong", old[0].as_str().unwrap(), "password"), (PASSWORD, "000000", "code")]
    {
        let refused =
            house.send(post("recovery_codes", json!({ "password": password, "code": code }))).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body["errors"][field].is_array(), "{}", refused.body);
    }
    let both = json!({ "password": PASSWORD, "code": old[0] });
    let new = house.send(post("recovery_codes", both)).await;
    assert_eq!(new.status, StatusCode::OK, "{}", new.body);
    let new = new.body["codes"].clone();
    assert_eq!(new.as_array().unwrap().len(), 10);
    assert_eq!(status_of(&house, old[1].as_str().unwrap()).await, StatusCode::UNAUTHORIZED);
    assert_eq!(status_of(&house, new[1].as_str().unwrap()).await, StatusCode::OK);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn guessing_codes_gets_slower_also_for_whoever_knows_the_password(db: PgPool) {
    let house = House::new(db).await;
    with_factor(&house, "noura").await;
    for _ in 0..6 {
        // Showing the password alone in between does not wipe the slate.
        let half = token(&house, "noura", PASSWORD, None).await;
        assert_eq!(half.body["type"], "urn:px360:otp_required");
        assert_eq!(status_of(&house, "000000").await, StatusCode::UNAUTHORIZED);
    }
    let code = shown(&house, RFC, 0);
    let blocked = token(&house, "noura", PASSWORD, Some(&code)).await;
    assert_eq!(blocked.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(blocked.headers["retry-after"], "2");
    house.pass(TimeDelta::seconds(2));
    assert_eq!(status_of(&house, &code).await, StatusCode::OK);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_wrong_password_says_nothing_of_a_second_factor(db: PgPool) {
    let house = House::new(db).await;
    with_factor(&house, "noura").await;
    with_factor(&house, "gone").await;
    house.run("update users set active = false where username = 'gone'").await;
    house.admin("plain").await;
    let code = shown(&house, RFC, 0);
    let mut answers = Vec::new();
    for (username, password, otp) in [
        ("noura", "wrong", None),
        ("noura", "wrong", Some(code.as_str())),
        ("noura", PASSWORD, Some("000000")),
        ("gone", PASSWORD, None),
        ("gone", PASSWORD, Some(code.as_str())),
        ("plain", "wrong", Some(code.as_str())),
        ("nobody", "wrong", Some(code.as_str())),
    ] {
        let mut answer = token(&house, username, password, otp).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{username}");
        answer.body["request_id"] = Value::Null;
        answers.push(answer.body);
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_secret_is_sealed_for_one_person_and_outlives_a_change_of_key(db: PgPool) {
    let house = House::new(db.clone()).await;
    let noura = with_factor(&house, "noura").await;
    let saad = house.admin("saad").await;
    // Somebody who can write into the table gives their own secret to another person.
    plant(&house, saad, &sealed(SECRET, noura, RFC)).await;
    let code = shown(&house, RFC, 0);
    assert_eq!(token(&house, "saad", PASSWORD, Some(&code)).await.status, StatusCode::UNAUTHORIZED);

    let during = House::with_secrets(db.clone(), &[OTHER, SECRET], "http://px360.test").await;
    assert_eq!(status_of(&during, &code).await, StatusCode::OK);
    let after = House::with_secrets(db, &[OTHER], "http://px360.test").await;
    after.pass(TimeDelta::seconds(30));
    assert_eq!(status_of(&after, &shown(&after, RFC, 0)).await, StatusCode::OK);
    let stored: Vec<u8> =
        sqlx::query_scalar("select totp_secret from users where username = 'noura'")
            .fetch_one(&after.db)
            .await
            .unwrap();
    assert!(!stored.windows(RFC.len()).any(|bytes| bytes == RFC));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn half_signed_in_is_not_signed_in(db: PgPool) {
    let house = House::new(db).await;
    with_factor(&house, "noura").await;
    let prepared = house.send(super::house::get_with("/visit", &[])).await.cookie().unwrap();
    let half = house.send(login_as("noura", PASSWORD, Some(&prepared))).await.cookie().unwrap();
    assert_ne!(half, prepared);
    assert_eq!(house.whoami(&half).await["name"], "nobody");
    let me = send_as(Method::GET, "/api/auth/users/me/", &half, &Value::Null);
    assert_eq!(house.send(me).await.status, StatusCode::UNAUTHORIZED);

    let enter = |cookie: &str, code: &str| send_as(Method::POST, "/code", cookie, &json!(code));
    assert_eq!(house.send(enter(&prepared, "287082")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.send(enter(&half, "000000")).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(house.whoami(&half).await["name"], "nobody");
    let whole = house.send(enter(&half, &shown(&house, RFC, 0))).await.cookie().unwrap();
    assert_ne!(whole, half);
    assert_eq!(house.whoami(&whole).await["name"], "noura");
    assert_eq!(house.whoami(&half).await["name"], "nobody");
    assert_eq!(house.send(enter(&half, "287082")).await.status, StatusCode::NOT_FOUND);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_second_step_is_over_after_five_minutes_or_a_new_password(db: PgPool) {
    let house = House::new(db).await;
    with_factor(&house, "noura").await;
    let enter = |cookie: &str, code: &str| send_as(Method::POST, "/code", cookie, &json!(code));
    for (wait, change) in [
        (300, "select 1"),
        (60, "update users set password_changed_at = '2026-03-01T09:05:30Z'"),
        (60, "update users set active = false"),
    ] {
        let half = house.send(login_as("noura", PASSWORD, None)).await.cookie().unwrap();
        house.pass(TimeDelta::seconds(wait));
        house.run(change).await;
        let over = house.send(enter(&half, &shown(&house, RFC, 0))).await;
        assert_eq!(over.body["type"], "urn:px360:conflict:second_step_over", "{wait} {change}");
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn turning_it_off_takes_the_password_and_a_code(db: PgPool) {
    let house = House::new(db).await;
    with_factor(&house, "noura").await;
    let half = house.send(login_as("noura", PASSWORD, None)).await.cookie().unwrap();
    let enter = send_as(Method::POST, "/code", &half, &json!(shown(&house, RFC, 0)));
    let cookie = house.send(enter).await.cookie().unwrap();
    let disable = |password: &str, code: &str| {
        let body = json!({ "password": password, "code": code });
        send_as(Method::POST, "/api/auth/second_factor/disable/", &cookie, &body)
    };
    let code = shown(&house, RFC, 1);
    let answer = house.send(disable("wrong", &code)).await;
    assert_eq!(answer.body["errors"], json!({ "password": ["wrong_password"] }));
    let answer = house.send(disable(PASSWORD, "000000")).await;
    assert_eq!(answer.body["errors"], json!({ "code": ["wrong_code"] }));
    assert_eq!(house.send(disable(PASSWORD, &code)).await.status, StatusCode::NO_CONTENT);
    assert_eq!(token(&house, "noura", PASSWORD, None).await.status, StatusCode::OK);
    let gone = house.send(disable(PASSWORD, &code)).await;
    assert_eq!(gone.body["type"], "urn:px360:conflict:second_factor_not_in_use");
}
