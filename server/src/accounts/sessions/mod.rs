//! Browser sessions in Postgres, for the crate `tower_sessions`, and what their owners do with them.

mod end;
mod list;
mod store;

use std::collections::HashMap;
use std::fmt;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use px360_domain::Failure;
use px360_domain::ids::SessionId;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use time::OffsetDateTime;
use tower_sessions::Session;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result, SessionStore};

pub use end::{end_other_sessions, end_session};
pub use list::list_sessions;
pub(super) use store::{delete_all, delete_expired};

use self::store::NewSession;
use crate::ctx::Ctx;
use crate::deps::Deps;

/// The key under which a session keeps whose it is. The column `user_id` is read out of it.
pub(crate) const SESSION_USER: &str = "user_id";

/// When its owner last proved who they are.
pub(crate) const SESSION_BEGUN_AT: &str = "begun_at";

/// The last request, to the minute.
pub(crate) const SESSION_SEEN_AT: &str = "seen_at";

/// The address that signed in.
pub(crate) const SESSION_IP: &str = "ip";

/// What the browser that signed in calls itself.
pub(crate) const SESSION_USER_AGENT: &str = "user_agent";

/// The key under which a session keeps the end of its longest life, as RFC 3339.
pub(crate) const SESSION_ENDS_AT: &str = "ends_at";

/// How long a session lives without a request.
pub(crate) const SESSION_IDLE_MINUTES: i64 = 30;

/// Sessions in Postgres. The id is stored as its SHA-256: a leaked table opens no door.
///
/// `tower_sessions` asks the machine for the time. Here the house's clock decides: what the crate
/// says about expiry is ignored when writing, and checked against our clock when reading.
#[derive(Clone)]
pub struct PgSessionStore(Deps);

impl PgSessionStore {
    /// A store over the house's pool.
    pub fn new(deps: &Deps) -> Self {
        Self(deps.clone())
    }

    fn now(&self) -> DateTime<Utc> {
        self.0.clock().now()
    }
}

impl fmt::Debug for PgSessionStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PgSessionStore")
    }
}

#[async_trait]
impl SessionStore for PgSessionStore {
    async fn create(&self, record: &mut Record) -> Result<()> {
        let now = self.now();
        let data = encode(&record.data)?;
        for _ in 0..3 {
            let expires_at = expires_at(&record.data, now);
            let hash = id_hash(record.id);
            let handle = SessionId(self.0.chance().id(now));
            let row = NewSession { id_hash: &hash, id: handle, data: &data, expires_at };
            if store::insert(self.0.pool(), &row).await.map_err(backend)? {
                return Ok(());
            }
            record.id = Id::default();
        }
        Err(Error::Backend("no free session id".to_owned()))
    }

    /// Never brings a session back: a request that was under way during the sign-out must not.
    async fn save(&self, record: &Record) -> Result<()> {
        let now = self.now();
        let data = encode(&record.data)?;
        let expires_at = expires_at(&record.data, now);
        store::update(self.0.pool(), &id_hash(record.id), &data, expires_at, now)
            .await
            .map_err(backend)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let found = store::find(self.0.pool(), &id_hash(*id), self.now()).await.map_err(backend)?;
        let Some(session) = found else { return Ok(None) };
        let data = serde_json::from_value(session.data)
            .map_err(|error| Error::Decode(error.to_string()))?;
        let expiry_date = OffsetDateTime::from_unix_timestamp(session.expires_at.timestamp())
            .map_err(|error| Error::Decode(error.to_string()))?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        store::delete(self.0.pool(), &id_hash(*id)).await.map_err(backend)
    }
}

/// Carries on under a new id after all sessions of the person were ended, this one too. Whatever goes
/// wrong, the person is signed out and nobody else is in.
///
/// # Errors
/// `Unavailable` when the new one cannot be stored.
pub(super) async fn carry_on(ctx: &Ctx) -> crate::error::Result<()> {
    let Some(session) = ctx.session() else { return Ok(()) };
    let renewed = async {
        session.cycle_id().await?;
        session.insert(SESSION_BEGUN_AT, ctx.now()).await
    };
    renewed.await.map_err(unavailable)
}

/// Only the database stands behind a session, so a session error is the database being away.
pub(crate) fn unavailable(error: tower_sessions::session::Error) -> crate::error::Error {
    tracing::error!("the session cannot be reached: {:#}", anyhow::Error::new(error));
    Failure::Unavailable.into()
}

/// What the session that this was asked through is stored under.
fn current(ctx: &Ctx) -> Option<[u8; 32]> {
    ctx.session().and_then(Session::id).map(id_hash)
}

fn id_hash(id: Id) -> [u8; 32] {
    Sha256::digest(id.0.to_le_bytes()).into()
}

/// Half an hour from now, but never past the end of the session's longest life.
fn expires_at(data: &HashMap<String, Value>, now: DateTime<Utc>) -> DateTime<Utc> {
    let idle = now + TimeDelta::minutes(SESSION_IDLE_MINUTES);
    data.get(SESSION_ENDS_AT)
        .and_then(Value::as_str)
        .and_then(|text| text.parse::<DateTime<Utc>>().ok())
        .map_or(idle, |ends_at| idle.min(ends_at))
}

fn encode(data: &HashMap<String, Value>) -> Result<Value> {
    serde_json::to_value(data).map_err(|error| Error::Encode(error.to_string()))
}

fn backend(error: crate::error::Error) -> Error {
    Error::Backend(format!("{:#}", anyhow::Error::new(error)))
}
