//! The life of real clusters. These tests need Postgres's programs on the machine.

#![expect(clippy::unwrap_used, reason = "clippy.toml excuses test functions, not their helpers")]

use std::fs;
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use px360_cluster::{Cluster, Options};

/// Names the child process of [`the_server_ends_with_its_owner`], which is this program again.
const OWNER: &str = "PX360_CLUSTER_TEST_OWNER";

fn postmaster_pid(cluster: &Cluster) -> String {
    let text = fs::read_to_string(cluster.dir().join("data/postmaster.pid")).unwrap();
    text.lines().next().unwrap().to_owned()
}

fn kill(pid: &str) {
    assert!(Command::new("kill").args(["-9", pid]).status().unwrap().success());
}

fn answers(port: u16) -> bool {
    TcpStream::connect(("127.0.0.1", port)).is_ok()
}

fn eventually(what: &str, mut done: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !done() {
        assert!(begun.elapsed() < Duration::from_secs(30), "in vain: {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn settings(cluster: &Cluster, names: &[&str]) -> Vec<String> {
    let ask = |name: &&str| cluster.ask("postgres", &format!("show {name}")).unwrap();
    names.iter().map(ask).collect()
}

#[test]
fn a_throw_away_cluster_leaves_nothing_behind() {
    let cluster = Cluster::start(&Options::throw_away().unwrap()).unwrap();
    let (dir, port) = (cluster.dir().to_owned(), cluster.port());
    assert!(cluster.is_owned());
    assert_eq!(settings(&cluster, &["fsync", "full_page_writes"]), ["off", "off"]);
    cluster.stop().unwrap();
    assert!(!dir.exists());
    assert!(!answers(port));
}

#[test]
fn data_survives_a_stop_a_kill_and_a_second_starter() {
    let mut options = Options::throw_away().unwrap();
    options.durable = true;
    options.remove_at_end = false;
    options.settings = vec![("work_mem".into(), "5MB".into())];

    let cluster = Cluster::start(&options).unwrap();
    assert!(cluster.create_database("px360").unwrap());
    assert!(!cluster.create_database("px360").unwrap(), "it is there already");
    cluster.ask("px360", "create table note (words text)").unwrap();
    cluster.ask("px360", "insert into note values ('شكرًا')").unwrap();
    assert_eq!(
        settings(&cluster, &["fsync", "data_checksums", "server_encoding", "work_mem"]),
        ["on", "on", "UTF8", "5MB"]
    );
    assert_eq!(
        settings(&cluster, &["unix_socket_directories", "password_encryption"]),
        ["", "scram-sha-256"]
    );
    let provider = "select datlocprovider from pg_database where datname = 'px360'";
    assert_eq!(cluster.ask("px360", provider).unwrap(), "i", "ICU sorts Arabic");
    let password = fs::metadata(cluster.dir().join("password")).unwrap();
    assert_eq!(password.permissions().mode() & 0o777, 0o600);
    assert!(!format!("{cluster:?}").contains("password"));
    let (url, port) = (cluster.url("px360"), cluster.port());
    cluster.stop().unwrap();
    assert!(!answers(port));

    // The port and the password are remembered.
    let cluster = Cluster::start(&options).unwrap();
    assert_eq!(cluster.url("px360"), url);

    // A second starter finds the server and does not take it away.
    let guest = Cluster::start(&options).unwrap();
    assert!(!guest.is_owned());
    guest.stop().unwrap();
    assert_eq!(cluster.ask("px360", "select words from note").unwrap(), "شكرًا");

    // Killed, with connections open or not, it comes back with what was committed.
    kill(&postmaster_pid(&cluster));
    let again = Cluster::start(&options).unwrap();
    assert!(again.is_owned());
    assert_eq!(again.ask("px360", "select words from note").unwrap(), "شكرًا");

    // A stranger that has the dead postmaster's number is not taken for it.
    let pid = postmaster_pid(&again);
    kill(&pid);
    let file = again.dir().join("data/postmaster.pid");
    let stale = fs::read_to_string(&file).unwrap();
    let stranger = std::process::id().to_string();
    fs::write(&file, stale.replacen(&pid, &stranger, 1)).unwrap();
    let last = Cluster::start(&options).unwrap();
    assert!(last.is_owned());
    assert_eq!(last.ask("px360", "select words from note").unwrap(), "شكرًا");
    last.stop().unwrap();

    px360_cluster::remove(&options.dir).unwrap();
    assert!(!options.dir.exists());
}

#[test]
fn a_failed_start_is_cleared_up() {
    let mut options = Options::throw_away().unwrap();
    options.settings = vec![("no_such_setting".into(), "1".into())];
    let refusal = Cluster::start(&options).unwrap_err().to_string();
    assert!(refusal.contains("no_such_setting"), "the log's words are passed on: {refusal}");
    eventually("the folder's end", || !options.dir.exists());
}

#[test]
fn a_wrong_password_is_refused() {
    let cluster = Cluster::start(&Options::throw_away().unwrap()).unwrap();
    let output = cluster
        .psql("postgres")
        .env("PGPASSWORD", "guess")
        .args(["-c", "select 1"])
        .output()
        .unwrap();
    assert!(!output.status.success());
}

#[test]
fn a_server_that_is_kept_running_is_found_again() {
    let mut options = Options::throw_away().unwrap();
    options.keep_running = true;
    let first = Cluster::start(&options).unwrap();
    let port = first.port();
    drop(first);
    let second = Cluster::start(&options).unwrap();
    assert_eq!((second.port(), second.is_owned()), (port, false));
    drop(second);
    px360_cluster::remove(&options.dir).unwrap();
    assert!(!answers(port));
}

#[test]
fn the_server_ends_with_its_owner() {
    let report = std::env::temp_dir().join(format!("px360-owner-{}", std::process::id()));
    let mut owner = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "owner", "--ignored"])
        .env(OWNER, &report)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    eventually("the owner's report", || report.exists());
    let text = fs::read_to_string(&report).unwrap();
    let (port, dir) = text.split_once(' ').unwrap();
    let port = port.parse().unwrap();
    assert!(answers(port));
    owner.kill().unwrap();
    owner.wait().unwrap();
    fs::remove_file(&report).unwrap();
    eventually("the server's end", || !answers(port));
    eventually("the folder's end", || !Path::new(dir).exists());
}

/// Not a test: the process that [`the_server_ends_with_its_owner`] kills.
#[test]
#[ignore = "runs as the child of another test"]
fn owner() {
    let Some(report) = std::env::var_os(OWNER).map(PathBuf::from) else { return };
    let cluster = Cluster::start(&Options::throw_away().unwrap()).unwrap();
    let unfinished = report.with_extension("unfinished");
    fs::write(&unfinished, format!("{} {}", cluster.port(), cluster.dir().display())).unwrap();
    fs::rename(&unfinished, &report).unwrap();
    std::thread::sleep(Duration::from_secs(120));
}
