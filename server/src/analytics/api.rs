//! The door for scripts and other dashboards.

use axum::Json;
use axum_extra::extract::Query;
use px360_domain::analytics::{CommandCenter, DashboardFilter, TreeAsOf};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ctx::Ctx;
use crate::deps::Deps;
use crate::error::Result;
use crate::http::ProblemBody;

/// The routes of this module.
pub fn router() -> OpenApiRouter<Deps> {
    OpenApiRouter::new().routes(routes!(dashboard))
}

/// The command center's numbers.
#[utoipa::path(
    get,
    path = "/api/analytics/dashboard/",
    tag = "analytics",
    params(
        ("hospital" = Option<String>, Query, description = "The code of a hospital; absent: all within reach."),
        ("days" = Option<u16>, Query, description = "How many days back from today, 7 to 365; 90 when absent."),
        ("tree" = Option<TreeAsOf>, Query, description = "Which department stands below which: as on the day of each answer (`event`, also when absent), or as today."),
    ),
    responses(
        (status = 200, description = "The numbers.", body = CommandCenter),
        (status = 400, description = "A filter that cannot be read.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
        (status = 422, description = "Days out of range.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn dashboard(ctx: Ctx, Query(filter): Query<DashboardFilter>) -> Result<Json<CommandCenter>> {
    Ok(Json(super::command_center(&ctx, filter).await?))
}
