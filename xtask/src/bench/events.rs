//! G1 and G2: from a request to the completed stage and the queued invitation, beside pgbench.

use std::fs;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use super::house::{API_KEY, DATABASE, House, SERVER};
use super::lines::Lines;
use super::load::{median, p99, p99_of_log, pgbench, wrk};
use crate::{Result, run};

/// Encounters that are registered before; more than all rounds can use up.
const ENCOUNTERS: u32 = 700_000;
/// Rounds; ours and pgbench take turns.
const ROUNDS: usize = 3;

/// How our side takes events in, and the statements it is put beside.
struct Contest {
    goal: &'static str,
    /// Seconds of load in one round.
    seconds: u32,
    ours: &'static str,
    variables: &'static [(&'static str, &'static str)],
    /// Our connections, and how many events one of our requests carries.
    connections: u32,
    batch: u32,
    script: &'static str,
    /// The copy that pgbench works on, so that both meet tables of the same size.
    copy: &'static str,
    theirs: &'static str,
    /// How many events one of their transactions carries.
    folded: u32,
    wanted: &'static str,
}

/// Many clients share commits; pgbench makes four statements of an event, in one transaction.
const SHARED: Contest = Contest {
    goal: "G1 ",
    seconds: 6,
    ours: "one event per request, 64 clients, until its invitation is queued",
    variables: &[],
    connections: 64,
    batch: 1,
    script: "bench/sql/event.sql",
    copy: "four_statements",
    theirs: "four statements",
    folded: 1,
    wanted: "goal 3.0x, floor 1.0x",
};

/// Each event has commits of its own; pgbench has folded it into one statement.
const ALONE: Contest = Contest {
    goal: "G1b",
    seconds: 6,
    ours: "the same with PX360_EVENT_BATCH=1",
    variables: &[("PX360_EVENT_BATCH", "1")],
    connections: 64,
    batch: 1,
    script: "bench/sql/event_at_once.sql",
    copy: "one_statement",
    theirs: "one statement",
    folded: 1,
    wanted: "goal 0.90x",
};

/// Requests of five hundred lines; pgbench is told a hundred events in one statement.
const TOGETHER: Contest = Contest {
    goal: "G2 ",
    seconds: 2,
    ours: "requests of 500 events, 4 clients, until their invitations are queued",
    variables: &[],
    connections: 4,
    batch: 500,
    script: "bench/sql/event_batch.sql",
    copy: "hundred_events",
    theirs: "one statement for a hundred",
    folded: 100,
    wanted: "goal 0.80x, floor 0.65x",
};

pub(super) fn measure(house: &mut House, lines: &mut Lines) -> Result {
    register(house)?;
    let mut from = 0;
    let (line, peak) = hold(house, &SHARED, &mut from)?;
    lines.push(line);
    let (now, most) = house.memory()?;
    lines.push(format!("G1m  memory of the server under that load: {now} MB, at most {most} MB"));
    lines.push(latency(house, peak / 2.0, &mut from)?);
    for contest in [ALONE, TOGETHER] {
        house.restart(contest.variables)?;
        lines.push(hold(house, &contest, &mut from)?.0);
    }
    Ok(())
}

/// G1c: how long the slowest hundredth takes at half of what can be taken, beside pgbench at the same rate.
fn latency(house: &House, rate: f64, from: &mut u32) -> Result<String> {
    let wait = (f64::from(SHARED.connections) / rate * 1_000.0).max(1.0);
    let mut load = events_load(house, &SHARED, *from)?;
    let ours = p99(load.env("BENCH_DELAY", format!("{wait:.0}")))?;
    until_applied(house)?;
    *from += number(rate * f64::from(SHARED.seconds) * 2.0);
    let prefix = house.cluster.dir().join("latency");
    let mut load = pgbench_load(house, &ALONE, 16);
    load.args(["-R", &format!("{rate:.0}"), "-l", "--log-prefix"]).arg(&prefix);
    pgbench(&mut load)?;
    let mut log = String::new();
    for entry in fs::read_dir(house.cluster.dir())? {
        let path = entry?.path();
        if path.to_string_lossy().starts_with(&*prefix.to_string_lossy()) {
            log.push_str(&fs::read_to_string(path)?);
        }
    }
    let theirs = p99_of_log(&log).ok_or("pgbench logged nothing")?;
    Ok(format!(
        "G1c  slowest hundredth at {rate:.0} events/s: {ours:.1} ms beside {theirs:.1} ms of \
         pgbench's one statement: {:.1}x (goal 2.0x and 25 ms)",
        ours / theirs
    ))
}

