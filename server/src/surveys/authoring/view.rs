//! One version of a survey template, whole.

use chrono::{DateTime, Utc};
use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::ids::{SurveyTemplateId, SurveyVersionId};
use px360_domain::surveys::authoring::{
    SurveyTemplateDetail, SurveyTemplateRow, SurveyVersionRow, VersionState, diff,
};
use px360_domain::surveys::{SurveyContent, check};

use super::store;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::tx::Reader;

/// A survey template with one of its versions: the one of this number, or else the draft, or else the current one.
///
/// # Errors
/// `NotFound` out of reach, and for a number that no version has.
pub async fn survey_template(
    ctx: &Ctx,
    id: SurveyTemplateId,
    number: Option<i32>,
) -> Result<SurveyTemplateDetail> {
    let granted = ctx.require(Permission::SurveyRead)?;
    let read = ctx.read(&granted);
    let row = visible(read, ctx.now(), id).await?;
    let versions = store::versions(read, id).await?;
    let shown = |version: &&SurveyVersionRow| number.is_none_or(|number| version.number == number);
    let version = versions.iter().find(shown).cloned();
    let version = version.ok_or_else(|| Failure::not_found("survey_version"))?;
    let (content, lock_version) = store::content(read, version.id).await?;
    let published =
        |one: &&SurveyVersionRow| one.number < version.number && one.state != VersionState::Draft;
    let before = versions.iter().find(published);
    let changes = match before {
        Some(before) => diff(&store::content(read, before.id).await?.0, &content),
        None => Vec::new(),
    };
    let may_write = ctx
        .may(Permission::SurveyTemplateWrite)
        .is_some_and(|granted| granted.reach().covers_owner(row.hospital_id));
    Ok(SurveyTemplateDetail {
        compared_with: before.map(|before| before.number),
        findings: check(&content),
        row,
        version,
        content,
        lock_version,
        changes,
        may_write,
        versions,
    })
}

/// A template within reach.
///
/// # Errors
/// `NotFound` out of reach.
pub(in crate::surveys) async fn visible(
    read: Reader<'_>,
    now: DateTime<Utc>,
    id: SurveyTemplateId,
) -> Result<SurveyTemplateRow> {
    let found = store::list(read, now, Some(id)).await?.pop();
    Ok(found.ok_or_else(|| Failure::not_found("survey_template"))?)
}

/// All versions of a template, the draft first, then the latest.
pub(in crate::surveys) async fn versions_of(
    read: Reader<'_>,
    id: SurveyTemplateId,
) -> Result<Vec<SurveyVersionRow>> {
    store::versions(read, id).await
}

/// What a version asks.
pub(in crate::surveys) async fn content(
    read: Reader<'_>,
    id: SurveyVersionId,
) -> Result<SurveyContent> {
    Ok(store::content(read, id).await?.0)
}

/// What a version asks, for whoever looks at it before patients do.
///
/// # Errors
/// `NotFound` out of reach.
pub async fn version_content(ctx: &Ctx, id: SurveyVersionId) -> Result<SurveyContent> {
    let granted = ctx.require(Permission::SurveyRead)?;
    let read = ctx.read(&granted);
    let template = store::template_of(read, id).await?;
    let known = match template {
        Some(template) => !store::list(read, ctx.now(), Some(template)).await?.is_empty(),
        None => false,
    };
    if !known {
        return Err(Failure::not_found("survey_version").into());
    }
    Ok(store::content(read, id).await?.0)
}
