//! Measuring the running system beside honest yardsticks, on one Postgres, in one run.
//!
//! Ratios count, not absolute numbers: the machine is small and shared. Nothing here asserts.

mod events;
mod house;
mod import;
mod lighthouse;
mod lines;
mod load;
mod pages;
mod search;
mod sizes;
mod submit;

use std::process::Command;

use house::House;
use lines::Lines;

use crate::site::{Mode, Site};
use crate::workspace::Workspace;
use crate::{Result, build, run, tools};

/// What can be measured alone.
const PARTS: [&str; 7] = ["pages", "lighthouse", "submit", "events", "import", "search", "sizes"];

/// Measures G1, G1b, G3, G5, G5b, G6, G9, G10, S7, Lighthouse and the search, or one of them by its name, and prints
/// one line for each figure.
pub(crate) fn run(workspace: &Workspace, arguments: &[&str]) -> Result {
    let wanted = |part: &str| arguments.is_empty() || arguments.contains(&part);
    if let Some(other) = arguments.iter().find(|part| !PARTS.contains(part)) {
        return Err(format!("`bench` knows {PARTS:?} and no `{other}`").into());
    }
    run::step("tools", || {
        tools::for_building(workspace)?;
        tools::postgres()?;
        tools::wrk()
    })?;
    build::both_sides(workspace, Mode::Release)?;
    run::step("yardsticks", || {
        let mut cargo = workspace.cargo();
        cargo.args(["build", "--release", "--bins", "--features", "bench"]);
        run::run(&mut cargo)
    })?;
    let site = Site::of(workspace, Mode::Release);
    let mut house = run::step("demo data", || House::prepare(workspace, &site))?;
    let mut lines = Lines::default();
    if wanted("pages") {
        run::step("pages", || pages::measure(&house, &mut lines))?;
    }
    if wanted("lighthouse") {
        run::step("lighthouse", || lighthouse::measure(workspace, &house, &mut lines))?;
    }
    if wanted("submit") {
        run::step("submit", || submit::measure(&mut house, &mut lines))?;
    }
    if wanted("events") {
        run::step("events", || events::measure(&mut house, &mut lines))?;
    }
    if wanted("import") {
        run::step("import", || import::measure(&house, &mut lines))?;
    }
    // Behind the others, which would meet a million patients.
    if wanted("search") {
        run::step("search", || search::measure(&mut house, &mut lines))?;
    }
    if wanted("sizes") {
        run::step("sizes", || sizes::measure(&site, &mut lines))?;
    }
    house.close()?;
    println!("\n{}", describe_machine());
    lines.repeat();
    Ok(())
}

fn describe_machine() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let date = run::output(Command::new("date").args(["-u", "+%Y-%m-%d"])).unwrap_or_default();
    format!("{} on {cores} cores, release build, durable Postgres on the same cores", date.trim())
}
