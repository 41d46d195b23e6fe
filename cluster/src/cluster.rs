//! The cluster as its user sees it.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::account::Account;
use crate::binaries::{self, Binaries};
use crate::error::Error;
use crate::guard::Guard;
use crate::launch::{self, Stop};
use crate::options::Options;
use crate::{create, place, postmaster, secret};

/// A running Postgres. Stops with this value if this value started it and was not asked to keep
/// it running; a server that was already there is left alone.
pub struct Cluster {
    dir: PathBuf,
    port: u16,
    password: String,
    binaries: Binaries,
    account: Account,
    options: Options,
    owned: bool,
    guard: Option<Guard>,
}

impl Cluster {
    /// Starts the cluster of `options.dir`, creating it first when there is none.
    ///
    /// A server that already runs there is used and not owned. Blocks for about two seconds, and
    /// about four more for a new cluster.
    ///
    /// # Errors
    /// Every [`Error`] but [`Error::BadName`].
    pub fn start(options: &Options) -> Result<Self, Error> {
        let account = Account::current()?;
        let dir = place::choose(&options.dir, &account)?;
        if dir != std::path::absolute(&options.dir).unwrap_or_default() {
            (options.tell)(&format!(
                "The user postgres cannot enter the way to {}, so the database lives in {}.",
                options.dir.display(),
                dir.display()
            ));
        }
        place::make(&dir, &account)?;
        let _lock = lock(&dir)?;
        let data = dir.join("data");
        let binaries = binaries::find(&account, major_of(&data))?;
        let mut cluster = Self {
            dir,
            port: 0,
            password: String::new(),
            binaries,
            account,
            options: options.clone(),
            owned: false,
            guard: None,
        };
        match postmaster::running(&data, &cluster.binaries, &account)? {
            Some(port) => cluster.reuse(port)?,
            None => cluster.launch(&data)?,
        }
        Ok(cluster)
    }

    fn reuse(&mut self, port: u16) -> Result<(), Error> {
        let dir = self.dir.display();
        (self.options.tell)(&format!("Using the Postgres that already runs in {dir}."));
        self.password = secret::read(&self.dir)?;
        self.port = port;
        Ok(())
    }

    fn launch(&mut self, data: &Path) -> Result<(), Error> {
        let (options, binaries, account) = (&self.options, &self.binaries, &self.account);
        if !options.keep_running {
            // From the first file on. If the start fails, the watcher clears up after it.
            let remove = options.remove_at_end;
            self.guard = Some(Guard::post(&self.dir, self.how(), remove, binaries, account)?);
        }
        if data.exists() {
            postmaster::clear_after_crash(data)?;
        } else {
            (options.tell)(&format!(
                "Creating a Postgres {} cluster in {} (a few seconds).",
                binaries.major,
                self.dir.display()
            ));
            create::create(&self.dir, options, binaries, account)?;
        }
        self.password = secret::read(&self.dir)?;
        self.port = launch::start(&self.dir, options, binaries, account)?;
        self.owned = true;
        Ok(())
    }

    /// The address of a database in this cluster, password included, as `DATABASE_URL` wants it.
    #[must_use]
    pub fn url(&self, database: &str) -> String {
        format!("postgres://px360:{}@127.0.0.1:{}/{database}", self.password, self.port)
    }

    /// Creates a database if it is not there, and says whether it did.
    ///
    /// # Errors
    /// [`Error::BadName`] unless the name is a plain identifier; [`Error::Program`].
    pub fn create_database(&self, name: &str) -> Result<bool, Error> {
        check_name(name)?;
        let found =
            self.ask("postgres", &format!("select 1 from pg_database where datname = '{name}'"))?;
        if found.is_empty() {
            self.ask("postgres", &format!("create database {name}"))?;
        }
        Ok(found.is_empty())
    }

