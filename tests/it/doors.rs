//! Every door without a key, and with the key of somebody who was granted nothing.

use std::collections::BTreeSet;

use axum::body::Body;
use http::Request;
use leptos::server_fn::axum::server_fn_paths;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::house::House;

/// Doors that are open to everybody, or to everybody who can sign in; reviewed by hand.
pub(crate) const PUBLIC: &str = include_str!("doors.public.txt");

/// About oneself, and about nobody: whoever can sign in may ask.
pub(crate) const OPEN_TO_ALL: [&str; 11] = [
    "/rpc/accounts/delegations",
    "/rpc/accounts/deputies",
    "/rpc/accounts/end-other-sessions",
    "/rpc/accounts/me",
    "/rpc/accounts/profile",
    "/rpc/accounts/sessions",
    "/rpc/accounts/update-profile",
    "/rpc/calendar/hijri",
    "/rpc/notifications/inbox",
    "/rpc/notifications/read",
    "/rpc/saved-views/opening",
];

/// About oneself as well, but what is sent here is not the password, no code of an offer, and nobody has
/// work to hand over.
pub(crate) const OPEN_WITH_THE_PASSWORD: [(&str, u16); 6] = [
    ("/rpc/accounts/delegate", 422),
    ("/rpc/accounts/change-password", 422),
    ("/rpc/accounts/begin-second-factor", 422),
    ("/rpc/accounts/disable-second-factor", 422),
    ("/rpc/accounts/renew-recovery-codes", 422),
    ("/rpc/accounts/confirm-second-factor", 409),
];

/// Those of records, imports and merges.
fn of_records(id: &str) -> Vec<(&'static str, Value)> {
    vec![
        ("/rpc/records/list", json!({ "kind": "patient", "query": { "filters": [] } })),
        ("/rpc/records/detail", json!({ "kind": "patient", "id": id })),
        ("/rpc/records/options", json!({ "kind": "patient", "search": "x", "filters": [] })),
        ("/rpc/records/save", json!({ "cmd": { "kind": "patient", "fields": [] } })),
        (
            "/rpc/records/change-many",
            json!({ "kind": "patient", "picked": { "ids": [id] }, "deed": "remove" }),
        ),
        ("/rpc/records/saved-views", json!({ "kind": "patient" })),
        ("/rpc/records/tree", json!({})),
        ("/rpc/records/timeline", json!({ "id": id, "query": {} })),
        (
            "/rpc/records/break-glass",
            json!({ "id": id, "cmd": { "purpose": "treatment", "note": "a reason that is long enough" } }),
        ),
        ("/rpc/records/compare", json!({ "survivor": id, "merged": id })),
        (
            "/rpc/records/merge",
            json!({ "survivor": id, "cmd": { "version": 1, "merged": { "id": id, "version": 1 },
                                             "take": [] } }),
        ),
        ("/rpc/records/unmerge", json!({ "survivor": id, "merge": id })),
        ("/rpc/records/imports", json!({})),
        ("/rpc/records/import", json!({ "id": id })),
        (
            "/rpc/records/import-start",
            json!({ "id": id, "cmd": { "mapping": [], "dry_run": true } }),
        ),
        (
            "/rpc/records/remove",
            json!({ "kind": "patient", "existing": { "id": id, "version": 1 } }),
        ),
    ]
}

/// Those of journeys and their templates.
fn of_journeys(id: &str) -> Vec<(&'static str, Value)> {
    let body = json!({ "name": { "ar": "", "en": "" }, "closing_codes": [], "stages": [] });
    let seen = json!({ "lock_version": 1 });
    vec![
        ("/rpc/journeys/board", json!({ "filter": { "journey_type": "opd" } })),
        ("/rpc/journeys/list", json!({ "filter": {} })),
        ("/rpc/journeys/journey", json!({ "id": id })),
        ("/rpc/journeys/templates", json!({})),
        ("/rpc/journeys/template", json!({ "id": id })),
        ("/rpc/journeys/create-draft", json!({ "cmd": { "journey_type": "opd" } })),
        (
            "/rpc/journeys/save-draft",
            json!({ "id": id, "cmd": { "lock_version": 1, "body": body } }),
        ),
        ("/rpc/journeys/discard-draft", json!({ "id": id })),
        ("/rpc/journeys/preview", json!({ "id": id })),
        ("/rpc/journeys/publish", json!({ "id": id, "cmd": seen })),
        ("/rpc/journeys/retire", json!({ "id": id, "cmd": seen })),
        ("/rpc/journeys/try", json!({ "cmd": { "source_id": id, "payload": "{}" } })),
    ]
}

