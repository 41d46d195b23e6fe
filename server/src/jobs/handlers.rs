//! What each job does: a door into a use case, like a page or an endpoint.

use std::time::Duration;

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::Wake;
use super::watch::Running;
use crate::db::in_time;
use crate::deps::Deps;
use crate::error::Result;
use crate::{actions, audit, integrations, notifications, records, surveys};

/// How long a job may take. It is tried again then and finds what is left: no job is one piece of work.
const LIMIT: Duration = Duration::from_secs(15 * 60);

/// Does everything that a job finds to do now, and says how much that was.
///
/// # Errors
/// `Broken`, to be tried again with growing delay.
pub async fn run(deps: &Deps, wake: Wake) -> Result<usize> {
    let ctx = deps.system(wake.identifier());
    match wake {
        Wake::ProcessEvents => integrations::process_events(&ctx).await,
        Wake::DeliverNotifications => notifications::deliver_due(&ctx).await,
        Wake::QueueDigests => notifications::queue_digests(&ctx).await,
        Wake::EscalateOverdue => actions::escalate_overdue(&ctx).await,
        Wake::RunImports => records::import::run_imports(&ctx).await,
        Wake::SweepExpired => {
            let surveys = surveys::sweep_expired(&ctx).await?;
            Ok(surveys + records::import::forget_old(&ctx).await?)
        }
        Wake::KeepAuditRoot => audit::keep_root(&ctx).await,
        Wake::WatchSources => integrations::watch_sources(&ctx).await,
    }
}

macro_rules! handlers {
    ($($name:ident => $wake:ident, $identifier:literal);+ $(;)?) => {$(
        #[derive(Debug, Default, Serialize, Deserialize)]
        pub(super) struct $name {}

        impl TaskHandler for $name {
            const IDENTIFIER: &'static str = $identifier;

            async fn run(self, ctx: WorkerContext) -> impl IntoTaskHandlerResult {
                let Some(DepsExtension(deps)) = ctx.get_ext::<DepsExtension>() else {
                    return Err("the worker was started without its dependencies".to_owned());
                };
                let _running = Running::begin();
                match in_time(LIMIT, run(deps, Wake::$wake)).await {
                    Ok(done) => {
                        tracing::debug!(job = $identifier, done, "done");
                        Ok(())
                    }
                    Err(error) => {
                        let cause = error.chain();
                        tracing::error!(job = $identifier, "failed: {cause}");
                        metrics::counter!("px360_job_failures_total", "job" => $identifier).increment(1);
                        Err(cause)
                    }
                }
            }
        }
    )+};
}

handlers! {
    ProcessEvents => ProcessEvents, "integrations.process_events";
    DeliverNotifications => DeliverNotifications, "notifications.deliver";
    QueueDigests => QueueDigests, "notifications.queue_digests";
    EscalateOverdue => EscalateOverdue, "actions.escalate_overdue";
    RunImports => RunImports, "records.import";
    SweepExpired => SweepExpired, "surveys.sweep_expired";
    KeepAuditRoot => KeepAuditRoot, "audit.keep_root";
    WatchSources => WatchSources, "integrations.watch_sources";
}

/// How the handlers reach the house.
#[derive(Clone)]
pub(super) struct DepsExtension(pub(super) Deps);

impl std::fmt::Debug for DepsExtension {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DepsExtension")
    }
}
