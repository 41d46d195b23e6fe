//! The system user that Postgres runs as.

use std::fs;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use crate::error::Error;

/// Who runs the Postgres programs and owns the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Account {
    /// We do.
    Ourselves,
    /// The user `postgres`, because we are root and Postgres refuses root.
    Postgres { uid: u32, gid: u32 },
}

impl Account {
    /// The account for this process.
    pub(crate) fn current() -> Result<Self, Error> {
        if effective_uid() != Some(0) {
            return Ok(Self::Ourselves);
        }
        let path = Path::new("/etc/passwd");
        let users = fs::read_to_string(path).map_err(Error::io("read", path))?;
        let (uid, gid) = find_user(&users, "postgres").ok_or(Error::NoAccount)?;
        Ok(Self::Postgres { uid, gid })
    }

    /// A command that will run as this account, with nothing of our own Postgres environment.
    pub(crate) fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        for (name, _) in std::env::vars_os() {
            if name.as_encoded_bytes().starts_with(b"PG") {
                command.env_remove(name);
            }
        }
        // The current folder may be closed to the other user; every path we pass is absolute.
        command.current_dir("/").env("LC_ALL", "C");
        if let Self::Postgres { uid, gid } = *self {
            command.uid(uid).gid(gid);
        }
        command
    }

    /// Gives a file or folder to this account.
    pub(crate) fn own(&self, path: &Path) -> Result<(), Error> {
        match *self {
            Self::Ourselves => Ok(()),
            Self::Postgres { uid, gid } => {
                chown(path, Some(uid), Some(gid)).map_err(Error::io("change the owner of", path))
            }
        }
    }

    /// Whether this account may walk through an existing folder.
    pub(crate) fn may_enter(&self, folder: &Path) -> bool {
        let Self::Postgres { uid, gid } = *self else { return true };
        // What cannot be looked at is left to the act itself, whose message is better.
        let Ok(meta) = fs::metadata(folder) else { return true };
        mode_lets_in(meta.mode(), meta.uid() == uid, meta.gid() == gid)
    }
}

/// Reads the execute bit that counts for this user: the owner's, the group's or everybody's.
fn mode_lets_in(mode: u32, owner: bool, group: bool) -> bool {
    let bit = if owner {
        0o100
    } else if group {
        0o010
    } else {
        0o001
    };
    mode & bit != 0
}

/// The effective user id, from `/proc` or else from `id`.
fn effective_uid() -> Option<u32> {
    fs::metadata("/proc/self").map(|meta| meta.uid()).ok().or_else(|| {
        let output = Command::new("id").arg("-u").output().ok()?;
        String::from_utf8_lossy(&output.stdout).trim().parse().ok()
    })
}

/// User id and group id of a name in the text of `/etc/passwd`.
fn find_user(passwd: &str, wanted: &str) -> Option<(u32, u32)> {
    passwd.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        let (uid, gid) = (fields.nth(1)?, fields.next()?);
        if name == wanted { Some((uid.parse().ok()?, gid.parse().ok()?)) } else { None }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_is_found_by_its_whole_name() {
        let passwd = "root:x:0:0:root:/root:/bin/bash\npostgres2:x:7:8::/:/bin/sh\n\
                      broken\npostgres:x:101:104:PostgreSQL administrator,,,:/var:/bin/bash\n";
        assert_eq!(find_user(passwd, "postgres"), Some((101, 104)));
        assert_eq!(find_user(passwd, "nobody"), None);
    }

    #[test]
    fn the_bit_that_counts_is_the_one_of_the_nearest_class() {
        assert!(mode_lets_in(0o711, false, false));
        assert!(!mode_lets_in(0o700, false, false));
        assert!(mode_lets_in(0o700, true, false));
        assert!(mode_lets_in(0o750, false, true));
        assert!(!mode_lets_in(0o701, false, true), "the group's bit hides everybody's");
    }
}