/// Those of surveys.
fn of_surveys(id: &str) -> Vec<(&'static str, Value)> {
    let text = json!({ "ar": "", "en": "" });
    let content = json!({ "title": text, "introduction": text, "questions": [], "rules": [] });
    let (seen, save) =
        (json!({ "lock_version": 1 }), json!({ "lock_version": 1, "content": content }));
    vec![
        ("/rpc/surveys/templates", json!({})),
        ("/rpc/surveys/template", json!({ "id": id, "version": null })),
        ("/rpc/surveys/create-template", json!({ "cmd": { "title": text } })),
        ("/rpc/surveys/begin-draft", json!({ "id": id, "copy_of": null })),
        ("/rpc/surveys/save-draft", json!({ "id": id, "cmd": save })),
        ("/rpc/surveys/discard-draft", json!({ "id": id })),
        ("/rpc/surveys/publish", json!({ "id": id, "cmd": seen })),
        ("/rpc/surveys/retire", json!({ "id": id })),
        ("/rpc/surveys/reinstate", json!({ "id": id })),
        ("/rpc/surveys/test-send", json!({ "id": id })),
        ("/rpc/notifications/rules", json!({})),
        ("/rpc/notifications/create-rule", json!({ "cmd": {} })),
        ("/rpc/notifications/remove-rule", json!({ "id": id })),
        ("/rpc/notifications/pauses", json!({})),
        ("/rpc/notifications/pause", json!({ "cmd": { "reason": "x" } })),
        ("/rpc/notifications/resume", json!({ "id": id })),
        ("/rpc/notifications/log", json!({ "filter": {} })),
        ("/rpc/surveys/results", json!({ "id": id, "filter": {} })),
        ("/rpc/surveys/posters", json!({})),
        ("/rpc/surveys/poster", json!({ "id": id })),
        ("/rpc/surveys/make-poster", json!({ "cmd": { "hospital_id": id, "template_id": id } })),
        ("/rpc/surveys/stop-poster", json!({ "id": id })),
        ("/rpc/surveys/instances", json!({ "filter": {} })),
        ("/rpc/surveys/response", json!({ "id": id })),
        ("/rpc/surveys/begin-entry", json!({ "id": id, "cmd": { "mode": "paper" } })),
    ]
}

/// Those of messages and the systems that send them.
fn of_messages(id: &str) -> Vec<(&'static str, Value)> {
    let source = json!({ "code": "x1", "name": "X", "active": true });
    let mapping = json!({ "source_id": id, "hospital_id": id, "kind": "event", "code": "X",
                          "left_out": true });
    let targets = json!({ "hospital_id": id, "kind": "department", "search": "" });
    vec![
        ("/rpc/integrations/events", json!({ "filter": {} })),
        ("/rpc/integrations/event", json!({ "id": id })),
        ("/rpc/integrations/event-raw", json!({ "id": id })),
        ("/rpc/integrations/replay-event", json!({ "id": id })),
        ("/rpc/integrations/replay-events", json!({ "cmd": { "status": "dead" } })),
        ("/rpc/integrations/mappings", json!({})),
        ("/rpc/integrations/set-mapping", json!({ "cmd": mapping })),
        ("/rpc/integrations/remove-mapping", json!({ "id": id })),
        ("/rpc/integrations/targets", targets),
        ("/rpc/integrations/sources", json!({})),
        ("/rpc/integrations/create-source", json!({ "cmd": source })),
        ("/rpc/integrations/update-source", json!({ "id": id, "cmd": source })),
        ("/rpc/integrations/renew-source-key", json!({ "id": id })),
    ]
}

