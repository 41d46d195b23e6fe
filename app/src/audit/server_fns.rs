//! Calls about the audit log.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use px360_domain::audit::{AuditFilter, AuditLines};

use crate::UiError;
use crate::wire::Answer;

/// One page of the audit log.
#[server(prefix = "/rpc", endpoint = "audit/events", input = Json, output = Answer)]
pub async fn audit_events(filter: AuditFilter) -> Result<AuditLines, UiError> {
    Ok(px360_server::audit::lines(&crate::ssr::ctx().await?, filter).await?)
}
