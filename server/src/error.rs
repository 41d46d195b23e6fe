//! What use cases answer when they cannot do what was asked.

use px360_domain::Failure;

/// The result of a use case.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// No, or broken.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A use case said no, and why. Expected; logged at `info` at most.
    #[error(transparent)]
    Refused(#[from] Failure),
    /// Something is broken. Logged once, at the door, with the whole chain of causes.
    #[error("broken")]
    Broken(#[source] anyhow::Error),
}

impl Error {
    /// The whole chain of causes, for logs. `Debug` would tell more: Postgres puts the failing row,
    /// with whatever it holds of a patient, into its details.
    pub fn chain(&self) -> String {
        match self {
            Self::Refused(failure) => failure.to_string(),
            Self::Broken(cause) => format!("{cause:#}"),
        }
    }

    /// Whether the database did not answer: then nobody else needs to ask it now.
    pub fn is_database_away(&self) -> bool {
        match self {
            Self::Refused(failure) => matches!(failure, Failure::Unavailable),
            Self::Broken(cause) => is_database_away(cause),
        }
    }

    /// What the caller may know of it; logs what is broken under this request id.
    pub fn into_failure(self, request_id: &str) -> Failure {
        match self {
            Self::Refused(failure) => failure,
            Self::Broken(cause) => {
                if is_unstorable_text(&cause) {
                    tracing::info!(request_id, "a text that cannot be stored: {cause:#}");
                    return Failure::Malformed { code: "unstorable_text".to_owned() };
                }
                if is_database_away(&cause) {
                    tracing::error!(request_id, "the database is away: {cause:#}");
                    return Failure::Unavailable;
                }
                tracing::error!(request_id, "broken: {cause:#}");
                metrics::counter!("px360_broken_total").increment(1);
                Failure::Internal { incident: request_id.to_owned() }
            }
        }
    }
}

impl From<anyhow::Error> for Error {
    fn from(cause: anyhow::Error) -> Self {
        // A refusal that travelled through `anyhow` is still a refusal.
        match cause.downcast::<Self>() {
            Ok(error) => error,
            Err(cause) => Self::Broken(cause),
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(cause: sqlx::Error) -> Self {
        if is_beyond_the_wall(&cause) {
            tracing::warn!("stopped by row-level security: {cause}");
            return Self::Refused(Failure::Forbidden);
        }
        Self::Broken(anyhow::Error::new(cause).context("a statement failed"))
    }
}

impl From<serde_json::Error> for Error {
    fn from(cause: serde_json::Error) -> Self {
        Self::Broken(anyhow::Error::new(cause).context("stored JSON has another shape"))
    }
}

/// Postgres cannot hold a NUL in `text` (22021) or in `jsonb` (22P05). Ours have none, so it came in with
/// the request; most doors replace it, and what none of them thought of is still the caller's.
fn is_unstorable_text(cause: &anyhow::Error) -> bool {
    cause.chain().any(|link| match link.downcast_ref::<sqlx::Error>() {
        Some(sqlx::Error::Database(error)) => {
            error.code().is_some_and(|code| code == "22021" || code == "22P05")
        }
        _ => false,
    })
}

/// A row that would stand outside of what was granted (42501). Statements look before they write, so this
/// is the second wall at work; a table that the role may not touch at all is a fault of ours.
fn is_beyond_the_wall(cause: &sqlx::Error) -> bool {
    cause.as_database_error().is_some_and(|error| {
        error.code().is_some_and(|code| code == "42501")
            && error.message().contains("row-level security")
    })
}

/// Connection troubles: worth another attempt by the caller, so 503 and not 500.
fn is_database_away(cause: &anyhow::Error) -> bool {
    cause.chain().any(|link| match link.downcast_ref::<sqlx::Error>() {
        Some(sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed) => true,
        // 57P01..03: shutting down, crashed, starting up.
        Some(sqlx::Error::Database(error)) => {
            error.code().is_some_and(|code| code.starts_with("57P"))
        }
        _ => false,
    })
}
