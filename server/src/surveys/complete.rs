//! What follows when a survey is complete: score, roll-ups, action. All in one transaction.

use px360_domain::actions::ActionKind;
use px360_domain::ids::SurveyId;
use px360_domain::surveys::logic::{Facts, path};
use px360_domain::surveys::{Answers, SurveyContent, outcome};

use super::store::{self, Answered, SurveyRow};
use super::{anonymous, answers, files};
use crate::actions::{self, RaiseAction};
use crate::analytics::{self, FunnelCount, ResponseCount};
use crate::audit::Entry;
use crate::dates::day;
use crate::error::Result;
use crate::tx::Tx;

/// Counts what a hand-in came to. Behind everything else, in one order for all: whoever hands in at the same place waits
/// for these rows until the commit.
pub(super) async fn count_in(
    tx: &mut Tx,
    survey_id: SurveyId,
    began: bool,
    response: Option<&ResponseCount>,
) -> Result<()> {
    let steps = [
        began.then_some(FunnelCount::Started),
        response.is_some().then_some(FunnelCount::Completed),
    ];
    let steps: Vec<FunnelCount> = steps.into_iter().flatten().collect();
    analytics::count_in(tx, survey_id, &steps).await?;
    match response {
        Some(response) => analytics::count_response_in(tx, response).await,
        None => Ok(()),
    }
}

/// Completes a survey with answers that were checked; answers how it counts.
pub(super) async fn complete_in(
    tx: &mut Tx,
    survey: &SurveyRow,
    content: &SurveyContent,
    (answers, facts): (&Answers, &Facts),
    answered: Answered,
) -> Result<ResponseCount> {
    let outcome = outcome(content, answers, facts);
    let mut kept = path(content, answers, facts).answers(content, answers);
    answers::settle(tx, survey.id, &kept, &outcome).await?;
    files::settle(tx, survey.id, content, &mut kept, true).await?;
    let unlinked = content.anonymous && !survey.anonymous;
    let on = if unlinked {
        store::mark_answered(tx, survey.id, answered, None).await?;
        anonymous::cut_off(tx, survey.id, &outcome).await?
    } else {
        store::mark_answered(tx, survey.id, answered, Some(&outcome)).await?;
        day(tx.now())
    };
    if let Some(wanted) = outcome.action.filter(|_| !content.anonymous) {
        let raised = RaiseAction {
            hospital_id: survey.hospital_id,
            department_id: survey.department_id,
            physician_id: survey.physician_id,
            kind: ActionKind::LowScore,
            severity: wanted.severity,
            owner: wanted.owner,
            once_in_days: wanted.once_in_days,
            survey_id: Some(survey.id),
            triggered: outcome.triggered.clone(),
        };
        actions::raise_in(tx, raised).await?;
    }
    let entry =
        Entry::done("survey.completed", "survey", survey.id).in_hospital(survey.hospital_id);
    // The log must not tell either what somebody said whom nobody is to know.
    let detail = serde_json::json!({ "score": outcome.score, "nps": outcome.nps });
    tx.record(if unlinked { entry } else { entry.with(detail) });
    Ok(ResponseCount {
        hospital_id: survey.hospital_id,
        department_id: survey.department_id,
        physician_id: survey.physician_id,
        on,
        score: outcome.score,
        nps: outcome.nps,
    })
}
