//! One version of a template, whole.

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::ids::JourneyTemplateId;
use px360_domain::journeys::template::{TemplateDetail, TemplateState, diff, findings};

use super::store;
use crate::ctx::Ctx;
use crate::error::Result;

/// A version with everything that its page needs: its faults, and how it differs from what it would replace.
///
/// # Errors
/// `NotFound` out of reach.
pub async fn template(ctx: &Ctx, id: JourneyTemplateId) -> Result<TemplateDetail> {
    let granted = ctx.require(Permission::JourneyRead)?;
    let read = ctx.read(&granted);
    let found = store::list(read, Some(id)).await?.pop();
    let row = found.ok_or_else(|| Failure::not_found("journey_template"))?;
    let (body, lock_version) = store::body(read, id).await?;
    let replaces = match row.state {
        TemplateState::Draft => {
            store::current(read, row.hospital_id, row.journey_type).await?.filter(|it| *it != id)
        }
        TemplateState::Published | TemplateState::Retired => {
            store::before(read, row.hospital_id, row.journey_type, row.version).await?
        }
    };
    let changes = match replaces {
        Some(before) => diff(&store::body(read, before).await?.0, &body),
        None => Vec::new(),
    };
    let surveys = store::surveys(read, id).await?;
    let may_write = ctx
        .may(Permission::JourneyTemplateWrite)
        .is_some_and(|granted| granted.reach().covers_owner(row.hospital_id));
    let findings = findings(&body, &surveys);
    Ok(TemplateDetail { row, body, lock_version, findings, replaces, changes, surveys, may_write })
}
