//! Text messages and messages in chats, through a provider that takes JSON over HTTP.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use px360_domain::Locale;
use reqwest::header::RETRY_AFTER;
use reqwest::{Response, StatusCode};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;
use serde_json::Value;

use super::{Gateway, OutgoingMessage, Receipt, SendError};
use crate::config::HttpGatewayConfig;
use crate::error::Result as HouseResult;

/// How long one request may take: well below the lease of a message that is being sent.
const TIMEOUT: Duration = Duration::from_secs(10);
/// The most of an answer that is read: an id fits, a page of HTML need not.
const ANSWER_BYTES_MAX: usize = 16 * 1024;
/// The longest id that is kept.
const ID_CHARS_MAX: usize = 200;
/// The longest wait that a provider can ask for: a survey's time runs meanwhile.
const RETRY_AFTER_MAX: Duration = Duration::from_secs(24 * 60 * 60);

/// A provider that takes JSON over HTTP: `{to, from, text, language, idempotency_key}`.
pub(super) struct HttpGateway {
    client: reqwest::Client,
    url: String,
    token: Option<SecretString>,
    sender: String,
}

#[derive(Serialize)]
struct Body<'a> {
    to: &'a str,
    from: &'a str,
    text: &'a str,
    language: Locale,
    idempotency_key: &'a str,
}

impl HttpGateway {
    pub(super) fn new(config: &HttpGatewayConfig) -> HouseResult<Self> {
        Ok(Self {
            client: client()?,
            url: config.url.clone(),
            token: config.token.clone(),
            sender: config.sender.clone(),
        })
    }
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

#[async_trait]
impl Gateway for HttpGateway {
    fn provider(&self) -> &'static str {
        "http"
    }

    async fn send(&self, message: &OutgoingMessage) -> Result<Receipt, SendError> {
        let mut request =
            self.client.post(&self.url).header("Idempotency-Key", &message.idempotency_key).json(
                &Body {
                    to: &message.address,
                    from: &self.sender,
                    text: &message.text,
                    language: message.language,
                    idempotency_key: &message.idempotency_key,
                },
            );
        if let Some(token) = &self.token {
            request = request.bearer_auth(token.expose_secret());
        }
        let response = request.send().await.map_err(|error| without_answer(&error))?;
        let status = response.status();
        if status.is_success() {
            return Ok(Receipt { provider_message_id: message_id(response).await });
        }
        Err(judge(status, retry_after(&response, message.at)))
    }
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

/// The provider's name for the message. Whatever else the answer looks like, it was taken.
async fn message_id(mut response: Response) -> Option<String> {
    let mut answer = Vec::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        answer.extend_from_slice(&chunk);
        if answer.len() > ANSWER_BYTES_MAX {
            return None;
        }
    }
    let answer: Value = serde_json::from_slice(&answer).ok()?;
    let id = match answer.get("id").or_else(|| answer.get("message_id"))? {
        Value::String(id) => id.clone(),
        Value::Number(id) => id.to_string(),
        _ => return None,
    };
    Some(id.chars().take(ID_CHARS_MAX).collect())
}
