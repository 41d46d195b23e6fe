//! What REST answers when it cannot do what was asked: problem documents (RFC 9457).
//!
//! Handlers return [`Error`] or [`Problem`]; both leave a note in the answer. [`render`] is the one
//! place that reads the notes: it adds the request's id and logs what is broken, once.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderValue, StatusCode};
use px360_domain::{Failure, FieldFault};
use serde::Serialize;

use crate::ctx::RequestMeta;
use crate::error::Error;

/// The media type of a problem document.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// When to come back if a part that we depend on is away.
const RETRY_AFTER_SECONDS: u32 = 5;

/// The most that is repeated of what a layer of ours said in plain text.
const DETAIL_BYTES_MAX: usize = 2_048;

/// A problem document, as it is sent.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ProblemBody {
    /// Which kind of problem: `urn:px360:invalid`. Conflicts and malformed requests name themselves
    /// too: `urn:px360:conflict:stale_version`.
    #[serde(rename = "type")]
    #[schema(example = "urn:px360:invalid")]
    pub kind: String,
    /// The kind in words.
    #[schema(example = "Fields cannot be accepted")]
    pub title: String,
    /// The HTTP status.
    #[schema(example = 422)]
    pub status: u16,
    /// More about this very problem, for developers.
    pub detail: String,
    /// Each fault of each field, as codes.
    #[schema(example = json!({ "patient.mobile": ["phone_invalid"] }))]
    pub errors: BTreeMap<String, Vec<String>>,
    /// The id under which our log tells more.
    #[schema(example = "019a9c1e-0f3b-7c52-9d6e-3a1d52f6a001")]
    pub request_id: String,
}

/// A problem before it is sent.
#[derive(Clone, Debug)]
pub struct Problem {
    status: StatusCode,
    kind: Cow<'static, str>,
    title: &'static str,
    detail: Cow<'static, str>,
    errors: BTreeMap<String, Vec<String>>,
    retry_after_seconds: Option<u32>,
}

impl Problem {
    fn new(status: StatusCode, kind: &'static str, title: &'static str) -> Self {
        Self {
            status,
            kind: Cow::Borrowed(kind),
            title,
            detail: Cow::Borrowed(""),
            errors: BTreeMap::new(),
            retry_after_seconds: None,
        }
    }

    fn with(mut self, detail: impl Into<Cow<'static, str>>) -> Self {
        self.detail = detail.into();
        self
    }

    fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after_seconds = Some(seconds);
        self
    }

    /// What a use case refused.
    pub fn of(failure: &Failure) -> Self {
        failure.clone().into()
    }

    /// 400: the request cannot be read at all.
    pub fn malformed(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "malformed", "The request cannot be read").with(detail)
    }

    /// 401: nobody, or the wrong credentials.
    pub fn unauthenticated() -> Self {
        Failure::Unauthenticated.into()
    }

    /// 413: the body is larger than this route takes.
    pub fn too_large() -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "The body is too large")
    }

    /// 415: the body is of a type that this route does not take.
    pub fn unsupported_media_type(detail: impl Into<Cow<'static, str>>) -> Self {
        let title = "The media type is not supported";
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", title).with(detail)
    }

    /// 422: the body can be read, but one of its fields is missing or of another type.
    pub fn invalid_body(field: &str, code: &str, detail: &str) -> Self {
        Self::from(Failure::invalid(field, code)).with(detail.to_owned())
    }

    /// An answer of axum or of a layer that knows nothing of problem documents.
    fn of_status(status: StatusCode, detail: String) -> Self {
        let problem = match status {
            StatusCode::UNAUTHORIZED => Failure::Unauthenticated.into(),
            StatusCode::FORBIDDEN => Failure::Forbidden.into(),
            StatusCode::NOT_FOUND => Self::new(status, "not_found", "There is no such thing"),
            StatusCode::METHOD_NOT_ALLOWED => {
                Self::new(status, "method_not_allowed", "The method is not allowed")
            }
            StatusCode::PAYLOAD_TOO_LARGE => Self::too_large(),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::unsupported_media_type(""),
            StatusCode::SERVICE_UNAVAILABLE => Failure::Unavailable.into(),
            status if status.is_server_error() => internal(status),
            status => Self { status, ..Self::malformed("") },
        };
        problem.with(detail)
    }

    /// Outside of [`render`] there is no id to mention, but still a document.
    fn document(&self, request_id: &str) -> Response {
        send(Response::new(Body::empty()), self, request_id)
    }

    fn body(&self, request_id: &str) -> ProblemBody {
        ProblemBody {
            kind: format!("urn:px360:{}", self.kind),
            title: self.title.to_owned(),
            status: self.status.as_u16(),
            detail: self.detail.clone().into_owned(),
            errors: self.errors.clone(),
            request_id: request_id.to_owned(),
        }
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        let status =
            StatusCode::from_u16(failure.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        match failure {
            Failure::Unauthenticated => Self::new(status, "unauthenticated", "Sign in first"),
            Failure::OtpRequired => {
                Self::new(status, "otp_required", "A code of the second factor is missing")
            }
            Failure::Forbidden => Self::new(status, "forbidden", "That is not allowed"),
            Failure::PasswordChangeRequired => {
                Self::new(status, "password_change_required", "Choose a password of your own first")
            }
            Failure::NotFound { what } => {
                Self::new(status, "not_found", "There is no such thing").with(what)
            }
            Failure::Malformed { code } => {
                Self { kind: Cow::Owned(format!("malformed:{code}")), ..Self::malformed(code) }
            }
            Failure::Invalid { faults } => {
                let mut errors: BTreeMap<String, Vec<String>> = BTreeMap::new();
                for FieldFault { field, code } in faults {
                    errors.entry(field).or_default().push(code);
                }
                Self { errors, ..Self::new(status, "invalid", "Fields cannot be accepted") }
            }
            Failure::Conflict { code } => Self {
                kind: Cow::Owned(format!("conflict:{code}")),
                ..Self::new(status, "conflict", "Things are not as the request expects").with(code)
            },
            Failure::InUse { by } => {
                let errors = by.into_iter().map(|used| (used.by, vec![used.count.to_string()]));
                let problem = Self::new(status, "conflict", "It is still in use");
                Self { kind: Cow::Borrowed("conflict:in_use"), errors: errors.collect(), ..problem }
            }
            Failure::TooMany { retry_after_seconds } => {
                Self::new(status, "too_many", "Too many attempts").retry_after(retry_after_seconds)
            }
            Failure::Unavailable => {
                Self::new(status, "unavailable", "A part that we depend on is away")
                    .retry_after(RETRY_AFTER_SECONDS)
            }
            Failure::Internal { .. } => internal(status),
        }
    }
}

