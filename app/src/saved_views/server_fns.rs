//! Calls about saved views.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use px360_domain::ids::SavedViewId;
use px360_domain::saved_views::{ChangeView, MarkView, OpeningView, SaveView};

use crate::UiError;
use crate::wire::Answer;

/// The views that the reader's lists open with.
#[server(prefix = "/rpc", endpoint = "saved-views/opening", input = Json, output = Answer)]
pub async fn saved_views_opening() -> Result<Vec<OpeningView>, UiError> {
    Ok(px360_server::saved_views::opening(&crate::ssr::ctx().await?).await?)
}

/// Saves a view.
#[server(prefix = "/rpc", endpoint = "saved-views/save", input = Json, output = Answer)]
pub async fn saved_views_save(cmd: SaveView) -> Result<SavedViewId, UiError> {
    Ok(px360_server::saved_views::save(&crate::ssr::ctx().await?, cmd).await?)
}

/// Changes a view for everybody who finds it.
#[server(prefix = "/rpc", endpoint = "saved-views/change", input = Json, output = Answer)]
pub async fn saved_views_change(id: SavedViewId, cmd: ChangeView) -> Result<(), UiError> {
    Ok(px360_server::saved_views::change(&crate::ssr::ctx().await?, id, cmd).await?)
}

/// Removes a view for everybody who finds it.
#[server(prefix = "/rpc", endpoint = "saved-views/remove", input = Json, output = Answer)]
pub async fn saved_views_remove(id: SavedViewId) -> Result<(), UiError> {
    Ok(px360_server::saved_views::remove(&crate::ssr::ctx().await?, id).await?)
}

/// Brings a removed view back.
#[server(prefix = "/rpc", endpoint = "saved-views/restore", input = Json, output = Answer)]
pub async fn saved_views_restore(id: SavedViewId) -> Result<(), UiError> {
    Ok(px360_server::saved_views::restore(&crate::ssr::ctx().await?, id).await?)
}

/// Places a view beside the list or not, and first or not, for the reader only.
#[server(prefix = "/rpc", endpoint = "saved-views/mark", input = Json, output = Answer)]
pub async fn saved_views_mark(id: SavedViewId, cmd: MarkView) -> Result<(), UiError> {
    Ok(px360_server::saved_views::mark(&crate::ssr::ctx().await?, id, cmd).await?)
}
