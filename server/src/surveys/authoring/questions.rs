//! Every question that is asked now.

use px360_domain::access::Permission;
use px360_domain::surveys::authoring::SurveyQuestionList;

use super::store;
use crate::ctx::Ctx;
use crate::error::Result;

/// The questions of all current versions within reach, by template and place: what measures are followed by.
///
/// # Errors
/// `Forbidden`.
pub async fn survey_questions(ctx: &Ctx) -> Result<SurveyQuestionList> {
    let granted = ctx.require(Permission::SurveyRead)?;
    Ok(SurveyQuestionList { items: store::questions(ctx.read(&granted)).await? })
}
