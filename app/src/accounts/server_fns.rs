//! Calls about accounts.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use px360_domain::accounts::Me;

use crate::UiError;
use crate::wire::Answer;

/// Who is signed in, and what they may see.
#[server(prefix = "/rpc", endpoint = "accounts/me", input = Json, output = Answer)]
pub async fn account_me() -> Result<Me, UiError> {
    Ok(px360_server::accounts::me(&crate::ssr::ctx().await?).await?)
}
