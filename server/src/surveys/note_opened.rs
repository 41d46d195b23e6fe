//! A person looks at a survey.

use px360_domain::Failure;
use px360_domain::access::Permission;

use super::store;
use crate::audit::Entry;
use crate::ctx::{Actor, Ctx};
use crate::error::Result;

/// Remembers when a person first looked at the survey; later looks change nothing.
///
/// The page's script says so at the first touch, key or scroll. A GET says nothing: programs open links, too.
///
/// # Errors
/// `Forbidden` without a survey's link, `NotFound` for one that is gone.
pub async fn note_opened(ctx: &Ctx) -> Result<()> {
    let granted = ctx.require(Permission::SurveyAnswer)?;
    let Actor::Invited { survey: id } = *ctx.actor() else {
        return Err(Failure::Forbidden.into());
    };
    let mut tx = ctx.begin(granted).await?;
    let Some(hospital) = store::mark_opened(&mut tx, id).await? else {
        return tx.nothing_to_do().await;
    };
    tx.record(Entry::done("survey.opened", "survey", id).in_hospital(hospital));
    tx.commit().await
}