/// Takes turns; answers the middle of the rounds in words, and how many events a second that were of ours.
fn hold(house: &House, contest: &Contest, from: &mut u32) -> Result<(String, f64)> {
    let (mut ours, mut theirs, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let a = our_round(house, contest, from)?;
        let mut b: f64 = 0.0;
        for clients in [8, 16] {
            b = b.max(pgbench_round(house, contest, clients)?);
        }
        println!("  {} {a:.0} events/s beside {b:.0} events/s", contest.goal);
        ours.push(a);
        theirs.push(b);
        ratios.push(a / b);
    }
    let (ours, theirs, ratio) = (median(&mut ours), median(&mut theirs), median(&mut ratios));
    let Contest { goal, ours: what, theirs: beside, wanted, .. } = contest;
    let line = format!(
        "{goal}  {what}: {ours:.0} events/s beside {theirs:.0}/s of pgbench's {beside}: \
         {ratio:.2}x ({wanted})"
    );
    Ok((line, ours))
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
    // A template must have no visitors; the server's pool comes back by itself, once it may.
    let open = |may: bool| format!("alter database {DATABASE} with allow_connections {may}");
    let end = format!(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '{DATABASE}'"
    );
    let close = open(false);
    run::output(house.cluster.psql("postgres").args(["-c", &close, "-c", &end]))?;
    for copy in [SHARED.copy, ALONE.copy, TOGETHER.copy] {
        let make = format!("create database {copy} template {DATABASE}");
        let visit = format!("alter database {copy} with allow_connections true");
        run::output(house.cluster.psql("postgres").args(["-c", &make, "-c", &visit]))?;
    }
    run::output(house.cluster.psql("postgres").args(["-c", &open(true)]))?;
    for database in [DATABASE, SHARED.copy, ALONE.copy, TOGETHER.copy] {
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
fn our_round(house: &House, contest: &Contest, from: &mut u32) -> Result<f64> {
    let completed = "select count(*) from stages where position = 3 and status = 'completed'";
    let before: f64 = house.ask(completed)?.parse()?;
    let begun = Instant::now();
    let rate = wrk(&mut events_load(house, contest, *from)?)? * f64::from(contest.batch);
    until_applied(house)?;
    let seconds = begun.elapsed().as_secs_f64();
    let after: f64 = house.ask(completed)?.parse()?;
    // Ids are handed out in turns to two threads, of which one may be ahead of the other.
    *from += number(rate * f64::from(contest.seconds) * 1.2) + 20 * contest.batch;
    if *from > ENCOUNTERS {
        return Err(format!("{ENCOUNTERS} encounters are too few for this machine").into());
    }
    println!("  accepted {rate:.0}/s, applied {:.0}/s", (after - before) / seconds);
    Ok((after - before) / seconds)
}

/// wrk with events, from this encounter on.
fn events_load(house: &House, contest: &Contest, from: u32) -> Result<Command> {
    let mut load = Command::new("wrk");
    let (connections, seconds) = (contest.connections, contest.seconds);
    load.args(["-t2", &format!("-c{connections}"), &format!("-d{seconds}s"), "--timeout", "30s"]);
    load.arg("-s").arg(house.workspace.join("bench/events.lua")).arg(format!("http://{SERVER}"));
    load.env("BENCH_THREADS", "2").env("BENCH_FROM", from.to_string());
    load.env("BENCH_BATCH", contest.batch.to_string()).env("BENCH_AT", now()?);
    load.env("PX360_DEMO_API_KEY", API_KEY);
    Ok(load)
}

/// pgbench with the statements that we are put beside.
fn pgbench_load(house: &House, contest: &Contest, clients: u32) -> Command {
    let mut load = Command::new(house.cluster.program("pgbench"));
    load.args(["-n", "-M", "prepared", "-j", "2", "-T", &contest.seconds.to_string()]);
    load.args(["-c", &clients.to_string(), "-f"]).arg(house.workspace.join(contest.script));
    load.arg(house.cluster.url(contest.copy));
    load
}

fn pgbench_round(house: &House, contest: &Contest, clients: u32) -> Result<f64> {
    let mut load = pgbench_load(house, contest, clients);
    let rate = pgbench(&mut load)? * f64::from(contest.folded);
    // Beyond the last encounter its statements would find nothing to do, and be quick about it.
    let used = house.cluster.ask(contest.copy, "select last_value from bench_encounters")?;
    if used.trim().parse::<u32>()? * contest.folded >= ENCOUNTERS {
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
