//! Where things are.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Result, json, run};

/// The checkout and the folder that cargo builds into.
pub(crate) struct Workspace {
    /// The folder of the root `Cargo.toml`.
    pub(crate) root: PathBuf,
    /// Cargo's target folder, which `CARGO_TARGET_DIR` may have put elsewhere.
    pub(crate) target: PathBuf,
}

impl Workspace {
    /// The workspace this program was started in.
    pub(crate) fn find() -> Result<Self> {
        // Asked when it runs, not when it was built: with a shared target folder, cargo may take
        // the program that another checkout built, and that checkout may be gone.
        let here = std::env::var_os("CARGO_MANIFEST_DIR").ok_or("start it by `cargo xtask`")?;
        let here = Path::new(&here);
        let root = here.parent().ok_or("xtask has no parent folder")?.to_owned();
        let mut cargo = cargo_in(&root);
        cargo.args(["metadata", "--no-deps", "--format-version", "1"]);
        let metadata = json::parse(&run::output(&mut cargo)?)?;
        let target = metadata.text("target_directory").ok_or("cargo metadata names no target")?;
        Ok(Self { target: PathBuf::from(target), root })
    }

    /// A cargo command in the workspace's root.
    pub(crate) fn cargo(&self) -> Command {
        cargo_in(&self.root)
    }

    /// A path below the root.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// The version of a package in `Cargo.lock`; the first one, if there are several.
    pub(crate) fn locked_version(&self, package: &str) -> Result<String> {
        let path = self.path("Cargo.lock");
        let lock = std::fs::read_to_string(&path)
            .map_err(|error| format!("cannot read {}: {error}", path.display()))?;
        locked_version(&lock, package)
            .ok_or_else(|| format!("{} has no {package}", path.display()).into())
    }
}

/// `cargo run`, which runs us, describes this package in variables. Passed on, they would make
/// some build scripts believe that their surroundings have changed, and much would be built twice.
fn cargo_in(root: &Path) -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(root);
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(describes_a_package) {
            command.env_remove(name);
        }
    }
    command
}

fn describes_a_package(name: &str) -> bool {
    const WHOLE: [&str; 4] =
        ["CARGO_BIN_NAME", "CARGO_CRATE_NAME", "CARGO_PRIMARY_PACKAGE", "OUT_DIR"];
    name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") || WHOLE.contains(&name)
}

fn locked_version(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name).skip(1);
    let version = lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')?;
    Some(version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locked_version_is_found_by_the_whole_name() {
        let lock = "[[package]]\nname = \"leptos_macro\"\nversion = \"1.0.0\"\n\n\
                    [[package]]\nname = \"leptos\"\nversion = \"0.8.23\"\n";
        assert_eq!(locked_version(lock, "leptos").as_deref(), Some("0.8.23"));
        assert_eq!(locked_version(lock, "lept"), None);
    }

    #[test]
    fn only_what_describes_this_package_is_hidden_from_cargo() {
        assert!(describes_a_package("CARGO_PKG_VERSION"));
        assert!(describes_a_package("CARGO_MANIFEST_DIR"));
        assert!(!describes_a_package("CARGO_TARGET_DIR"));
        assert!(!describes_a_package("CARGO_HOME"));
    }
}
