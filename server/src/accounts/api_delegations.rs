//! Who stands in for whom, for scripts.

use axum::Json;
use axum::extract::Path;
use axum_extra::extract::Query;
use http::StatusCode;
use px360_domain::accounts::{Colleague, Delegate, Delegations};
use px360_domain::ids::{DelegationId, UserId};
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ctx::Ctx;
use crate::deps::Deps;
use crate::error::Result;
use crate::http::{Body, ProblemBody};

/// The routes of delegations.
pub(super) fn router() -> OpenApiRouter<Deps> {
    OpenApiRouter::default()
        .routes(routes!(list, create))
        .routes(routes!(deputies))
        .routes(routes!(end))
}

/// Whose.
#[derive(Deserialize)]
struct Whose {
    #[serde(default)]
    user_id: Option<UserId>,
}

/// Whose, and what the deputy is called.
#[derive(Deserialize)]
struct Search {
    #[serde(default)]
    user_id: Option<UserId>,
    #[serde(default)]
    search: String,
}

/// A delegation that was made.
#[derive(Serialize, utoipa::ToSchema)]
struct DelegationMade {
    /// Which.
    id: DelegationId,
}

/// Those who could stand in.
#[derive(Serialize, utoipa::ToSchema)]
struct Deputies {
    /// By name, at most 20.
    items: Vec<Colleague>,
}

/// When one is away
///
/// What is not over: when one is away, and for whom one stands in. Of somebody else for whoever sees that user.
#[utoipa::path(
    get,
    path = "/api/auth/delegations/",
    tag = "accounts",
    operation_id = "delegation_list",
    params(("user_id" = Option<UserId>, Query, description = "Whose; one's own when absent.")),
    responses(
        (status = 200, description = "The delegations", body = Delegations),
        (status = 400, description = "No id", body = ProblemBody),
        (status = 401, description = "Nobody is signed in", body = ProblemBody),
        (status = 403, description = "Not allowed", body = ProblemBody),
        (status = 404, description = "Nobody within reach", body = ProblemBody),
        (status = 422, description = "A query that no text can hold", body = ProblemBody),
    ),
    security(("bearer" = []), ("session" = [])),
)]
async fn list(ctx: Ctx, Query(whose): Query<Whose>) -> Result<Json<Delegations>> {
    Ok(Json(super::delegations(&ctx, whose.user_id).await?))
}

/// Let somebody stand in
///
/// New actions, requests for approval and escalations go to the deputy from the first day to the last, and
/// the deputy may work on the person's actions. What they do is remembered as done in the person's place.
#[utoipa::path(
    post,
    path = "/api/auth/delegations/",
    tag = "accounts",
    operation_id = "delegation_create",
    request_body(content = Delegate, example = json!({ "deputy_id": "01936000-0000-7000-8000-00000000000a", "starts_on": "2026-12-01", "ends_on": "2026-12-14" })),
    responses(
        (status = 201, description = "Made", body = DelegationMade),
        (status = 401, description = "Nobody is signed in", body = ProblemBody),
        (status = 403, description = "Not allowed", body = ProblemBody),
        (status = 404, description = "Nobody within reach", body = ProblemBody),
        (status = 409, description = "Away then already", body = ProblemBody),
        (status = 422, description = "Days that make no sense, or a deputy who cannot stand in", body = ProblemBody),
    ),
    security(("bearer" = []), ("session" = [])),
)]
async fn create(ctx: Ctx, Body(cmd): Body<Delegate>) -> Result<(StatusCode, Json<DelegationMade>)> {
    let id = super::delegate(&ctx, cmd).await?;
    Ok((StatusCode::CREATED, Json(DelegationMade { id })))
}

/// Who could stand in
///
/// Whoever looks after actions of others in one of the same hospitals.
#[utoipa::path(
    get,
    path = "/api/auth/delegations/deputies/",
    tag = "accounts",
    operation_id = "deputy_list",
    params(
        ("user_id" = Option<UserId>, Query, description = "For whom; for oneself when absent."),
        ("search" = Option<String>, Query, description = "A part of the name."),
    ),
    responses(
        (status = 200, description = "Those who could", body = Deputies),
        (status = 400, description = "No id", body = ProblemBody),
        (status = 401, description = "Nobody is signed in", body = ProblemBody),
        (status = 403, description = "Not allowed", body = ProblemBody),
        (status = 404, description = "Nobody within reach", body = ProblemBody),
        (status = 422, description = "A query that no text can hold", body = ProblemBody),
    ),
    security(("bearer" = []), ("session" = [])),
)]
async fn deputies(ctx: Ctx, Query(search): Query<Search>) -> Result<Json<Deputies>> {
    let items = super::deputies(&ctx, search.user_id, &search.search).await?;
    Ok(Json(Deputies { items }))
}

/// End a delegation
///
/// Before its last day, or before it begins.
#[utoipa::path(
    delete,
    path = "/api/auth/delegations/{id}/",
    tag = "accounts",
    operation_id = "delegation_end",
    params(("id" = DelegationId, Path, description = "Which.")),
    responses(
        (status = 204, description = "Ended"),
        (status = 401, description = "Nobody is signed in", body = ProblemBody),
        (status = 403, description = "Not allowed", body = ProblemBody),
        (status = 404, description = "Over, or of nobody within reach", body = ProblemBody),
    ),
    security(("bearer" = []), ("session" = [])),
)]
async fn end(ctx: Ctx, Path(id): Path<DelegationId>) -> Result<StatusCode> {
    super::end_delegation(&ctx, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
