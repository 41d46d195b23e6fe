//! Accounts for scripts: tokens, and who one is. One's own account is in `api_own`, other people's are in
//! `api_people`.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::header::CACHE_CONTROL;
use px360_domain::accounts::{Hidden, Me};
use secrecy::SecretString;
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{SignIn, TokenPair, api_delegations, api_own, api_people};
use crate::ctx::Ctx;
use crate::deps::Deps;
use crate::error::Result;
use crate::http::{Body, ProblemBody};

/// The routes of accounts.
pub fn router() -> OpenApiRouter<Deps> {
    OpenApiRouter::default()
        .routes(routes!(issue_tokens))
        .routes(routes!(renew_tokens))
        .routes(routes!(me))
        .merge(api_delegations::router())
        .merge(api_own::router())
        .merge(api_people::router())
}

/// A username and its password.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct TokenRequest {
    /// The name to sign in with; case does not matter.
    #[schema(example = "noura")]
    username: String,
    /// The password.
    #[schema(format = Password, example = "correct horse battery staple")]
    password: String,
    /// A code of the second factor, where there is one: of the app, or for recovery.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "287082")]
    otp: Option<Hidden>,
}

/// A refresh token that was not used before.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct RefreshRequest {
    /// The refresh token of the last answer.
    #[schema(example = "q3x0Zr1Hn2m3cT0b7yq0XvJt0m5k3uJtW2m4d1e9sKk")]
    refresh: String,
}

/// Get tokens for a password
///
/// The access token goes into `Authorization: Bearer …` and is valid for 15 minutes. The refresh
/// token is good for one renewal.
#[utoipa::path(
    post,
    path = "/api/auth/token/",
    tag = "accounts",
    operation_id = "token_issue",
    request_body = TokenRequest,
    responses(
        (status = 200, description = "Tokens", body = TokenPair),
        (status = 400, description = "Not JSON", body = ProblemBody),
        (status = 401, description = "Wrong username, password or code; or a code is missing (`otp_required`)", body = ProblemBody),
        (status = 415, description = "Not application/json", body = ProblemBody),
        (status = 422, description = "A field is missing", body = ProblemBody),
        (status = 429, description = "Too many failures; see Retry-After", body = ProblemBody),
    ),
    security(()),
)]
async fn issue_tokens(ctx: Ctx, Body(request): Body<TokenRequest>) -> Result<Response> {
    let TokenRequest { username, password, otp } = request;
    let cmd = SignIn { username, password: SecretString::from(password), otp };
    Ok(unstored(super::issue_tokens(&ctx, cmd).await?))
}

/// Renew tokens
///
/// Spends the refresh token and gives the next pair. A refresh token that is used twice ends all
/// tokens of its sign-in.
#[utoipa::path(
    post,
    path = "/api/auth/token/refresh/",
    tag = "accounts",
    operation_id = "token_renew",
    request_body = RefreshRequest,
    responses(
        (status = 200, description = "Tokens", body = TokenPair),
        (status = 400, description = "Not JSON", body = ProblemBody),
        (status = 401, description = "Unknown, spent or expired", body = ProblemBody),
        (status = 415, description = "Not application/json", body = ProblemBody),
        (status = 422, description = "A field is missing", body = ProblemBody),
    ),
    security(()),
)]
async fn renew_tokens(ctx: Ctx, Body(request): Body<RefreshRequest>) -> Result<Response> {
    Ok(unstored(super::renew_tokens(&ctx, &request.refresh).await?))
}

/// Who am I
///
/// The signed-in person, their roles, what these allow, and the hospitals within reach.
#[utoipa::path(
    get,
    path = "/api/auth/users/me/",
    tag = "accounts",
    operation_id = "user_me",
    responses(
        (status = 200, description = "The signed-in person", body = Me),
        (status = 401, description = "Nobody is signed in", body = ProblemBody),
        (status = 403, description = "Not a person", body = ProblemBody),
    ),
    security(("bearer" = []), ("session" = [])),
)]
async fn me(ctx: Ctx) -> Result<Json<Me>> {
    Ok(Json(super::me(&ctx).await?))
}

/// No cache on the way may keep tokens (RFC 6749, 5.1).
fn unstored(pair: TokenPair) -> Response {
    ([(CACHE_CONTROL, "no-store")], Json(pair)).into_response()
}
