//! Everything that is served, built and not started: for images and for `serve`.

use crate::site::{self, Mode};
use crate::workspace::Workspace;
use crate::{Result, run, tools};

/// Installs what a build needs, and builds both sides.
pub(crate) fn run(workspace: &Workspace, arguments: &[&str]) -> Result {
    let mode = match arguments {
        [] => Mode::Dev,
        ["--release"] => Mode::Release,
        _ => return Err("`build` takes --release only".into()),
    };
    run::step("tools", || tools::for_building(workspace))?;
    both_sides(workspace, mode)
}

/// Builds the browser side, then the server.
pub(crate) fn both_sides(workspace: &Workspace, mode: Mode) -> Result {
    run::step("browser side", || site::build_browser_side(workspace, mode))?;
    run::step("server", || site::build_server(workspace, mode))
}
