//! G1: from a request to the completed stage and the queued invitation, beside pgbench.

use std::fs;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use super::house::{API_KEY, DATABASE, House, SERVER};
use super::load::{median, pgbench, wrk};
use crate::{Result, run};

/// Encounters that are registered before; more than all rounds can use up.
const ENCOUNTERS: u32 = 240_000;
/// Rounds; ours and pgbench take turns.
const ROUNDS: usize = 3;
/// Seconds of load in one round.
const SECONDS: u32 = 6;

/// How our side takes events in, and the statements it is put beside.
struct Contest {
    goal: &'static str,
    ours: &'static str,
    variables: &'static [(&'static str, &'static str)],
    script: &'static str,
    /// The copy that pgbench works on, so that both meet tables of the same size.
    copy: &'static str,
    theirs: &'static str,
    wanted: &'static str,
}

/// Many clients share commits; pgbench makes four statements of an event, in one transaction.
const SHARED: Contest = Contest {
    goal: "G1 ",
    ours: "one event per request, 64 clients, until its invitation is queued",
    variables: &[],
    script: "bench/sql/event.sql",
    copy: "four_statements",
    theirs: "four statements",
    wanted: "goal 3.0x, floor 1.0x",
};

/// Each event has commits of its own; pgbench has folded it into one statement.
const ALONE: Contest = Contest {
    goal: "G1b",
    ours: "the same with PX360_EVENT_BATCH=1",
    variables: &[("PX360_EVENT_BATCH", "1")],
    script: "bench/sql/event_at_once.sql",
    copy: "one_statement",
    theirs: "one statement",
    wanted: "goal 0.90x",
};

pub(super) fn measure(house: &mut House, lines: &mut Vec<String>) -> Result {
    register(house)?;
    let mut from = 0;
    for contest in [SHARED, ALONE] {
        house.restart(contest.variables)?;
        lines.push(hold(house, &contest, &mut from)?);
    }
    Ok(())
}

/// Takes turns, and says the middle of the rounds.
fn hold(house: &House, contest: &Contest, from: &mut u32) -> Result<String> {
    let (mut ours, mut theirs, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let a = our_round(house, from)?;
        let mut b: f64 = 0.0;
        for clients in [8, 16] {
            b = b.max(pgbench_round(house, contest, clients)?);
        }
        println!("  {} {a:.0} events/s beside {b:.0} transactions/s", contest.goal);
        ours.push(a);
        theirs.push(b);
        ratios.push(a / b);
    }
    let (ours, theirs, ratio) = (median(&mut ours), median(&mut theirs), median(&mut ratios));
    let Contest { goal, ours: what, theirs: beside, wanted, .. } = contest;
    Ok(format!(
        "{goal}  {what}: {ours:.0} events/s beside {theirs:.0}/s of pgbench's {beside}: \
         {ratio:.2}x ({wanted})"
    ))
}

/// Registers the encounters over the door, in arrays, then copies the database for pgbench.
fn register(house: &House) -> Result {
    let file = house.workspace.join("bench/sql/prepare.sql");
    run::output(house.cluster.psql(DATABASE).arg("-f").arg(file))?;
    let now = now()?;
    for chunk in (0..ENCOUNTERS).collect::<Vec<_>>().chunks(1_000) {
        let events: Vec<String> = chunk.iter().map(|number| registration(*number, &now)).collect();
        let body = house.cluster.dir().join("body.json");
        fs::write(&body, format!("[{}]", events.join(",")))?;
        let mut curl = Command::new("curl");
        curl.args(["-sf", "-o", "/dev/null", "-H", "Content-Type: application/json", "-H"]);
        curl.arg(format!("Authorization: Api-Key {API_KEY}")).arg("--data-binary");
        curl.arg(format!("@{}", body.display()));
        run::output(curl.arg(format!("http://{SERVER}/api/integrations/events/")))?;
    }
    until_applied(house)?;
    // A template must have no visitors; the server's pool comes back by itself.
    let end = format!(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '{DATABASE}'"
    );
    for copy in [SHARED.copy, ALONE.copy] {
        let make = format!("create database {copy} template {DATABASE}");
        run::output(house.cluster.psql("postgres").args(["-c", &end, "-c", &make]))?;
    }
    for database in [DATABASE, SHARED.copy, ALONE.copy] {
        run::output(house.cluster.psql(database).args([
            "-c",
            "vacuum analyze",
            "-c",
            "checkpoint",
        ]))?;
    }
    Ok(())
}

