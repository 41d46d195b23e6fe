//! Compiling both sides, as fast as that goes.

use std::process::Command;

use crate::workspace::Workspace;
use crate::{Result, no_arguments, run};

/// Type-checks the host's default members with all their tests, then the browser side.
pub(crate) fn run(workspace: &Workspace, arguments: &[&str]) -> Result {
    no_arguments("check", arguments)?;
    run::step("check, host", || run::run(workspace.cargo().args(["check", "--all-targets"])))?;
    run::step("check, browser", || run::run(&mut browser_side(workspace, "check")))
}

/// A cargo command on the browser's side of the workspace.
///
/// The only selection by package: on the host it would compile the dependencies a second time. The
/// folder and the profile are those of cargo-leptos, so that build scripts and macros are shared.
pub(crate) fn browser_side(workspace: &Workspace, verb: &str) -> Command {
    let mut cargo = workspace.cargo();
    cargo.args([verb, "--package", "px360-frontend", "--target", "wasm32-unknown-unknown"]);
    cargo.args(["--profile", "wasm-dev", "--target-dir"]).arg(workspace.target.join("front"));
    cargo
}
