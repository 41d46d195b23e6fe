//! What is served beside doors and pages: probes, documents, refusals in the right shape.

use axum::body::Body;
use http::Request;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::house::{API_KEY, House};

fn get(path: &str) -> Request<Body> {
    Request::get(path).body(Body::empty()).unwrap()
}

fn events(content_type: &str, key: &str, body: impl Into<Body>) -> Request<Body> {
    Request::post("/api/integrations/events/")
        .header("content-type", content_type)
        .header("authorization", format!("Api-Key {key}"))
        .body(body.into())
        .unwrap()
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn probes_and_documents_answer_with_and_without_the_last_slash(db: PgPool) {
    let house = House::new(db).await;
    for path in ["/health/", "/health"] {
        let (parts, body) = house.knock(get(path)).await;
        assert_eq!((parts.status.as_u16(), body.as_str()), (200, r#"{"status":"ok"}"#));
    }
    let (parts, body) = house.knock(get("/health/ready/")).await;
    assert_eq!(parts.status, 200, "{body}");
    for path in ["/api/schema", "/api/schema/", "/api/docs/", "/api/redoc/"] {
        let (parts, body) = house.knock(get(path)).await;
        assert_eq!(parts.status, 200, "{path}");
        for elsewhere in ["cdn.", "unpkg", "jsdelivr", "googleapis"] {
            assert!(!body.contains(elsewhere), "{path} asks {elsewhere}");
        }
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn an_address_of_a_page_with_a_slash_behind_it_leads_to_the_page(db: PgPool) {
    let house = House::new(db).await;
    for (typed, page) in [
        ("/ar/", "/ar"),
        ("/en/surveys/", "/en/surveys"),
        ("/ar/actions//?status=open&x=1", "/ar/actions?status=open&x=1"),
        ("/s/k1.token/", "/s/k1.token"),
        ("/p/CODE/?lang=en", "/p/CODE?lang=en"),
    ] {
        let (parts, _) = house.knock(get(typed)).await;
        assert_eq!(
            (parts.status.as_u16(), &parts.headers["location"]),
            (308, &page.parse().unwrap())
        );
    }
    // Nobody's, and never somebody else's.
    for typed in ["/nowhere/", "/ar/nowhere", "//evil.example/ar/", "/arabic/"] {
        let (parts, body) = house.knock(get(typed)).await;
        assert_eq!(parts.status, 404, "{typed}");
        assert!(body.contains("This page does not exist") && body.contains("/en\""), "{body}");
    }
    // A patient's link that was cut off, or run together with what stood behind it.
    for typed in ["/s", "/s/k1.token/2/and/more", "/p"] {
        let (parts, body) = house.knock(get(typed)).await;
        assert_eq!(parts.status, 404, "{typed}");
        assert!(body.contains("We do not recognise this link") && !body.contains("<a "), "{body}");
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn bad_requests_get_a_clear_problem_and_lose_nothing(db: PgPool) {
    let house = House::new(db).await;
    let stored = || async {
        sqlx::query_scalar::<_, i64>("select count(*) from inbound_events")
            .fetch_one(&house.db)
            .await
            .unwrap()
    };
    let before = stored().await;
    let ten_megabytes = vec![b' '; 10 * 1024 * 1024];
    let cases = [
        ("malformed", events("application/json", API_KEY, "{\"half\": "), 400),
        ("not utf-8", events("application/json", API_KEY, vec![b'{', 0xff, b'}']), 400),
        ("wrong key", events("application/json", "another-key", "{}"), 401),
        ("10 MB", events("application/json", API_KEY, ten_megabytes), 413),
        ("xml", events("application/xml", API_KEY, "<a/>"), 415),
        ("nothing", events("application/json", API_KEY, ""), 422),
        ("nobody there", get("/api/nothing/"), 404),
    ];
    for (what, request, status) in cases {
        let (parts, body) = house.knock(request).await;
        assert_eq!(parts.status, status, "{what}: {body}");
        assert_eq!(parts.headers["content-type"], "application/problem+json", "{what}");
        let problem: Value = serde_json::from_str(&body).unwrap();
        assert_eq!(problem["status"], status, "{what}");
        assert!(problem["title"].is_string(), "{what}");
        let request_id = parts.headers["x-request-id"].to_str().unwrap();
        assert_eq!(
            problem["request_id"], request_id,
            "{what}: the id under which our log says more"
        );
    }
    assert_eq!(stored().await, before);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_nul_is_refused_at_every_door_and_breaks_nothing(db: PgPool) {
    let house = House::new(db).await;
    let admin = house.token_of("admin", crate::house::PASSWORD).await;
    let knock = |request: http::request::Builder| {
        request.header("authorization", format!("Bearer {admin}"))
    };
    for (path, field) in [
        ("/api/audit/events/?actor=%00", "actor"),
        ("/api/audit/events.csv?search=a%00b", "search"),
        ("/api/actions/?limit=5&hospital=RYD%00", "hospital"),
        ("/api/nothing/?%00=1", "\u{fffd}"),
    ] {
        let (parts, body) =
            house.knock(knock(Request::get(path)).body(Body::empty()).unwrap()).await;
        assert_eq!(parts.status, 422, "{path}: {body}");
        let problem: Value = serde_json::from_str(&body).unwrap();
        assert_eq!(problem["errors"][field], json!(["malformed"]), "{path}");
    }
    let filter = json!({ "filter": { "hospital": "RYD\0" } }).to_string();
    let call = knock(Request::post("/rpc/actions/list"))
        .header("accept", px360_app::ANSWER_TYPE)
        .header("content-type", "application/json")
        .body(Body::from(filter))
        .unwrap();
    let (parts, body) = house.knock(call).await;
    assert_eq!(parts.status, 400, "{body}");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_audit_log_is_served_as_a_file(db: PgPool) {
    let house = House::new(db).await;
    let admin = house.token_of("admin", crate::house::PASSWORD).await;
    let get = Request::get("/api/audit/events.csv?language=en&action=account")
        .header("authorization", format!("Bearer {admin}"));
    let (parts, body) = house.knock(get.body(Body::empty()).unwrap()).await;
    assert_eq!(parts.status, 200, "{body}");
    assert_eq!(parts.headers["content-type"], "text/csv; charset=utf-8");
    let name = parts.headers["content-disposition"].to_str().unwrap();
    assert!(
        name.starts_with("attachment; filename=\"audit-") && name.ends_with(".csv\""),
        "{name}"
    );
    let lines: Vec<&str> = body.lines().collect();
    assert!(lines[0].starts_with("\u{feff}Number,Time,"), "{}", lines[0]);
    assert!(lines.len() > 2 && lines[1..].iter().all(|line| line.contains(",account.")));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn events_are_taken_as_an_object_an_array_or_lines(db: PgPool) {
    let house = House::new(db).await;
    let event = |id: &str| {
        json!({
            "source_event_id": id, "event_code": "OPD_REGISTERED", "hospital": "RYD",
            "occurred_at": "2026-11-23T09:00:00+03:00", "encounter_id": id,
            "patient": { "mrn": id, "name_en": "Sara" },
        })
    };
    let lines = format!("{}\n{}\n{{broken\n", event("d"), event("e"));
    for (kind, body, statuses) in [
        ("application/json", event("a").to_string(), vec!["accepted"]),
        (
            "application/json",
            json!([event("b"), event("a")]).to_string(),
            vec!["accepted", "duplicate"],
        ),
        ("application/x-ndjson", lines, vec!["accepted", "accepted", "rejected"]),
    ] {
        let (parts, answer) = house.knock(events(kind, API_KEY, body)).await;
        assert_eq!(parts.status, 202, "{answer}");
        let receipt: Value = serde_json::from_str(&answer).unwrap();
        let found: Vec<&str> = receipt["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item["status"].as_str().unwrap())
            .collect();
        assert_eq!(found, statuses);
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_file_that_is_missing_is_not_remembered_as_missing(db: PgPool) {
    let house = House::new(db).await;
    for path in ["/pkg/px360.of-the-next-release.js", "/vendor/none.js", "/assets/none.png"] {
        let (parts, _) = house.knock(get(path)).await;
        assert_eq!(parts.status, 404, "{path}");
        assert_eq!(parts.headers["cache-control"], "no-store", "{path}");
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn staff_pages_send_strangers_to_sign_in_and_say_their_language(db: PgPool) {
    let house = House::new(db).await;
    for (path, to) in [
        ("/ar/actions?overdue=true", "/ar/login?next=%2Far%2Factions%3Foverdue%3Dtrue"),
        ("/en/command-center", "/en/login?next=%2Fen%2Fcommand-center"),
    ] {
        let (parts, _) = house.knock(get(path)).await;
        assert_eq!((parts.status.as_u16(), parts.headers["location"].to_str().unwrap()), (303, to));
    }
    let (_, page) = house.knock(get("/en/login")).await;
    assert!(page.contains("lang=\"en\"") && page.contains("dir=\"ltr\""));
    let (_, page) = house.knock(get("/ar/login")).await;
    assert!(page.contains("lang=\"ar\"") && page.contains("dir=\"rtl\""));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_waiting_survey_is_served_small_and_never_kept(db: PgPool) {
    let house = House::new(db).await;
    let token = house.survey_token().await;
    let (parts, page) = house.knock(get(&format!("/s/{token}"))).await;
    assert_eq!(parts.status, 200);
    assert_eq!(parts.headers["cache-control"], "no-store");
    assert!(page.len() < 14 * 1024, "{} bytes", page.len());
    assert!(!page.contains("wasm"));
    assert!(house.deps.invited(&token, House::meta()).is_ok());
}
