//! What a patient's link shows. Reading never writes: mail scanners follow links too.

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::surveys::OpenSurvey;

use super::{files, store};
use crate::ctx::{Actor, Ctx};
use crate::error::Result;

/// The survey of the link.
///
/// # Errors
/// `NotFound` when there is no such survey.
pub async fn look(ctx: &Ctx) -> Result<OpenSurvey> {
    let granted = ctx.require(Permission::SurveyAnswer)?;
    let Actor::Invited { survey } = *ctx.actor() else {
        return Err(Failure::Forbidden.into());
    };
    let found = store::find_open(ctx.read(&granted), survey).await?;
    let row = found.ok_or_else(|| Failure::not_found("survey"))?;
    let content = match ctx.deps().versions().get(row.version_id()) {
        Some(content) => content,
        None => {
            let content = store::content(ctx.read(&granted), row.version_id()).await?;
            ctx.deps().versions().put(row.version_id(), content)
        }
    };
    let mut open = row.into_open(content, ctx.now())?;
    if open.content.file_keys().any(|key| open.answers.contains_key(key)) {
        open.files = files::of_survey(ctx.read(&granted), survey).await?;
    }
    Ok(open)
}
