//! How a cluster should be.

use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;

use crate::error::Error;
use crate::secret;

/// What a cluster is for, and where it lives.
#[derive(Clone, Debug)]
pub struct Options {
    /// Folder of the data, the password and the log; made when it is missing.
    pub dir: PathBuf,
    /// `false` gives up every promise about a crash for speed: for throw-away test clusters only.
    pub durable: bool,
    /// Whether the server outlives its [`Cluster`](crate::Cluster) and the process that started it.
    pub keep_running: bool,
    /// Whether the folder is removed when the server stops.
    pub remove_at_end: bool,
    /// More lines for the server's configuration, as name and value.
    pub settings: Vec<(String, String)>,
    /// Hears what a person should know: a new cluster, another folder, a reused server.
    pub tell: fn(&str),
}

impl Options {
    /// A cluster whose data survives crashes, stopped when its starter ends.
    #[must_use]
    pub fn durable(dir: impl Into<PathBuf>) -> Self {
        Self {
            dir: dir.into(),
            durable: true,
            keep_running: false,
            remove_at_end: false,
            settings: Vec::new(),
            tell: |line| eprintln!("{line}"),
        }
    }

    /// A fast cluster in a fresh folder under the system's temporary folder, removed at its end.
    ///
    /// # Errors
    /// [`Error::Io`] when the folder cannot be made.
    pub fn throw_away() -> Result<Self, Error> {
        let dir = std::env::temp_dir().join(format!("px360-{}", secret::random_hex(6)?));
        // 0711: the user `postgres` must be able to walk through, nobody has to look in.
        DirBuilder::new().mode(0o711).create(&dir).map_err(Error::io("create", &dir))?;
        Ok(Self { durable: false, remove_at_end: true, ..Self::durable(dir) })
    }
}
