//! The OpenAPI description of the doors of a kind, read from the kind's own description.

use px360_domain::FileFormat;
use px360_domain::page::{PAGE_SIZE, PAGE_SIZE_MAX};
use px360_domain::records::{
    CODE_CHARS_MAX, Field, Form, ID_CHARS_MAX, ROWS_MAX, RecordKind, TOTAL_MAX,
};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use utoipa::PartialSchema as _;
use utoipa::openapi::path::Paths;
use utoipa::openapi::{PathsBuilder, RefOr, Schema};

use super::statements::SEARCH_CHARS_MAX;
use crate::http::ProblemBody;
use px360_domain::accounts::PASSWORD_CHARS_MIN;

/// The names of a kind's schemas: as it is kept, as it is sent, and a page of it.
fn names(kind: RecordKind) -> [String; 3] {
    let word = kind.as_str();
    let name = word[..1].to_uppercase() + &word[1..];
    [name.clone(), format!("{name}Fields"), format!("{name}Page")]
}

/// The schemas that the operations of a kind refer to.
pub(super) fn schemas(kind: RecordKind) -> Vec<(String, RefOr<Schema>)> {
    let [whole, fields, page] = names(kind);
    let sent: Vec<&Field> = kind.fields().iter().filter(|field| !field.derived).collect();
    let kept = kind.fields().iter().filter(|field| field.form != Form::Secret);
    let mut properties = Map::new();
    properties.insert("id".to_owned(), json!({ "type": "string", "format": "uuid" }));
    properties.insert("version".to_owned(), json!({ "type": "integer", "format": "int64" }));
    properties.extend(properties_of(kept));
    let required: Vec<String> = properties.keys().cloned().collect();
    let described = [
        (
            whole.clone(),
            json!({ "type": "object", "properties": properties, "required": required }),
        ),
        (fields, fields_schema(&sent)),
        (
            page,
            json!({
                "type": "object",
                "required": ["items", "next_cursor", "total", "alike"],
                "properties": {
                    "items": { "type": "array", "items": reference(&whole) },
                    "next_cursor": {
                        "type": ["string", "null"],
                        "description": "Give back as `cursor` for the next page.",
                    },
                    "total": {
                        "type": ["integer", "null"],
                        "description": format!(
                            "How many there are on all pages; null above {TOTAL_MAX}, and for searched \
                             patients who do not fit on the first page.",
                        ),
                    },
                    "alike": {
                        "type": "boolean",
                        "description": "Whether nothing is called what was searched for, and the items \
                                        are called nearly so, likest first.",
                    },
                },
            }),
        ),
    ];
    let problem = ("ProblemBody".to_owned(), ProblemBody::schema());
    described.into_iter().map(|(name, json)| (name, read(json))).chain([problem]).collect()
}

fn fields_schema(fields: &[&Field]) -> Value {
    json!({
        "type": "object",
        "properties": properties_of(fields.iter().copied()),
        "additionalProperties": false,
        "example": example(fields),
    })
}

/// What makes sense of a kind, as far as it can be said without knowing other records.
fn example(fields: &[&Field]) -> Value {
    let given = |name: &str, form: Form| match (name, form) {
        ("name_ar", _) => json!("سارة القحطاني"),
        ("name_en", _) => json!("Sara Alqahtani"),
        (_, Form::Secret) => json!("correct horse battery staple"),
        (_, Form::Email) => json!("sara@example.sa"),
        (_, Form::Code) => json!("A-100"),
        (_, Form::Ref(_)) => json!("01936000-0000-7000-8000-00000000000a"),
        _ => Value::Null,
    };
    let mut example = Map::new();
    for field in fields.iter().filter(|field| field.required || field.name.starts_with("name_")) {
        let value = match field.form {
            Form::Rows(fields) => {
                let row = fields.iter().filter(|field| field.required);
                let row: Map<String, Value> = row
                    .map(|field| (field.name.to_owned(), given(field.name, field.form)))
                    .collect();
                json!([row])
            }
            form => given(field.name, form),
        };
        example.insert(field.name.to_owned(), value);
    }
    Value::Object(example)
}

fn properties_of<'a>(fields: impl IntoIterator<Item = &'a Field>) -> Map<String, Value> {
    fields.into_iter().map(|field| (field.name.to_owned(), schema(field))).collect()
}

