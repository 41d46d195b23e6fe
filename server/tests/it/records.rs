//! Records: one list, one form and one door for hospitals, departments, physicians, employees, patients
//! and users.

mod export;
mod finding;
mod import;
mod keeping;
mod merging;
mod patient360;
mod patients;
mod reach;
mod trees;
mod uploads;

use px360_domain::records::{Kept, RecordKind, RecordQuery};
use px360_domain::{Failure, FieldFault};
use px360_server::records::{self, Change, Create, Page};
use px360_server::{Ctx, Error, Result};
use serde_json::{Map, Value, json};
use sqlx::PgPool;
use uuid::Uuid;

use crate::harness::TestApp;

/// The fields of an object.
pub(crate) fn fields(doc: Value) -> Map<String, Value> {
    match doc {
        Value::Object(fields) => fields,
        other => panic!("{other} is no object"),
    }
}

/// Makes a record.
pub(crate) async fn make(ctx: &Ctx, kind: RecordKind, doc: Value) -> Result<Kept> {
    records::create(ctx, kind, Create { doc: fields(doc), idempotency_key: None }).await
}

/// Changes some fields of a record.
pub(crate) async fn set(ctx: &Ctx, kind: RecordKind, kept: Kept, doc: Value) -> Result<Kept> {
    let change = Change { version: kept.version, doc: fields(doc), whole: false };
    records::change(ctx, kind, kept.id, change).await
}

/// What words find.
pub(crate) async fn search(ctx: &Ctx, kind: RecordKind, words: &str) -> Page {
    let query = RecordQuery { search: Some(words.to_owned()), ..RecordQuery::default() };
    records::list(ctx, kind, query).await.unwrap()
}

/// The id of the row with this code, or this name to sign in with.
pub(crate) async fn db_id(db: &PgPool, table: &str, column: &str, value: &str) -> Uuid {
    let sql = match (table, column) {
        ("hospitals", "code") => "select id from hospitals where code = $1",
        ("users", "username") => "select id from users where username = $1",
        ("departments", "code") => {
            "select department.id from departments as department
             join hospitals as hospital on hospital.id = department.hospital_id
             where hospital.code || ' ' || department.code = $1"
        }
        other => panic!("{other:?}"),
    };
    sqlx::query_scalar(sql).bind(value).fetch_one(db).await.unwrap()
}

/// A record of each kind in this hospital, in an order in which they can refer to each other.
pub(crate) async fn samples(app: &TestApp, hospital: &str, mark: &str) -> Vec<(RecordKind, Value)> {
    let id = db_id(&app.db, "hospitals", "code", hospital).await;
    let opd = db_id(&app.db, "departments", "code", &format!("{hospital} OPD")).await;
    vec![
        (RecordKind::Hospital, json!({ "code": format!("H{mark}"), "name_en": "A hospital" })),
        (
            RecordKind::Department,
            json!({ "hospital_id": id, "parent_id": opd, "code": format!("D{mark}"),
                    "name_ar": "قسم", "name_en": "A department" }),
        ),
        (
            RecordKind::Physician,
            json!({ "licence": format!("L{mark}"), "name_ar": "د. هند",
                    "affiliations": [{ "hospital_id": id, "department_id": opd }] }),
        ),
        (
            RecordKind::Employee,
            json!({ "hospital_id": id, "number": format!("E{mark}"), "name_ar": "موظف",
                    "department_id": opd }),
        ),
        (
            RecordKind::Patient,
            json!({ "name_ar": "سارة القحطاني", "mrns": [{ "hospital_id": id, "mrn": format!("M{mark}") }] }),
        ),
        (
            RecordKind::User,
            json!({ "username": format!("u{mark}"), "name_en": "A user", "email": "u@example.sa",
                    "password": "correct horse battery", "hospital_id": id }),
        ),
    ]
}

/// Every fault of what was refused.
pub(crate) fn faults<T: std::fmt::Debug>(refused: Result<T>) -> Vec<(String, String)> {
    match refused {
        Err(Error::Refused(Failure::Invalid { faults })) => {
            faults.into_iter().map(|FieldFault { field, code }| (field, code)).collect()
        }
        other => panic!("expected faults, got {other:?}"),
    }
}

/// One fault.
pub(crate) fn fault(field: &str, code: &str) -> (String, String) {
    (field.to_owned(), code.to_owned())
}

pub(crate) fn failure<T: std::fmt::Debug>(refused: Result<T>) -> Failure {
    match refused {
        Err(Error::Refused(failure)) => failure,
        other => panic!("expected a refusal, got {other:?}"),
    }
}
