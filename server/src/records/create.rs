//! New records.

use px360_domain::Failure;
use px360_domain::records::{Form, Kept, RecordKind, Writing, check};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::idempotency::{self, Repeat};
use super::{references, write};
use crate::ctx::Ctx;
use crate::error::Result;

/// A record to make.
#[derive(Clone, Debug)]
pub struct Create {
    /// Its fields by name.
    pub doc: Map<String, Value>,
    /// What tells this request from another one: sent again, it makes nothing new.
    pub idempotency_key: Option<String>,
}

/// Makes a record.
///
/// # Errors
/// `Invalid` with every fault; `Forbidden` for what would stand outside the caller's reach;
/// `Conflict` for an idempotency key that was used for something else.
pub async fn create(ctx: &Ctx, kind: RecordKind, cmd: Create) -> Result<Kept> {
    let granted = ctx.require(kind.write())?;
    let doc = check(kind, &cmd.doc, Writing::Create, &Map::new())
        .map_err(|faults| Failure::Invalid { faults })?;
    let id: Uuid = ctx.new_id();
    let mut tx = ctx.begin(granted).await?;
    if let Some(key) = cmd.idempotency_key {
        let hash = request_hash(kind, cmd.doc);
        match idempotency::remember_in(&mut tx, &key, &hash, id).await? {
            Repeat::First => {}
            Repeat::Of(id) => {
                tx.nothing_to_do().await?;
                return Ok(Kept { id, version: 1 });
            }
        }
    }
    references::check(&mut tx, kind, &doc, &Map::new()).await?;
    write::insert(&mut tx, kind, id, &doc).await?;
    let after = write::must_reach(&mut tx, kind, id).await?.doc;
    tx.record(write::entry(kind, "created", id, &Map::new(), &after));
    tx.commit().await?;
    Ok(Kept { id, version: 1 })
}

/// What a request is known by when it comes again: without passwords, which a quick hash would give
/// away.
fn request_hash(kind: RecordKind, mut doc: Map<String, Value>) -> [u8; 32] {
    let is_secret = |name: &str| kind.field(name).is_some_and(|field| field.form == Form::Secret);
    doc.retain(|name, _| !is_secret(name));
    Sha256::digest(format!("{kind} {}", Value::Object(doc))).into()
}
