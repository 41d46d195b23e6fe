//! Calls about messages of other systems, their codes and these systems themselves.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use px360_domain::ids::{EventId, HospitalId, SourceId};
use px360_domain::integrations::{
    CodeKind, EventFilter, EventPage as Page, EventView, MappingSet, MappingTarget, Mappings,
    RawEventView, ReplayEvents, Replayed, SaveSource, SetMapping, SourceKey, SourceList,
};
use uuid::Uuid;

use crate::UiError;
use crate::wire::Answer;

/// One page of the log of messages.
#[server(prefix = "/rpc", endpoint = "integrations/events", input = Json, output = Answer)]
pub async fn integrations_events(filter: EventFilter) -> Result<Page, UiError> {
    Ok(px360_server::integrations::events(&crate::ssr::ctx().await?, filter).await?)
}

/// One message and what it did.
#[server(prefix = "/rpc", endpoint = "integrations/event", input = Json, output = Answer)]
pub async fn integrations_event(id: EventId) -> Result<EventView, UiError> {
    Ok(px360_server::integrations::view_event(&crate::ssr::ctx().await?, id).await?)
}

/// The content of a message, as it came. That somebody looked is remembered.
#[server(prefix = "/rpc", endpoint = "integrations/event-raw", input = Json, output = Answer)]
pub async fn integrations_event_raw(id: EventId) -> Result<RawEventView, UiError> {
    Ok(px360_server::integrations::view_raw_event(&crate::ssr::ctx().await?, id).await?)
}

/// Runs one message once more.
#[server(prefix = "/rpc", endpoint = "integrations/replay-event", input = Json, output = Answer)]
pub async fn integrations_replay_event(id: EventId) -> Result<(), UiError> {
    Ok(px360_server::integrations::replay_event(&crate::ssr::ctx().await?, id).await?)
}

/// Runs many messages once more.
#[server(prefix = "/rpc", endpoint = "integrations/replay-events", input = Json, output = Answer)]
pub async fn integrations_replay_events(cmd: ReplayEvents) -> Result<Replayed, UiError> {
    Ok(px360_server::integrations::replay_events(&crate::ssr::ctx().await?, cmd).await?)
}

/// The codes that messages wait for, and what is mapped.
#[server(prefix = "/rpc", endpoint = "integrations/mappings", input = Json, output = Answer)]
pub async fn integrations_mappings() -> Result<Mappings, UiError> {
    Ok(px360_server::integrations::mappings(&crate::ssr::ctx().await?).await?)
}

/// Says what a code stands for; whatever waits for it goes on.
#[server(prefix = "/rpc", endpoint = "integrations/set-mapping", input = Json, output = Answer)]
pub async fn integrations_set_mapping(cmd: SetMapping) -> Result<MappingSet, UiError> {
    Ok(px360_server::integrations::set_mapping(&crate::ssr::ctx().await?, cmd).await?)
}

/// Takes a mapping away.
#[server(prefix = "/rpc", endpoint = "integrations/remove-mapping", input = Json, output = Answer)]
pub async fn integrations_remove_mapping(id: Uuid) -> Result<(), UiError> {
    Ok(px360_server::integrations::remove_mapping(&crate::ssr::ctx().await?, id).await?)
}

/// What a code of this kind may stand for in this hospital. In the body, because names do not belong into
/// addresses.
#[server(prefix = "/rpc", endpoint = "integrations/targets", input = Json, output = Answer)]
pub async fn integrations_targets(
    hospital_id: HospitalId,
    kind: CodeKind,
    search: String,
) -> Result<Vec<MappingTarget>, UiError> {
    let ctx = crate::ssr::ctx().await?;
    Ok(px360_server::integrations::mapping_targets(&ctx, hospital_id, kind, &search).await?)
}

/// The systems that send, and how they do.
#[server(prefix = "/rpc", endpoint = "integrations/sources", input = Json, output = Answer)]
pub async fn integrations_sources() -> Result<SourceList, UiError> {
    Ok(px360_server::integrations::sources(&crate::ssr::ctx().await?).await?)
}

/// Makes a system that sends, and gives it a key.
#[server(prefix = "/rpc", endpoint = "integrations/create-source", input = Json, output = Answer)]
pub async fn integrations_create_source(cmd: SaveSource) -> Result<SourceKey, UiError> {
    Ok(px360_server::integrations::create_source(&crate::ssr::ctx().await?, cmd).await?)
}

/// Says anew what a system that sends is.
#[server(prefix = "/rpc", endpoint = "integrations/update-source", input = Json, output = Answer)]
pub async fn integrations_update_source(id: SourceId, cmd: SaveSource) -> Result<(), UiError> {
    Ok(px360_server::integrations::update_source(&crate::ssr::ctx().await?, id, cmd).await?)
}

/// Gives a system that sends another key; the old one ends.
#[server(prefix = "/rpc", endpoint = "integrations/renew-source-key", input = Json, output = Answer)]
pub async fn integrations_renew_source_key(id: SourceId) -> Result<SourceKey, UiError> {
    Ok(px360_server::integrations::renew_source_key(&crate::ssr::ctx().await?, id).await?)
}
