//! `px360 doctor`.

use anyhow::{Result, bail};
use px360_domain::notifications::Channel;
use px360_server::config::Config;
use px360_server::health::readiness;

use super::house::House;
use super::say::say;

pub(crate) async fn run() -> Result<()> {
    let config = Config::from_env()?;
    let set = |is_set: bool| if is_set { "set" } else { "not set" };
    say("configuration: fine");
    say(format_args!(
        "  database      {}",
        match &config.database.url {
            Some(_) => "DATABASE_URL".to_owned(),
            None => match px360_cluster::available() {
                Ok(found) => format!("own, in {} ({found})", config.database.data_dir.display()),
                Err(error) => format!("own, but: {error}"),
            },
        }
    ));
    say(format_args!("  listens on    {}", config.http.addr));
    say(format_args!("  is called     {}", config.http.public_url));
    say(format_args!("  PX360_SECRET  {}", set(config.secret.current.is_some())));
    let house = House::open().await?;
    for channel in Channel::ALL {
        let provider = house.deps.provider_of(*channel).unwrap_or("nobody");
        say(format_args!("  {channel:<13} {provider}"));
    }
    let found = readiness(&house.deps).await;
    house.close().await;
    let found = found?;
    say("database: answers");
    say(format_args!("  migrations to apply    {}", found.migrations_pending));
    say(format_args!("  oldest waiting event   {} s", found.event_lag_seconds));
    say(format_args!("  oldest due message     {} s", found.notification_lag_seconds));
    if !found.ready {
        bail!("not ready: see above");
    }
    Ok(())
}
