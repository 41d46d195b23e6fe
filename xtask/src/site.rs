//! Building what is served: the program, and the folder of files beside it.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::workspace::Workspace;
use crate::{Result, npm, run};

/// A built PX360.
pub(crate) struct Site {
    /// The program. cargo-leptos has put `hash.txt`, the names of the hashed files, beside it.
    pub(crate) program: PathBuf,
    /// The folder of scripts, styles and assets.
    pub(crate) root: PathBuf,
}

/// How to build.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Quick to build.
    Dev,
    /// Small and fast to run.
    Release,
}

impl Mode {
    fn cargo_flags(self) -> &'static [&'static str] {
        match self {
            Self::Dev => &[],
            Self::Release => &["--release"],
        }
    }

    fn cargo_leptos_flags(self) -> &'static [&'static str] {
        match self {
            // In files as they are fetched (ADR 0027): the tests drive what users get.
            Self::Dev => &["--split"],
            // Compressed once and well, instead of at each request.
            Self::Release => &["--release", "--precompress", "--split"],
        }
    }
}

impl Site {
    /// Where a build of this mode ends up.
    pub(crate) fn of(workspace: &Workspace, mode: Mode) -> Self {
        // Two site folders, because a build empties its own while a server of the other may run.
        let (profile, site) = match mode {
            Mode::Dev => ("debug", "site"),
            Mode::Release => ("release", "site-release"),
        };
        Self {
            program: workspace.target.join(profile).join("px360"),
            root: workspace.target.join(site),
        }
    }

    /// Tells a program where its files are. Without these it would look in the current folder.
    pub(crate) fn describe_to(&self, command: &mut Command) {
        command.env("LEPTOS_OUTPUT_NAME", "px360").env("LEPTOS_SITE_PKG_DIR", "pkg");
        command.env("LEPTOS_SITE_ROOT", &self.root).env("LEPTOS_HASH_FILES", "true");
    }
}

/// Builds the browser's WebAssembly, the styles and the assets.
///
/// Only this half is left to cargo-leptos: it selects the server by package, which on the host
/// compiles many dependencies a second time with other features than `cargo test` does.
pub(crate) fn build_browser_side(workspace: &Workspace, mode: Mode) -> Result {
    npm::vendor(workspace)?;
    let site = Site::of(workspace, mode);
    // The hashes are written beside the program, which may not be built yet.
    fs::create_dir_all(site.program.parent().unwrap_or(&workspace.target))?;
    let mut cargo = workspace.cargo();
    cargo.args(["leptos", "build", "--frontend-only"]).args(mode.cargo_leptos_flags());
    cargo.env("LEPTOS_SITE_ROOT", &site.root).env("PATH", npm::path_with_tools(workspace)?);
    run::run(&mut cargo)
}

/// Builds the program.
pub(crate) fn build_server(workspace: &Workspace, mode: Mode) -> Result {
    run::run(workspace.cargo().args(["build", "--bin", "px360"]).args(mode.cargo_flags()))
}
