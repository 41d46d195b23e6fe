//! The hospitals to choose from.

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
