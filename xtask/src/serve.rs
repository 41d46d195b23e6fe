//! From a fresh checkout to a running PX360 with demo data.

use std::fs;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::Command;

use crate::site::{Mode, Site};
use crate::workspace::Workspace;
use crate::{Result, build, run, tools};

/// Where the program keeps its private database, unless `PX360_DATA_DIR` says otherwise.
const PRIVATE: &str = ".px360";

/// Installs what is missing, builds, and becomes the running program.
pub(crate) fn run(workspace: &Workspace, arguments: &[&str]) -> Result {
    let (mut mode, mut fresh) = (Mode::Dev, false);
    for argument in arguments {
        match *argument {
            "--release" => mode = Mode::Release,
            "--fresh" => fresh = true,
            other => {
                return Err(format!("`serve` takes --release and --fresh, not `{other}`").into());
            }
        }
    }
    run::step("tools", || {
        tools::for_building(workspace)?;
        // With a database of one's own, none is started.
        if std::env::var_os("DATABASE_URL").is_none() { tools::postgres() } else { Ok(()) }
    })?;
    if fresh {
        run::step("forget the private database", || forget(workspace))?;
    }
    build::both_sides(workspace, mode)?;
    become_the_server(workspace, &Site::of(workspace, mode))
}

/// Removes what the program made in its data folder: the database and its secret.
fn forget(workspace: &Workspace) -> Result {
    let named = std::env::var_os("PX360_DATA_DIR").map(PathBuf::from);
    let private = workspace.root.join(named.unwrap_or_else(|| PathBuf::from(PRIVATE)));
    px360_cluster::remove(&private.join("postgres"))?;
    let secret = private.join("secret");
    if secret.exists() {
        fs::remove_file(&secret)?;
    }
    println!("{} is empty.", private.display());
    Ok(())
}

/// Replaces this process, so that Ctrl-C and every other signal reach the program itself.
fn become_the_server(workspace: &Workspace, site: &Site) -> Result {
    let mut server = Command::new(&site.program);
    server.current_dir(&workspace.root).args(["serve", "--demo"]);
    site.describe_to(&mut server);
    println!();
    let error = server.exec();
    Err(format!("cannot run {}: {error}", site.program.display()).into())
}
