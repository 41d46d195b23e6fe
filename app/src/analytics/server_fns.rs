//! Calls about measures.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use px360_domain::Locale;
use px360_domain::analytics::{CommandCenter, DashboardFilter};
use serde::{Deserialize, Serialize};

use crate::UiError;
use crate::wire::Answer;

/// The command center's numbers, and the drawing of its trend.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dashboard {
    /// The numbers.
    pub numbers: CommandCenter,
    /// What `px-chart` draws: JSON that is safe inside a `<script>`.
    pub trend: String,
}

/// The command center. The drawing is made here because its builder is the server's alone.
#[server(prefix = "/rpc", endpoint = "analytics/command-center", input = Json, output = Answer)]
pub async fn analytics_command_center(
    filter: DashboardFilter,
    locale: Locale,
) -> Result<Dashboard, UiError> {
    let ctx = crate::ssr::ctx().await?;
    let numbers = px360_server::analytics::command_center(&ctx, filter).await?;
    Ok(Dashboard { trend: super::trend_chart::option(&numbers.trend, locale), numbers })
}
