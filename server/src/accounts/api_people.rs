//! Other people's accounts for scripts: roles, lost passwords and lost devices.

use axum::Json;
use axum::extract::Path;
use http::StatusCode;
use px360_domain::accounts::{Grant, RoleList, TemporaryPassword, UserRoles};
use px360_domain::ids::UserId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ctx::Ctx;
use crate::deps::Deps;
use crate::error::Result;
use crate::http::{Body, ProblemBody};

/// The routes of other people's accounts.
pub(super) fn router() -> OpenApiRouter<Deps> {
    OpenApiRouter::default()
        .routes(routes!(list_roles))
        .routes(routes!(list_roles_of))
        .routes(routes!(grant_role))
        .routes(routes!(revoke_role))
        .routes(routes!(reset_password))
        .routes(routes!(reset_second_factor))
}

/// The roles
///
/// Every role, the highest first, with what the policy allows it.
#[utoipa::path(
    get,
    path = "/api/auth/roles/",
    tag = "accounts",
    operation_id = "role_list",
    responses(
        (status = 200, description = "The roles", body = RoleList),
        (status = 401, description = "Nobody is signed in", body = ProblemBody),
        (status = 403, description = "Not allowed", body = ProblemBody),
    ),
    security(("bearer" = []), ("session" = [])),
)]
async fn list_roles(ctx: Ctx) -> Result<Json<RoleList>> {
    Ok(Json(super::list_roles(&ctx).await?))
}

/// Somebody's roles
///
/// As they were given, and what the caller may do about them.
#[utoipa::path(
    get,
    path = "/api/auth/users/{id}/roles/",
    tag = "accounts",
    operation_id = "user_role_list",
    params(("id" = UserId, Path, description = "Whose.")),
    responses(
        (status = 200, description = "The roles", body = UserRoles),
        (status = 400, description = "No id", body = ProblemBody),
        (status = 401, description = "Nobody is signed in", body = ProblemBody),
        (status = 403, description = "Not allowed", body = ProblemBody),
        (status = 404, description = "Nobody within reach", body = ProblemBody),
    ),
    security(("bearer" = []), ("session" = [])),
)]
async fn list_roles_of(ctx: Ctx, Path(id): Path<UserId>) -> Result<Json<UserRoles>> {
    Ok(Json(super::roles_of(&ctx, id).await?))
}

/// Give a role
///
/// Within one's own reach and below one's own level; nobody but a PX Admin changes their own roles.
#[utoipa::path(
    post,
    path = "/api/auth/users/{id}/assign_role/",
    tag = "accounts",
    operation_id = "role_grant",
    params(("id" = UserId, Path, description = "Who.")),
    request_body(content = Grant, example = json!({ "role": "nurse", "hospital_id": "01936000-0000-7000-8000-000000000001", "department_id": null })),
    responses(
        (status = 204, description = "Given"),
        (status = 400, description = "Not JSON", body = ProblemBody),
        (status = 401, description = "Nobody is signed in", body = ProblemBody),
        (status = 403, description = "Not allowed", body = ProblemBody),
        (status = 404, description = "Nobody within reach", body = ProblemBody),
        (status = 409, description = "They have it", body = ProblemBody),
        (status = 415, description = "Not application/json", body = ProblemBody),
        (status = 422, description = "A place that there is not", body = ProblemBody),
    ),
    security(("bearer" = []), ("session" = [])),
)]
async fn grant_role(
    ctx: Ctx,
    Path(id): Path<UserId>,
    Body(grant): Body<Grant>,
) -> Result<StatusCode> {
    super::grant_role(&ctx, id, grant).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Take a role away
///
/// The same rules as for giving it. The last active PX Admin keeps the role.
#[utoipa::path(
    post,
    path = "/api/auth/users/{id}/remove_role/",
    tag = "accounts",
    operation_id = "role_revoke",
    params(("id" = UserId, Path, description = "Who.")),
    request_body(content = Grant, example = json!({ "role": "nurse", "hospital_id": "01936000-0000-7000-8000-000000000001", "department_id": null })),
    responses(
        (status = 204, description = "Taken away"),
        (status = 400, description = "Not JSON", body = ProblemBody),
        (status = 401, description = "Nobody is signed in", body = ProblemBody),
        (status = 403, description = "Not allowed", body = ProblemBody),
        (status = 404, description = "Nobody within reach, or they do not hold it there", body = ProblemBody),
        (status = 409, description = "The last PX Admin", body = ProblemBody),
        (status = 415, description = "Not application/json", body = ProblemBody),
        (status = 422, description = "A place that there is not", body = ProblemBody),
    ),
    security(("bearer" = []), ("session" = [])),
)]
async fn revoke_role(
    ctx: Ctx,
    Path(id): Path<UserId>,
    Body(grant): Body<Grant>,
) -> Result<StatusCode> {
    super::revoke_role(&ctx, id, grant).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Reset a password
///
/// Gives a temporary password and ends all sessions and tokens. Only below one's own level.
#[utoipa::path(
    post,
    path = "/api/auth/users/{id}/reset_password/",
    tag = "accounts",
    operation_id = "password_reset",
    params(("id" = UserId, Path, description = "Who.")),
    responses(
        (status = 200, description = "The temporary password, once", body = TemporaryPassword),
        (status = 401, description = "Nobody is signed in", body = ProblemBody),
        (status = 403, description = "Not allowed", body = ProblemBody),
        (status = 404, description = "Nobody within reach", body = ProblemBody),
    ),
    security(("bearer" = []), ("session" = [])),
)]
async fn reset_password(ctx: Ctx, Path(id): Path<UserId>) -> Result<Json<TemporaryPassword>> {
    Ok(Json(super::reset_password(&ctx, id).await?))
}

/// Reset a second factor
///
/// For a lost device. Ends all sessions and tokens. Only below one's own level.
#[utoipa::path(
    post,
    path = "/api/auth/users/{id}/reset_second_factor/",
    tag = "accounts",
    operation_id = "second_factor_reset",
    params(("id" = UserId, Path, description = "Who.")),
    responses(
        (status = 204, description = "Taken away"),
        (status = 401, description = "Nobody is signed in", body = ProblemBody),
        (status = 403, description = "Not allowed", body = ProblemBody),
        (status = 404, description = "Nobody within reach", body = ProblemBody),
    ),
    security(("bearer" = []), ("session" = [])),
)]
async fn reset_second_factor(ctx: Ctx, Path(id): Path<UserId>) -> Result<StatusCode> {
    super::reset_second_factor(&ctx, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
