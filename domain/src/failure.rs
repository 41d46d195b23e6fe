//! Every way in which a use case may say no. Codes travel, never sentences.

use serde::{Deserialize, Serialize};

use crate::records::Use;

/// A refusal, as REST, RPC and pages all see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// Nobody is signed in, or the credentials are wrong. 401.
    #[error("unauthenticated")]
    Unauthenticated,
    /// The password was right; a code of the second factor is still missing. 401.
    #[error("otp required")]
    OtpRequired,
    /// The thing may be seen, but not acted upon. 403.
    #[error("forbidden")]
    Forbidden,
    /// The password was reset; until it is changed nothing else can be done. 403.
    #[error("password change required")]
    PasswordChangeRequired,
    /// There is no such thing, or the caller may not know that there is. 404.
    #[error("not found: {what}")]
    NotFound {
        /// The glossary's word for the thing, for example `action`.
        what: String,
    },
    /// The request cannot be read at all. 400.
    #[error("malformed: {code}")]
    Malformed {
        /// What is wrong with it, for example `malformed_json`.
        code: String,
    },
    /// Fields of the input cannot be accepted. 422.
    #[error("invalid: {} field(s)", faults.len())]
    Invalid {
        /// One entry for each fault.
        faults: Vec<FieldFault>,
    },
    /// The state of the thing does not allow it, for example a stale version. 409.
    #[error("conflict: {code}")]
    Conflict {
        /// Which conflict, for example `stale_version`.
        code: String,
    },
    /// Something else still needs the thing. 409.
    #[error("in use by {} kind(s) of things", by.len())]
    InUse {
        /// What needs it, and how many of these.
        by: Vec<Use>,
    },
    /// Too many attempts. 429 with `Retry-After`.
    #[error("too many: retry after {retry_after_seconds} s")]
    TooMany {
        /// Seconds until the next attempt can succeed.
        retry_after_seconds: u32,
    },
    /// A part that we depend on is away. 503.
    #[error("unavailable")]
    Unavailable,
    /// Our own fault. 500; the log holds the rest under this id.
    #[error("internal: incident {incident}")]
    Internal {
        /// The request id under which the log tells the cause.
        incident: String,
    },
}

impl Failure {
    /// A `NotFound` of the given noun.
    pub fn not_found(what: &str) -> Self {
        Self::NotFound { what: what.to_owned() }
    }

    /// An `Invalid` with a single fault.
    pub fn invalid(field: &str, code: &str) -> Self {
        Self::Invalid { faults: vec![FieldFault::new(field, code)] }
    }

    /// A `Malformed` of the given code.
    pub fn malformed(code: &str) -> Self {
        Self::Malformed { code: code.to_owned() }
    }

    /// A `Conflict` of the given code.
    pub fn conflict(code: &str) -> Self {
        Self::Conflict { code: code.to_owned() }
    }

    /// `Invalid` when there are faults, otherwise fine.
    pub fn unless_empty(faults: Vec<FieldFault>) -> Result<(), Self> {
        if faults.is_empty() { Ok(()) } else { Err(Self::Invalid { faults }) }
    }

    /// The HTTP status that says the same.
    pub const fn status(&self) -> u16 {
        match self {
            Self::Malformed { .. } => 400,
            Self::Unauthenticated | Self::OtpRequired => 401,
            Self::Forbidden | Self::PasswordChangeRequired => 403,
            Self::NotFound { .. } => 404,
            Self::Invalid { .. } => 422,
            Self::Conflict { .. } | Self::InUse { .. } => 409,
            Self::TooMany { .. } => 429,
            Self::Unavailable => 503,
            Self::Internal { .. } => 500,
        }
    }
}

/// One fault of one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldFault {
    /// The path of the field, for example `patient.mobile`.
    pub field: String,
    /// What is wrong with it, for example `required`.
    pub code: String,
}

impl FieldFault {
    /// A fault of the given field.
    pub fn new(field: &str, code: &str) -> Self {
        Self { field: field.to_owned(), code: code.to_owned() }
    }
}

/// A word that is not one of a closed enum's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{word}` is not a {of}")]
pub struct UnknownWord {
    /// The enum.
    pub of: &'static str,
    /// What was read.
    pub word: String,
}
