//! `px360 worker`.

use anyhow::{Context as _, Result};
use tokio::net::TcpListener;

use super::house::House;
use super::serve::asked_to_stop;

pub(crate) async fn run() -> Result<()> {
    let house = House::open_migrated().await?;
    px360::install_metrics();
    let worker = px360_server::jobs::start(&house.deps).await?;
    tracing::info!("the worker runs");
    match house.config.http.worker_addr {
        Some(addr) => {
            let listener = TcpListener::bind(addr)
                .await
                .with_context(|| format!("listening on PX360_WORKER_ADDR {addr}"))?;
            axum::serve(listener, px360::probes(&house.deps))
                .with_graceful_shutdown(asked_to_stop())
                .await
                .context("answering probes")?;
        }
        None => asked_to_stop().await,
    }
    worker.stop().await;
    house.close().await;
    Ok(())
}
