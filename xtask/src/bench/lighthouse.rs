//! Lighthouse over the patient's first page, as on a phone with a slow connection.

use std::process::Command;

use super::house::{House, SERVER};
use super::lines::Lines;
use crate::workspace::Workspace;
use crate::{Result, npm, run, tools};

/// Where its npm package is.
const FOLDER: &str = "bench/lighthouse";

pub(super) fn measure(workspace: &Workspace, house: &House, lines: &mut Lines) -> Result {
    let chromium = tools::chromium()?;
    npm::install(workspace, FOLDER)?;
    for language in ["ar", "en"] {
        let mut node = Command::new("node");
        node.current_dir(workspace.path(FOLDER)).env("CHROMIUM", &chromium).arg("survey.mjs");
        let address = format!("http://{SERVER}{}?lang={language}", house.link);
        let told = run::output(node.arg(address))?;
        lines.push(format!("Lighthouse, survey's first page, {language}: {}", told.trim()));
    }
    Ok(())
}
