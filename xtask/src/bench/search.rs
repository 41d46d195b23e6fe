//! Finding one of a million patients, beside opening one whose id is known.

use std::fs;
use std::process::Command;

use super::house::{DATABASE, House, SERVER};
use super::lines::Lines;
use super::load::{median, p95};
use crate::{Result, run};

/// Rounds; searching and opening take turns.
const ROUNDS: usize = 5;

/// What people type, and the statement that makes up examples of it: what stands behind the tab.
const KINDS: [(&str, &str); 6] = [
    (
        "part of an Arabic name in another spelling",
        "select translate(substr(split_part(name_ar, ' ', 1 + (random() * 2)::int), 1, 5), 'أإآىة', 'ااايه')
                || ' ' || substr(split_part(name_ar, ' ', 3), 1, 6)",
    ),
    ("a record number", "select (select mrn from patient_mrns where patient_id = id limit 1)"),
    ("the last seven digits of a phone", "select right(mobile, 7)"),
    ("a word that nobody has", "select 'ظظظ' || right(mobile, 3)"),
    (
        "an Arabic name with a wrong letter",
        "select overlay(split_part(name_ar, ' ', 1) placing 'ظ' from 3 for 1)
                || ' ' || split_part(name_ar, ' ', 3)",
    ),
    ("a name that is like nobody's", "select repeat('ظ', 4 + (random() * 3)::int)"),
];

pub(super) fn measure(house: &mut House, lines: &mut Lines) -> Result {
    let file = house.workspace.join("bench/sql/patients.sql");
    run::output(house.cluster.psql(DATABASE).args(["-v", "ON_ERROR_STOP=1", "-f"]).arg(file))?;
    house.restart(&[])?;
    let token = house.token()?;
    let by_id = "select '/api/organizations/patients/' || id || '/'";
    let opened = addresses(house, "opened", by_id, "")?;
    load(house, &token, &opened)?;
    for (what, words) in KINDS {
        let door = "/api/organizations/patients/?limit=50&search=";
        let searched = addresses(house, "searched", words, door)?;
        load(house, &token, &searched)?;
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            ours.push(load(house, &token, &searched)?);
            theirs.push(load(house, &token, &opened)?);
        }
        lines.push(format!(
            "     {what}, among a million patients: p95 {:.1} ms beside {:.1} ms of opening one by its id",
            median(&mut ours),
            median(&mut theirs),
        ));
    }
    lines.push(format!("     which reads: {}", indexes(house)?));
    Ok(())
}

/// A file of 500 addresses.
fn addresses(house: &House, name: &str, words: &str, door: &str) -> Result<String> {
    let begin = if door.is_empty() { String::new() } else { format!("{door}\t") };
    let told = house.ask(&format!(
        "select string_agg($${begin}$$ || ({words}), E'\\n')
         from (select * from patients where id > '01936000-0001-7000-8000-000000000000'
               order by hashtext(id::text) limit 500) as few"
    ))?;
    let file = house.cluster.dir().join(name);
    fs::write(&file, told)?;
    Ok(file.display().to_string())
}

/// One caller, one request after the other; the 95th of 100, in milliseconds.
fn load(house: &House, token: &str, addresses: &str) -> Result<f64> {
    let mut wrk = Command::new("wrk");
    wrk.args(["-t1", "-c1", "-d3s", "-s"]).arg(house.workspace.join("bench/requests.lua"));
    wrk.arg(format!("http://{SERVER}"));
    p95(wrk.env("BENCH_ADDRESSES", addresses).env("BENCH_TOKEN", token))
}

/// The indexes that a search for a rare name goes through, as the database itself explains it.
fn indexes(house: &House) -> Result<String> {
    let mut psql = house.cluster.psql(DATABASE);
    psql.args(["-c", "load 'auto_explain'", "-c", "set auto_explain.log_min_duration = 0"]);
    psql.args(["-c", "set auto_explain.log_nested_statements = on", "-c", "set jit = off"]);
    psql.args(["-c", "set px.scope = 'all'"]);
    psql.args(["-c", "set client_min_messages = log", "-c"]);
    psql.arg("select * from patients_found('%ظظظ%', '{}', true, true, '{}', '{}', null, null, 51)");
    let told = psql.output()?;
    let told = String::from_utf8_lossy(&told.stderr).into_owned();
    let mut found: Vec<&str> = told
        .lines()
        .filter(|line| line.contains("Index"))
        .filter_map(|line| line.split(" on ").nth(1).or_else(|| line.split(" using ").nth(1)))
        .filter_map(|rest| rest.split_whitespace().next())
        .filter(|name| name.ends_with("_idx") || name.ends_with("_pkey") || name.ends_with("_key"))
        .collect();
    found.sort_unstable();
    found.dedup();
    Ok(found.join(", "))
}