/// Server functions with what they take. One that is missing here fails the test.
fn server_functions() -> Vec<(&'static str, Value)> {
    let id = "01936000-0000-7000-8000-00000000000a";
    let grant = json!({ "role": "nurse", "hospital_id": null, "department_id": null });
    let mut doors = vec![
        ("/rpc/accounts/me", json!({})),
        ("/rpc/accounts/profile", json!({})),
        (
            "/rpc/accounts/update-profile",
            json!({ "cmd": { "version": 1, "name": { "ar": "ن", "en": "N" },
                             "email": "n@example.sa", "phone": null, "language": "ar" } }),
        ),
        ("/rpc/accounts/change-password", json!({ "cmd": { "current": "x", "new": "y" } })),
        ("/rpc/accounts/sessions", json!({})),
        ("/rpc/accounts/end-session", json!({ "id": id })),
        ("/rpc/accounts/end-other-sessions", json!({})),
        ("/rpc/accounts/begin-second-factor", json!({ "cmd": { "password": "x" } })),
        ("/rpc/accounts/confirm-second-factor", json!({ "cmd": { "code": "287082" } })),
        (
            "/rpc/accounts/renew-recovery-codes",
            json!({ "cmd": { "password": "x", "code": "287082" } }),
        ),
        (
            "/rpc/accounts/disable-second-factor",
            json!({ "cmd": { "password": "x", "code": "287082" } }),
        ),
        ("/rpc/accounts/delegations", json!({ "user": null })),
        ("/rpc/accounts/deputies", json!({ "user": null, "search": "" })),
        (
            "/rpc/accounts/delegate",
            json!({ "cmd": { "deputy_id": id, "starts_on": "2099-12-01", "ends_on": "2099-12-02" } }),
        ),
        ("/rpc/accounts/end-delegation", json!({ "id": id })),
        ("/rpc/accounts/roles-of", json!({ "id": id })),
        ("/rpc/accounts/grant-role", json!({ "id": id, "grant": grant })),
        ("/rpc/accounts/revoke-role", json!({ "id": id, "grant": grant })),
        ("/rpc/accounts/reset-password", json!({ "id": id })),
        ("/rpc/accounts/reset-second-factor", json!({ "id": id })),
        ("/rpc/actions/list", json!({ "filter": {} })),
        ("/rpc/actions/detail", json!({ "id": id })),
        ("/rpc/actions/neighbours", json!({ "id": id, "filter": {} })),
        ("/rpc/actions/saved-views", json!({})),
        ("/rpc/saved-views/opening", json!({})),
        ("/rpc/saved-views/save", json!({ "cmd": view() })),
        ("/rpc/saved-views/change", json!({ "id": id, "cmd": { "version": 1, "view": view() } })),
        ("/rpc/saved-views/remove", json!({ "id": id })),
        ("/rpc/saved-views/restore", json!({ "id": id })),
        (
            "/rpc/saved-views/mark",
            json!({ "id": id, "cmd": { "shown": true, "opens_first": true } }),
        ),
        ("/rpc/notifications/inbox", json!({ "filter": {} })),
        ("/rpc/notifications/read", json!({ "cmd": { "ids": [] } })),
        ("/rpc/actions/start", json!({ "id": id, "cmd": { "version": 1 } })),
        ("/rpc/actions/start-many", json!({ "picked": { "ids": [id] } })),
        ("/rpc/actions/close", json!({ "id": id, "cmd": { "version": 1, "resolution": "x" } })),
        (
            "/rpc/actions/decide",
            json!({ "id": id, "cmd": { "version": 1, "approve": true, "reason": "" } }),
        ),
        ("/rpc/actions/note", json!({ "id": id, "cmd": { "text": "x" } })),
        ("/rpc/search/records", json!({ "words": "act" })),
        ("/rpc/calendar/hijri", json!({ "day": "2026-11-23" })),
        ("/rpc/audit/events", json!({ "filter": {} })),
        ("/rpc/analytics/command-center", json!({ "filter": {}, "locale": "ar" })),
    ];
    doors.extend(of_records(id));
    doors.extend(of_journeys(id));
    doors.extend(of_surveys(id));
    doors.extend(of_messages(id));
    doors
}

/// A view that anybody who reads actions could save.
fn view() -> Value {
    let look = json!({ "actions": { "filter": {} } });
    json!({ "name": "x", "audience": "personal", "hospital_id": null, "role": null, "look": look })
}

