//! One's own account for scripts: details, password, second factor, sessions.

use axum::Json;
use axum::extract::Path;
use http::StatusCode;
use px360_domain::accounts::{
    BeginSecondFactor, ChangePassword, ConfirmSecondFactor, Profile, ProveSecondFactor,
    RecoveryCodes, SecondFactorOffer, SessionList, UpdateProfile,
};
use px360_domain::ids::SessionId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ctx::Ctx;
use crate::deps::Deps;
use crate::error::Result;
use crate::http::{Body, ProblemBody};

/// The routes of one's own account.
pub(super) fn router() -> OpenApiRouter<Deps> {
    OpenApiRouter::default()
        .routes(routes!(profile))
        .routes(routes!(update_profile))
        .routes(routes!(change_password))
        .routes(routes!(list_sessions))
        .routes(routes!(end_session))
        .routes(routes!(end_other_sessions))
        .routes(routes!(begin_second_factor))
        .routes(routes!(confirm_second_factor))
        .routes(routes!(disable_second_factor))
        .routes(routes!(renew_recovery_codes))
}

/// One's own account
///
/// The details that can be changed, with their version, and whether a second factor is in use.
#[utoipa::path(
    get,
    path = "/api/auth/users/profile/",
    tag = "accounts",
    operation_id = "profile_read",
    responses(
        (status = 200, description = "The account", body = Profile),
        (status = 401, description = "Nobody is signed in", body = ProblemBody),
        (status = 403, description = "Not allowed", body = ProblemBody),
    ),
    security(("bearer" = []), ("session" = [])),
)]
async fn profile(ctx: Ctx) -> Result<Json<Profile>> {
    Ok(Json(super::profile(&ctx).await?))
}

/// Change one's own details
///
/// Replaces name, mail address, phone and language. The version is the one that was read.
#[utoipa::path(
    put,
    path = "/api/auth/users/update_profile/",
    tag = "accounts",
    operation_id = "profile_update",
    request_body(content = UpdateProfile, example = json!({ "version": 1, "name": { "ar": "نورة", "en": "Noura" }, "email": "noura@example.sa", "phone": "0501234567", "language": "ar" })),
    responses(
        (status = 204, description = "Changed"),
        (status = 400, description = "Not JSON", body = ProblemBody),
        (status = 401, description = "Nobody is signed in", body = ProblemBody),
        (status = 403, description = "Not allowed", body = ProblemBody),
        (status = 409, description = "A stale version", body = ProblemBody),
        (status = 415, description = "Not application/json", body = ProblemBody),
        (status = 422, description = "A field cannot be accepted", body = ProblemBody),
    ),
    security(("bearer" = []), ("session" = [])),
)]
async fn update_profile(ctx: Ctx, Body(cmd): Body<UpdateProfile>) -> Result<StatusCode> {
    super::update_profile(&ctx, cmd).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Change one's own password
///
/// Ends all other sessions and every refresh token. While the password is a temporary one, this is all
/// that can be done: everything else answers `urn:px360:password_change_required`.
#[utoipa::path(
    post,
    path = "/api/auth/users/change_password/",
    tag = "accounts",
    operation_id = "password_change",
    request_body(content = ChangePassword, example = json!({ "current": "correct horse battery staple", "new": "a quiet lamp on the seventh floor" })),
    responses(
        (status = 204, description = "Changed"),
        (status = 400, description = "Not JSON", body = ProblemBody),
        (status = 401, description = "Nobody is signed in", body = ProblemBody),
        (status = 403, description = "Not allowed", body = ProblemBody),
        (status = 415, description = "Not application/json", body = ProblemBody),
        (status = 422, description = "The current password is wrong, or the new one is weak", body = ProblemBody),
        (status = 429, description = "Too many wrong passwords; see Retry-After", body = ProblemBody),
    ),
    security(("bearer" = []), ("session" = [])),
)]
async fn change_password(ctx: Ctx, Body(cmd): Body<ChangePassword>) -> Result<StatusCode> {
    super::change_password(&ctx, cmd).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Where one is signed in
///
/// The browsers that are signed in, the latest first; at most 100.
#[utoipa::path(
    get,
    path = "/api/auth/sessions/",
    tag = "accounts",
    operation_id = "session_list",
    responses(
        (status = 200, description = "The sessions", body = SessionList),
        (status = 401, description = "Nobody is signed in", body = ProblemBody),
        (status = 403, description = "Not allowed", body = ProblemBody),
    ),
    security(("bearer" = []), ("session" = [])),
)]
async fn list_sessions(ctx: Ctx) -> Result<Json<SessionList>> {
    Ok(Json(super::list_sessions(&ctx).await?))
}

