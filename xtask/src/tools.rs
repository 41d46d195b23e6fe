//! What a fresh machine lacks. Each function looks first, and installs only what is not there.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::Command;

use crate::workspace::Workspace;
use crate::{Result, run};

/// Builds with rustc 1.95; 0.3.11 wants 1.96.
const CARGO_LEPTOS: &str = "0.3.10";
/// Where Debian puts its browser; another one is named by the variable `CHROMIUM`.
const CHROMIUM: &str = "/usr/bin/chromium";
const NOTO: &str = "/usr/share/fonts/truetype/noto";

/// Everything that a build needs.
pub(crate) fn for_building(workspace: &Workspace) -> Result {
    wasm_target(workspace)?;
    wasm_bindgen(workspace)?;
    cargo_leptos(workspace)?;
    node()
}

/// The standard library for the browser.
pub(crate) fn wasm_target(workspace: &Workspace) -> Result {
    let mut rustc = Command::new("rustc");
    rustc.current_dir(&workspace.root);
    rustc.args(["--print", "target-libdir", "--target", "wasm32-unknown-unknown"]);
    if run::version(&mut rustc).is_some_and(|folder| Path::new(&folder).exists()) {
        return Ok(());
    }
    announce("the target wasm32-unknown-unknown", "the browser side is WebAssembly", "a minute");
    let mut rustup = Command::new("rustup");
    rustup.current_dir(&workspace.root).args(["target", "add", "wasm32-unknown-unknown"]);
    run::run(&mut rustup)
}

/// The program that writes the JavaScript around the WebAssembly. Its version must be the one of
/// the crate, to the last digit.
fn wasm_bindgen(workspace: &Workspace) -> Result {
    let wanted = workspace.locked_version("wasm-bindgen")?;
    let found = run::version(Command::new("wasm-bindgen").arg("--version"));
    if found.is_some_and(|found| found == format!("wasm-bindgen {wanted}")) {
        return Ok(());
    }
    announce("wasm-bindgen", "it joins the WebAssembly to the page", "5 minutes");
    // Not --locked: its lock file names a version that cannot be had everywhere.
    run::run(&mut cargo_install(workspace, "wasm-bindgen-cli", &wanted))
}

/// The program that builds the browser side, the styles and the assets together.
fn cargo_leptos(workspace: &Workspace) -> Result {
    if run::version(workspace.cargo().args(["leptos", "--version"])).is_some() {
        return Ok(());
    }
    announce("cargo-leptos", "it builds the browser side and the styles", "15 minutes");
    run::run(cargo_install(workspace, "cargo-leptos", CARGO_LEPTOS).arg("--locked"))
}

fn cargo_install(workspace: &Workspace, package: &str, version: &str) -> Command {
    let mut cargo = workspace.cargo();
    // Into a folder of its own: a tool's gigabyte does not belong among our build products.
    cargo.env_remove("CARGO_TARGET_DIR").args(["install", package, "--version", version]);
    cargo
}

/// The oldest Node that the npm packages run on.
const NODE_MAJOR: u32 = 20;

/// Node and npm, for the fonts and charts that we serve, wasm-opt and the browser tests.
fn node() -> Result {
    let version = |program| run::version(Command::new(program).arg("--version"));
    if let (Some(node), Some(_npm)) = (version("node"), version("npm")) {
        return if node_major(&node).is_some_and(|major| major >= NODE_MAJOR) {
            Ok(())
        } else {
            Err(format!("Node {NODE_MAJOR} or newer is needed, this is {node}").into())
        };
    }
    announce("Node and npm", "fonts, charts and browser tests come as npm packages", "a minute");
    debian(&["nodejs", "npm"])
}

fn node_major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// The programs of Postgres.
pub(crate) fn postgres() -> Result {
    if px360_cluster::available().is_ok() {
        return Ok(());
    }
    announce("Postgres", "PX360 keeps everything in it", "a minute");
    println!(
        "Debian starts a server of its own on port 5432; PX360 uses another, on another port."
    );
    debian(&["postgresql"])?;
    println!("{} is there.", px360_cluster::available()?);
    Ok(())
}

/// Python with its virtual environments, for the one tool that comes from `PyPI`.
pub(crate) fn python() -> Result {
    if run::version(Command::new("python3").args(["-m", "ensurepip", "--version"])).is_some() {
        return Ok(());
    }
    announce("Python", "Schemathesis holds the REST doors to their description", "1 minute");
    debian(&["python3", "python3-venv"])
}

/// The load generator of the benchmark.
pub(crate) fn wrk() -> Result {
    if run::version(Command::new("wrk").arg("-v")).is_some() || Path::new("/usr/bin/wrk").exists() {
        return Ok(());
    }
    announce("wrk", "the benchmark needs a load generator", "a few seconds");
    debian(&["wrk"])
}

/// The browser of the browser tests, with letters for what our own fonts lack.
pub(crate) fn chromium() -> Result<String> {
    // The variable is the caller's wish, not configuration of the product.
    if let Some(named) = std::env::var_os("CHROMIUM") {
        return Ok(named.to_string_lossy().into_owned());
    }
    let mut missing = Vec::new();
    if !Path::new(CHROMIUM).exists() {
        missing.push("chromium");
    }
    if !Path::new(NOTO).exists() {
        missing.push("fonts-noto-core");
    }
    if !missing.is_empty() {
        announce("Chromium and Noto fonts", "the browser tests drive a real browser", "2 minutes");
        debian(&missing)?;
    }
    Ok(CHROMIUM.to_owned())
}

fn debian(packages: &[&str]) -> Result {
    let mut install = vec!["install", "-y", "--no-install-recommends"];
    install.extend(packages);
    if !is_root() || run::version(Command::new("apt-get").arg("--version")).is_none() {
        let packages = packages.join(" ");
        return Err(format!("please install {packages}: sudo apt-get install {packages}").into());
    }
    // The lists of a fresh machine may be missing or too old.
    run::run(&mut apt_get(&install)).or_else(|_| {
        run::run(&mut apt_get(&["update"]))?;
        run::run(&mut apt_get(&install))
    })
}

fn apt_get(arguments: &[&str]) -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive").args(arguments);
    command
}

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|meta| meta.uid() == 0)
}

fn announce(what: &str, why: &str, how_long: &str) {
    println!("Installing {what}: {why} (about {how_long}, once).");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_of_node_is_read() {
        assert_eq!(node_major("v20.20.2"), Some(20));
        assert_eq!(node_major("v8.1.0"), Some(8));
        assert_eq!(node_major("nonsense"), None);
    }
}
