//! Calls about what one was told.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use px360_domain::notifications::{DeliveryFilter, DeliveryPage, Inbox, InboxFilter, ReadNotices};

use crate::UiError;
use crate::wire::Answer;

/// One page of the reader's messages.
#[server(prefix = "/rpc", endpoint = "notifications/inbox", input = Json, output = Answer)]
pub async fn notifications_inbox(filter: InboxFilter) -> Result<Inbox, UiError> {
    Ok(px360_server::notifications::inbox(&crate::ssr::ctx().await?, filter).await?)
}

/// Marks messages as read.
#[server(prefix = "/rpc", endpoint = "notifications/read", input = Json, output = Answer)]
pub async fn notifications_read(cmd: ReadNotices) -> Result<(), UiError> {
    Ok(px360_server::notifications::mark_read(&crate::ssr::ctx().await?, cmd).await?)
}

/// What became of messages to patients.
#[server(prefix = "/rpc", endpoint = "notifications/log", input = Json, output = Answer)]
pub async fn notifications_log(filter: DeliveryFilter) -> Result<DeliveryPage, UiError> {
    Ok(px360_server::notifications::delivery_log(&crate::ssr::ctx().await?, filter).await?)
}
