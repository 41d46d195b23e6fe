//! Calls about actions.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use px360_domain::actions::{
    ActionDetail, ActionFilter, ActionList, ActionNeighbours, CloseAction, DecideAction,
    NoteAction, PickedActions, StartAction,
};
use px360_domain::bulk::BulkOutcome;
use px360_domain::ids::ActionId;
use px360_domain::saved_views::SavedView;

use crate::UiError;
use crate::wire::Answer;

/// One page of the queue, with the counts of its fixed views.
#[server(prefix = "/rpc", endpoint = "actions/list", input = Json, output = Answer)]
pub async fn actions_list(filter: ActionFilter) -> Result<ActionList, UiError> {
    Ok(px360_server::actions::list(&crate::ssr::ctx().await?, filter).await?)
}

/// One action with everything about it.
#[server(prefix = "/rpc", endpoint = "actions/detail", input = Json, output = Answer)]
pub async fn actions_detail(id: ActionId) -> Result<ActionDetail, UiError> {
    Ok(px360_server::actions::detail(&crate::ssr::ctx().await?, id).await?)
}

/// What stands beside an action in the list that a filter makes.
#[server(prefix = "/rpc", endpoint = "actions/neighbours", input = Json, output = Answer)]
pub async fn actions_neighbours(
    id: ActionId,
    filter: ActionFilter,
) -> Result<ActionNeighbours, UiError> {
    Ok(px360_server::actions::neighbours(&crate::ssr::ctx().await?, id, filter).await?)
}

/// The saved views of the queue, with how much each holds.
#[server(prefix = "/rpc", endpoint = "actions/saved-views", input = Json, output = Answer)]
pub async fn actions_saved_views() -> Result<Vec<SavedView>, UiError> {
    Ok(px360_server::actions::saved_views(&crate::ssr::ctx().await?).await?)
}

/// Starts the work; whoever starts an unowned action owns it.
#[server(prefix = "/rpc", endpoint = "actions/start", input = Json, output = Answer)]
pub async fn actions_start(id: ActionId, cmd: StartAction) -> Result<(), UiError> {
    Ok(px360_server::actions::start(&crate::ssr::ctx().await?, id, cmd).await?)
}

/// Starts each of these actions that can be started.
#[server(prefix = "/rpc", endpoint = "actions/start-many", input = Json, output = Answer)]
pub async fn actions_start_many(picked: PickedActions) -> Result<BulkOutcome, UiError> {
    Ok(px360_server::actions::start_many(&crate::ssr::ctx().await?, picked).await?)
}

/// Closes an action, or asks for its closing when it is severe.
#[server(prefix = "/rpc", endpoint = "actions/close", input = Json, output = Answer)]
pub async fn actions_close(id: ActionId, cmd: CloseAction) -> Result<(), UiError> {
    Ok(px360_server::actions::close(&crate::ssr::ctx().await?, id, cmd).await?)
}

/// Approves or rejects the closing of a severe action.
#[server(prefix = "/rpc", endpoint = "actions/decide", input = Json, output = Answer)]
pub async fn actions_decide(id: ActionId, cmd: DecideAction) -> Result<(), UiError> {
    Ok(px360_server::actions::decide(&crate::ssr::ctx().await?, id, cmd).await?)
}

/// Writes a note on the timeline.
#[server(prefix = "/rpc", endpoint = "actions/note", input = Json, output = Answer)]
pub async fn actions_note(id: ActionId, cmd: NoteAction) -> Result<(), UiError> {
    Ok(px360_server::actions::note(&crate::ssr::ctx().await?, id, cmd).await?)
}
