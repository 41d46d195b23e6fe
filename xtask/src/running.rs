//! Servers that end with the value that holds them.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use crate::Result;

/// A server that ends with this value.
pub(crate) struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself, which is no less ended.
        let _ended = self.0.kill();
        let _waited = self.0.wait();
    }
}

impl Running {
    /// Holds what runs already.
    pub(crate) fn of(child: Child) -> Self {
        Self(child)
    }

    /// Its number among the processes.
    pub(crate) fn id(&self) -> u32 {
        self.0.id()
    }

    /// Starts `px360 serve` and waits until it says that it serves.
    pub(crate) fn start(program: &mut Command) -> Result<Self> {
        let mut child = program.stdout(Stdio::piped()).spawn()?;
        let said = child.stdout.take().ok_or("a server without output")?;
        let running = Self(child);
        let mut lines = BufReader::new(said).lines().map_while(std::result::Result::ok);
        if !lines.by_ref().any(|line| line.contains("serves on")) {
            return Err("the server did not start".into());
        }
        // Whoever stops reading stops the writer, and the console channel writes.
        std::thread::spawn(move || lines.for_each(drop));
        Ok(running)
    }
}
