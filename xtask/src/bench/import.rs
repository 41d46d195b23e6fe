//! G3: a file of a hundred thousand patients, from its start to its last row, beside `\copy`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use super::house::{DATABASE, House, SERVER};
use super::lines::Lines;
use super::load::median;
use crate::{Result, json, run};

const ROWS: u32 = 100_000;
/// Rounds; ours and `\copy` take turns, on one table that grows.
const ROUNDS: u32 = 3;

/// The files of one round.
struct Files {
    sent: PathBuf,
    patients: PathBuf,
    mrns: PathBuf,
}

pub(super) fn measure(house: &House, lines: &mut Lines) -> Result {
    let token = house.token()?;
    let (mut ours, mut theirs, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let a = import(house, &token, &files(house, round * 2)?.sent)?;
        let b = copy(house, &files(house, round * 2 + 1)?)?;
        println!("  {a:.0} rows/s beside {b:.0} rows/s");
        ours.push(a);
        theirs.push(b);
        ratios.push(a / b);
    }
    lines.push(format!(
        "G3   {ROWS} patients of a file, checked, written and remembered: {:.0} rows/s beside {:.0} rows/s of \
         \\copy into the same tables: {:.2}x (goal 0.60x, floor 0.45x)",
        median(&mut ours),
        median(&mut theirs),
        median(&mut ratios),
    ));
    Ok(())
}

fn files(house: &House, number: u32) -> Result<Files> {
    let path = |name: &str| house.cluster.dir().join(format!("{name}-{number}.csv"));
    let files = Files { sent: path("sent"), patients: path("patients"), mrns: path("mrns") };
    let mut psql = house.cluster.psql(DATABASE);
    psql.arg("-v").arg(format!("first={}", 1 + number * ROWS));
    for (name, file) in
        [("file", &files.sent), ("patients", &files.patients), ("mrns", &files.mrns)]
    {
        psql.arg("-v").arg(format!("{name}={}", file.display()));
    }
    run::output(psql.arg("-f").arg(house.workspace.join("bench/sql/import.sql")))?;
    Ok(files)
}

/// Rows per second from the start of an import to its end; the file is there before.
fn import(house: &House, token: &str, file: &Path) -> Result<f64> {
    let door = format!("http://{SERVER}/api/organizations/imports/");
    let authorization = format!("Authorization: Bearer {token}");
    let mut upload = Command::new("curl");
    upload.args(["-sf", "-H", &authorization, "-H", "Content-Type: text/csv", "--data-binary"]);
    upload.arg(format!("@{}", file.display())).arg(format!("{door}?kind=patient"));
    let told = run::output(&mut upload)?;
    let import = json::parse(&told)?;
    let id = import.text("id").ok_or("no import came of the file")?;
    let mapping = r#"{"mapping":["mrns.mrn","name_ar","mobile","birth_date","sex","mrns.hospital_id"],"dry_run":false}"#;
    let mut start = Command::new("curl");
    start.args([
        "-sf",
        "-H",
        &authorization,
        "-H",
        "Content-Type: application/json",
        "-d",
        mapping,
    ]);
    let begun = Instant::now();
    run::output(start.arg(format!("{door}{id}/start/")))?;
    let state =
        format!("select status || ' ' || made || ' ' || faulty from imports where id = '{id}'");
    loop {
        let told = house.ask(&state)?;
        if told == format!("done {ROWS} 0") {
            return Ok(f64::from(ROWS) / begun.elapsed().as_secs_f64());
        }
        if !told.starts_with("running") || begun.elapsed() > Duration::from_secs(300) {
            return Err(format!("the import is {told}").into());
        }
        thread::sleep(Duration::from_millis(20));
    }
}

/// Rows per second of the same rows, made ready for the tables, in one transaction.
fn copy(house: &House, files: &Files) -> Result<f64> {
    let patients = format!(
        "\\copy patients (id, name_ar, name_en, mobile, birth_date, sex, language, consent, do_not_contact, \
         deceased, is_demo, described_at, created_at, version) from '{}' with (format csv)",
        files.patients.display()
    );
    let mrns = format!(
        "\\copy patient_mrns (hospital_id, mrn, patient_id) from '{}' with (format csv)",
        files.mrns.display()
    );
    let mut psql = house.cluster.psql(DATABASE);
    let begun = Instant::now();
    run::output(psql.args(["-1", "-c", &patients, "-c", &mrns]))?;
    Ok(f64::from(ROWS) / begun.elapsed().as_secs_f64())
}
