//! `px360 worker`.

use anyhow::Result;

use super::house::House;
use super::serve::asked_to_stop;

pub(crate) async fn run() -> Result<()> {
    let house = House::open_migrated().await?;
    px360::install_metrics();
    let worker = px360_server::jobs::start(&house.deps).await?;
    tracing::info!("the worker runs");
    asked_to_stop().await;
    worker.stop().await;
    house.close().await;
    Ok(())
}
