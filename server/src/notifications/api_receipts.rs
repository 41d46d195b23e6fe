//! The door for providers who say what became of messages.

use axum::body::Bytes;
use axum::extract::{OriginalUri, Path, State};
use axum::http::{HeaderMap, StatusCode};
use px360_domain::notifications::ReceiptNote;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ctx::RequestMeta;
use crate::deps::Deps;
use crate::error::Result;
use crate::gateways::Callback;
use crate::http::ProblemBody;

/// The routes of this file.
pub(super) fn router() -> OpenApiRouter<Deps> {
    OpenApiRouter::new().routes(routes!(take, challenge))
}

/// Takes what a provider says about messages, in the provider's own format and under its own signature.
#[utoipa::path(
    post,
    path = "/api/notifications/receipts/{provider}/",
    tag = "notifications",
    params(("provider" = String, Path, description = "`http_sms`, `http_whatsapp`, `twilio`, `whatsapp_cloud` or `smtp`.")),
    request_body(
        content = ReceiptNote,
        description = "Of `http_sms` and `http_whatsapp`: one of these or a list of them, signed in `X-PX360-Signature: sha256=…`, the hex of \
            HMAC-SHA-256 over the body. Of `smtp` a mail that came back (RFC 3464), signed alike. Of the others what they document.",
        example = json!({"id": "SM-1", "status": "delivered", "at": "2026-11-29T08:00:00Z"}),
    ),
    responses(
        (status = 204, description = "Kept, or known already."),
        (status = 400, description = "Signed, but not a receipt.", body = ProblemBody),
        (status = 401, description = "Not signed by this provider.", body = ProblemBody),
        (status = 404, description = "Nothing is expected from such a provider.", body = ProblemBody),
    ),
    security(()),
)]
async fn take(
    State(deps): State<Deps>,
    Path(provider): Path<String>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode> {
    let url = format!("{}{uri}", deps.http().public_url);
    let callback = Callback { url: &url, headers: &headers, body: &body };
    super::take_receipts(&deps.system("notifications.receipts"), &provider, &callback).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Answers a provider that asks whether this address is ours, as WhatsApp does.
#[utoipa::path(
    get,
    path = "/api/notifications/receipts/{provider}/",
    tag = "notifications",
    params(
        ("provider" = String, Path, description = "`whatsapp_cloud`."),
        ("hub.verify_token" = Option<String>, Query, description = "The word that was agreed upon."),
        ("hub.challenge" = Option<String>, Query, description = "What is to be answered."),
    ),
    responses(
        (status = 200, description = "The challenge.", body = String, content_type = "text/plain"),
        (status = 404, description = "Not the word, or nothing is expected from such a provider.", body = ProblemBody),
    ),
    security(()),
)]
async fn challenge(
    State(deps): State<Deps>,
    Path(provider): Path<String>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    meta: RequestMeta,
) -> Result<String> {
    let url = format!("{}{uri}", deps.http().public_url);
    let callback = Callback { url: &url, headers: &headers, body: &[] };
    super::answer_challenge(&deps.anonymous(meta), &provider, &callback)
}