fn internal(status: StatusCode) -> Problem {
    Problem::new(status, "internal", "Something of ours is broken")
}

/// What a handler left in its answer for [`render`].
#[derive(Clone)]
enum Note {
    /// Shared only because extensions must be `Clone`; there is one owner.
    Error(Arc<Error>),
    Problem(Box<Problem>),
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let failure = match &self {
            Self::Refused(failure) => failure.clone(),
            Self::Broken(_) => Failure::Internal { incident: String::new() },
        };
        let mut response = Problem::from(failure).document("");
        response.extensions_mut().insert(Note::Error(Arc::new(self)));
        response
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.document("");
        response.extensions_mut().insert(Note::Problem(Box::new(self)));
        response
    }
}

/// Turns what handlers and layers refused into problem documents.
pub async fn render(request: Request, next: Next) -> Response {
    let meta = request.extensions().get::<RequestMeta>();
    let request_id = meta.map(|meta| meta.request_id.clone()).unwrap_or_default();
    let is_api = request.uri().path().starts_with("/api/");
    let mut response = next.run(request).await;
    let problem = match response.extensions_mut().remove::<Note>() {
        Some(Note::Error(error)) => match Arc::into_inner(error) {
            Some(error) => error.into_failure(&request_id).into(),
            None => internal(StatusCode::INTERNAL_SERVER_ERROR),
        },
        Some(Note::Problem(problem)) => *problem,
        None if is_api && is_bare_refusal(&response) => {
            let (parts, body) = response.into_parts();
            let detail =
                if parts.status.is_client_error() { text(body).await } else { String::new() };
            let problem = Problem::of_status(parts.status, detail);
            response = Response::from_parts(parts, Body::empty());
            problem
        }
        None => return response,
    };
    send(response, &problem, &request_id)
}

/// An error that nobody wrote a document for: no body, or a sentence in plain text.
fn is_bare_refusal(response: &Response) -> bool {
    let status = response.status();
    let content_type = response.headers().get(CONTENT_TYPE).map(HeaderValue::as_bytes);
    (status.is_client_error() || status.is_server_error())
        && content_type.is_none_or(|content_type| content_type.starts_with(b"text/plain"))
}

async fn text(body: Body) -> String {
    to_bytes(body, DETAIL_BYTES_MAX)
        .await
        .ok()
        .and_then(|bytes| String::from_utf8(bytes.to_vec()).ok())
        .unwrap_or_default()
}

/// Keeps the headers that other layers set, such as cookies and `Allow`.
fn send(response: Response, problem: &Problem, request_id: &str) -> Response {
    let (mut parts, _) = response.into_parts();
    parts.status = problem.status;
    let headers = &mut parts.headers;
    headers.remove(CONTENT_LENGTH);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(seconds) = problem.retry_after_seconds {
        headers.insert(RETRY_AFTER, seconds.into());
    }
    if problem.status == StatusCode::UNAUTHORIZED {
        // Not `Basic`, which would make browsers ask for a password of their own.
        headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    let body = serde_json::to_vec(&problem.body(request_id)).unwrap_or_default();
    Response::from_parts(parts, Body::from(body))
}
