//! The document describes what is served, whole.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

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

/// Every Rust file below this folder.
fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            into.push(path);
        }
    }
}

/// The names under which a file describes its types.
fn described(text: &str) -> Vec<String> {
    let (mut names, mut waits, mut other_name) = (Vec::new(), false, None);
    for line in text.lines().map(str::trim) {
        waits |= line.contains("ToSchema") || line.starts_with("closed_enum! {");
        if let Some((_, rest)) = line.split_once("schema(as = ") {
            other_name = rest.split([')', ',']).next().map(str::to_owned);
        }
        let declared = line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum "));
        if let Some(declared) = declared.filter(|_| waits) {
            let name = declared.split(|letter: char| !letter.is_alphanumeric()).next();
            names.extend(other_name.take().or(name.map(str::to_owned)));
            waits = false;
        }
    }
    names
}

#[test]
fn no_two_types_of_the_description_have_one_name() {
    // The description would keep one of them, and doors of the other would lie.
    let mut files = Vec::new();
    for folder in ["domain/src", "server/src"] {
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut files);
    }
    let mut names = BTreeMap::<String, Vec<PathBuf>>::new();
    for file in files {
        for name in described(&std::fs::read_to_string(&file).unwrap()) {
            names.entry(name).or_default().push(file.clone());
        }
    }
    names.retain(|_, files| files.len() > 1);
    assert!(names.is_empty(), "{names:#?}");
}
