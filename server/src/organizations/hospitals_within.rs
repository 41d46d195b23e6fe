//! The hospitals to choose from, and whether one of them is.

use px360_domain::Failure;
use px360_domain::ids::HospitalId;
use px360_domain::organizations::HospitalChoice;

use super::store;
use crate::error::Result;
use crate::tx::Reader;

/// The hospitals within reach, by code.
///
/// # Errors
/// None but those of the database.
pub async fn hospitals_within(read: Reader<'_>) -> Result<Vec<HospitalChoice>> {
    store::hospitals_within(read).await
}

/// Refuses what would belong to somebody whom the caller does not reach; without an owner it belongs to the group.
///
/// # Errors
/// `Forbidden` for the group where only hospitals are reached, `NotFound` for a hospital out of reach.
pub async fn must_reach_owner(read: Reader<'_>, owner: Option<HospitalId>) -> Result<()> {
    let Some(id) = owner else {
        return if read.reach().all { Ok(()) } else { Err(Failure::Forbidden.into()) };
    };
    let known = store::hospitals_within(read).await?;
    if known.iter().any(|hospital| hospital.id == id) {
        Ok(())
    } else {
        Err(Failure::not_found("hospital").into())
    }
}
