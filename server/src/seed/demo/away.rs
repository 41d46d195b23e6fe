//! Who of the demo's people will be away.

use chrono::Days;
use px360_domain::accounts::Delegate;

use super::as_user;
use super::places::Places;
use crate::accounts;
use crate::ctx::Ctx;
use crate::dates::day;
use crate::error::Result;

/// In how many days the manager leaves, and for how many.
const LEAVES_IN: u64 = 10;
const DAYS: u64 = 7;

/// The manager of the outpatient clinics, whose deputy is the coordinator.
pub(super) async fn make(ctx: &Ctx, places: &Places) -> Result<()> {
    let Some(manager) = as_user(ctx, places, "manager").await? else { return Ok(()) };
    let Some(deputy_id) = places.users.get("coordinator").copied() else { return Ok(()) };
    let starts_on = day(ctx.now()) + Days::new(LEAVES_IN);
    let ends_on = starts_on + Days::new(DAYS - 1);
    let cmd = Delegate { user_id: None, deputy_id, starts_on, ends_on };
    accounts::delegate(&manager, cmd).await?;
    Ok(())
}
