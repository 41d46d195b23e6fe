//! What the tables refuse, in the words of a form.

use px360_domain::Failure;
use px360_domain::records::RecordKind;

use crate::error::{Error, Result};

/// Constraints whose names say less than what is wrong.
const NAMED: [(&str, &str, &str); 5] = [
    ("departments_tree_check", "parent_id", "cycle"),
    ("departments_one_hospital_check", "parent_id", "other_hospital"),
    ("patient_mrns_key", "mrns", "taken"),
    ("employees_user_key", "user_id", "taken"),
    ("physician_affiliations_period_check", "affiliations", "before_from"),
];

/// Turns a violated key or reference into a fault of the field that it is about. Keys are named
/// `<table>_<field>_key`, references `<table>_<field without _id>_fkey`.
pub(super) fn as_faults<T>(kind: RecordKind, outcome: Result<T, sqlx::Error>) -> Result<T> {
    outcome.map_err(|error| {
        let failure = match &error {
            sqlx::Error::Database(cause) => {
                cause.constraint().and_then(|name| failure_of(kind, name))
            }
            _ => None,
        };
        failure.map_or_else(|| error.into(), Error::Refused)
    })
}

fn failure_of(kind: RecordKind, constraint: &str) -> Option<Failure> {
    let named = NAMED.iter().find(|(name, ..)| *name == constraint);
    if let Some((_, field, code)) = named {
        return Some(Failure::invalid(field, code));
    }
    let (_, rest) = constraint.split_once('_')?;
    if let Some(reference) = rest.strip_suffix("_fkey") {
        let name = format!("{}_id", reference.rsplit('_').next()?);
        return Some(Failure::invalid(&name, "unknown"));
    }
    let name = rest.strip_suffix("_key")?;
    kind.field(name).map(|field| Failure::invalid(field.name, "taken"))
}
