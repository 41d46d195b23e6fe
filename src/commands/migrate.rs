//! `px360 migrate`.

use anyhow::Result;

use super::house::House;
use super::say::say;

pub(crate) async fn run() -> Result<()> {
    let house = House::open_migrated().await?;
    say("the schema is up to date");
    house.close().await;
    Ok(())
}
