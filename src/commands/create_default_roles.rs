//! `px360 create-default-roles`.

use anyhow::Result;
use px360_server::seed::roles::create_default_roles;

use super::house::House;
use super::say::say;

pub(crate) async fn run() -> Result<()> {
    let house = House::open_migrated().await?;
    let made = create_default_roles(&house.deps.system("create-default-roles")).await?;
    say(format_args!("created {made} of 8 roles; the others were there"));
    house.close().await;
    Ok(())
}