fn schema(field: &Field) -> Value {
    match field.form {
        Form::Text(chars_max) => json!({ "type": ["string", "null"], "maxLength": chars_max }),
        Form::Code => json!({ "type": ["string", "null"], "maxLength": CODE_CHARS_MAX }),
        Form::Secret => {
            json!({ "type": "string", "format": "password", "minLength": PASSWORD_CHARS_MIN })
        }
        Form::Email => json!({ "type": ["string", "null"], "description": "A mail address." }),
        Form::Phone => json!({
            "type": ["string", "null"],
            "description": "A phone number; kept as E.164. Masked for whoever may not see it.",
        }),
        Form::Dial => json!({
            "type": ["string", "null"],
            "description": "A number to call: a landline or mobile is kept as E.164, a unified, free or short one as it \
                            is dialled.",
        }),
        Form::IdNumber => json!({
            "type": ["string", "null"],
            "maxLength": ID_CHARS_MAX,
            "description": "Checked by the rule of its kind of document.",
        }),
        Form::Day => json!({
            "type": ["string", "null"],
            "description": "`2026-11-25`. The year alone for whoever may not see it.",
        }),
        Form::Time => json!({
            "type": ["string", "null"],
            "description": "A time of day: `08:30`.",
        }),
        Form::Flag => json!({ "type": ["boolean", "null"] }),
        // One more than the words: empty means what goes without saying.
        Form::Choice(words) => {
            let words: Vec<Value> =
                words.iter().map(|word| json!(word)).chain([Value::Null]).collect();
            json!({ "type": ["string", "null"], "enum": words })
        }
        Form::Degrees(min, max) => {
            json!({ "type": ["number", "null"], "minimum": min, "maximum": max })
        }
        Form::Ref(kind) => json!({
            "type": ["string", "null"],
            "format": "uuid",
            "description": format!("The id of a {}.", kind.as_str()),
        }),
        Form::Rows(fields) => json!({
            "type": ["array", "null"],
            "maxItems": ROWS_MAX,
            "items": { "type": "object", "properties": properties_of(fields) },
        }),
    }
}

/// The operations on all records of a kind.
pub(super) fn collection(kind: RecordKind) -> Paths {
    let [whole, fields, page] = names(kind);
    let plural = kind.plural();
    let item = json!({
        "get": {
            "tags": [plural],
            "summary": format!("List {plural}"),
            "description": "What is within the caller's reach, newest first unless `ordering` says otherwise. Who patients are is masked for whoever may not know it.",
            "operationId": format!("{}_list", kind.as_str()),
            "parameters": parameters(kind),
            "responses": responses("200", "One page.", Some(&page), &[
                ("401", "Nobody is signed in."),
                ("403", "Not allowed."),
                ("422", "A part of the query means nothing."),
            ]),
            "security": keys(),
        },
        "post": {
            "tags": [plural],
            "summary": format!("Make a {}", kind.as_str()),
            "description": "Sent again with the same `Idempotency-Key`, it makes nothing new.",
            "operationId": format!("{}_create", kind.as_str()),
            "parameters": [header("Idempotency-Key", "What tells this request from another one.")],
            "requestBody": create_body(kind, &fields),
            "responses": responses("201", "Made.", Some(&whole), &[
                ("400", "Not JSON."),
                ("401", "Nobody is signed in."),
                ("403", "Not allowed, or not there."),
                ("409", "The key was used for something else."),
                ("415", "Not application/json."),
                ("422", "Fields cannot be accepted."),
            ]),
            "security": keys(),
        },
    });
    PathsBuilder::new().path(kind.api_path(), read(item)).build()
}

/// A kind's records as a file.
pub(super) fn file(kind: RecordKind, format: FileFormat) -> Paths {
    let plural = kind.plural();
    let mut asked = parameters(kind);
    if let Some(asked) = asked.as_array_mut() {
        asked.retain(|one| one["name"] != "cursor" && one["name"] != "limit");
        asked.push(json!({
            "name": "language_of_names", "in": "query", "required": false,
            "schema": { "type": "string", "enum": ["ar", "en"] },
            "description": "How other records are named; the caller's own language when absent.",
        }));
    }
    let mut answers = responses(
        "200",
        match format {
            FileFormat::Csv => {
                "UTF-8 with a byte order mark; the header has the names of the fields. A cell that a spreadsheet would take for a formula begins with an apostrophe."
            }
            FileFormat::Xlsx => {
                "A workbook; the header has the names of the fields, every cell is text, and what one sheet has no room for stands on the next one."
            }
        },
        None,
        &[
            ("401", "Nobody is signed in."),
            ("403", "Not allowed."),
            ("422", "A part of the query means nothing."),
        ],
    );
    let media_type = format.media_type().split(';').next().unwrap_or_default();
    answers["200"]["content"] = json!({ media_type: { "schema": { "type": "string" } } });
    let item = json!({
        "get": {
            "tags": [plural],
            "summary": format!("Take {plural} along as {format}"),
            "description": "All of the list that the query finds within the caller's reach, masked as the list is. That it was taken is remembered.",
            "operationId": format!("{}_export_{format}", kind.as_str()),
            "parameters": asked,
            "responses": answers,
            "security": keys(),
        },
    });
    PathsBuilder::new().path(kind.file_path(format), read(item)).build()
}

