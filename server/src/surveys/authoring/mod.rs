//! Survey templates as people write them: a draft beside the published versions.
//!
//! A draft is kept as a whole and published as a whole; a published version never changes, because patients were
//! invited to it. A stage names the template, so that its next survey has the version that is current by then.

mod begin_draft;
mod create;
mod discard_draft;
mod list;
mod publish;
mod questions;
mod retire;
mod save_draft;
mod store;
mod test_send;
mod view;
mod writing;

use px360_domain::Failure;
use px360_domain::ids::{HospitalId, SurveyTemplateId};

use crate::error::Result;
use crate::tx::Tx;

pub use begin_draft::begin_draft;
pub use create::create_template;
pub use discard_draft::discard_draft;
pub use list::survey_templates;
pub use publish::publish;
pub use questions::survey_questions;
pub use retire::{reinstate, retire};
pub use save_draft::save_draft;
pub use test_send::test_send;
pub(super) use view::{content, versions_of, visible};
pub use view::{survey_template, version_content};

/// A template that the caller may change, locked.
struct Held {
    hospital_id: Option<HospitalId>,
    retired: bool,
}

/// Locks a template that the caller may write.
///
/// # Errors
/// `NotFound` out of reach, `Forbidden` for what the caller may only read.
async fn hold(tx: &mut Tx, id: SurveyTemplateId) -> Result<Held> {
    let found = writing::lock(tx, id).await?;
    let row = found.ok_or_else(|| Failure::not_found("survey_template"))?;
    if !row.may_change || !tx.reach().covers_owner(row.hospital_id) {
        // The group's surveys are known to everybody.
        return Err(match row.hospital_id {
            None => Failure::Forbidden,
            Some(_) => Failure::not_found("survey_template"),
        }
        .into());
    }
    Ok(Held { hospital_id: row.hospital_id, retired: row.retired })
}

/// The draft of a template that was seen at this state of its own, locked with its template.
///
/// # Errors
/// As [`hold`]; `Conflict` with `survey_not_drafted` or `stale_version`.
async fn hold_draft(
    tx: &mut Tx,
    id: SurveyTemplateId,
    seen: Option<i32>,
) -> Result<(Held, writing::DraftRow)> {
    let held = hold(tx, id).await?;
    let draft = writing::draft(tx, id).await?;
    let draft = draft.ok_or_else(|| Failure::conflict("survey_not_drafted"))?;
    if seen.is_some_and(|seen| seen != draft.lock_version) {
        return Err(Failure::conflict("stale_version").into());
    }
    Ok((held, draft))
}
