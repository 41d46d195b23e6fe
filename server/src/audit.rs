//! What is remembered of everything that is done: the audit table's only writer.

use chrono::{DateTime, Utc};
use px360_domain::ids::HospitalId;
use serde_json::Value;
use sqlx::PgConnection;

use crate::ctx::Ctx;

/// One thing that was done, or refused.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Noun and past tense: `action.closed`.
    pub action: &'static str,
    /// The glossary's word for the thing.
    pub entity: &'static str,
    /// Which one.
    pub entity_id: String,
    /// Whose tenant.
    pub hospital_id: Option<HospitalId>,
    /// What changed. Never secrets, never a patient's words or contact data.
    pub detail: Value,
    /// False when it was refused and the refusal itself is worth remembering.
    pub done: bool,
}

impl Entry {
    /// Something that was done to one thing.
    pub fn done(action: &'static str, entity: &'static str, entity_id: impl ToString) -> Self {
        Self {
            action,
            entity,
            entity_id: entity_id.to_string(),
            hospital_id: None,
            detail: Value::Object(serde_json::Map::new()),
            done: true,
        }
    }

    /// Something that was refused.
    pub fn refused(action: &'static str, entity: &'static str, entity_id: impl ToString) -> Self {
        Self { done: false, ..Self::done(action, entity, entity_id) }
    }

    /// In this hospital.
    #[must_use]
    pub fn in_hospital(mut self, hospital_id: HospitalId) -> Self {
        self.hospital_id = Some(hospital_id);
        self
    }

    /// With this detail.
    #[must_use]
    pub fn with(mut self, detail: Value) -> Self {
        self.detail = detail;
        self
    }
}

/// Writes entries in the caller's transaction.
pub(crate) async fn write(
    db: &mut PgConnection,
    ctx: &Ctx,
    now: DateTime<Utc>,
    entries: &[Entry],
) -> Result<(), sqlx::Error> {
    let (actor_kind, actor) = ctx.actor().audit_name();
    let meta = ctx.meta();
    for entry in entries {
        sqlx::query!(
            "insert into audit_events
                (at, actor_kind, actor, action, entity, entity_id, hospital_id, detail, outcome,
                 ip, user_agent, request_id)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            now,
            actor_kind,
            actor,
            entry.action,
            entry.entity,
            entry.entity_id,
            entry.hospital_id as _,
            entry.detail,
            if entry.done { "done" } else { "refused" },
            meta.ip.map(|ip| ip.to_string()),
            meta.user_agent,
            meta.request_id,
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}
