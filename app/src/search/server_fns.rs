//! Calls about finding.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use px360_domain::actions::ActionHit;

use crate::UiError;
use crate::wire::Answer;

/// The actions that a few letters or digits mean. In the body, because names do not belong into
/// addresses.
#[server(prefix = "/rpc", endpoint = "search/records", input = Json, output = Answer)]
pub async fn search_records(words: String) -> Result<Vec<ActionHit>, UiError> {
    Ok(px360_server::actions::find(&crate::ssr::ctx().await?, &words).await?)
}
