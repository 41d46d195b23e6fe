//! Prints messages: what a house without any provider starts with.

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use px360_domain::Locale;
use px360_domain::notifications::Channel;
use serde::Serialize;

use super::{Gateway, OutgoingMessage, Receipt, SendError};

/// Prints each message as one line of JSON, and appends it to a file when one is configured.
pub(super) struct Console {
    file: Option<PathBuf>,
    /// One line at a time.
    turn: Arc<Mutex<()>>,
}

/// One line, in this order.
#[derive(Serialize)]
struct Line<'a> {
    time: DateTime<Utc>,
    channel: Channel,
    address: &'a str,
    language: Locale,
    text: &'a str,
    link: Option<&'a str>,
}

impl Console {
    pub(super) fn new(file: Option<PathBuf>) -> Self {
        Self { file, turn: Arc::default() }
    }
}

#[async_trait]
impl Gateway for Console {
    fn provider(&self) -> &'static str {
        "console"
    }

    async fn send(&self, message: &OutgoingMessage) -> Result<Receipt, SendError> {
        let line = Line {
            time: message.at,
            channel: message.channel,
            address: &message.address,
            language: message.language,
            text: &message.text,
            link: message.link.as_deref(),
        };
        let mut line = serde_json::to_string(&line)
            .map_err(|_unprintable| SendError::permanent("message is not JSON"))?;
        line.push('\n');
        let (file, turn) = (self.file.clone(), Arc::clone(&self.turn));
        let written = tokio::task::spawn_blocking(move || {
            let _turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
            write(&line, file.as_deref())
        });
        match written.await {
            Ok(Ok(())) => Ok(Receipt::default()),
            Ok(Err(error)) => Err(SendError::retry(format!("console: {}", error.kind()))),
            Err(_ended) => Err(SendError::unknown("console: writing ended early")),
        }
    }
}

/// The file first: whoever reads it wants each message, while a closed terminal hurts nobody.
fn write(line: &str, file: Option<&Path>) -> io::Result<()> {
    if let Some(path) = file {
        let mut options = OpenOptions::new();
        options.create(true).append(true);
        // Addresses and usable links: for the operator's eyes only.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(path)?.write_all(line.as_bytes())?;
    }
    let printed = io::stdout().lock().write_all(line.as_bytes());
    if file.is_some() { Ok(()) } else { printed }
}
