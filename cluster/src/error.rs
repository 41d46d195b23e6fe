//! Every way a cluster may fail to be there.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a cluster could not be created, started, stopped or asked.
#[derive(Debug)]
pub enum Error {
    /// No usable Postgres programs on this machine. With `wanted`, programs of another version may
    /// be there, but the data folder was made by this major version.
    NoBinaries {
        /// The major version that the data folder needs; `None` accepts every supported one.
        wanted: Option<u32>,
    },
    /// We are root and there is no user `postgres` to hand the work to.
    NoAccount,
    /// A name that is not a plain identifier, or is too long to be one.
    BadName(String),
    /// The data folder is there, its password file is not.
    NoPassword(PathBuf),
    /// Postgres said neither yes nor no in time.
    NotReady(PathBuf),
    /// The operating system refused.
    Io {
        /// What was being done, as in "cannot {doing} {path}".
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The system's own words.
        source: io::Error,
    },
    /// A Postgres program ended badly.
    Program {
        /// The program's name.
        name: String,
        /// The last lines of what it said.
        said: String,
    },
}

impl Error {
    /// Names the act and the path in a failure of the operating system.
    pub(crate) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { doing, path: path.to_owned(), source }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoBinaries { wanted: None } => f.write_str(
                "no Postgres 15 or newer was found, neither on PATH nor in /usr/lib/postgresql: \
                 install Debian's package `postgresql` (apt-get install postgresql), or set \
                 DATABASE_URL to a database that runs elsewhere",
            ),
            Self::NoBinaries { wanted: Some(major) } => write!(
                f,
                "the data was made by Postgres {major}, whose programs were not found: install \
                 Debian's package `postgresql-{major}`",
            ),
            Self::NoAccount => f.write_str(
                "Postgres refuses to run as root and there is no user `postgres`: install \
                 Debian's package `postgresql`, which makes one, or run as another user",
            ),
            Self::BadName(name) => write!(
                f,
                "{name:?} is not a name: lower-case letters, digits and `_`, at most 63 of them",
            ),
            Self::NoPassword(path) => write!(
                f,
                "the cluster's password file {} is missing: put it back, or remove the folder \
                 to begin again with an empty database",
                path.display()
            ),
            Self::NotReady(data) => {
                write!(f, "the Postgres of {} did not become ready in time", data.display())
            }
            Self::Io { doing, path, .. } => write!(f, "cannot {doing} {}", path.display()),
            Self::Program { name, said } => write!(f, "{name} failed: {said}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}
