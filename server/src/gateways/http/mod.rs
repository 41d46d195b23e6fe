//! Text messages and messages in chats, through providers that are asked over HTTP: one file for each protocol.

mod json;
mod twilio;
mod whatsapp_cloud;

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use px360_domain::notifications::Channel;
use reqwest::header::RETRY_AFTER;
use reqwest::{RequestBuilder, Response, StatusCode};
use serde_json::Value;

use super::{Gateway, Receipt, SendError};
use crate::config::{HttpGatewayConfig, ProviderProfile};
use crate::error::Result as HouseResult;

/// How long one request may take: well below the lease of a message that is being sent.
const TIMEOUT: Duration = Duration::from_secs(10);
/// The most of an answer that is read: an id fits, a page of HTML need not.
const ANSWER_BYTES_MAX: usize = 16 * 1024;
/// The longest id that is kept.
const ID_CHARS_MAX: usize = 200;
/// The longest wait that a provider can ask for: a survey's time runs meanwhile.
const RETRY_AFTER_MAX: Duration = Duration::from_secs(24 * 60 * 60);

/// The gateway to a provider of this profile.
pub(super) fn gateway(
    config: &HttpGatewayConfig,
    channel: Channel,
) -> HouseResult<Arc<dyn Gateway>> {
    Ok(match config.profile {
        ProviderProfile::Http => Arc::new(json::HttpJson::new(config, channel)?),
        ProviderProfile::Twilio => Arc::new(twilio::Twilio::new(config)?),
        ProviderProfile::WhatsappCloud => Arc::new(whatsapp_cloud::WhatsappCloud::new(config)?),
    })
}

/// What asks other people's computers over HTTP.
pub(super) fn client() -> HouseResult<reqwest::Client> {
    let client = reqwest::Client::builder()
        .timeout(TIMEOUT)
        // A proxy or a redirect would hand secrets, links and codes to somebody else.
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .user_agent("px360")
        .tls_backend_preconfigured(tls()?)
        .build();
    Ok(client.context("making an HTTP client")?)
}

/// The same cryptography and the same roots as mail.
fn tls() -> HouseResult<rustls::ClientConfig> {
    let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    Ok(rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .context("choosing TLS versions")?
        .with_root_certificates(roots)
        .with_no_client_auth())
}

/// How a protocol says what became of a request.
struct Dialect {
    /// What the provider calls a message that it took.
    id: fn(&Value) -> Option<&Value>,
    /// The provider's code of why it took none.
    code: fn(&Value) -> Option<i64>,
    /// Whether that code is about us, or about how fast we are: later it may be taken.
    later: fn(i64) -> bool,
}

/// Sends one request and gives what the provider calls the message.
async fn ask(
    request: RequestBuilder,
    now: DateTime<Utc>,
    dialect: &Dialect,
) -> Result<Receipt, SendError> {
    let response = request.send().await.map_err(|error| without_answer(&error))?;
    let (status, wait) = (response.status(), retry_after(&response, now));
    // Whatever else the answer to a success looks like, the message was taken.
    let answer = answer(response).await.unwrap_or_default();
    if status.is_success() {
        return Ok(Receipt { provider_message_id: (dialect.id)(&answer).and_then(name) });
    }
    let code = (dialect.code)(&answer);
    if let Some(code) = code.filter(|code| status.is_client_error() && (dialect.later)(*code)) {
        let cause = format!("http {}, code {code}", status.as_u16());
        return Err(SendError::Retry { cause, retry_after: wait });
    }
    Err(judge(status, wait))
}

/// What a missing answer means. Only a connection that never stood is known to have sent nothing.
fn without_answer(error: &reqwest::Error) -> SendError {
    if error.is_connect() {
        SendError::retry("no connection")
    } else if error.is_timeout() {
        SendError::unknown("timeout")
    } else if error.is_builder() {
        SendError::retry("the request cannot be made")
    } else {
        SendError::unknown("connection broke")
    }
}

/// What a refusal means. Only a 4xx that is about this message ends it: a wrong token or address is
/// our own mistake and will be repaired, and must not burn every invitation of a night.
fn judge(status: StatusCode, retry_after: Option<Duration>) -> SendError {
    let cause = format!("http {}", status.as_u16());
    let is_about_us = status.is_redirection()
        || matches!(
            status,
            StatusCode::UNAUTHORIZED
                | StatusCode::PAYMENT_REQUIRED
                | StatusCode::FORBIDDEN
                | StatusCode::REQUEST_TIMEOUT
                | StatusCode::TOO_EARLY
                | StatusCode::TOO_MANY_REQUESTS
        );
    if status.is_client_error() && !is_about_us {
        SendError::Permanent { cause }
    } else {
        SendError::Retry { cause, retry_after }
    }
}

/// Seconds, or a date (RFC 9110, 10.2.3).
fn retry_after(response: &Response, now: DateTime<Utc>) -> Option<Duration> {
    let text = response.headers().get(RETRY_AFTER)?.to_str().ok()?.trim();
    let wait = match text.parse() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_not_a_number) => {
            (DateTime::parse_from_rfc2822(text).ok()?.with_timezone(&Utc) - now).to_std().ok()?
        }
    };
    Some(wait.min(RETRY_AFTER_MAX))
}

/// The provider's answer, if it is JSON of a reasonable length.
async fn answer(mut response: Response) -> Option<Value> {
    let mut answer = Vec::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        answer.extend_from_slice(&chunk);
        if answer.len() > ANSWER_BYTES_MAX {
            return None;
        }
    }
    serde_json::from_slice(&answer).ok()
}

/// The provider's name for a message.
fn name(id: &Value) -> Option<String> {
    let id = match id {
        Value::String(id) => id.clone(),
        Value::Number(id) => id.to_string(),
        _ => return None,
    };
    Some(id.chars().take(ID_CHARS_MAX).collect())
}
