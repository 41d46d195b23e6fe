//! What a code may stand for.

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::ids::HospitalId;
use px360_domain::integrations::{CodeKind, MappingTarget};

use super::store;
use crate::ctx::Ctx;
use crate::error::Result;

/// The departments, or the physicians, of a hospital whose code or name begins with or has these words; at most 20.
///
/// # Errors
/// `NotFound` for a hospital out of reach; `Invalid` on `kind` for what is no row of ours.
pub async fn mapping_targets(
    ctx: &Ctx,
    hospital_id: HospitalId,
    kind: CodeKind,
    search: &str,
) -> Result<Vec<MappingTarget>> {
    let granted = ctx.require(Permission::MappingWrite)?;
    if !granted.reach().covers(hospital_id, None, None) {
        return Err(Failure::not_found("hospital").into());
    }
    let read = ctx.read(&granted);
    let words: String = search.trim().chars().filter(|c| *c != '\0').take(100).collect();
    match kind {
        CodeKind::Department => store::departments(read, hospital_id, &words).await,
        CodeKind::Physician => store::physicians(read, hospital_id, &words).await,
        CodeKind::Hospital | CodeKind::Event => {
            Err(Failure::invalid("kind", "out_of_range").into())
        }
    }
}
