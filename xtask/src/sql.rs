//! The descriptions of our queries in `server/.sqlx`, from which everybody builds offline.
//!
//! sqlx's own tool would do the same, and take minutes to install: the macros write the
//! descriptions themselves, whenever they compile against a database and `SQLX_OFFLINE_DIR` names
//! an existing folder.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::scratch::Scratch;
use crate::workspace::Workspace;
use crate::{Result, no_arguments, run};

/// Where the descriptions are kept.
const KEPT: &str = "server/.sqlx";

/// File names and contents of a set of descriptions.
pub(crate) type Descriptions = BTreeMap<String, Vec<u8>>;

/// Renews the descriptions.
pub(crate) fn run(workspace: &Workspace, arguments: &[&str]) -> Result {
    no_arguments("sql", arguments)?;
    let scratch = run::step("throw-away database", Scratch::start)?;
    let made = run::step("describe every query", || {
        describe(workspace, &scratch, &["check", "--all-targets"])
    })?;
    scratch.stop()?;
    let kept = workspace.path(KEPT);
    let differences = differences(&read(&kept)?, &made);
    // Only now, so that a query that does not compile leaves the old set whole.
    drop(fs::remove_dir_all(&kept));
    fs::create_dir_all(&kept)?;
    for (name, content) in &made {
        fs::write(kept.join(name), content)?;
    }
    println!("\n{} queries in {KEPT}, {} of them changed.", made.len(), differences.len());
    Ok(())
}

/// Compiles the host's members with a cargo verb against a migrated database, and returns the
/// descriptions that the macros wrote.
pub(crate) fn describe(
    workspace: &Workspace,
    scratch: &Scratch,
    verb: &[&str],
) -> Result<Descriptions> {
    let url = scratch.migrated(workspace, "px360_describe")?;
    let folder = workspace.target.join("sqlx-described");
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(&folder)?;
    // A macro runs only when its crate is compiled, and cargo does not know that it asks.
    let touched = touch(&roots(workspace)?);
    let mut cargo = workspace.cargo();
    cargo.args(verb).env("SQLX_OFFLINE", "false").env("DATABASE_URL", url);
    let outcome = run::run(cargo.env("SQLX_OFFLINE_DIR", &folder));
    untouch(&touched);
    outcome?;
    read(&folder)
}

/// Fails unless the kept descriptions are the ones just made.
pub(crate) fn compare(workspace: &Workspace, made: &Descriptions) -> Result {
    let found = differences(&read(&workspace.path(KEPT))?, made);
    if found.is_empty() {
        println!("{} queries, as described in {KEPT}.", made.len());
        return Ok(());
    }
    Err(format!("{KEPT} is out of date, run `cargo xtask sql`:\n  {}", found.join("\n  ")).into())
}

/// One line for each description that is missing, changed or no longer needed.
fn differences(kept: &Descriptions, made: &Descriptions) -> Vec<String> {
    let stale = kept.keys().filter(|name| !made.contains_key(*name));
    let stale = stale.map(|name| format!("{name} belongs to no query"));
    let fresh = made.iter().filter_map(|(name, content)| match kept.get(name) {
        Some(there) if there == content => None,
        Some(_) => Some(format!("{name} has changed")),
        None => Some(format!("{name} is missing")),
    });
    stale.chain(fresh).collect()
}

/// The descriptions in a folder; none, if there is no such folder.
fn read(folder: &Path) -> Result<Descriptions> {
    let mut found = Descriptions::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".json") {
            found.insert(name, fs::read(entry.path())?);
        }
    }
    Ok(found)
}

/// The root files of every crate that may hold checked queries: the server and its tests.
fn roots(workspace: &Workspace) -> Result<Vec<PathBuf>> {
    let server = workspace.path("server");
    let mut roots = vec![server.join("src/lib.rs")];
    for entry in fs::read_dir(server.join("tests")).into_iter().flatten().flatten() {
        let path = entry.path();
        let root = if path.is_dir() { path.join("main.rs") } else { path };
        if root.extension().is_some_and(|extension| extension == "rs") && root.exists() {
            roots.push(root);
        }
    }
    Ok(roots)
}

/// A file whose time was moved: the file, its own time, and ours.
type Touched = (PathBuf, SystemTime, SystemTime);

#[expect(clippy::disallowed_methods, reason = "a file's time for cargo, not the product's clock")]
fn touch(paths: &[PathBuf]) -> Vec<Touched> {
    let now = SystemTime::now();
    let touch = |path: &PathBuf| {
        let file = File::options().append(true).open(path).ok()?;
        let own = file.metadata().ok()?.modified().ok()?;
        file.set_modified(now).ok()?;
        Some((path.clone(), own, file.metadata().ok()?.modified().ok()?))
    };
    paths.iter().filter_map(touch).collect()
}

/// Gives the files their own time back, so that `cargo test` need not compile the server again;
/// but never to a file that somebody saved in the meantime.
fn untouch(touched: &[Touched]) {
    for (path, own, ours) in touched {
        let file = File::options().append(true).open(path);
        let same = |file: &File| file.metadata().and_then(|meta| meta.modified()).ok();
        if let Ok(file) = file
            && same(&file) == Some(*ours)
        {
            drop(file.set_modified(*own));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(entries: &[(&str, &str)]) -> Descriptions {
        entries.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn every_difference_is_named() {
        let kept = set(&[("a", "1"), ("b", "1"), ("c", "1")]);
        let made = set(&[("a", "1"), ("b", "2"), ("d", "1")]);
        assert_eq!(
            differences(&kept, &made),
            ["c belongs to no query", "b has changed", "d is missing"]
        );
        assert!(differences(&made, &made).is_empty());
    }

    #[test]
    fn a_touched_file_gets_its_time_back_unless_it_was_saved() {
        let path = std::env::temp_dir().join(format!("px360-touch-{}", std::process::id()));
        fs::write(&path, "x").unwrap();
        let long_ago = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000);
        let set = |time| File::options().append(true).open(&path).unwrap().set_modified(time);
        let get = || fs::metadata(&path).unwrap().modified().unwrap();
        set(long_ago).unwrap();
        let touched = touch(std::slice::from_ref(&path));
        assert!(get() > long_ago);
        untouch(&touched);
        assert_eq!(get(), long_ago);

        let touched = touch(std::slice::from_ref(&path));
        let saved = long_ago + std::time::Duration::from_secs(5);
        set(saved).unwrap();
        untouch(&touched);
        assert_eq!(get(), saved);
        fs::remove_file(&path).unwrap();
    }
}
