//! Servers and databases that are killed while hospitals send: nothing that was acknowledged is lost, nothing is
//! done twice, nothing sticks. Clients do what hospital systems do: send again until they are heard.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use px360_cluster::{Cluster, Options};
use px360_domain::integrations::EventFormat;
use px360_server::Chance;
use px360_server::simulator::{Arrivals, Simulated, SimulationPlan, as_it_comes, render, simulate};
use sqlx::PgPool;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::house::{API_KEY, House, SECRET, count};

/// How often something is killed, unless `PX360_CRASH_ROUNDS` says otherwise.
const ROUNDS: usize = 20;
/// Messages for each round: enough that none of them waits for work.
const MESSAGES_A_ROUND: usize = 220;

fn rounds() -> usize {
    std::env::var("PX360_CRASH_ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(ROUNDS)
}

/// Where the server listens now: HTTP and MLLP.
pub(crate) type Doors = Arc<Mutex<Option<(SocketAddr, SocketAddr)>>>;

/// A server process.
pub(crate) struct Server(Child);

impl Server {
    pub(crate) fn start(url: &str, doors: &Doors) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_px360"))
            .args(["serve", "--mllp", "127.0.0.1:0"])
            .env("DATABASE_URL", url)
            .env("PX360_SECRET", SECRET)
            .env("PX360_LOG", "off")
            .env("PX360_ADDR", "127.0.0.1:0")
            .env("PX360_RATE_SOURCE", "0")
            .env("LEPTOS_OUTPUT_NAME", "px360")
            .env_remove("PX360_OUTBOX_FILE")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let said = BufReader::new(child.stdout.take().unwrap());
        let (mut http, mut mllp) = (None, None);
        let mut lines = said.lines();
        while http.is_none() || mllp.is_none() {
            let line = lines.next().unwrap().unwrap();
            http = http.or_else(|| line.strip_prefix("PX360 serves on http://")?.parse().ok());
            mllp = mllp.or_else(|| line.rsplit_once("MLLP on ")?.1.parse().ok());
        }
        *doors.lock().unwrap() = http.zip(mllp);
        // Messages that leave the house are printed; nobody reads them, and nobody must wait for that.
        std::thread::spawn(move || lines.for_each(drop));
        Self(child)
    }

    /// SIGKILL: no time to tidy up.
    pub(crate) fn kill(mut self, doors: &Doors) {
        *doors.lock().unwrap() = None;
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

/// SIGKILL for the database and every process of it.
fn kill_postgres(cluster: &Cluster) {
    let pid = fs::read_to_string(cluster.dir().join("data/postmaster.pid")).unwrap();
    let pid = pid.lines().next().unwrap().to_owned();
    let mut all = vec![pid.clone()];
    for entry in fs::read_dir("/proc").unwrap().flatten() {
        let stat = fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
        // `pid (name) state parent …`: the name may hold anything.
        let parent = stat.rsplit_once(") ").and_then(|(_, rest)| rest.split(' ').nth(1));
        if parent == Some(&pid) {
            all.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    // One may be gone already.
    let _some = Command::new("sh").arg("-c").arg(format!("kill -9 {}", all.join(" "))).status();
    // Whoever starts it again while it is dying would find it running.
    let lives = |pid: &String| {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        stat.rsplit_once(") ").is_some_and(|(_, rest)| !rest.starts_with('Z'))
    };
    while all.iter().any(lives) {
        std::thread::yield_now();
    }
}

pub(crate) async fn again() {
    tokio::time::sleep(Duration::from_millis(20)).await;
}

/// Sends over HTTP in small requests; each again until it is acknowledged.
pub(crate) async fn send_http(doors: Doors, messages: Vec<Simulated>, heard: Arc<AtomicUsize>) {
    for chunk in messages.chunks(7) {
        let body: Vec<String> =
            chunk.iter().map(|message| render(message, EventFormat::Json)).collect();
        let body = body.join("\n");
        loop {
            let door = *doors.lock().unwrap();
            if let Some((http, _)) = door
                && is_taken(http, &body).await == Some(true)
            {
                break;
            }
            again().await;
        }
        heard.fetch_add(chunk.len(), Ordering::SeqCst);
    }
}

/// Whether a request was answered with 202; none when nobody answered.
async fn is_taken(http: SocketAddr, body: &str) -> Option<bool> {
    let mut line = TcpStream::connect(http).await.ok()?;
    let head = format!(
        "POST /api/integrations/events/ HTTP/1.1\r\nHost: {http}\r\nConnection: close\r\n\
         Authorization: Api-Key {API_KEY}\r\nContent-Type: application/x-ndjson\r\n\
         Content-Length: {}\r\n\r\n",
        body.len()
    );
    line.write_all(head.as_bytes()).await.ok()?;
    line.write_all(body.as_bytes()).await.ok()?;
    let mut answer = String::new();
    let read = line.read_to_string(&mut answer);
    tokio::time::timeout(Duration::from_secs(10), read).await.ok()?.ok()?;
    Some(answer.starts_with("HTTP/1.1 202"))
}

/// Sends over MLLP, one after the other; each again until it is acknowledged.
pub(crate) async fn send_mllp(doors: Doors, messages: Vec<Simulated>, heard: Arc<AtomicUsize>) {
    let mut line: Option<TcpStream> = None;
    for message in messages {
        let text = render(&message, EventFormat::Hl7v2);
        loop {
            let door = *doors.lock().unwrap();
            if let Some((_, mllp)) = door.filter(|_| line.is_none()) {
                line = TcpStream::connect(mllp).await.ok();
            }
            match exchange(line.as_mut(), &text).await {
                Some(ack) if ack.contains("MSA|AA|") => break,
                // Refused for now: again on the same line.
                Some(_) => {}
                None => line = None,
            }
            again().await;
        }
        heard.fetch_add(1, Ordering::SeqCst);
    }
}

async fn exchange(line: Option<&mut TcpStream>, text: &str) -> Option<String> {
    let line = line?;
    line.write_all(format!("\u{b}{text}\u{1c}\r").as_bytes()).await.ok()?;
    let mut heard = Vec::new();
    while !heard.ends_with(b"\x1c\r") {
        heard.push(tokio::time::timeout(Duration::from_secs(10), line.read_u8()).await.ok()?.ok()?);
    }
    String::from_utf8(heard).ok()
}

/// What was said of each encounter, in disorder and twice here and there.
pub(crate) fn feeds(messages: usize) -> (Vec<Simulated>, Vec<Simulated>) {
    let plan = SimulationPlan {
        hospitals: 2,
        start: "2026-11-01".parse().unwrap(),
        days: u16::try_from(messages / 100 + 3).unwrap(),
        visits_a_day: 20,
        seed: 11,
    };
    let mut all = simulate(&plan).unwrap();
    all.truncate(messages);
    let arriving =
        as_it_comes(&all, Arrivals { seed: 2, repeated: 50, late: 200, late_by_max: 200 });
    arriving.into_iter().partition(|message| message.hospital == "RYD")
}

pub(crate) const KEPT: &str = "select count(distinct source_event_id) from inbound_events";

/// Everything that must hold after the last message, whatever was killed.
pub(crate) async fn nothing_is_lost_doubled_or_stuck(db: &PgPool, sent: i64) {
    for (what, sql, expected) in [
        ("messages kept", KEPT, sent),
        (
            "messages kept twice",
            "select count(*) from (select source_id, facility, source_event_id
          from inbound_events group by 1, 2, 3 having count(*) > 1) as twice",
            0,
        ),
        (
            "messages stuck",
            "select count(*) from inbound_events where status in ('received', 'dead')",
            0,
        ),
        (
            // Those of the demo house wait for somebody who says what they mean.
            "messages parked",
            "select count(*) from inbound_events
          where status = 'parked' and source_event_id not like '%-NOW-%'",
            0,
        ),
        (
            "stages that ask twice",
            "select count(*) from (select stage_id from surveys group by 1
          having count(*) > 1) as twice",
            0,
        ),
        (
            "surveys with two invitations",
            "select count(*) from (select survey_id from notifications
          where survey_id is not null group by 1 having count(*) > 1) as twice",
            0,
        ),
        (
            "surveys that roll-ups miss",
            "select (select coalesce(sum(created), 0) from funnel_rollups)::bigint
          - (select count(*) from surveys where status <> 'reversed')",
            0,
        ),
    ] {
        assert_eq!(count(db, sql).await, expected, "{what}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn servers_and_databases_are_killed_and_every_acknowledged_message_has_its_effect_once() {
    let options = Options { durable: true, ..Options::throw_away().unwrap() };
    let mut cluster = Cluster::start(&options).unwrap();
    cluster.create_database("crashes").unwrap();
    let url = cluster.url("crashes");
    let house = PgPool::connect(&url).await.unwrap();
    House::new(house.clone()).await;
    let before = count(&house, KEPT).await;
    house.close().await;
    let (over_http, over_mllp) = feeds(rounds() * MESSAGES_A_ROUND);
    let distinct: std::collections::BTreeSet<String> =
        over_http.iter().chain(&over_mllp).map(|message| message.id.clone()).collect();
    let all = over_http.len() + over_mllp.len();
    let (doors, heard) = (Doors::default(), Arc::new(AtomicUsize::new(0)));
    let clients = [
        tokio::spawn(send_http(Arc::clone(&doors), over_http, Arc::clone(&heard))),
        tokio::spawn(send_mllp(Arc::clone(&doors), over_mllp, Arc::clone(&heard))),
    ];
    let mut server = Server::start(&url, &doors);
    let chance = Chance::seeded(13);
    for round in 0..rounds() {
        let more = 10 + usize::try_from(chance.below(120)).unwrap();
        let until = (heard.load(Ordering::SeqCst) + more).min(all);
        let patience = std::time::Instant::now();
        while heard.load(Ordering::SeqCst) < until {
            assert!(
                patience.elapsed() < Duration::from_secs(120),
                "nobody is heard in round {round}"
            );
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        assert!(until < all, "round {round} had nothing to interrupt");
        if round % 2 == 0 {
            server.kill(&doors);
            server = Server::start(&url, &doors);
        } else {
            kill_postgres(&cluster);
            // The one who started it finds it dead; the folder stays.
            std::mem::forget(cluster);
            cluster = Cluster::start(&options).unwrap();
            assert_eq!(cluster.url("crashes"), url, "it comes back where it was");
        }
    }
    for client in clients {
        client.await.unwrap();
    }
    let db = PgPool::connect(&url).await.unwrap();
    let waiting = "select count(*) from inbound_events where status = 'received'";
    let patience = std::time::Instant::now();
    while count(&db, waiting).await > 0 {
        assert!(patience.elapsed() < Duration::from_secs(120), "messages stick");
        again().await;
    }
    let sent = before + i64::try_from(distinct.len()).unwrap();
    nothing_is_lost_doubled_or_stuck(&db, sent).await;
    db.close().await;
    server.kill(&doors);
    cluster.stop().unwrap();
}
