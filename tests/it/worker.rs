//! A worker that dies in the middle of its work.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use px360_server::RequestMeta;
use px360_server::integrations::{RawEvent, receive_events};
use serde_json::json;
use sqlx::PgPool;

use crate::house::{API_KEY, House, SECRET, count};

/// Visits; with four events each, they take several batches.
const VISITS: usize = 300;

/// Visits in one request: few enough messages that they are kept for a worker rather than applied at once.
const IN_ONE_REQUEST: usize = 30;

struct Worker(Child);

impl Worker {
    fn start(db: &PgPool) -> Self {
        let options = db.connect_options();
        let mut url: String = std::env::var("DATABASE_URL").unwrap();
        let cut = url.rfind('/').unwrap();
        url.truncate(cut);
        let database = options.get_database().unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_px360"))
            .arg("worker")
            .env("DATABASE_URL", format!("{url}/{database}"))
            .env("PX360_SECRET", SECRET)
            .env("PX360_LOG", "off")
            .env_remove("PX360_OUTBOX_FILE")
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        Self(child)
    }
}

impl Drop for Worker {
    /// SIGKILL: no time to tidy up.
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

const WAITING: &str = "select count(*) from inbound_events where status = 'received'";

/// Waits until this many events or fewer wait; gives up after a minute.
async fn until_waiting(db: &PgPool, at_most: i64) {
    for _ in 0..6_000 {
        if count(db, WAITING).await <= at_most {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{} events still wait", count(db, WAITING).await);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_worker_killed_in_the_middle_of_its_work_leaves_every_effect_exactly_once(db: PgPool) {
    let house = House::new(db).await;
    let source = house.deps.for_source(API_KEY, RequestMeta::default()).await.unwrap();
    let processed = "select count(*) from inbound_events where status = 'processed'";
    let (before, known) =
        (count(&house.db, "select count(*) from surveys").await, count(&house.db, processed).await);
    for visits in (0..VISITS).collect::<Vec<_>>().chunks(IN_ONE_REQUEST) {
        let events = visits.iter().flat_map(|number| visit(*number)).collect();
        receive_events(&source, events).await.unwrap();
    }
    let mut left = count(&house.db, WAITING).await;
    assert_eq!(left, 4 * i64::try_from(VISITS).unwrap());
    while left > 0 {
        let worker = Worker::start(&house.db);
        // Killed as soon as a batch is done, so that the next one is under way.
        until_waiting(&house.db, left - 1).await;
        drop(worker);
        left = count(&house.db, WAITING).await;
    }
    let made = i64::try_from(VISITS).unwrap();
    for (sql, expected) in [
        (processed, 4 * made + known),
        ("select count(*) from surveys", before + made),
        ("select count(*) from notifications where survey_id is not null", before + made),
        ("select sum(created)::bigint from funnel_rollups", before + made),
        ("select count(*) from (select distinct stage_id from surveys) as stages", before + made),
    ] {
        assert_eq!(count(&house.db, sql).await, expected, "{sql}");
    }
}

fn visit(number: usize) -> Vec<RawEvent> {
    ["OPD_REGISTERED", "OPD_TRIAGED", "OPD_CONSULTED", "OPD_DISPENSED"]
        .into_iter()
        .enumerate()
        .map(|(step, code)| {
            let event = json!({
                "source_event_id": format!("{number}-{code}"),
                "event_code": code,
                "occurred_at": format!("2026-11-23T09:{step:02}:00+03:00"),
                "encounter_id": format!("K{number}"),
                "hospital": "RYD",
                "department": "CARD",
                "physician": "SCFHS-10002",
                "patient": { "mrn": format!("K{number}"), "name_ar": "سارة" },
            });
            RawEvent::json(event.to_string())
        })
        .collect()
}