/// Method, path with ids filled in, and the documented example as the body.
fn rest_doors(house: &House) -> Vec<(String, String, Option<Value>)> {
    let schema = serde_json::to_value(px360::schema(&house.deps)).unwrap();
    let mut doors = Vec::new();
    for (path, item) in schema["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if !["get", "put", "post", "patch", "delete"].contains(&method.as_str()) {
                continue;
            }
            let body = operation["requestBody"]["content"]["application/json"]["example"].clone();
            let body = (!body.is_null()).then_some(body);
            doors.push((method.to_uppercase(), path.clone(), body));
        }
    }
    assert!(doors.len() > 10, "{doors:?}");
    doors
}

fn filled(path: &str) -> String {
    path.replace("{id}", "01936000-0000-7000-8000-00000000000a")
        .replace("{token}", "nonsense")
        .replace("{merge_id}", "01936000-0000-7000-8000-00000000000b")
}

fn request(method: &str, path: &str, body: Option<&Value>, key: Option<&str>) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path);
    if path.starts_with("/rpc/") {
        request = request.header("accept", px360_app::ANSWER_TYPE);
    }
    if let Some(key) = key {
        request = request.header("authorization", format!("Bearer {key}"));
    }
    let Some(body) = body else { return request.body(Body::empty()).unwrap() };
    let request = request.header("content-type", "application/json");
    request.body(Body::from(body.to_string())).unwrap()
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn no_rest_door_opens_without_a_key_or_without_a_role(db: PgPool) {
    let house = House::new(db).await;
    house.db_nobody().await;
    let nobody = house.token_of("nobody", crate::house::PASSWORD).await;
    let mut open = BTreeSet::new();
    for (method, path, body) in rest_doors(&house) {
        for key in [None, Some(nobody.as_str())] {
            let knock = request(&method, &filled(&path), body.as_ref(), key);
            let (parts, answer) = house.knock(knock).await;
            let refused = matches!(parts.status.as_u16(), 401 | 403 | 404);
            if !refused || path.contains("{token}") {
                open.insert(format!("{method} {path}"));
            }
            assert!(!parts.status.is_server_error(), "{method} {path}: {answer}");
        }
    }
    let open = open.into_iter().collect::<Vec<_>>().join("\n");
    assert_eq!(open, PUBLIC.trim(), "review tests/it/doors.public.txt");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn no_server_function_answers_without_a_key_or_without_a_role(db: PgPool) {
    let house = House::new(db).await;
    house.db_nobody().await;
    let nobody = house.token_of("nobody", crate::house::PASSWORD).await;
    let known = server_functions();
    let listed: BTreeSet<&str> = known.iter().map(|(path, _)| *path).collect();
    let served: BTreeSet<&str> = server_fn_paths().map(|(path, _)| path).collect();
    assert_eq!(served, listed, "every server function is knocked at");
    for (path, body) in &known {
        let (parts, answer) = house.knock(request("POST", path, Some(body), None)).await;
        assert_eq!(parts.status, 401, "{path}: {answer}");
        let (parts, answer) = house.knock(request("POST", path, Some(body), Some(&nobody))).await;
        let open = OPEN_TO_ALL.contains(path);
        // One's own: what is somebody else's is not there.
        let is_own =
            path.starts_with("/rpc/saved-views/") || path.starts_with("/rpc/accounts/end-");
        let hidden = is_own && body["id"].is_string();
        let known = OPEN_WITH_THE_PASSWORD.iter().find(|(known, _)| known == path);
        let expected = match (open, hidden, known) {
            (true, _, _) => 200,
            (_, true, _) => 404,
            (_, _, Some((_, status))) => *status,
            _ => 403,
        };
        assert_eq!(parts.status, expected, "{path}: {answer}");
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn an_expired_or_invented_key_is_refused_and_says_so(db: PgPool) {
    let house = House::new(db).await;
    for header in ["Bearer nonsense", "Api-Key nonsense", "Basic YTpi", "nonsense"] {
        let knock = Request::get("/api/actions/").header("authorization", header);
        let (parts, answer) = house.knock(knock.body(Body::empty()).unwrap()).await;
        assert_eq!(parts.status, 401, "{header}");
        let problem: Value = serde_json::from_str(&answer).unwrap();
        assert_eq!(parts.headers["content-type"], "application/problem+json");
        assert_eq!(problem["status"], 401);
        assert!(!problem["request_id"].as_str().unwrap().is_empty());
    }
}
