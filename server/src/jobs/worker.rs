//! Runs the jobs of one process.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use graphile_worker::{Cron, TaskHandler, Worker, WorkerOptions};

use super::handlers::{
    DeliverNotifications, DepsExtension, EscalateOverdue, KeepAuditRoot, ProcessEvents, RunImports,
    SweepExpired,
};
use super::queue::{self, SCHEMA};
use crate::deps::Deps;
use crate::error::Result;
use crate::task;

/// A running worker.
pub struct WorkerHandle {
    worker: Arc<Worker>,
    running: tokio::task::JoinHandle<()>,
}

impl WorkerHandle {
    /// Lets running jobs finish, then ends.
    pub async fn stop(self) {
        self.worker.request_shutdown();
        if self.running.await.is_err() {
            tracing::error!("the worker did not end well");
        }
    }
}

/// Starts a worker. It begins with whatever another one, which died, may have left behind.
///
/// # Errors
/// `Broken` when the queue cannot be reached.
pub async fn start(deps: &Deps) -> Result<WorkerHandle> {
    let worker = WorkerOptions::default()
        .schema(SCHEMA)
        .pg_pool(deps.pool().clone())
        .concurrency(4)
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
        .define_job::<EscalateOverdue>()
        .define_job::<RunImports>()
        .define_job::<SweepExpired>()
        .define_job::<KeepAuditRoot>()
        // Retries that fell due, and whatever a lost wake-up left behind.
        .with_cron(every_minute::<ProcessEvents>())
        // What quiet hours or a delay deferred.
        .with_cron(every_minute::<DeliverNotifications>())
        // Deadlines pass without anybody doing anything.
        .with_cron(every_minute::<EscalateOverdue>())
        // A file whose reader died.
        .with_cron(every_minute::<RunImports>())
        .with_cron(every_minute::<SweepExpired>())
        // The first minute of a day, or the first one after a pause.
        .with_cron(every_minute::<KeepAuditRoot>())
        .init()
        .await
        .context("starting the worker")?;
    queue::add_all(deps.pool()).await?;
    let worker = Arc::new(worker);
    let runner = Arc::clone(&worker);
    let running = task::spawn("worker", async move {
        if let Err(error) = runner.run().await {
            tracing::error!("the worker ended: {error}");
        }
    });
    Ok(WorkerHandle { worker, running })
}

fn every_minute<T: TaskHandler>() -> graphile_worker::CronBuilder<T> {
    // Without a payload the queue hands the handler a `null`, which is no struct.
    let empty = serde_json::json!({});
    Cron::every_minute::<T>().job_key(T::IDENTIFIER).payload_value(empty)
}
