//! Finding and reading the sources.

use std::fs;
use std::path::{Path, PathBuf};

use crate::Result;

/// Folders whose content is not ours.
const FOREIGN: [&str; 5] = ["target", "node_modules", "vendor", ".git", ".px360"];

/// A source file: its path below the root, with `/`, and its text.
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// Every file of ours below `folder` whose name ends in one of `extensions`, sorted by path. A
/// folder that is not there has none.
pub(crate) fn sources(root: &Path, folder: &str, extensions: &[&str]) -> Result<Vec<Source>> {
    let mut found = Vec::new();
    walk(&root.join(folder), &mut |path| {
        let extension = path.extension().and_then(|extension| extension.to_str());
        if extension.is_some_and(|extension| extensions.contains(&extension)) {
            found.push(read(root, path)?);
        }
        Ok(())
    })?;
    found.sort_by(|a: &Source, b| a.path.cmp(&b.path));
    Ok(found)
}

fn walk(folder: &Path, visit: &mut impl FnMut(&Path) -> Result) -> Result {
    if !folder.exists() {
        return Ok(());
    }
    for entry in fs::read_dir(folder).map_err(|error| unreadable(folder, &error))? {
        let entry = entry.map_err(|error| unreadable(folder, &error))?;
        let (path, name) = (entry.path(), entry.file_name());
        if path.is_dir() {
            if !FOREIGN.iter().any(|foreign| name == *foreign) {
                walk(&path, visit)?;
            }
        } else {
            visit(&path)?;
        }
    }
    Ok(())
}

fn read(root: &Path, path: &Path) -> Result<Source> {
    let text = fs::read_to_string(path).map_err(|error| unreadable(path, &error))?;
    let below: PathBuf = path.strip_prefix(root).unwrap_or(path).to_owned();
    Ok(Source { path: below.to_string_lossy().replace('\\', "/"), text })
}

fn unreadable(path: &Path, error: &std::io::Error) -> String {
    format!("cannot read {}: {error}", path.display())
}
