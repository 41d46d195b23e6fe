//! Runs the jobs of one process.

use std::time::Duration;

use anyhow::Context as _;
use graphile_worker::{Cron, TaskHandler, Worker, WorkerOptions};
use tokio::sync::watch::{Receiver, Sender, channel};
use tokio::time::timeout;

use super::handlers::{
    DeliverNotifications, DepsExtension, EscalateOverdue, KeepAuditRoot, ProcessEvents,
    QueueDigests, RunImports, SweepExpired, WatchSources,
};
use super::queue::{self, SCHEMA};
use super::watch;
use crate::db::in_time;
use crate::deps::Deps;
use crate::error::Result;
use crate::task;

/// How long a worker that ended by itself waits before it begins anew: a database comes back in seconds.
const PAUSE: Duration = Duration::from_secs(1);

/// How long a worker may take to begin.
const BEGINNING: Duration = Duration::from_secs(30);

/// How long jobs may go on when the process ends.
const PARTING: Duration = Duration::from_secs(60);

/// A running worker.
pub struct WorkerHandle {
    stop: Sender<bool>,
    running: tokio::task::JoinHandle<()>,
}

impl WorkerHandle {
    /// Lets running jobs finish, then ends.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        if self.running.await.is_err() {
            tracing::error!("the worker did not end well");
        }
    }
}

/// Starts a worker. It begins with whatever another one, which died, may have left behind.
///
/// When the database goes away the queue's worker ends; it is made anew until it stays.
///
/// # Errors
/// `Broken` when the queue cannot be reached.
pub async fn start(deps: &Deps) -> Result<WorkerHandle> {
    let worker = make(deps).await?;
    let (stop, stopped) = channel(false);
    let running = task::spawn("worker", keep_running(deps.clone(), worker, stopped));
    Ok(WorkerHandle { stop, running })
}

async fn keep_running(deps: Deps, mut worker: Worker, mut stopped: Receiver<bool>) {
    loop {
        let ended = {
            let run = worker.run();
            tokio::pin!(run);
            tokio::select! {
                ended = &mut run => ended,
                () = asked_to_stop(&mut stopped) => {
                    worker.request_shutdown();
                    // Whatever a job has not finished by then is done by the next worker.
                    if let Ok(ended) = timeout(PARTING, run).await { ended } else { return }
                }
                () = watch::until_stuck(deps.pool()) => {
                    tracing::error!("the worker takes no jobs any more and is made anew");
                    Ok(())
                }
            }
        };
        if let Err(error) = ended {
            tracing::error!("the worker ended: {error}");
        }
        worker = loop {
            if *stopped.borrow() {
                return;
            }
            tokio::select! {
                () = tokio::time::sleep(PAUSE) => {}
                () = asked_to_stop(&mut stopped) => return,
            }
            match in_time(BEGINNING, make(&deps)).await {
                Ok(worker) => break worker,
                Err(error) => tracing::warn!("the worker cannot begin yet: {}", error.chain()),
            }
        };
    }
}

async fn asked_to_stop(stopped: &mut Receiver<bool>) {
    // Whoever could ask is gone: that is as good.
    let _asked = stopped.wait_for(|stop| *stop).await.is_ok();
}

/// A worker with every handler and the timetable; everything is woken once.
async fn make(deps: &Deps) -> Result<Worker> {
    let worker = WorkerOptions::default()
        .schema(SCHEMA)
        .pg_pool(deps.pool().clone())
        .concurrency(watch::CONCURRENCY)
        // Wake-ups come by notification; polling is for what a lost connection missed.
        .poll_interval(Duration::from_secs(2))
        .listen_os_shutdown_signals(false)
        .heartbeat_interval(Duration::from_secs(5))
        .sweep_interval(Duration::from_secs(10))
        .sweep_threshold(Duration::from_secs(30))
        .recovery_delay(Duration::from_secs(1))
        .add_extension(DepsExtension(deps.clone()))
        .define_job::<ProcessEvents>()
        .define_job::<DeliverNotifications>()
        .define_job::<QueueDigests>()
        .define_job::<EscalateOverdue>()
        .define_job::<RunImports>()
        .define_job::<SweepExpired>()
        .define_job::<KeepAuditRoot>()
        .define_job::<WatchSources>()
        // Retries that fell due, and whatever a lost wake-up left behind.
        .with_cron(every_minute::<ProcessEvents>())
        // What quiet hours or a delay deferred.
        .with_cron(every_minute::<DeliverNotifications>())
        // The first minute of the morning, or the first one after a pause.
        .with_cron(every_minute::<QueueDigests>())
        // Deadlines pass without anybody doing anything.
        .with_cron(every_minute::<EscalateOverdue>())
        // A file whose reader died.
        .with_cron(every_minute::<RunImports>())
        .with_cron(every_minute::<SweepExpired>())
        // The first minute of a day, or the first one after a pause.
        .with_cron(every_minute::<KeepAuditRoot>())
        .with_cron(every_minute::<WatchSources>())
        .init()
        .await
        .context("starting the worker")?;
    queue::add_all(deps.pool()).await?;
    Ok(worker)
}

fn every_minute<T: TaskHandler>() -> graphile_worker::CronBuilder<T> {
    // Without a payload the queue hands the handler a `null`, which is no struct.
    let empty = serde_json::json!({});
    Cron::every_minute::<T>().job_key(T::IDENTIFIER).payload_value(empty)
}
