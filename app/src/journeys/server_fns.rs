//! Calls about journeys and their templates.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use px360_domain::ids::{JourneyId, JourneyTemplateId};
use px360_domain::integrations::{Tried, TryMessages};
use px360_domain::journeys::template::{
    CreateDraft, PublishPreview, SaveDraft, SeenTemplate, TemplateDetail, TemplateList,
};
use px360_domain::journeys::{Board, BoardFilter, JourneyDetail, JourneyFilter, JourneyPage};

use crate::UiError;
use crate::wire::Answer;

/// Who is where now.
#[server(prefix = "/rpc", endpoint = "journeys/board", input = Json, output = Answer)]
pub async fn journeys_board(filter: BoardFilter) -> Result<Board, UiError> {
    Ok(px360_server::journeys::board(&crate::ssr::ctx().await?, filter).await?)
}

/// One page of journeys.
#[server(prefix = "/rpc", endpoint = "journeys/list", input = Json, output = Answer)]
pub async fn journeys_list(filter: JourneyFilter) -> Result<JourneyPage, UiError> {
    Ok(px360_server::journeys::journeys(&crate::ssr::ctx().await?, filter).await?)
}

/// One journey, whole.
#[server(prefix = "/rpc", endpoint = "journeys/journey", input = Json, output = Answer)]
pub async fn journeys_journey(id: JourneyId) -> Result<JourneyDetail, UiError> {
    Ok(px360_server::journeys::journey(&crate::ssr::ctx().await?, id).await?)
}

/// All versions of all templates.
#[server(prefix = "/rpc", endpoint = "journeys/templates", input = Json, output = Answer)]
pub async fn journeys_templates() -> Result<TemplateList, UiError> {
    Ok(px360_server::journeys::templates(&crate::ssr::ctx().await?).await?)
}

/// One version of a template, whole.
#[server(prefix = "/rpc", endpoint = "journeys/template", input = Json, output = Answer)]
pub async fn journeys_template(id: JourneyTemplateId) -> Result<TemplateDetail, UiError> {
    Ok(px360_server::journeys::template(&crate::ssr::ctx().await?, id).await?)
}

/// Begins a draft.
#[server(prefix = "/rpc", endpoint = "journeys/create-draft", input = Json, output = Answer)]
pub async fn journeys_create_draft(cmd: CreateDraft) -> Result<JourneyTemplateId, UiError> {
    Ok(px360_server::journeys::create_draft(&crate::ssr::ctx().await?, cmd).await?)
}

/// Writes a draft anew.
#[server(prefix = "/rpc", endpoint = "journeys/save-draft", input = Json, output = Answer)]
pub async fn journeys_save_draft(id: JourneyTemplateId, cmd: SaveDraft) -> Result<i32, UiError> {
    Ok(px360_server::journeys::save_draft(&crate::ssr::ctx().await?, id, cmd).await?)
}

/// Throws a draft away.
#[server(prefix = "/rpc", endpoint = "journeys/discard-draft", input = Json, output = Answer)]
pub async fn journeys_discard_draft(id: JourneyTemplateId) -> Result<(), UiError> {
    Ok(px360_server::journeys::discard_draft(&crate::ssr::ctx().await?, id).await?)
}

/// What publishing a draft would mean.
#[server(prefix = "/rpc", endpoint = "journeys/preview", input = Json, output = Answer)]
pub async fn journeys_preview(id: JourneyTemplateId) -> Result<PublishPreview, UiError> {
    Ok(px360_server::integrations::preview(&crate::ssr::ctx().await?, id).await?)
}

/// Publishes a draft.
#[server(prefix = "/rpc", endpoint = "journeys/publish", input = Json, output = Answer)]
pub async fn journeys_publish(id: JourneyTemplateId, cmd: SeenTemplate) -> Result<(), UiError> {
    Ok(px360_server::journeys::publish(&crate::ssr::ctx().await?, id, cmd).await?)
}

/// Retires a published version.
#[server(prefix = "/rpc", endpoint = "journeys/retire", input = Json, output = Answer)]
pub async fn journeys_retire(id: JourneyTemplateId, cmd: SeenTemplate) -> Result<(), UiError> {
    Ok(px360_server::journeys::retire(&crate::ssr::ctx().await?, id, cmd).await?)
}

/// What messages would do.
#[server(prefix = "/rpc", endpoint = "journeys/try", input = Json, output = Answer)]
pub async fn journeys_try(cmd: TryMessages) -> Result<Tried, UiError> {
    Ok(px360_server::integrations::try_messages(&crate::ssr::ctx().await?, cmd).await?)
}
