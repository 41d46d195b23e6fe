//! Records in a list of choices.

use px360_domain::records::{FieldValue, Form, RecordKind, RecordOption, RecordQuery};

use super::list::list;
use super::record::Record;
use crate::ctx::Ctx;
use crate::error::Result;

/// How many choices are offered.
const CHOICES_MAX: u16 = 20;

/// What words find among the records of a kind, for whoever refers to one.
///
/// # Errors
/// As [`list`], and `Invalid` for fields that cannot narrow this kind.
pub async fn options(
    ctx: &Ctx,
    kind: RecordKind,
    search: String,
    filters: Vec<(String, String)>,
) -> Result<Vec<RecordOption>> {
    let search = Some(search).filter(|words| !words.trim().is_empty());
    let query = RecordQuery { search, filters, limit: Some(CHOICES_MAX), ..RecordQuery::default() };
    let page = list(ctx, kind, query).await?;
    Ok(page.items.iter().map(|record| option(kind, record)).collect())
}

/// Its code or number tells a record from its namesakes; where it stands tells it too.
fn option(kind: RecordKind, record: &Record) -> RecordOption {
    let view = record.view(kind);
    let is_code = |form: Form| matches!(form, Form::Code | Form::Email);
    let detail = kind.fields().iter().zip(&view.values).find_map(|(field, value)| {
        match (is_code(field.form), value) {
            (true, FieldValue::Text(text)) => Some(text.clone()),
            _ => None,
        }
    });
    RecordOption { id: view.id, name: view.name(kind), detail: detail.unwrap_or_default() }
}
