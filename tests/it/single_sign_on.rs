//! Signing in with the organization's own account.

use axum::body::Body;
use chrono::TimeDelta;
use http::Request;
use http::response::Parts;
use px360_server::config::OidcConfig;
use px360_server::gateways::IdentityProvider;
use sqlx::PgPool;

use crate::house::{House, PASSWORD};
use crate::identity_provider::{Provider, Says};

/// What is wrong with its word, and the status that whoever comes with it gets.
type Bend = (fn(&mut Says), u16);

async fn house(db: PgPool, provider: &Provider) -> House {
    let config = OidcConfig {
        issuer: provider.issuer().to_owned(),
        client_id: "px360".to_owned(),
        client_secret: Some("a secret of the provider".to_owned().into()),
        trusts_email: false,
    };
    let known = IdentityProvider::new(&config, "http://px360.test").unwrap();
    House::with_provider(db, known).await
}

async fn get(house: &House, path: &str, cookie: Option<&str>) -> (Parts, String) {
    let mut request = Request::get(path);
    if let Some(cookie) = cookie {
        request = request.header("cookie", cookie);
    }
    house.knock(request.body(Body::empty()).unwrap()).await
}

fn cookie(parts: &Parts) -> String {
    let set = parts.headers["set-cookie"].to_str().unwrap();
    set.split(';').next().unwrap().to_owned()
}

fn place(parts: &Parts) -> &str {
    parts.headers["location"].to_str().unwrap()
}

/// Goes to the provider and comes back with a code; answers what the door says then.
async fn way(house: &House, provider: &Provider) -> (Parts, String) {
    let (left, body) = get(house, "/en/login/sso?next=/en/actions", None).await;
    assert_eq!(left.status, 303, "{body}");
    let state = provider.visited(place(&left));
    let back = format!("/login/sso/callback?state={state}&code=the-code");
    get(house, &back, Some(&cookie(&left))).await
}

