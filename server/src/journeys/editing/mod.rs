//! Journey templates as people write them: draft, published, retired.
//!
//! A draft is changed as a whole and published as a whole; what is published is never changed, because
//! journeys follow it. A hospital's own version stands in the place of the group's, for that hospital.

mod create_draft;
mod discard_draft;
mod list;
mod publish;
mod retire;
mod running;
mod save_draft;
mod store;
mod view;
mod writing;

use px360_domain::Failure;
use px360_domain::ids::{HospitalId, JourneyTemplateId};
use px360_domain::journeys::template::TemplateState;

use crate::error::Result;
use crate::tx::Tx;

pub use create_draft::create_draft;
pub use discard_draft::discard_draft;
pub use list::templates;
pub use publish::publish;
pub use retire::retire;
pub use running::running;
pub use save_draft::save_draft;
pub use view::template;

/// A version that the caller may change.
struct Held {
    hospital_id: Option<HospitalId>,
    state: TemplateState,
}

/// Locks a version that was seen at this state of its own and that the caller may write.
///
/// # Errors
/// `NotFound` out of reach, `Forbidden` for what the caller may only read, `Conflict` with `stale_version`, or
/// with `template_not_draft` and `template_not_published` where another state is needed.
async fn hold(
    tx: &mut Tx,
    id: JourneyTemplateId,
    lock_version: Option<i32>,
    needed: TemplateState,
) -> Result<Held> {
    let found = writing::lock(tx, id).await?;
    let row = found.ok_or_else(|| Failure::not_found("journey_template"))?;
    if !row.may_change || !tx.reach().covers_owner(row.hospital_id) {
        // The group's versions are known to everybody.
        return Err(match row.hospital_id {
            None => Failure::Forbidden,
            Some(_) => Failure::not_found("journey_template"),
        }
        .into());
    }
    if lock_version.is_some_and(|seen| seen != row.lock_version) {
        return Err(Failure::conflict("stale_version").into());
    }
    if row.state != needed {
        return Err(Failure::conflict(match needed {
            TemplateState::Draft => "template_not_draft",
            TemplateState::Published | TemplateState::Retired => "template_not_published",
        })
        .into());
    }
    Ok(Held { hospital_id: row.hospital_id, state: row.state })
}
