//! One version of a survey template, whole.

use chrono::{DateTime, Utc};
use px360_domain::access::Permission;
use px360_domain::ids::{SurveyId, SurveyTemplateId, SurveyVersionId};
use px360_domain::notifications::Channel;
use px360_domain::surveys::authoring::{
    MessageSample, SurveyTemplateDetail, SurveyTemplateRow, SurveyVersionRow, VersionState, diff,
};
use px360_domain::surveys::piping::Placeholder;
use px360_domain::surveys::{SurveyContent, check};
use px360_domain::{Bilingual, Failure, Locale, paths};

use super::store;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::notifications;
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
    let message = message(ctx, &row, store::a_hospital(read).await?);
    Ok(SurveyTemplateDetail {
        message,
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

/// How a text message that invites to it looks.
fn message(ctx: &Ctx, row: &SurveyTemplateRow, any: Option<Bilingual>) -> MessageSample {
    let deps = ctx.deps();
    let (usual, frame) = notifications::invitation_sample();
    // As long as a real one, and none.
    let token = "x".repeat(deps.survey_token(SurveyId(uuid::Uuid::nil())).len());
    let link = format!("{}{}", deps.http().public_url, paths::survey(&token));
    let hospital = row.hospital.clone().or(any);
    MessageSample {
        usual,
        frame,
        hospital: hospital.unwrap_or_else(|| {
            let unknown = |locale| Placeholder::Hospital.unknown(locale);
            Bilingual::new(unknown(Locale::Ar), unknown(Locale::En))
        }),
        stop: paths::stop(&link),
        link,
        segment_halalas: deps.gateways().terms(Channel::Sms).segment_halalas,
    }
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
