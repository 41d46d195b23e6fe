//! The document describes what is served, whole.

use serde_json::Value;
use sqlx::PgPool;

use crate::house::House;

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn every_operation_says_who_may_call_it_what_it_takes_and_how_it_refuses(db: PgPool) {
    let house = House::new(db).await;
    let document = serde_json::to_value(px360::schema(&house.deps)).unwrap();
    assert_eq!(document["openapi"], "3.1.0");
    let mut operations = 0;
    for (path, item) in document["paths"].as_object().unwrap() {
        // A list is an address with a last slash, a file one with an ending.
        let is_file = path.rsplit_once('.').is_some_and(|(_, ending)| !ending.contains('/'));
        assert!(path.starts_with("/api/") && path.ends_with('/') != is_file, "{path}");
        for (method, operation) in item.as_object().unwrap() {
            let door = format!("{method} {path}");
            operations += 1;
            assert!(operation["summary"].is_string(), "{door} has no summary");
            assert!(operation["security"].is_array(), "{door} says nothing about keys");
            let refusals = operation["responses"]
                .as_object()
                .unwrap()
                .keys()
                .filter(|status| status.starts_with('4'))
                .count();
            assert!(refusals > 0, "{door} never refuses");
            if let Some(content) = operation["requestBody"]["content"].as_object() {
                for body in content.values() {
                    let schema = body["schema"]["$ref"].as_str().unwrap_or_default();
                    let name = schema.rsplit('/').next().unwrap_or_default();
                    let of_schema = &schema_example(&document, name);
                    let has = body["example"] != Value::Null || *of_schema != Value::Null;
                    assert!(has, "{door} has no example");
                }
            }
        }
    }
    assert!(operations >= 12, "{operations}");
}

/// The example of a schema: its own, or that of each of its fields.
fn schema_example(document: &Value, name: &str) -> Value {
    let schema = &document["components"]["schemas"][name];
    if schema["example"] != Value::Null || schema["examples"] != Value::Null {
        return Value::Bool(true);
    }
    let of_fields = schema["properties"].as_object().is_some_and(|fields| {
        fields
            .values()
            .any(|field| field["example"] != Value::Null || field["examples"] != Value::Null)
    });
    if of_fields { Value::Bool(true) } else { Value::Null }
}
