//! The commands of this workspace: `cargo xtask <verb>`, one file per verb.

#![expect(clippy::print_stdout, reason = "telling a person at a terminal what happens is the job")]

mod bench;
mod build;
mod check;
mod css;
mod fences;
mod files;
mod json;
mod npm;
mod run;
mod running;
mod said;
mod schemathesis;
mod scratch;
mod serve;
mod site;
mod sql;
mod test;
mod tools;
mod words;
mod workspace;

use std::error::Error;
use std::process::ExitCode;

use workspace::Workspace;

/// What every step ends with; the failure's text is for the person at the terminal.
type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

const HELP: &str = "\
cargo xtask serve [--release] [--fresh]   install what is missing, build, run with demo data
                                          (--fresh: forget the private database first)
cargo xtask build [--release]             install what is missing, build
cargo xtask test [--release]              everything: format, fences, lints, tests, browser
cargo xtask test <words…>                 only the tests whose names contain one of the words
cargo xtask check                         compile server and browser side, nothing else
cargo xtask sql                           renew server/.sqlx, the descriptions of our queries
cargo xtask fences                        who may depend on whom, and what may stand where
cargo xtask words                         the Arabic and the English texts say the same things
cargo xtask bench                         measure the running system";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match dispatch(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\ncargo xtask: {}", told(error.as_ref()));
            ExitCode::FAILURE
        }
    }
}

fn dispatch(words: &[&str]) -> Result {
    let Some((&verb, rest)) = words.split_first() else {
        println!("{HELP}");
        return Ok(());
    };
    let workspace = Workspace::find()?;
    match verb {
        "serve" => serve::run(&workspace, rest),
        "build" => build::run(&workspace, rest),
        "test" => test::run(&workspace, rest),
        "check" => check::run(&workspace, rest),
        "sql" => sql::run(&workspace, rest),
        "fences" => fences::run(&workspace, rest),
        "words" => words::run(&workspace, rest),
        "bench" => bench::run(&workspace, rest),
        "help" | "-h" | "--help" => {
            println!("{HELP}");
            Ok(())
        }
        other => Err(format!("there is no `{other}`\n\n{HELP}").into()),
    }
}

/// An error with its causes, in one line each.
fn told(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}\n  because {error}");
        cause = error.source();
    }
    text
}

/// Refuses arguments of a verb that has none.
fn no_arguments(verb: &str, arguments: &[&str]) -> Result {
    match arguments.first() {
        None => Ok(()),
        Some(first) => Err(format!("`{verb}` takes no `{first}`\n\n{HELP}").into()),
    }
}