async fn who(house: &House, parts: &Parts) -> String {
    let (_, me) = get(house, "/api/auth/users/me/", Some(&cookie(parts))).await;
    let me: serde_json::Value = serde_json::from_str(&me).unwrap();
    me["username"].as_str().unwrap_or("nobody").to_owned()
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn whoever_the_provider_names_is_signed_in_and_found_by_it_from_then_on(db: PgPool) {
    let provider = Provider::start().await;
    let house = house(db, &provider).await;
    for (locale, offer) in
        [("ar", "تسجيل الدخول بحساب العمل"), ("en", "Sign in with your work account")]
    {
        let (_, page) = get(&house, &format!("/{locale}/login?next=/{locale}/actions"), None).await;
        assert!(page.contains(offer), "{page}");
        assert!(page.contains(&format!("/{locale}/login/sso?next=/{locale}/actions")), "{page}");
    }
    let (entered, body) = way(&house, &provider).await;
    assert_eq!(entered.status, 303, "{body}");
    assert_eq!(place(&entered), "/en/actions");
    assert_eq!(who(&house, &entered).await, "coordinator");
    // Another address there; and somebody else of ours has the old one now.
    provider.say(|says| says.email = Some("somebody.else@demo.example".to_owned()));
    sqlx::query("update users set email = 'coordinator@demo.example' where username = 'nurse'")
        .execute(&house.db)
        .await
        .unwrap();
    let (entered, _) = way(&house, &provider).await;
    assert_eq!(who(&house, &entered).await, "coordinator");
    let log: Vec<String> = sqlx::query_scalar(
        "select action || ' ' || coalesce(detail ->> 'by', '') from audit_events
         where action in ('account.signed_in', 'account.provider_linked') order by id",
    )
    .fetch_all(&house.db)
    .await
    .unwrap();
    let signed_in = "account.signed_in provider";
    assert_eq!(log, ["account.provider_linked ", signed_in, signed_in]);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_word_that_is_not_good_lets_nobody_in(db: PgPool) {
    let provider = Provider::start().await;
    let house = house(db, &provider).await;
    let good = std::sync::Mutex::new(None::<Says>);
    provider.say(|says| *good.lock().unwrap() = Some(says.clone()));
    let bends: [Bend; 8] = [
        (|says| says.forged = true, 401),
        (|says| says.audience = "another".to_owned(), 401),
        (|says| says.nonce = Some("of another browser".to_owned()), 401),
        (|says| says.expires_in = TimeDelta::minutes(-1), 401),
        (|says| says.email_verified = Some(false), 404),
        (|says| says.email_verified = None, 404),
        (|says| says.email = None, 404),
        (|says| says.email = Some("stranger@demo.example".to_owned()), 404),
    ];
    for (at, (bend, expected)) in bends.into_iter().enumerate() {
        provider.say(|says| {
            *says = good.lock().unwrap().clone().unwrap();
            bend(says);
        });
        let (refused, page) = way(&house, &provider).await;
        assert_eq!(refused.status, expected, "{at}: {page}");
        assert_eq!(who(&house, &refused).await, "nobody", "{at}");
    }
    let entered = "select count(*) from audit_events where action = 'account.signed_in'";
    let entered: i64 = sqlx::query_scalar(entered).fetch_one(&house.db).await.unwrap();
    assert_eq!(entered, 0);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn only_the_browser_that_was_sent_there_comes_back_and_only_once(db: PgPool) {
    let provider = Provider::start().await;
    let house = house(db, &provider).await;
    let (left, _) = get(&house, "/en/login/sso", None).await;
    let state = provider.visited(place(&left));
    let back = format!("/login/sso/callback?state={state}&code=the-code");
    // Somebody else's browser, to which the address was sent.
    let (other, _) = get(&house, &back, None).await;
    assert_eq!(place(&other), "/ar/login");
    let wrong = "/login/sso/callback?state=guessed&code=the-code";
    let (refused, page) = get(&house, wrong, Some(&cookie(&left))).await;
    assert_eq!(refused.status, 409, "{page}");
    // The wish was spent with that.
    let (spent, _) = get(&house, &back, Some(&cookie(&left))).await;
    assert_eq!(place(&spent), "/ar/login");
    // The provider asked, and the person said no.
    let (left, _) = get(&house, "/en/login/sso", None).await;
    let state = provider.visited(place(&left));
    let no = format!("/login/sso/callback?state={state}&error=access_denied");
    let (refused, page) = get(&house, &no, Some(&cookie(&left))).await;
    assert_eq!(refused.status, 401, "{page}");
    assert!(page.contains("could not confirm"), "{page}");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_session_of_before_is_worth_nothing_and_a_second_factor_is_asked_for(db: PgPool) {
    let provider = Provider::start().await;
    let house = house(db, &provider).await;
    let (left, _) = get(&house, "/en/login/sso", None).await;
    let prepared = cookie(&left);
    let state = provider.visited(place(&left));
    let back = format!("/login/sso/callback?state={state}&code=the-code");
    let (entered, _) = get(&house, &back, Some(&prepared)).await;
    assert_ne!(cookie(&entered), prepared);
    let (me, _) = get(&house, "/api/auth/users/me/", Some(&prepared)).await;
    assert_eq!(me.status, 401);
    sqlx::query(
        "update users set totp_secret = '\\x00', totp_confirmed_at = now()
         where username = 'coordinator'",
    )
    .execute(&house.db)
    .await
    .unwrap();
    let (half, _) = way(&house, &provider).await;
    assert_eq!(place(&half), "/en/login/code?next=/en/actions");
    assert_eq!(who(&house, &half).await, "nobody");
    sqlx::query("update users set active = false").execute(&house.db).await.unwrap();
    let (refused, _) = way(&house, &provider).await;
    assert_eq!(refused.status, 401);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn without_a_provider_there_is_no_such_way_and_one_that_is_away_says_so(db: PgPool) {
    let house = House::new(db.clone()).await;
    let (none, page) = get(&house, "/en/login/sso", None).await;
    assert_eq!(none.status, 404, "{page}");
    let (_, page) = get(&house, "/en/login", None).await;
    assert!(!page.contains("/login/sso"), "{page}");
    let config = OidcConfig {
        issuer: "http://127.0.0.1:1".to_owned(),
        client_id: "px360".to_owned(),
        client_secret: None,
        trusts_email: false,
    };
    let away = IdentityProvider::new(&config, "http://px360.test").unwrap();
    let house = House::with_provider(db, away).await;
    let (refused, page) = get(&house, "/en/login/sso", None).await;
    assert_eq!(refused.status, 503, "{page}");
    assert!(page.contains("username"), "the password is still a way in: {page}");
}

async fn with_password(house: &House, password: &str) -> u16 {
    let body = serde_json::json!({ "username": "coordinator", "password": password });
    let request = Request::post("/api/auth/token/")
        .header("content-type", "application/json")
        .body(Body::from(body.to_string()))
        .unwrap();
    house.knock(request).await.0.status.as_u16()
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_providers_word_takes_back_no_wrong_password(db: PgPool) {
    let provider = Provider::start().await;
    let house = house(db, &provider).await;
    while with_password(&house, "a wrong guess of somebody else").await != 429 {}
    let (entered, _) = way(&house, &provider).await;
    assert_eq!(who(&house, &entered).await, "coordinator");
    assert_eq!(with_password(&house, PASSWORD).await, 429);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn an_address_that_somebody_gave_themselves_is_no_way_in(db: PgPool) {
    let provider = Provider::start().await;
    let house = house(db, &provider).await;
    let nurse = house.token_of("nurse", PASSWORD).await;
    let send = async |method: &str, path: &str, key: &str, body: serde_json::Value| {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("authorization", format!("Bearer {key}"))
            .header("content-type", "application/json");
        house.knock(request.body(Body::from(body.to_string())).unwrap()).await
    };
    let email = "another@demo.example";
    let own = serde_json::json!({ "version": 1, "name": { "ar": "ريم", "en": "Reem" },
                                  "email": email, "phone": null, "language": "ar" });
    let (changed, body) = send("PUT", "/api/auth/users/update_profile/", &nurse, own).await;
    assert_eq!(changed.status, 204, "{body}");
    provider.say(|says| says.email = Some(email.to_owned()));
    assert_eq!(way(&house, &provider).await.0.status, 404);
    // Somebody above them stands for it.
    let id: String = sqlx::query_scalar("select id::text from users where username = 'nurse'")
        .fetch_one(&house.db)
        .await
        .unwrap();
    let admin = house.token_of("admin", PASSWORD).await;
    for (version, email) in [(2, "nurse@demo.example"), (3, email)] {
        let path = format!("/api/auth/users/{id}/");
        let doc = serde_json::json!({ "version": version, "email": email });
        let (changed, body) = send("PATCH", &path, &admin, doc).await;
        assert_eq!(changed.status, 200, "{body}");
    }
    assert_eq!(who(&house, &way(&house, &provider).await.0).await, "nurse");
    // A password that was reset takes the link away with it.
    let path = format!("/api/auth/users/{id}/reset_password/");
    send("POST", &path, &admin, serde_json::Value::Null).await;
    provider.say(|says| says.email = None);
    assert_eq!(way(&house, &provider).await.0.status, 404);
}
