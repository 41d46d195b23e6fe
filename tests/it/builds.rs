//! A page that was loaded before an upgrade: it changes nothing, and learns why.

use axum::body::Body;
use http::{Request, StatusCode};
use px360_app::{ANOTHER_BUILD, ANSWER_TYPE};
use serde_json::json;
use sqlx::PgPool;

use crate::house::{House, PASSWORD};

/// What a page of this or of another build sends when somebody saves a view.
fn save(token: &str, accept: Option<&str>) -> Request<Body> {
    let look = json!({ "actions": { "filter": {} } });
    let view = json!({
        "name": "x", "audience": "personal", "hospital_id": null, "role": null, "look": look,
    });
    let mut request = Request::post("/rpc/saved-views/save")
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "application/json");
    if let Some(accept) = accept {
        request = request.header("accept", accept);
    }
    request.body(Body::from(json!({ "cmd": view }).to_string())).unwrap()
}

async fn db_views(house: &House) -> i64 {
    let count = sqlx::query_scalar("select count(*) from saved_views where audience = 'personal'");
    count.fetch_one(&house.db).await.unwrap()
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_page_of_another_build_changes_nothing_and_one_of_this_build_does(db: PgPool) {
    let house = House::new(db).await;
    let token = house.token_of("coordinator", PASSWORD).await;
    let before = db_views(&house).await;
    let stale = "application/vnd.px360.page;build=0123456789abcdef";
    for accept in [Some(stale), Some("application/vnd.px360.page"), Some("*/*"), None] {
        let (parts, answer) = house.knock(save(&token, accept)).await;
        assert_eq!(parts.status, StatusCode::PRECONDITION_FAILED, "{accept:?}");
        assert_eq!(answer, ANOTHER_BUILD, "{accept:?}");
    }
    assert_eq!(db_views(&house).await, before);
    let (parts, answer) = house.knock(save(&token, Some(ANSWER_TYPE))).await;
    assert_eq!(parts.status, StatusCode::OK, "{answer}");
    assert_eq!(db_views(&house).await, before + 1);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn pages_forms_and_scripts_need_no_build(db: PgPool) {
    let house = House::new(db).await;
    let token = house.token_of("coordinator", PASSWORD).await;
    let with_key = |path| Request::get(path).header("authorization", format!("Bearer {token}"));
    for knock in [with_key("/api/actions/"), with_key("/en/actions"), Request::get("/en/login")] {
        let (parts, answer) = house.knock(knock.body(Body::empty()).unwrap()).await;
        assert_eq!(parts.status, StatusCode::OK, "{answer}");
    }
    let form = Request::post("/en/login")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(format!("username=coordinator&password={PASSWORD}&next=")))
        .unwrap();
    let (parts, answer) = house.knock(form).await;
    assert_eq!(parts.status, StatusCode::SEE_OTHER, "{answer}");
}
