//! What follows when a survey is complete: score, roll-ups, action. All in one transaction.

use px360_domain::actions::ActionKind;
use px360_domain::ids::SurveyId;
use px360_domain::surveys::logic::{Facts, path};
use px360_domain::surveys::{Answers, SurveyContent, outcome};

use super::answers;
use super::store::{self, SurveyRow};
use crate::actions::{self, RaiseAction};
use crate::analytics::{self, FunnelCount, FunnelStep, ResponseCount};
use crate::audit::Entry;
use crate::error::Result;
use crate::tx::Tx;

/// Counts the beginning of a survey.
pub(super) fn started(survey_id: SurveyId) -> FunnelStep {
    FunnelStep { survey_id, step: FunnelCount::Started }
}

/// Completes a survey whose answers were checked and stored.
pub(super) async fn complete_in(
    tx: &mut Tx,
    survey: &SurveyRow,
    content: &SurveyContent,
    answers: &Answers,
    facts: &Facts,
) -> Result<()> {
    let outcome = outcome(content, answers, facts);
    let kept = path(content, answers, facts).answers(content, answers);
    answers::settle(tx, survey.id, &kept, &outcome).await?;
    store::mark_completed(tx, survey.id, &outcome).await?;
    analytics::count_in(tx, &[FunnelStep { survey_id: survey.id, step: FunnelCount::Completed }])
        .await?;
    analytics::count_response_in(
        tx,
        &ResponseCount {
            hospital_id: survey.hospital_id,
            department_id: survey.department_id,
            physician_id: survey.physician_id,
            score: outcome.score,
            nps: outcome.nps,
        },
    )
    .await?;
    if let Some(wanted) = outcome.action {
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
    tx.record(
        Entry::done("survey.completed", "survey", survey.id)
            .in_hospital(survey.hospital_id)
            .with(serde_json::json!({ "score": outcome.score, "nps": outcome.nps })),
    );
    Ok(())
}
