//! The command center's numbers: answers from roll-ups, open work from the actions themselves.

use chrono::Days;
use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::analytics::measures::wilson;
use px360_domain::analytics::{CommandCenter, DashboardFilter, TreeAsOf};

use super::store::{self, Slice};
use crate::ctx::Ctx;
use crate::dates::{day, hijri};
use crate::error::Result;

/// How many days back when nobody said.
const DAYS: u16 = 90;

/// The state of everything within the caller's reach.
///
/// # Errors
/// `Invalid` on `days` outside 7 to 365.
pub async fn command_center(ctx: &Ctx, filter: DashboardFilter) -> Result<CommandCenter> {
    let granted = ctx.require(Permission::DashboardRead)?;
    let days = filter.days.unwrap_or(DAYS);
    if !(7..=365).contains(&days) {
        return Err(Failure::invalid("days", "out_of_range").into());
    }
    let (read, now) = (ctx.read(&granted), ctx.now());
    let to = day(now);
    let days = Days::new(u64::from(days));
    let from = to - days + Days::new(1);
    let tree = filter.tree.unwrap_or(TreeAsOf::Event);
    let slice = Slice { hospital: filter.hospital.clone(), from, to };
    let before = Slice { from: from - days, to: from - Days::new(1), ..slice.clone() };
    let totals = store::totals(read, &slice).await?;
    let totals_before = store::totals(read, &before).await?;
    let nps = totals.nps();
    Ok(CommandCenter {
        as_of: now,
        as_of_hijri: hijri(now)?,
        from,
        to,
        score: totals.score(),
        score_before: totals_before.score(),
        nps,
        nps_before: totals_before.nps(),
        top_box: wilson(totals.promoters(), nps.n),
        funnel: store::funnel(read, &slice).await?,
        actions: store::action_load(read, filter.hospital.as_deref(), now).await?,
        trend: store::trend(read, &slice).await?,
        departments: store::departments(read, &slice, now, tree).await?,
    })
}
