//! `px360 seed-demo`.

use anyhow::{Result, bail};
use clap::Args;
use px360_domain::Failure;
use px360_server::seed::demo::{self, HistoryPlan, Seeded, waiting_survey};

use super::house::House;
use super::say::say;

/// Fill an empty database with a demo group of hospitals.
#[derive(Debug, Args)]
pub(crate) struct SeedDemo {
    /// How many days of history.
    #[arg(long, default_value_t = 90)]
    days: u16,
}

pub(crate) async fn run(seed: SeedDemo) -> Result<()> {
    let house = House::open_migrated().await?;
    let seeded = make(&house, seed.days).await;
    let waiting = waiting_survey(&house.deps).await;
    house.close().await;
    say(match seeded? {
        Seeded::Made => "the demo data is made",
        Seeded::WasThere => "the demo data was there; nothing was changed",
    });
    if let Some(waiting) = waiting? {
        say(format_args!("a survey waits for an answer: {}", waiting.link));
    }
    Ok(())
}

/// Makes demo data in an open house.
pub(crate) async fn make(house: &House, days: u16) -> Result<Seeded> {
    let cmd = demo::SeedDemo {
        password: house.config.demo.password.clone(),
        api_key: house.config.demo.api_key.clone(),
        history: HistoryPlan { days, ..HistoryPlan::default() },
        today: true,
    };
    match demo::seed_demo(&house.deps, &house.pool, cmd).await {
        Ok(seeded) => Ok(seeded),
        Err(px360_server::Error::Refused(Failure::Conflict { code }))
            if code == "not_a_demo_database" =>
        {
            bail!("this database holds hospitals or patients that are no demo; nothing was changed")
        }
        Err(error) => Err(error.into()),
    }
}
