//! A throw-away database server for one run.

use std::fs;
use std::path::Path;

use px360_cluster::{Cluster, Options};

use crate::workspace::Workspace;
use crate::{Result, run};

/// A Postgres that forgets everything when this value goes, whichever way the run ends.
pub(crate) struct Scratch {
    cluster: Cluster,
}

impl Scratch {
    /// Starts the server.
    pub(crate) fn start() -> Result<Self> {
        let mut options = Options::throw_away()?;
        // Every test has a pool and a database of its own.
        options.settings = vec![("max_connections".to_owned(), "300".to_owned())];
        Ok(Self { cluster: Cluster::start(&options)? })
    }

    /// The address of the maintenance database, from which tests create their own.
    pub(crate) fn maintenance_url(&self) -> String {
        self.cluster.url("postgres")
    }

    /// Creates an empty database and returns its address.
    pub(crate) fn empty(&self, name: &str) -> Result<String> {
        self.cluster.create_database(name)?;
        Ok(self.cluster.url(name))
    }

    /// Creates a database with every migration applied, and returns its address.
    pub(crate) fn migrated(&self, workspace: &Workspace, name: &str) -> Result<String> {
        let url = self.empty(name)?;
        for path in migrations(&workspace.path("migrations"))? {
            let text = fs::read_to_string(&path)?;
            let mut psql = self.cluster.psql(name);
            psql.arg("-f").arg(&path);
            if in_one_transaction(&text) {
                psql.arg("--single-transaction");
            }
            run::output(&mut psql)
                .map_err(|error| format!("migration {} fails: {error}", path.display()))?;
        }
        Ok(url)
    }

    /// Stops the server and removes its folder.
    pub(crate) fn stop(self) -> Result {
        Ok(self.cluster.stop()?)
    }
}

/// The migration files in the order sqlx applies them: by their leading number.
fn migrations(folder: &Path) -> Result<Vec<std::path::PathBuf>> {
    let entries = fs::read_dir(folder)
        .map_err(|error| format!("cannot read {}: {error}", folder.display()))?;
    let mut found: Vec<(u64, std::path::PathBuf)> = entries
        .flatten()
        .filter_map(|entry| Some((order(entry.file_name().to_str()?)?, entry.path())))
        .collect();
    found.sort();
    Ok(found.into_iter().map(|(_, path)| path).collect())
}

/// The number before the first `_` of `<number>_<words>.sql`; other files are no migrations.
fn order(name: &str) -> Option<u64> {
    let (number, words) = name.split_once('_')?;
    if words.ends_with(".sql") && !words.ends_with(".down.sql") {
        number.parse().ok()
    } else {
        None
    }
}

/// sqlx wraps each file in a transaction unless its first line forbids that.
fn in_one_transaction(text: &str) -> bool {
    !text.starts_with("-- no-transaction")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn migrations_are_ordered_by_number() {
        assert_eq!(order("20261123000001_accounts.sql"), Some(20_261_123_000_001));
        assert_eq!(order("2_more.up.sql"), Some(2));
        for other in ["README.md", "1_x.down.sql", "x_y.sql", "1.sql"] {
            assert_eq!(order(other), None, "{other}");
        }
    }

    #[test]
    fn a_file_may_ask_for_no_transaction() {
        assert!(in_one_transaction("create table x ();"));
        assert!(!in_one_transaction("-- no-transaction\ncreate index concurrently …"));
    }
}
