//! Surveys that are ready to use, in both languages.

mod store;

use anyhow::Context as _;
use px360_domain::ids::SurveyVersionId;
use px360_domain::surveys::SurveyContent;

use crate::error::Result;
use crate::tx::Tx;

/// Publishes the survey about an outpatient visit.
pub(super) async fn publish_opd_visit_in(tx: &mut Tx) -> Result<SurveyVersionId> {
    let content: SurveyContent =
        serde_json::from_str(include_str!("opd_visit.json")).context("reading opd_visit.json")?;
    store::publish(tx, "opd_visit", &content).await
}
