//! G6 and S7: handing in surveys beside pgbench, and guessing their links.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use super::house::{DATABASE, House, SERVER};
use super::lines::Lines;
use super::load::{median, pgbench, wrk};
use crate::{Result, run};

/// Surveys that wait; more than all rounds can use up.
const SURVEYS: u32 = 240_000;
/// Rounds; ours and pgbench take turns.
const ROUNDS: usize = 3;
/// Seconds of load in one round.
const SECONDS: u32 = 6;
/// The copy that pgbench works on, so that both meet tables of the same size.
const COPY: &str = "submitted";
/// How many links are guessed.
const GUESSES: u32 = 100_000_000;

pub(super) fn measure(house: &mut House, lines: &mut Lines) -> Result {
    prepare(house)?;
    let mut from = 0;
    // Their script leaves its job to others as well.
    house.restart_without_jobs()?;
    let (ours, theirs, ratio) = beside(house, &mut from)?;
    lines.push(format!(
        "G6   surveys handed in, each with an action: {ours:.0}/s beside {theirs:.0}/s of pgbench's ten statements: \
         {ratio:.2}x (goal 2.0x, floor 0.9x)",
    ));
    house.restart(&[])?;
    let (ours, theirs, ratio) = beside(house, &mut from)?;
    lines.push(format!(
        "G6j  the same while the owners are written to on the same cores: {ours:.0}/s beside {theirs:.0}/s: {ratio:.2}x",
    ));
    let told = run::output(house.tokens().args(["guess", &GUESSES.to_string()]))?;
    lines.push(format!("S7   {}", told.trim()));
    Ok(())
}

/// Rounds of hand-ins beside pgbench, from this place in the tokens on: ours, theirs and the ratio, the median of each.
fn beside(house: &House, from: &mut u32) -> Result<(f64, f64, f64)> {
    let (mut ours, mut theirs, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let mut load = Command::new("wrk");
        load.args(["-t1", "-c64", &format!("-d{SECONDS}s"), "--timeout", "30s", "-s"]);
        load.arg(house.workspace.join("bench/submit.lua")).arg(format!("http://{SERVER}"));
        load.env("BENCH_TOKENS", tokens(house)).env("BENCH_FROM", from.to_string());
        let before: f64 = completed(house)?;
        wrk(&mut load)?;
        let a = (completed(house)? - before) / f64::from(SECONDS);
        *from += requests(a) + 256;
        if *from > SURVEYS {
            return Err(format!("{SURVEYS} surveys are too few for this machine").into());
        }
        let mut b: f64 = 0.0;
        for clients in ["8", "16"] {
            let mut load = Command::new(house.cluster.program("pgbench"));
            load.args(["-n", "-j", "2", "-T", &SECONDS.to_string(), "-c", clients, "-f"]);
            load.arg(house.workspace.join("bench/sql/submit.sql")).arg(house.cluster.url(COPY));
            b = b.max(pgbench(&mut load)?);
        }
        println!("  G6 {a:.0} surveys/s beside {b:.0}/s");
        ours.push(a);
        theirs.push(b);
        ratios.push(a / b);
    }
    Ok((median(&mut ours), median(&mut theirs), median(&mut ratios)))
}

/// Where the tokens of the surveys are kept, one in a line.
fn tokens(house: &House) -> PathBuf {
    house.cluster.dir().join("tokens.txt")
}

/// Visits whose survey waits, in the database and in a copy of it, and their tokens.
fn prepare(house: &House) -> Result {
    let file = house.workspace.join("bench/sql/submit_prepare.sql");
    let mut psql = house.cluster.psql(DATABASE);
    psql.args(["-v", &format!("survey={}", house.survey), "-v", &format!("surveys={SURVEYS}")]);
    run::output(psql.arg("-f").arg(file))?;
    // A template must have no visitors; the server's pool comes back by itself, once it may.
    let open = |may: bool| format!("alter database {DATABASE} with allow_connections {may}");
    let end = format!(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '{DATABASE}'"
    );
    let make = format!("create database {COPY} template {DATABASE}");
    for statement in [open(false), end, make, open(true)] {
        run::output(house.cluster.psql("postgres").args(["-c", &statement]))?;
    }
    let visit = format!("alter database {COPY} with allow_connections true");
    run::output(house.cluster.psql("postgres").args(["-c", &visit]))?;
    let ids = house.cluster.ask(DATABASE, "select id from bench_surveys order by n")?;
    let wanted = house.cluster.dir().join("ids.txt");
    fs::write(&wanted, format!("{}\n", ids.trim()))?;
    let told = run::output(house.tokens().stdin(Stdio::from(fs::File::open(&wanted)?)))?;
    fs::write(tokens(house), told)?;
    Ok(())
}

fn completed(house: &House) -> Result<f64> {
    Ok(house.ask("select count(*) from surveys where status = 'completed'")?.parse()?)
}

/// How many were handed in, and some that were on their way.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a positive count")]
fn requests(rate: f64) -> u32 {
    (rate * f64::from(SECONDS) * 1.05) as u32
}