/// The operations on one record of a kind.
pub(super) fn single(kind: RecordKind) -> Paths {
    let [whole, fields, _] = names(kind);
    let word = kind.as_str();
    let id = json!({
        "name": "id", "in": "path", "required": true,
        "schema": { "type": "string", "format": "uuid" },
    });
    let version = header("If-Match", "The version that is meant, unless the body says `version`.");
    let refusals = [
        ("400", "Not JSON, or no id."),
        ("401", "Nobody is signed in."),
        ("403", "Not allowed."),
        ("404", "No such record within reach."),
        ("409", "Stale version, or still in use."),
        ("415", "Not application/json."),
        ("422", "Fields cannot be accepted."),
    ];
    let operation = |verb: &str, deed: &str, more: Value| {
        let mut operation = json!({
            "tags": [kind.plural()],
            "summary": format!("{deed} a {word}"),
            "operationId": format!("{word}_{verb}"),
            "parameters": [id, version],
            "responses": responses("200", "The record.", Some(&whole), &refusals),
            "security": keys(),
        });
        if let (Some(operation), Value::Object(more)) = (operation.as_object_mut(), more) {
            operation.extend(more);
        }
        operation
    };
    let item = json!({
        "get": operation("find", "Show", json!({ "parameters": [id] })),
        "put": operation("replace", "Replace", json!({ "requestBody": change_body(&fields) })),
        "patch": operation("change", "Change", json!({ "requestBody": change_body(&fields) })),
        "delete": operation("remove", "Remove", json!({
            "responses": responses("204", "Removed.", None, &refusals),
        })),
    });
    PathsBuilder::new().path(format!("{}{{id}}/", kind.api_path()), read(item)).build()
}

fn parameters(kind: RecordKind) -> Value {
    let query = |name: &str, schema: Value, description: &str| {
        json!({ "name": name, "in": "query", "required": false, "schema": schema,
                "description": description })
    };
    let sortable = kind.fields().iter().filter(|field| field.sortable);
    let orders: Vec<String> =
        sortable.flat_map(|field| [field.name.to_owned(), format!("-{}", field.name)]).collect();
    let mut parameters = vec![
        query(
            "search",
            json!({ "type": "string", "maxLength": SEARCH_CHARS_MAX }),
            "Words that all occur, in whatever spelling of Arabic letters and digits.",
        ),
        query(
            "limit",
            json!({ "type": "integer", "minimum": 1, "maximum": PAGE_SIZE_MAX }),
            &format!("How many rows; {PAGE_SIZE} when absent."),
        ),
        query("cursor", json!({ "type": "string" }), "The `next_cursor` of the page before."),
    ];
    if !orders.is_empty() {
        let schema = json!({ "type": "string", "enum": orders });
        parameters.push(query("ordering", schema, "Newest first when absent."));
    }
    for field in kind.fields().iter().filter(|field| field.filter) {
        let schema = match field.form {
            Form::Flag => json!({ "type": "boolean" }),
            Form::Choice(words) => json!({ "type": "string", "enum": words }),
            _ => json!({ "type": "string", "format": "uuid" }),
        };
        parameters.push(query(field.name, schema, "Only these."));
    }
    if kind == RecordKind::Patient {
        let schema = json!({ "type": "string", "format": "uuid" });
        parameters.push(query("hospital_id", schema, "Only whom this hospital knows."));
    }
    Value::Array(parameters)
}

fn responses(
    status: &str,
    description: &str,
    schema: Option<&str>,
    refusals: &[(&str, &str)],
) -> Value {
    let mut all = Map::new();
    let mut done = json!({ "description": description });
    if let Some(name) = schema {
        done["content"] = json!({ "application/json": { "schema": reference(name) } });
    }
    all.insert(status.to_owned(), done);
    for (status, description) in refusals {
        let refused = json!({
            "description": description,
            "content": { "application/json": { "schema": reference("ProblemBody") } },
        });
        all.insert((*status).to_owned(), refused);
    }
    Value::Object(all)
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn body(name: &str) -> Value {
    json!({ "required": true, "content": { "application/json": { "schema": reference(name) } } })
}

/// A new record; the example stands here too, where programs that try doors look for it.
fn create_body(kind: RecordKind, name: &str) -> Value {
    let mut body = body(name);
    let sent: Vec<&Field> = kind.fields().iter().filter(|field| !field.derived).collect();
    body["content"]["application/json"]["example"] = example(&sent);
    body
}

/// A change also says which version it is a change of.
fn change_body(name: &str) -> Value {
    let mut body = body(name);
    let media = &mut body["content"]["application/json"];
    media["schema"] = json!({
        "type": "object",
        "properties": { "version": { "type": "integer", "format": "int64" } },
        "description": format!("The fields of `{name}`, beside `version`."),
    });
    media["example"] = json!({ "version": 1, "name_en": "Sara Alqahtani" });
    body
}

fn header(name: &str, description: &str) -> Value {
    json!({ "name": name, "in": "header", "required": false, "schema": { "type": "string" },
            "description": description })
}

fn keys() -> Value {
    json!([{ "bearer": [] }, { "session": [] }])
}

/// What is written above is what utoipa can read; a test of the whole document sees if not.
fn read<T: DeserializeOwned + Default>(json: Value) -> T {
    serde_json::from_value(json).unwrap_or_else(|error| {
        tracing::error!("the schema of records: {error}");
        T::default()
    })
}