fn registration(number: u32, at: &str) -> String {
    format!(
        "{{\"source_event_id\":\"r{number}\",\"event_code\":\"OPD_REGISTERED\",\
         \"occurred_at\":\"{at}\",\"encounter_id\":\"B{number}\",\"hospital\":\"RYD\",\
         \"patient\":{{\"mrn\":\"B{}\",\"name_ar\":\"سارة القحطاني\",\
         \"mobile\":\"0500001234\"}}}}",
        number % 2_000
    )
}

/// Completed stages per second, from the first request until nothing waits any more.
fn our_round(house: &House, from: &mut u32) -> Result<f64> {
    let completed = "select count(*) from stages where position = 3 and status = 'completed'";
    let before: f64 = house.ask(completed)?.parse()?;
    let begun = Instant::now();
    let mut load = Command::new("wrk");
    load.args(["-t2", "-c64", &format!("-d{SECONDS}s"), "-s"]);
    load.arg(house.workspace.join("bench/events.lua")).arg(format!("http://{SERVER}"));
    load.env("BENCH_THREADS", "2").env("BENCH_FROM", from.to_string());
    let rate = wrk(load.env("BENCH_AT", now()?).env("PX360_DEMO_API_KEY", API_KEY))?;
    until_applied(house)?;
    let seconds = begun.elapsed().as_secs_f64();
    let after: f64 = house.ask(completed)?.parse()?;
    // Ids are handed out in turns to two threads, of which one may be ahead of the other.
    *from += number(rate * f64::from(SECONDS) * 1.2);
    if *from > ENCOUNTERS {
        return Err(format!("{ENCOUNTERS} encounters are too few for this machine").into());
    }
    println!("  accepted {rate:.0}/s, applied {:.0}/s", (after - before) / seconds);
    Ok((after - before) / seconds)
}

fn pgbench_round(house: &House, contest: &Contest, clients: u32) -> Result<f64> {
    let script = house.workspace.join(contest.script);
    let mut load = Command::new(house.cluster.program("pgbench"));
    load.args(["-n", "-M", "prepared", "-j", "2", "-T", &SECONDS.to_string()]);
    load.args(["-c", &clients.to_string(), "-f"]).arg(script).arg(house.cluster.url(contest.copy));
    let rate = pgbench(&mut load)?;
    // Beyond the last encounter its statements would find nothing to do, and be quick about it.
    let used = house.cluster.ask(contest.copy, "select last_value from bench_encounters")?;
    if used.trim().parse::<u32>()? >= ENCOUNTERS {
        return Err(format!("{ENCOUNTERS} encounters are too few for this machine").into());
    }
    Ok(rate)
}

/// Waits until no event waits to be applied.
fn until_applied(house: &House) -> Result {
    let begun = Instant::now();
    let waiting = "select count(*) from inbound_events where status = 'received'";
    while house.ask(waiting)? != "0" {
        if begun.elapsed() > Duration::from_secs(300) {
            return Err("events are not applied".into());
        }
        thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}

/// A count that is far from any type's end.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a positive count")]
fn number(count: f64) -> u32 {
    count as u32
}

fn now() -> Result<String> {
    let told = run::output(Command::new("date").args(["-u", "+%Y-%m-%dT%H:%M:%SZ"]))?;
    Ok(told.trim().to_owned())
}
