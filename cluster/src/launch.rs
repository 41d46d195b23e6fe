//! Starting and stopping the server of a cluster that is there.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::net::TcpListener;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use crate::account::Account;
use crate::binaries::Binaries;
use crate::error::Error;
use crate::options::Options;
use crate::settings;

/// A start may meet a port that was taken a moment ago, or memory that is just being given back.
const ATTEMPTS: u32 = 5;
/// A log longer than this, in bytes, becomes `postgres.log.old` at the next start.
const LOG_BYTES_MAX: u64 = 10 * 1024 * 1024;

/// How a server is asked to end.
#[derive(Clone, Copy)]
pub(crate) enum Stop {
    /// Breaks connections off, writes everything down.
    Fast,
    /// Drops everything: for data that nobody wants again.
    Immediate,
}

impl Stop {
    /// The word `pg_ctl` knows.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Fast => "fast",
            Self::Immediate => "immediate",
        }
    }
}

/// Starts the server of `dir`, waits until it answers, and returns its port.
pub(crate) fn start(
    dir: &Path,
    options: &Options,
    binaries: &Binaries,
    account: &Account,
) -> Result<u16, Error> {
    let (data, log) = (dir.join("data"), dir.join("postgres.log"));
    put_long_log_away(&log);
    let mut attempt = 1;
    loop {
        let port = free_port(&dir.join("port"))?;
        write_settings(&data, &settings::render(options, port), account)?;
        let before = fs::metadata(&log).map_or(0, |meta| meta.len());
        let mut command = account.command(&binaries.program("pg_ctl"));
        command.args(["start", "-w", "-t", "300", "-s", "-D"]).arg(&data).arg("-l").arg(&log);
        let Err(error) = run(command) else { return Ok(port) };
        let said = written_since(&log, before);
        if attempt == ATTEMPTS || !may_pass(&said) {
            return Err(with_log(error, &said));
        }
        attempt += 1;
        sleep(Duration::from_millis(500));
    }
}

/// Stops the server of a data folder and waits for its end.
pub(crate) fn stop(
    data: &Path,
    how: Stop,
    binaries: &Binaries,
    account: &Account,
) -> Result<(), Error> {
    let mut command = account.command(&binaries.program("pg_ctl"));
    command.args(["stop", "-w", "-t", "120", "-s", "-m", how.word(), "-D"]).arg(data);
    run(command)
}

/// Runs a program to its end; a bad one becomes an error with its last words.
pub(crate) fn run(mut command: Command) -> Result<(), Error> {
    let program = PathBuf::from(command.get_program());
    let output = command.output().map_err(Error::io("run", &program))?;
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stderr, output.stdout].concat();
    let name = program.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Err(Error::Program { name, said: last_lines(&String::from_utf8_lossy(&said), 10) })
}

/// The port of the last start if it is free, so that a database console stays connected to the
/// right address; otherwise one that the system picks. Remembered in `file`.
fn free_port(file: &Path) -> Result<u16, Error> {
    let remembered = fs::read_to_string(file).ok().and_then(|text| text.trim().parse().ok());
    let port = remembered
        .into_iter()
        .chain([0])
        .find_map(|port| TcpListener::bind(("127.0.0.1", port)).ok()?.local_addr().ok())
        .map(|address| address.port())
        .ok_or_else(|| Error::io("find a free port for", file)(std::io::Error::last_os_error()))?;
    fs::write(file, format!("{port}\n")).map_err(Error::io("write", file))?;
    Ok(port)
}

fn write_settings(data: &Path, text: &str, account: &Account) -> Result<(), Error> {
    let path = data.join(settings::FILE);
    OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&path)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(Error::io("write", &path))?;
    account.own(&path)
}

/// Whether what the server wrote is a reason to try once more.
fn may_pass(said: &str) -> bool {
    ["could not bind", "shared memory block"].iter().any(|words| said.contains(words))
}

fn with_log(error: Error, log: &str) -> Error {
    match error {
        Error::Program { name, said } => {
            Error::Program { name, said: format!("{said}\n{}", last_lines(log, 10)) }
        }
        other => other,
    }
}

fn written_since(log: &Path, position: u64) -> String {
    let bytes = fs::read(log).unwrap_or_default();
    let start = usize::try_from(position).unwrap_or(0).min(bytes.len());
    String::from_utf8_lossy(bytes.get(start..).unwrap_or_default()).into_owned()
}

fn last_lines(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    lines.get(lines.len().saturating_sub(count)..).unwrap_or_default().join("\n")
}

fn put_long_log_away(log: &Path) {
    if fs::metadata(log).is_ok_and(|meta| meta.len() > LOG_BYTES_MAX) {
        // Housekeeping only: a log that cannot be renamed goes on growing.
        drop(fs::rename(log, log.with_extension("log.old")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_lines_are_the_telling_ones() {
        assert_eq!(last_lines("a\n\nb\nc\n", 2), "b\nc");
        assert_eq!(last_lines("a", 9), "a");
        assert_eq!(last_lines("", 9), "");
    }

    #[test]
    fn a_taken_port_is_given_up_for_another() {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = taken.local_addr().unwrap().port();
        let name = crate::secret::random_hex(6).unwrap();
        let file = std::env::temp_dir().join(format!("px360-port-{name}"));
        fs::write(&file, port.to_string()).unwrap();
        let other = free_port(&file).unwrap();
        assert_ne!(other, port);
        assert_eq!(free_port(&file).unwrap(), other, "a free port is kept");
        fs::remove_file(&file).unwrap();
    }
}
