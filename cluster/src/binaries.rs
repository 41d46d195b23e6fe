//! Where Postgres's programs are.

use std::fs;
use std::path::{Path, PathBuf};

use crate::account::Account;
use crate::error::Error;

/// The oldest supported major version: the first whose `initdb` knows ICU.
const OLDEST: u32 = 15;

/// A folder with every program we call.
#[derive(Debug)]
pub(crate) struct Binaries {
    pub(crate) dir: PathBuf,
    pub(crate) major: u32,
}

impl Binaries {
    /// The path of one of the programs.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }
}

/// Looks on PATH first, then in Debian's folders, newest first; `wanted` asks for one major
/// version, the one that an existing data folder was made with.
pub(crate) fn find(account: &Account, wanted: Option<u32>) -> Result<Binaries, Error> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain(debian_folders(Path::new("/usr/lib/postgresql")))
        .filter(|dir| dir.is_absolute() && is_complete(dir))
        .filter(|dir| dir.ancestors().all(|folder| account.may_enter(folder)))
        .filter_map(|dir| version_of(account, &dir).map(|major| Binaries { dir, major }))
        .find(|found| found.major >= OLDEST && wanted.is_none_or(|major| major == found.major))
        .ok_or(Error::NoBinaries { wanted })
}

/// Debian puts `psql` alone on PATH, so a folder counts only when the server is there too.
fn is_complete(dir: &Path) -> bool {
    ["initdb", "pg_ctl", "postgres", "psql"].iter().all(|name| dir.join(name).is_file())
}

/// The `bin` folders of Debian's packages, the newest version first.
fn debian_folders(root: &Path) -> Vec<PathBuf> {
    let names = fs::read_dir(root).into_iter().flatten().flatten().map(|entry| entry.file_name());
    newest_first(names.filter_map(|name| name.into_string().ok()))
        .into_iter()
        .map(|name| root.join(name).join("bin"))
        .collect()
}

/// Sorts version names by number (`9.6` < `15` < `17`), dropping what is none.
fn newest_first(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut versions: Vec<(u32, String)> =
        names.filter_map(|name| Some((leading_number(&name)?, name))).collect();
    versions.sort_by(|a, b| b.cmp(a));
    versions.into_iter().map(|(_, name)| name).collect()
}

fn version_of(account: &Account, dir: &Path) -> Option<u32> {
    let output = account.command(&dir.join("postgres")).arg("--version").output().ok()?;
    major_in(&String::from_utf8_lossy(&output.stdout))
}

/// The major version in what `postgres --version` prints.
fn major_in(version: &str) -> Option<u32> {
    version.split_whitespace().find_map(leading_number)
}

fn leading_number(word: &str) -> Option<u32> {
    let digits = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    word.get(..digits)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_postgres_prints_them() {
        assert_eq!(major_in("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"), Some(15));
        assert_eq!(major_in("postgres (PostgreSQL) 18beta1\n"), Some(18));
        assert_eq!(major_in("something else"), None);
    }

    #[test]
    fn versions_are_sorted_by_number() {
        let names = ["9.6", "15", "common", "100", "17"].map(String::from).into_iter();
        assert_eq!(newest_first(names), ["100", "17", "15", "9.6"]);
    }

    #[test]
    fn a_version_nobody_has_is_named_in_the_refusal() {
        let refusal = find(&Account::Ourselves, Some(9999)).unwrap_err().to_string();
        assert!(refusal.contains("`postgresql-9999`"), "{refusal}");
    }
}
