//! API keys of sources.

use chrono::TimeDelta;
use http::StatusCode;
use px360_server::accounts::hash_api_key;
use serde_json::Value;
use sqlx::PgPool;

use super::house::{Answer, House, get_with};

const SOURCE: &str = "01990000-0000-7000-8000-000000000001";

async fn knock(house: &House, header: &str) -> Answer {
    house.send(get_with("/whoami", &[("authorization", header)])).await
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_source_is_known_by_its_key_until_seconds_after_it_was_taken_away(db: PgPool) {
    let house = House::new(db).await;
    sqlx::query_scalar::<_, uuid::Uuid>(
        "insert into sources (id, code, name, key_hash, active, created_at)
         values ('01990000-0000-7000-8000-000000000001', 'his', 'HIS', $1, true, '2026-01-01')
         returning id",
    )
    .bind(hash_api_key("the key").as_slice())
    .fetch_one(&house.db)
    .await
    .unwrap();

    assert_eq!(knock(&house, "Api-Key the key").await.body["name"], SOURCE);
    assert_eq!(knock(&house, "api-key the key").await.body["name"], SOURCE);
    for wrong in ["Api-Key another key", "Api-Key ", "Api-Key", "Bearer the key", "the key"] {
        let answer = knock(&house, wrong).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{wrong}");
        assert_eq!(answer.body["type"], "urn:px360:unauthenticated");
    }

    house.run("update sources set active = false").await;
    house.pass(TimeDelta::seconds(4));
    assert_eq!(knock(&house, "Api-Key the key").await.body["name"], SOURCE);
    house.pass(TimeDelta::seconds(1));
    assert_eq!(knock(&house, "Api-Key the key").await.body["name"], Value::Null);
}
