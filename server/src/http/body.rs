//! Bodies of requests, whose faults are problem documents.

use std::convert::Infallible;

use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, JsonRejection};
use axum::extract::{FromRequest, Request};
use http::StatusCode;
use http::header::CONTENT_TYPE;
use px360_domain::Failure;
use px360_domain::integrations::EventFormat;
use serde::de::DeserializeOwned;

use super::Problem;

/// A JSON body.
#[derive(Clone, Copy, Debug, Default)]
pub struct Body<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        match axum::Json::from_request(request, state).await {
            Ok(axum::Json(body)) => Ok(Self(body)),
            Err(rejection) => Err(json_refusal(&rejection)),
        }
    }
}

/// A body with events, not yet read: its handler takes it apart.
#[derive(Clone, Debug)]
pub struct EventBody {
    /// In which format, by its content type.
    pub format: EventFormat,
    /// As it came.
    pub bytes: Bytes,
}

impl EventBody {
    /// Its text.
    ///
    /// # Errors
    /// `Malformed` for what is not UTF-8.
    pub fn text(&self) -> Result<&str, Failure> {
        std::str::from_utf8(&self.bytes).map_err(|_other| Failure::malformed("not_utf8"))
    }
}

impl<S: Send + Sync> FromRequest<S> for EventBody {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let format = event_format(&request).ok_or_else(|| {
            Problem::unsupported_media_type(
                "send application/json, application/x-ndjson, application/hl7-v2 or application/fhir+json",
            )
        })?;
        let bytes =
            Bytes::from_request(request, state).await.map_err(|error| bytes_refusal(&error))?;
        Ok(Self { format, bytes })
    }
}

/// A file, not yet read: its handler asks first whether it may come.
#[derive(Debug)]
pub struct FileBody(axum::body::Body);

impl FileBody {
    /// All of it.
    ///
    /// # Errors
    /// `Invalid` on this field with `too_large`, as soon as it is longer than that.
    pub async fn read(self, field: &str, bytes_max: usize) -> Result<Vec<u8>, Failure> {
        let bytes = axum::body::to_bytes(self.0, bytes_max).await;
        bytes.map(Into::into).map_err(|_too_large| Failure::invalid(field, "too_large"))
    }
}

impl<S: Send + Sync> FromRequest<S> for FileBody {
    type Rejection = Infallible;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Infallible> {
        Ok(Self(request.into_body()))
    }
}

fn event_format(request: &Request) -> Option<EventFormat> {
    let content_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = content_type.and_then(|text| text.split(';').next()).unwrap_or_default().trim();
    match essence.to_ascii_lowercase().as_str() {
        "application/json" | "application/x-ndjson" | "application/ndjson" => {
            Some(EventFormat::Json)
        }
        "application/hl7-v2" | "application/hl7-v2+er7" | "x-application/hl7-v2+er7" => {
            Some(EventFormat::Hl7v2)
        }
        "application/fhir+json" => Some(EventFormat::Fhir),
        _ => None,
    }
}

fn bytes_refusal(rejection: &BytesRejection) -> Problem {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Problem::too_large()
    } else {
        Problem::malformed("the body could not be read")
    }
}

fn json_refusal(rejection: &JsonRejection) -> Problem {
    match rejection {
        JsonRejection::JsonDataError(error) => data_fault(&error.body_text()),
        JsonRejection::JsonSyntaxError(error) => Problem::malformed(error.body_text()),
        JsonRejection::MissingJsonContentType(_) => {
            Problem::unsupported_media_type("send application/json")
        }
        JsonRejection::BytesRejection(error) => bytes_refusal(error),
        _ => Problem::malformed("the body could not be read"),
    }
}

/// Names the field. axum says it in a sentence only: `…: path.of.field: what is wrong with it`.
fn data_fault(text: &str) -> Problem {
    let (_, fault) = text.split_once(": ").unwrap_or(("", text));
    // Without a path, what comes before the next colon is already the fault.
    let (path, what) = match fault.split_once(": ") {
        Some((path, what)) if !path.contains(' ') => (path, what),
        _ => ("", fault),
    };
    let quoted = |after: &str| what.strip_prefix(after)?.split('`').next();
    let joined = |field: &str| match path {
        "" | "." => field.to_owned(),
        path => format!("{path}.{field}"),
    };
    if let Some(field) = quoted("missing field `") {
        Problem::invalid_body(&joined(field), "required", text)
    } else if let Some(field) = quoted("unknown field `") {
        // The path of an unknown field ends with that field.
        let path = if path.ends_with(field) { path.to_owned() } else { joined(field) };
        Problem::invalid_body(&path, "unknown_field", text)
    } else {
        let path = if path.is_empty() || path == "." { "body" } else { path };
        Problem::invalid_body(path, "malformed", text)
    }
}
