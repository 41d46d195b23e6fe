//! Calls about what one was told.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use px360_domain::ids::{DeliveryPauseId, FatigueRuleId};
use px360_domain::notifications::{
    DeliveryFilter, DeliveryPage, DeliveryPauseList, FatigueRuleList, Inbox, InboxFilter,
    PauseDelivery, ReadNotices, SetFatigueRule,
};

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

/// How often patients are asked.
#[server(prefix = "/rpc", endpoint = "notifications/rules", input = Json, output = Answer)]
pub async fn notifications_rules() -> Result<FatigueRuleList, UiError> {
    Ok(px360_server::notifications::fatigue_rules(&crate::ssr::ctx().await?).await?)
}

/// Makes a rule about it.
#[server(prefix = "/rpc", endpoint = "notifications/create-rule", input = Json, output = Answer)]
pub async fn notifications_create_rule(cmd: SetFatigueRule) -> Result<FatigueRuleId, UiError> {
    Ok(px360_server::notifications::create_fatigue_rule(&crate::ssr::ctx().await?, cmd).await?)
}

/// Takes a rule away.
#[server(prefix = "/rpc", endpoint = "notifications/remove-rule", input = Json, output = Answer)]
pub async fn notifications_remove_rule(id: FatigueRuleId) -> Result<(), UiError> {
    Ok(px360_server::notifications::remove_fatigue_rule(&crate::ssr::ctx().await?, id).await?)
}

/// What stands still.
#[server(prefix = "/rpc", endpoint = "notifications/pauses", input = Json, output = Answer)]
pub async fn notifications_pauses() -> Result<DeliveryPauseList, UiError> {
    Ok(px360_server::notifications::delivery_pauses(&crate::ssr::ctx().await?).await?)
}

/// Stops messages to patients.
#[server(prefix = "/rpc", endpoint = "notifications/pause", input = Json, output = Answer)]
pub async fn notifications_pause(cmd: PauseDelivery) -> Result<DeliveryPauseId, UiError> {
    Ok(px360_server::notifications::pause_delivery(&crate::ssr::ctx().await?, cmd).await?)
}

/// Lets them go on.
#[server(prefix = "/rpc", endpoint = "notifications/resume", input = Json, output = Answer)]
pub async fn notifications_resume(id: DeliveryPauseId) -> Result<(), UiError> {
    Ok(px360_server::notifications::resume_delivery(&crate::ssr::ctx().await?, id).await?)
}
