//! A network between the program and its database that cuts lines, stalls, and loses the answer to a commit.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use px360_cluster::{Cluster, Options};
use sqlx::PgPool;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use crate::crashes::{
    Doors, KEPT, Server, again, feeds, nothing_is_lost_doubled_or_stuck, send_http, send_mllp,
};
use crate::house::{House, count};

/// How often the network is disturbed: each way three times.
const ROUNDS: usize = 15;
/// Messages for each round.
const MESSAGES_A_ROUND: usize = 120;
/// How long it stalls, or takes nobody.
const WHILE: Duration = Duration::from_secs(2);

/// What is wrong with the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trouble {
    Nothing,
    /// Every line is cut at once.
    Cut,
    /// Every line that there is carries nothing any more, and nobody says so.
    Silence,
    /// Nobody is let in, and whoever is in is thrown out.
    Refuse,
    /// Nothing moves, and nothing is lost.
    Stall,
    /// A line is cut when a commit has gone through it and its answer has not.
    LoseCommit,
}

/// What lines know of the network. Two troubles are over before every line has looked: those are counted.
#[derive(Clone, Copy, Debug)]
struct State {
    trouble: Trouble,
    cuts: u32,
    silences: u32,
}

/// The network: lines that end at the database.
struct Network {
    state: watch::Sender<State>,
    /// Commits whose answers were lost.
    lost: Arc<AtomicUsize>,
}

impl Network {
    async fn before(database: SocketAddr) -> (Self, SocketAddr) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let calm = State { trouble: Trouble::Nothing, cuts: 0, silences: 0 };
        let (state, told) = watch::channel(calm);
        let lost = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&lost);
        tokio::spawn(async move {
            while let Ok((ours, _)) = listener.accept().await {
                if told.borrow().trouble != Trouble::Refuse {
                    tokio::spawn(carry(ours, database, told.clone(), Arc::clone(&counted)));
                }
            }
        });
        (Self { state, lost }, address)
    }

    async fn suffer(&self, trouble: Trouble) {
        let lost = self.lost.load(Ordering::SeqCst);
        self.state.send_modify(|state| {
            state.trouble = trouble;
            state.cuts += u32::from(trouble == Trouble::Cut);
            state.silences += u32::from(trouble == Trouble::Silence);
        });
        match trouble {
            Trouble::Refuse | Trouble::Stall => tokio::time::sleep(WHILE).await,
            Trouble::LoseCommit => {
                while self.lost.load(Ordering::SeqCst) == lost {
                    again().await;
                }
            }
            Trouble::Nothing | Trouble::Cut | Trouble::Silence => {}
        }
        self.state.send_modify(|state| state.trouble = Trouble::Nothing);
    }
}

/// One line, until an end hangs up or the network cuts it.
async fn carry(
    mut ours: TcpStream,
    database: SocketAddr,
    mut told: watch::Receiver<State>,
    lost: Arc<AtomicUsize>,
) {
    let Ok(mut theirs) = TcpStream::connect(database).await else { return };
    let (mut there, mut back) = (vec![0; 16_384], vec![0; 16_384]);
    let before = *told.borrow_and_update();
    loop {
        tokio::select! {
            // Looked at first: what is cut carries nothing more.
            biased;
            changed = told.changed() => {
                let now = *told.borrow_and_update();
                if now.silences > before.silences {
                    // Both ends are held, so that neither learns of it.
                    return std::future::pending().await;
                }
                if changed.is_err() || now.cuts > before.cuts || now.trouble == Trouble::Refuse {
                    return;
                }
                if now.trouble == Trouble::Stall {
                    let _over = told.wait_for(|now| now.trouble != Trouble::Stall).await;
                }
            }
            read = ours.read(&mut there) => {
                let Ok(size @ 1..) = read else { return };
                if theirs.write_all(&there[..size]).await.is_err() {
                    return;
                }
                let commits = there[..size].windows(6).any(|word| word == b"COMMIT");
                if commits && told.borrow().trouble == Trouble::LoseCommit {
                    // The database has it; the answer goes nowhere.
                    let _answered = theirs.read(&mut back).await;
                    lost.fetch_add(1, Ordering::SeqCst);
                    return;
                }
            }
            read = theirs.read(&mut back) => {
                let Ok(size @ 1..) = read else { return };
                if ours.write_all(&back[..size]).await.is_err() {
                    return;
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_the_network_does_each_message_that_was_acknowledged_has_its_effect_once() {
    let options = Options::throw_away().unwrap();
    let cluster = Cluster::start(&options).unwrap();
    cluster.create_database("partitions").unwrap();
    let url = cluster.url("partitions");
    let house = PgPool::connect(&url).await.unwrap();
    House::new(house.clone()).await;
    let before = count(&house, KEPT).await;
    let (_, rest) = url.split_once('@').unwrap();
    let database: SocketAddr = rest.split('/').next().unwrap().parse().unwrap();
    let (network, address) = Network::before(database).await;
    let through = url.replace(&database.to_string(), &address.to_string());

    let (over_http, over_mllp) = feeds(ROUNDS * MESSAGES_A_ROUND);
    let distinct: BTreeSet<String> =
        over_http.iter().chain(&over_mllp).map(|message| message.id.clone()).collect();
    let all = over_http.len() + over_mllp.len();
    let (doors, heard) = (Doors::default(), Arc::new(AtomicUsize::new(0)));
    let server = Server::start(&through, &doors);
    let clients = [
        tokio::spawn(send_http(Arc::clone(&doors), over_http, Arc::clone(&heard))),
        tokio::spawn(send_mllp(Arc::clone(&doors), over_mllp, Arc::clone(&heard))),
    ];
    let kinds =
        [Trouble::LoseCommit, Trouble::Cut, Trouble::Stall, Trouble::Refuse, Trouble::Silence];
    for (round, trouble) in kinds.into_iter().cycle().take(ROUNDS).enumerate() {
        let until = (heard.load(Ordering::SeqCst) + 40).min(all);
        let patience = Instant::now();
        while heard.load(Ordering::SeqCst) < until {
            assert!(patience.elapsed() < Duration::from_secs(120), "nobody is heard: {trouble:?}");
            again().await;
        }
        assert!(until < all, "round {round} had nothing to disturb");
        network.suffer(trouble).await;
    }
    for client in clients {
        client.await.unwrap();
    }
    let waiting = "select count(*) from inbound_events where status = 'received'";
    let patience = Instant::now();
    while count(&house, waiting).await > 0 {
        assert!(patience.elapsed() < Duration::from_secs(120), "messages stick");
        again().await;
    }
    assert!(network.lost.load(Ordering::SeqCst) >= ROUNDS / kinds.len());
    let sent = before + i64::try_from(distinct.len()).unwrap();
    nothing_is_lost_doubled_or_stuck(&house, sent).await;
    house.close().await;
    server.kill(&doors);
    cluster.stop().unwrap();
}
