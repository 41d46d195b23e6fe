//! A patient's turn: the survey of their link, locked, as long as it takes answers.

use std::sync::Arc;

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::ids::SurveyId;
use px360_domain::surveys::{SurveyContent, SurveyStatus};

use super::store::{self, SurveyRow};
use crate::ctx::{Actor, Ctx};
use crate::error::Result;
use crate::tx::Tx;

/// What a patient who answers finds.
pub(super) enum Turn {
    /// It takes answers. Whoever else answers it waits until this unit of work is over.
    Open(Box<Answering>),
    /// It was handed in before.
    Completed(SurveyId),
    /// A quota had ended it before.
    ScreenedOut(SurveyId),
}

/// A survey that takes answers, and the unit of work that holds it.
pub(super) struct Answering {
    pub(super) tx: Tx,
    pub(super) survey: SurveyRow,
    pub(super) content: Arc<SurveyContent>,
}

/// Begins to take answers.
///
/// # Errors
/// `Forbidden` to whoever has no link, `Conflict` with `survey_closed` when its time ran out.
pub(super) async fn begin_answering(ctx: &Ctx) -> Result<Turn> {
    let granted = ctx.require(Permission::SurveyAnswer)?;
    let Actor::Invited { survey: id } = *ctx.actor() else {
        return Err(Failure::Forbidden.into());
    };
    let mut tx = ctx.begin(granted).await?;
    let survey = store::lock(&mut tx, id).await?;
    let ended = match survey.status {
        SurveyStatus::Completed => Turn::Completed(id),
        SurveyStatus::ScreenedOut => Turn::ScreenedOut(id),
        _ => {
            survey.must_be_open(tx.now())?;
            let content = store::content_in(&mut tx, survey.survey_version_id).await?;
            return Ok(Turn::Open(Box::new(Answering { tx, survey, content })));
        }
    };
    tx.nothing_to_do().await?;
    Ok(ended)
}
