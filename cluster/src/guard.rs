//! A small watcher that stops the server when its owner ends without saying goodbye.
//!
//! A Ctrl-C or a `kill -9` runs no destructor. The watcher is a shell that reads from a pipe whose
//! other end we hold: our end, however it comes, closes the pipe.

use std::io::Write;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Stdio};

use crate::account::Account;
use crate::binaries::Binaries;
use crate::error::Error;
use crate::launch::Stop;

/// A word on the pipe sends the watcher home; without one it stops the server, if there is one.
const SCRIPT: &str = r#"read -r word || {
    "$1" stop -w -s -m "$3" -D "$2"
    [ -z "$4" ] || rm -rf "$4"
}"#;

/// The watcher of one server.
pub(crate) struct Guard {
    shell: Child,
}

impl Guard {
    /// Begins to watch over the server of `dir`, in a process group that Ctrl-C does not reach.
    pub(crate) fn post(
        dir: &Path,
        how: Stop,
        remove: bool,
        binaries: &Binaries,
        account: &Account,
    ) -> Result<Self, Error> {
        let program = Path::new("/bin/sh");
        let mut command = account.command(program);
        command.args(["-c", SCRIPT, "px360-guard"]);
        command.arg(binaries.program("pg_ctl")).arg(dir.join("data")).arg(how.word());
        command.arg(if remove { dir } else { Path::new("") });
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let shell = command.process_group(0).spawn().map_err(Error::io("run", program))?;
        Ok(Self { shell })
    }

    /// Sends the watcher home.
    pub(crate) fn dismiss(mut self) {
        if let Some(mut pipe) = self.shell.stdin.take() {
            // It may have been killed; then there is nothing to dismiss.
            drop(pipe.write_all(b"done\n"));
        }
        drop(self.shell.wait());
    }
}
