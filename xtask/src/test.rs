//! The whole test suite.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::scratch::Scratch;
use crate::site::{self, Mode, Site};
use crate::workspace::Workspace;
use crate::{Result, check, fences, npm, run, schemathesis, sql, tools, words};

/// Within how long the last step begins: all of it has ninety minutes, and this one takes up to fifteen.
const RELEASE_BEGINS_WITHIN: Duration = Duration::from_secs(65 * 60);

/// What was asked for.
struct Wish<'a> {
    mode: Mode,
    words: Vec<&'a str>,
}

/// Runs everything, or with words only the host tests that they select. Stops at the first
/// failure, and says at the end what every runner said of itself.
pub(crate) fn run(workspace: &Workspace, arguments: &[&str]) -> Result {
    let wish = read(arguments)?;
    let mut closing = Vec::new();
    let outcome = if wish.words.is_empty() {
        everything(workspace, wish.mode, &mut closing)
    } else {
        selected(workspace, &wish.words, &mut closing)
    };
    println!("\n=== summary");
    for line in &closing {
        println!("{line}");
    }
    println!("{}", if outcome.is_ok() { "PASSED" } else { "FAILED" });
    outcome
}

fn read<'a>(arguments: &[&'a str]) -> Result<Wish<'a>> {
    let (flags, words): (Vec<&str>, Vec<&str>) =
        arguments.iter().partition(|argument| argument.starts_with('-'));
    let mut mode = Mode::Dev;
    for flag in flags {
        match flag {
            "--release" => mode = Mode::Release,
            other => return Err(format!("`test` takes --release and words, not `{other}`").into()),
        }
    }
    Ok(Wish { mode, words })
}

fn selected(workspace: &Workspace, words: &[&str], closing: &mut Vec<String>) -> Result {
    run::step("tools", tools::postgres)?;
    let scratch = run::step("throw-away database", Scratch::start)?;
    run::step("tests", || host_tests(workspace, &scratch, words, closing))?;
    scratch.stop()
}

fn everything(workspace: &Workspace, mode: Mode, closing: &mut Vec<String>) -> Result {
    let began = Instant::now();
    let chromium = run::step("tools", || {
        tools::for_building(workspace)?;
        tools::postgres()?;
        tools::chromium()
    })?;
    run::step("format", || run::run(workspace.cargo().args(["fmt", "--all", "--", "--check"])))?;
    fences::run(workspace, &[])?;
    words::run(workspace, &[])?;
    let scratch = run::step("throw-away database", Scratch::start)?;
    run::step("lints and queries, host", || {
        let clippy = ["clippy", "--all-targets", "--", "-D", "warnings"];
        sql::compare(workspace, &sql::describe(workspace, &scratch, &clippy)?)
    })?;
    run::step("lints, browser side", || {
        let mut clippy = check::browser_side(workspace, "clippy");
        run::run(clippy.args(["--", "-D", "warnings"]))
    })?;
    run::step("tests", || host_tests(workspace, &scratch, &[], closing))?;
    run::step("tests and lints of xtask", || own_tests(workspace, closing))?;
    run::step("browser side", || site::build_browser_side(workspace, mode))?;
    if mode == Mode::Release {
        run::step("server", || site::build_server(workspace, mode))?;
    }
    run::step("REST against its description", || {
        schemathesis::run(workspace, &scratch, &Site::of(workspace, mode), closing)
    })?;
    run::step("browser tests", || browser_tests(workspace, &scratch, mode, &chromium, closing))?;
    scratch.stop()?;
    if mode == Mode::Release {
        return Ok(());
    }
    if began.elapsed() > RELEASE_BEGINS_WITHIN {
        closing.push("browser side of a release: left out, the machine is slow".to_owned());
        return Ok(());
    }
    // Only a release is optimised, and only that can turn out as what no browser loads.
    run::step("browser side of a release", || site::build_browser_side(workspace, Mode::Release))
}

/// Runs the tests of the default members. This also builds the program that the browser tests of
/// a development build drive, because the root's integration tests want it.
fn host_tests(
    workspace: &Workspace,
    scratch: &Scratch,
    words: &[&str],
    closing: &mut Vec<String>,
) -> Result {
    let mut cargo = workspace.cargo();
    cargo.arg("test");
    if !words.is_empty() {
        cargo.arg("--").args(words);
    }
    // Compiled offline, as everybody compiles; the address is for the tests' own databases.
    cargo.env("SQLX_OFFLINE", "true").env("DATABASE_URL", scratch.maintenance_url());
    run::run_keeping(&mut cargo, closing, closes_a_cargo_test)
}

fn own_tests(workspace: &Workspace, closing: &mut Vec<String>) -> Result {
    let mut clippy = workspace.cargo();
    clippy.args(["clippy", "--package", "xtask", "--all-targets", "--", "-D", "warnings"]);
    run::run(&mut clippy)?;
    let mut test = workspace.cargo();
    run::run_keeping(test.args(["test", "--package", "xtask"]), closing, closes_a_cargo_test)
}

fn browser_tests(
    workspace: &Workspace,
    scratch: &Scratch,
    mode: Mode,
    chromium: &str,
    closing: &mut Vec<String>,
) -> Result {
    npm::install(workspace, "end2end")?;
    let site = Site::of(workspace, mode);
    let mut node = Command::new("node");
    node.current_dir(workspace.path("end2end")).args(["--test", "--test-reporter=spec"]);
    // A test that forgets to close its browser must not keep everybody waiting.
    node.arg("--test-force-exit");
    node.env("PX360_BIN", &site.program).env("PX360_SITE_ROOT", &site.root);
    node.env("DATABASE_URL", scratch.empty("px360_browser")?).env("CHROMIUM", chromium);
    // The program they start inherits these.
    site.describe_to(&mut node);
    run::run_keeping(&mut node, closing, closes_a_node_test)
}

/// Which program's tests ran, and how they ended.
fn closes_a_cargo_test(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("test result:")
        || line.starts_with("Running ")
        || line.starts_with("Doc-tests ")
}

/// `ℹ tests 12`, `ℹ pass 12` and their like.
fn closes_a_node_test(line: &str) -> bool {
    line.starts_with("ℹ ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_flags_may_be_mixed() {
        let wish = read(&["sla", "--release", "complaints::"]).unwrap();
        assert!(wish.mode == Mode::Release);
        assert_eq!(wish.words, ["sla", "complaints::"]);
        assert!(read(&["--fast"]).is_err());
    }

    #[test]
    fn closing_lines_are_those_that_count() {
        assert!(closes_a_cargo_test("     Running tests/it/main.rs (target/debug/deps/it-0)"));
        assert!(closes_a_cargo_test("test result: ok. 3 passed; 0 failed"));
        assert!(!closes_a_cargo_test("test access::may ... ok"));
        assert!(closes_a_node_test("ℹ pass 12"));
        assert!(!closes_a_node_test("✔ signs in (12ms)"));
    }
}
