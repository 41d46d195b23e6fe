//! What stands before every handler.

use http::{Method, StatusCode};
use px360_server::http::openapi;
use serde_json::json;
use sqlx::PgPool;

use super::house::{House, PASSWORD, get_with, post_json, request};

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn foreign_pages_cannot_write_with_our_cookies(db: PgPool) {
    let house = House::new(db).await;
    house.admin("noura").await;
    let yes = StatusCode::OK;
    let no = StatusCode::FORBIDDEN;
    let ours = ("origin", "http://px360.test");
    let cases: &[(&[(&str, &str)], StatusCode)] = &[
        (&[("sec-fetch-site", "same-origin")], yes),
        (&[("sec-fetch-site", "none")], yes),
        (&[("sec-fetch-site", "same-site")], no),
        (&[("sec-fetch-site", "cross-site")], no),
        (&[("sec-fetch-site", "cross-site"), ours], no),
        // Our own pages that send no referrer.
        (&[("sec-fetch-site", "same-origin"), ("origin", "null")], yes),
        (&[ours], yes),
        (&[("origin", "http://10.1.2.3:3000"), ("host", "10.1.2.3:3000")], yes),
        (&[("origin", "https://evil.test"), ("host", "px360.test")], no),
        (&[("origin", "http://px360.test.evil.test"), ("host", "px360.test")], no),
        (&[("origin", "px360.test"), ("host", "px360.test")], no),
        (&[("origin", "null"), ("host", "px360.test")], no),
        (&[("host", "px360.test")], no),
    ];
    for (headers, expected) in cases {
        let cookie = house.cookie_of("noura").await;
        let mut all = vec![("cookie", cookie.as_str())];
        all.extend_from_slice(headers);
        let answer = house.send(request(Method::POST, "/logout", &all, "")).await;
        assert_eq!(answer.status, *expected, "{headers:?}");
        let still = if *expected == yes { "nobody" } else { "noura" };
        assert_eq!(house.whoami(&cookie).await["name"], still, "{headers:?}");
        // Reading is free.
        let read = house.send(get_with("/whoami", &all)).await;
        assert_eq!(read.status, yes);
    }
    // A program without cookies, and a foreign page without them.
    assert_eq!(house.send(request(Method::POST, "/logout", &[], "")).await.status, yes);
    let foreign = [("origin", "https://evil.test")];
    assert_eq!(house.send(request(Method::POST, "/logout", &foreign, "")).await.status, no);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn every_refusal_of_the_api_is_a_problem_document(db: PgPool) {
    let house = House::new(db).await;
    let path = "/api/auth/token/";
    let json_type = ("content-type", "application/json");
    let large = format!("\"{}\"", "x".repeat(300_000));
    for (method, path, headers, body, status, kind) in [
        (Method::POST, path, &[json_type][..], "{", 400, "malformed"),
        (Method::POST, path, &[], "{}", 415, "unsupported_media_type"),
        (Method::POST, path, &[json_type], "{}", 422, "invalid"),
        (Method::POST, path, &[json_type], large.as_str(), 413, "too_large"),
        (Method::GET, path, &[], "", 405, "method_not_allowed"),
        (Method::GET, "/api/nothing/", &[], "", 404, "not_found"),
        (Method::GET, "/api/auth/users/me/", &[], "", 401, "unauthenticated"),
        (Method::POST, path, &[("origin", "https://evil.test")], "", 403, "forbidden"),
    ] {
        let answer = house.send(request(method, path, headers, body)).await;
        assert_eq!(answer.status.as_u16(), status, "{kind}");
        assert_eq!(answer.headers["content-type"], "application/problem+json", "{kind}");
        assert_eq!(answer.body["type"], format!("urn:px360:{kind}"));
        assert_eq!(answer.body["status"], status);
        assert_eq!(answer.body["request_id"], answer.headers["x-request-id"].to_str().unwrap());
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_fault_of_a_body_names_its_field(db: PgPool) {
    let house = House::new(db).await;
    for (body, errors) in [
        (json!({ "username": "noura" }), json!({ "password": ["required"] })),
        (json!({ "username": 7, "password": "x" }), json!({ "username": ["malformed"] })),
        (
            json!({ "username": "a", "password": "b", "pin": 1 }),
            json!({ "pin": ["unknown_field"] }),
        ),
        (json!("noura"), json!({ "body": ["malformed"] })),
        (
            json!({ "username": " ", "password": "" }),
            json!({ "username": ["required"], "password": ["required"] }),
        ),
    ] {
        let answer = house.send(post_json("/api/auth/token/", &body)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        assert_eq!(answer.body["errors"], errors, "{body}");
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn too_many_attempts_say_when_to_come_back(db: PgPool) {
    let house = House::new(db).await;
    let body = json!({ "username": "noura", "password": "wrong" });
    for _ in 0..6 {
        house.send(post_json("/api/auth/token/", &body)).await;
    }
    let answer = house.send(post_json("/api/auth/token/", &body)).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(answer.headers["retry-after"], "2");
    assert_eq!(answer.body["type"], "urn:px360:too_many");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn what_is_broken_shows_its_id_and_nothing_else(db: PgPool) {
    let house = House::new(db).await;
    house.run("alter table users rename to people").await;
    let body = json!({ "username": "noura", "password": PASSWORD });
    let answer = house.send(post_json("/api/auth/token/", &body)).await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(answer.body["type"], "urn:px360:internal");
    assert_eq!(answer.body["detail"], "");
    assert_eq!(answer.body["request_id"], answer.headers["x-request-id"].to_str().unwrap());

    house.db.close().await;
    let answer = house.send(post_json("/api/auth/token/", &body)).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.headers["retry-after"], "5");
    let with_session = [("cookie", "px360_session=AAAAAAAAAAAAAAAAAAAAAA")];
    let answer = house.send(get_with("/whoami", &with_session)).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn of_forwarded_addresses_only_our_proxy_s_own_counts(db: PgPool) {
    let house = House::new(db).await;
    for (forwarded, ip) in [
        ("6.6.6.6, 10.0.0.7", json!("10.0.0.7")),
        ("6.6.6.6, 10.0.0.7:5123", json!("10.0.0.7")),
        ("[2001:db8::1]:443", json!("2001:db8::1")),
        ("::ffff:10.0.0.7", json!("10.0.0.7")),
        ("unknown", json!(null)),
    ] {
        let answer = house.send(get_with("/whoami", &[("x-forwarded-for", forwarded)])).await;
        assert_eq!(answer.body["ip"], ip, "{forwarded}");
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_document_says_how_to_sign_in_and_what_refusals_are(db: PgPool) {
    let house = House::new(db).await;
    let (_, mut api) = px360_server::accounts::api::router().split_for_parts();
    openapi::complete(&mut api, &house.deps);
    let api = serde_json::to_value(&api).unwrap();
    let refused = &api["paths"]["/api/auth/token/"]["post"]["responses"]["401"]["content"];
    assert_eq!(
        refused["application/problem+json"]["schema"]["$ref"],
        "#/components/schemas/ProblemBody"
    );
    assert!(refused.get("application/json").is_none());
    let me = &api["paths"]["/api/auth/users/me/"]["get"]["responses"]["200"]["content"];
    assert!(me["application/json"].is_object());
    let schemes = api["components"]["securitySchemes"].as_object().unwrap();
    assert_eq!(schemes.keys().collect::<Vec<_>>(), ["api_key", "bearer", "session"]);
}
