//! Bodies of requests, whose faults are problem documents.

use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, JsonRejection};
use axum::extract::{FromRequest, Request};
use http::StatusCode;
use http::header::CONTENT_TYPE;
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

/// A body of JSON or of NDJSON, not yet read: its handler takes it apart.
#[derive(Clone, Debug, Default)]
pub struct TextBody(pub String);

impl<S: Send + Sync> FromRequest<S> for TextBody {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        if !is_json_or_lines(&request) {
            return Err(Problem::unsupported_media_type(
                "send application/json or application/x-ndjson",
            ));
        }
        let bytes =
            Bytes::from_request(request, state).await.map_err(|error| bytes_refusal(&error))?;
        let text = String::from_utf8(bytes.into())
            .map_err(|error| Problem::malformed(format!("not UTF-8: {}", error.utf8_error())))?;
        Ok(Self(text))
    }
}

fn is_json_or_lines(request: &Request) -> bool {
    let content_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = content_type.and_then(|text| text.split(';').next()).unwrap_or_default().trim();
    ["application/json", "application/x-ndjson", "application/ndjson"]
        .iter()
        .any(|accepted| accepted.eq_ignore_ascii_case(essence))
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