/// End a session
///
/// Signs one browser out.
#[utoipa::path(
    delete,
    path = "/api/auth/sessions/{id}/",
    tag = "accounts",
    operation_id = "session_end",
    params(("id" = SessionId, Path, description = "Which session.")),
    responses(
        (status = 204, description = "Ended"),
        (status = 401, description = "Nobody is signed in", body = ProblemBody),
        (status = 403, description = "Not allowed", body = ProblemBody),
        (status = 404, description = "No such session of one's own", body = ProblemBody),
    ),
    security(("bearer" = []), ("session" = [])),
)]
async fn end_session(ctx: Ctx, Path(id): Path<SessionId>) -> Result<StatusCode> {
    super::end_session(&ctx, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// End all other sessions
///
/// Signs out every browser but the one that asks; asked with a token, every one.
#[utoipa::path(
    post,
    path = "/api/auth/sessions/end_others/",
    tag = "accounts",
    operation_id = "session_end_others",
    responses(
        (status = 204, description = "Ended"),
        (status = 401, description = "Nobody is signed in", body = ProblemBody),
        (status = 403, description = "Not allowed", body = ProblemBody),
    ),
    security(("bearer" = []), ("session" = [])),
)]
async fn end_other_sessions(ctx: Ctx) -> Result<StatusCode> {
    super::end_other_sessions(&ctx).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Begin a second factor
///
/// Gives a secret for an authenticator app. Signing in changes only once a code confirms it.
#[utoipa::path(
    post,
    path = "/api/auth/second_factor/begin/",
    tag = "accounts",
    operation_id = "second_factor_begin",
    request_body(content = BeginSecondFactor, example = json!({ "password": "correct horse battery staple" })),
    responses(
        (status = 200, description = "The secret, once", body = SecondFactorOffer),
        (status = 400, description = "Not JSON", body = ProblemBody),
        (status = 401, description = "Nobody is signed in", body = ProblemBody),
        (status = 403, description = "Not allowed", body = ProblemBody),
        (status = 409, description = "There is one already", body = ProblemBody),
        (status = 415, description = "Not application/json", body = ProblemBody),
        (status = 422, description = "The password is wrong", body = ProblemBody),
        (status = 429, description = "Too many wrong passwords; see Retry-After", body = ProblemBody),
    ),
    security(("bearer" = []), ("session" = [])),
)]
async fn begin_second_factor(
    ctx: Ctx,
    Body(cmd): Body<BeginSecondFactor>,
) -> Result<Json<SecondFactorOffer>> {
    Ok(Json(super::begin_second_factor(&ctx, cmd).await?))
}

/// Confirm a second factor
///
/// From now on signing in asks for a code. The answer holds ten codes for the loss of the device.
#[utoipa::path(
    post,
    path = "/api/auth/second_factor/confirm/",
    tag = "accounts",
    operation_id = "second_factor_confirm",
    request_body(content = ConfirmSecondFactor, example = json!({ "code": "287082" })),
    responses(
        (status = 200, description = "The recovery codes, once", body = RecoveryCodes),
        (status = 400, description = "Not JSON", body = ProblemBody),
        (status = 401, description = "Nobody is signed in", body = ProblemBody),
        (status = 403, description = "Not allowed", body = ProblemBody),
        (status = 409, description = "Nothing was offered", body = ProblemBody),
        (status = 415, description = "Not application/json", body = ProblemBody),
        (status = 422, description = "The code is wrong", body = ProblemBody),
    ),
    security(("bearer" = []), ("session" = [])),
)]
async fn confirm_second_factor(
    ctx: Ctx,
    Body(cmd): Body<ConfirmSecondFactor>,
) -> Result<Json<RecoveryCodes>> {
    Ok(Json(super::confirm_second_factor(&ctx, cmd).await?))
}

/// New recovery codes
///
/// Ten new ones, shown once; the old ones are worth nothing any more.
#[utoipa::path(
    post,
    path = "/api/auth/second_factor/recovery_codes/",
    tag = "accounts",
    operation_id = "recovery_codes_renew",
    request_body(content = ProveSecondFactor, example = json!({ "password": "correct horse battery staple", "code": "287082" })),
    responses(
        (status = 200, description = "The codes, once", body = RecoveryCodes),
        (status = 401, description = "Nobody is signed in", body = ProblemBody),
        (status = 403, description = "Not allowed", body = ProblemBody),
        (status = 409, description = "There is no second factor", body = ProblemBody),
        (status = 422, description = "The password or the code is wrong", body = ProblemBody),
        (status = 429, description = "Too many wrong passwords; see Retry-After", body = ProblemBody),
    ),
    security(("bearer" = []), ("session" = [])),
)]
async fn renew_recovery_codes(
    ctx: Ctx,
    Body(cmd): Body<ProveSecondFactor>,
) -> Result<Json<RecoveryCodes>> {
    Ok(Json(super::renew_recovery_codes(&ctx, cmd).await?))
}

/// End a second factor
///
/// Back to the password alone.
#[utoipa::path(
    post,
    path = "/api/auth/second_factor/disable/",
    tag = "accounts",
    operation_id = "second_factor_disable",
    request_body(content = ProveSecondFactor, example = json!({ "password": "correct horse battery staple", "code": "287082" })),
    responses(
        (status = 204, description = "Ended"),
        (status = 400, description = "Not JSON", body = ProblemBody),
        (status = 401, description = "Nobody is signed in", body = ProblemBody),
        (status = 403, description = "Not allowed", body = ProblemBody),
        (status = 409, description = "There is none", body = ProblemBody),
        (status = 415, description = "Not application/json", body = ProblemBody),
        (status = 422, description = "The password or the code is wrong", body = ProblemBody),
        (status = 429, description = "Too many wrong passwords; see Retry-After", body = ProblemBody),
    ),
    security(("bearer" = []), ("session" = [])),
)]
async fn disable_second_factor(ctx: Ctx, Body(cmd): Body<ProveSecondFactor>) -> Result<StatusCode> {
    super::disable_second_factor(&ctx, cmd).await?;
    Ok(StatusCode::NO_CONTENT)
}
