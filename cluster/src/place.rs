//! Which folder a cluster really lives in.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::account::Account;
use crate::error::Error;

/// Where clusters go whose wanted folder the user `postgres` cannot reach.
const ELSEWHERE: &str = "/var/lib/px360";

/// The folder for a wanted one: itself, or one under `/var/lib/px360` when the Postgres account
/// could not walk down to it (a home of mode 0700, for instance). Nothing is made.
pub(crate) fn choose(wanted: &Path, account: &Account) -> Result<PathBuf, Error> {
    let wanted = std::path::absolute(wanted).map_err(Error::io("find", wanted))?;
    let parent = wanted.parent().unwrap_or(&wanted);
    let reachable = real_ancestors(parent).iter().all(|folder| account.may_enter(folder));
    if reachable {
        return Ok(wanted);
    }
    Ok(Path::new(ELSEWHERE).join(format!("{:016x}", fingerprint(&wanted))))
}

/// Makes the chosen folder: walkable down to it, and closed to everybody but the account.
pub(crate) fn make(dir: &Path, account: &Account) -> Result<(), Error> {
    let mut missing: Vec<&Path> = dir.ancestors().take_while(|folder| !folder.exists()).collect();
    missing.reverse();
    for folder in missing {
        fs::create_dir(folder).map_err(Error::io("create", folder))?;
        // Whatever our umask says, the account must be able to walk through.
        fs::set_permissions(folder, Permissions::from_mode(0o711))
            .map_err(Error::io("change the mode of", folder))?;
    }
    account.own(dir)
}

/// The existing folders on the way to a path, with links followed.
fn real_ancestors(path: &Path) -> Vec<PathBuf> {
    let existing = path.ancestors().find(|folder| folder.exists()).unwrap_or(Path::new("/"));
    let real = fs::canonicalize(existing).unwrap_or_else(|_| existing.to_owned());
    real.ancestors().map(Path::to_owned).collect()
}

/// FNV-1a: the standard library's hasher may change between compilers, and with it the folder.
fn fingerprint(path: &Path) -> u64 {
    path.as_os_str().as_encoded_bytes().iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprints_are_those_of_fnv_1a() {
        assert_eq!(fingerprint(Path::new("")), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fingerprint(Path::new("a")), 0xaf63_dc4c_8601_ec8c);
    }

    #[test]
    fn an_account_of_our_own_always_gets_the_wanted_folder() {
        let wanted = Path::new("/some/where");
        assert_eq!(choose(wanted, &Account::Ourselves).unwrap(), wanted);
    }

    #[test]
    fn a_closed_ancestor_sends_the_cluster_elsewhere() {
        let closed = std::env::temp_dir()
            .join(format!("px360-closed-{}", crate::secret::random_hex(6).unwrap()));
        fs::create_dir(&closed).unwrap();
        fs::set_permissions(&closed, Permissions::from_mode(0o700)).unwrap();
        // Ids that nobody has, so that neither the owner's nor the group's bit counts.
        let stranger = Account::Postgres { uid: 4_000_000_001, gid: 4_000_000_001 };
        let chosen = choose(&closed.join("a/b"), &stranger).unwrap();
        fs::set_permissions(&closed, Permissions::from_mode(0o711)).unwrap();
        let open = choose(&closed.join("a/b"), &stranger).unwrap();
        fs::remove_dir(&closed).unwrap();
        assert!(chosen.starts_with(ELSEWHERE), "{}", chosen.display());
        assert_eq!(open, closed.join("a/b"));
    }
}
