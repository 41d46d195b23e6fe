//! What the data folder tells about a server that runs, or ran, in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::account::Account;
use crate::binaries::Binaries;
use crate::error::Error;

/// Recovery after a crash replays at most `max_wal_size`, which takes seconds, not minutes.
const READY_WITHIN: Duration = Duration::from_secs(120);
/// Orphaned backends notice within a second that their postmaster is gone.
const ORPHANS_GONE_WITHIN: Duration = Duration::from_secs(15);

/// The lines of `postmaster.pid` that we need.
#[derive(Debug, PartialEq, Eq)]
struct PidFile {
    pid: u32,
    port: u16,
    ready: bool,
}

/// The port of the server that runs in this data folder, once it answers; `None` if none runs.
pub(crate) fn running(
    data: &Path,
    binaries: &Binaries,
    account: &Account,
) -> Result<Option<u16>, Error> {
    let begun = Instant::now();
    while is_alive(data, binaries, account) {
        match read(data) {
            Some(PidFile { port, ready: true, .. }) => return Ok(Some(port)),
            _ if begun.elapsed() > READY_WITHIN => return Err(Error::NotReady(data.to_owned())),
            _ => sleep(Duration::from_millis(100)),
        }
    }
    Ok(None)
}

/// Whether a postmaster owns this data folder now.
///
/// `pg_ctl status` only asks whether the recorded process exists, and after a reboot or in a new
/// container another program may have its number. So its working folder is compared as well.
pub(crate) fn is_alive(data: &Path, binaries: &Binaries, account: &Account) -> bool {
    let Some(PidFile { pid, .. }) = read(data) else { return false };
    let says_so = account
        .command(&binaries.program("pg_ctl"))
        .args(["status", "-D"])
        .arg(data)
        .output()
        .is_ok_and(|output| output.status.success());
    says_so && (!has_proc() || works_in(&PathBuf::from(format!("/proc/{pid}")), data))
}

/// Makes a start possible after a crash.
///
/// Postgres itself forgives a recorded process that is gone, but neither one whose number was
/// taken over by a stranger, nor backends that have not yet noticed the end of their postmaster.
pub(crate) fn clear_after_crash(data: &Path) -> Result<(), Error> {
    let begun = Instant::now();
    while has_proc() && anyone_works_in(data) {
        if begun.elapsed() > ORPHANS_GONE_WITHIN {
            return Err(Error::NotReady(data.to_owned()));
        }
        sleep(Duration::from_millis(50));
    }
    let path = file(data);
    let stranger = read(data).is_some_and(|recorded| {
        has_proc() && Path::new(&format!("/proc/{}", recorded.pid)).exists()
    });
    if stranger {
        fs::remove_file(&path).map_err(Error::io("remove", &path))?;
    }
    Ok(())
}

fn file(data: &Path) -> PathBuf {
    data.join("postmaster.pid")
}

fn read(data: &Path) -> Option<PidFile> {
    parse(&fs::read_to_string(file(data)).ok()?)
}

/// Lines: pid, data folder, start, port, socket folder, listen address, memory key, status.
fn parse(text: &str) -> Option<PidFile> {
    let mut lines = text.lines();
    let pid = lines.next()?.trim().parse().ok()?;
    let port = lines.nth(2)?.trim().parse().ok()?;
    let ready = lines.nth(3).is_some_and(|status| status.trim() == "ready");
    Some(PidFile { pid, port, ready })
}

fn has_proc() -> bool {
    Path::new("/proc/self/cwd").exists()
}

/// Every process of a cluster makes the data folder its working folder. A zombie has none.
fn works_in(process: &Path, data: &Path) -> bool {
    let data = fs::canonicalize(data);
    fs::read_link(process.join("cwd")).is_ok_and(|cwd| data.is_ok_and(|data| data == cwd))
}

fn anyone_works_in(data: &Path) -> bool {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    processes
        .filter(|entry| entry.file_name().as_encoded_bytes().iter().all(u8::is_ascii_digit))
        .any(|entry| works_in(&entry.path(), data))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pid_file_of_a_ready_server_is_read() {
        let text = "4321\n/data\n1700000000\n40123\n\n127.0.0.1\n  5432001    65538\nready   \n";
        assert_eq!(parse(text), Some(PidFile { pid: 4321, port: 40123, ready: true }));
    }

    #[test]
    fn a_server_that_is_starting_is_not_ready() {
        let text = "4321\n/data\n1700000000\n40123\n\n127.0.0.1\n1 2\nstarting\n";
        assert_eq!(parse(text), Some(PidFile { pid: 4321, port: 40123, ready: false }));
        let early = "4321\n/data\n1700000000\n40123\n";
        assert_eq!(parse(early), Some(PidFile { pid: 4321, port: 40123, ready: false }));
    }

    #[test]
    fn half_a_pid_file_is_none() {
        assert_eq!(parse(""), None);
        assert_eq!(parse("4321\n/data\n"), None);
    }
}
