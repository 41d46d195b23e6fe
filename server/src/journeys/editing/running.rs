//! Who would stay with the version before.

use px360_domain::access::Permission;
use px360_domain::ids::HospitalId;
use px360_domain::journeys::JourneyType;
use px360_domain::journeys::template::RunningJourneys;

use super::store;
use crate::ctx::Ctx;
use crate::error::Result;

/// Journeys of a kind that are under way, by hospital and version, for which a new version of this owner would come
/// too late.
///
/// # Errors
/// `Forbidden`.
pub async fn running(
    ctx: &Ctx,
    owner: Option<HospitalId>,
    journey_type: JourneyType,
) -> Result<Vec<RunningJourneys>> {
    let granted = ctx.require(Permission::JourneyRead)?;
    store::running(ctx.read(&granted), owner, journey_type).await
}