    /// Runs SQL in a database and returns what `psql` prints, unaligned and without headers.
    ///
    /// # Errors
    /// [`Error::Program`] with the server's words at the first statement that fails.
    pub fn ask(&self, database: &str, sql: &str) -> Result<String, Error> {
        let mut command = self.psql(database);
        command.args(["-A", "-t", "-c", sql]);
        let program = self.binaries.program("psql");
        let output = command.output().map_err(Error::io("run", &program))?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
        }
        let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        Err(Error::Program { name: "psql".to_owned(), said })
    }

    /// A `psql` that is ready to run against a database: quiet, stopping at the first error.
    /// Its working folder is `/`, so paths given to it must be absolute.
    #[must_use]
    pub fn psql(&self, database: &str) -> Command {
        let mut command = Account::Ourselves.command(&self.binaries.program("psql"));
        command.args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-U", "px360"]);
        command.arg("-p").arg(self.port.to_string()).arg("-d").arg(database);
        // The environment, unlike the arguments, is hidden from other users.
        command.env("PGPASSWORD", &self.password).env("PGCLIENTENCODING", "UTF8");
        command
    }

    /// The path of one of this cluster's own programs, for example `pgbench`.
    #[must_use]
    pub fn program(&self, name: &str) -> PathBuf {
        self.binaries.program(name)
    }

    /// The folder the cluster really lives in, which may differ from the wanted one.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The port on 127.0.0.1.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Whether this value started the server.
    #[must_use]
    pub fn is_owned(&self) -> bool {
        self.owned
    }

    /// Stops the server if this value started it, `keep_running` or not, and removes its folder if
    /// that was asked for.
    ///
    /// # Errors
    /// [`Error::Program`] when the server does not end, [`Error::Io`] when its folder stays.
    pub fn stop(mut self) -> Result<(), Error> {
        self.end()
    }

    fn end(&mut self) -> Result<(), Error> {
        if !std::mem::take(&mut self.owned) {
            return Ok(());
        }
        if let Some(guard) = self.guard.take() {
            guard.dismiss();
        }
        let data = self.dir.join("data");
        if postmaster::is_alive(&data, &self.binaries, &self.account) {
            launch::stop(&data, self.how(), &self.binaries, &self.account)?;
        }
        if self.options.remove_at_end {
            remove_folder(&self.dir)?;
            remove_folder(&self.options.dir)?;
        }
        Ok(())
    }

    fn how(&self) -> Stop {
        if self.options.remove_at_end { Stop::Immediate } else { Stop::Fast }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if self.options.keep_running {
            return;
        }
        if let Err(error) = self.end() {
            (self.options.tell)(&format!("The database in {} stays: {error}", self.dir.display()));
        }
    }
}

/// Without the password, so that a log line cannot give it away.
impl std::fmt::Debug for Cluster {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Cluster")
            .field("dir", &self.dir)
            .field("port", &self.port)
            .field("owned", &self.owned)
            .finish_non_exhaustive()
    }
}

/// Removes the cluster that [`Options::durable`] of this folder would use, with all its data,
/// stopping its server first. Nothing happens when there is none.
///
/// # Errors
/// [`Error::Program`] when the server does not end, [`Error::Io`] when the folder stays.
pub fn remove(dir: &Path) -> Result<(), Error> {
    let account = Account::current()?;
    let chosen = place::choose(dir, &account)?;
    let data = chosen.join("data");
    if data.exists() {
        let binaries = binaries::find(&account, major_of(&data))?;
        if postmaster::is_alive(&data, &binaries, &account) {
            launch::stop(&data, Stop::Immediate, &binaries, &account)?;
        }
    }
    remove_folder(&chosen)
}

/// Two starters of one folder take turns; the second finds the first one's server.
fn lock(dir: &Path) -> Result<File, Error> {
    let path = dir.join("lock");
    let file = File::create(&path).map_err(Error::io("create", &path))?;
    file.lock().map_err(Error::io("lock", &path))?;
    Ok(file)
}

/// The major version an existing data folder was made with.
fn major_of(data: &Path) -> Option<u32> {
    fs::read_to_string(data.join("PG_VERSION")).ok()?.trim().parse().ok()
}

fn remove_folder(dir: &Path) -> Result<(), Error> {
    match fs::remove_dir_all(dir) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(Error::io("remove", dir)(error))
        }
        _ => Ok(()),
    }
}

/// Names go into SQL as they are, so they are held to what needs no quoting.
fn check_name(name: &str) -> Result<(), Error> {
    let first = name.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if first && name.len() <= 63 && name.bytes().all(plain) {
        return Ok(());
    }
    Err(Error::BadName(name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_names_reach_sql() {
        for good in ["px360", "_x", "px360_e2e_1"] {
            assert!(check_name(good).is_ok(), "{good}");
        }
        for bad in ["", "1x", "Px", "a-b", "x; drop database y", &"x".repeat(64)] {
            assert!(check_name(bad).is_err(), "{bad}");
        }
    }
}
