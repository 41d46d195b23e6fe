//! One visit of today, so that a survey waits for whoever tries PX360.

use chrono::TimeDelta;
use px360_domain::access::Permission;
use px360_domain::ids::SurveyId;
use px360_domain::paths;
use serde_json::json;

use super::data::Data;
use super::history::{first_clinic, patient};
use super::places::Places;
use super::store;
use crate::ctx::{Actor, Ctx, RequestMeta};
use crate::deps::Deps;
use crate::error::Result;
use crate::integrations::{self, RawEvent};
use crate::jobs::{self, Wake};

/// A demo survey that waits for an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingSurvey {
    /// Which.
    pub id: SurveyId,
    /// Its link.
    pub link: String,
}

/// Lives through one visit that ends now. The invitation is left to the running worker.
pub(super) async fn make(ctx: &Ctx, data: &Data, places: &Places) -> Result<()> {
    let (Some(hospital), now) = (places.hospitals.first(), ctx.now()) else { return Ok(()) };
    let Some(clinic) = first_clinic(hospital) else { return Ok(()) };
    let encounter = format!("{}-TODAY-001", hospital.code);
    let steps = [
        ("OPD_REGISTERED", 75, None, None),
        ("OPD_TRIAGED", 60, Some("OPD"), None),
        ("OPD_CONSULTED", 20, Some(clinic.code.as_str()), clinic.licences.first()),
        ("OPD_DISPENSED", 5, Some("PHARM"), None),
    ];
    let events = steps
        .into_iter()
        .map(|(code, ago, department, physician)| {
            let event = json!({
                "source_event_id": format!("{encounter}-{code}"),
                "event_code": code,
                "occurred_at": (now - TimeDelta::minutes(ago)).to_rfc3339(),
                "encounter_id": encounter,
                "hospital": hospital.code,
                "department": department,
                "physician": physician,
                "patient": patient(data, &hospital.code, 9_001),
                "data": {},
            });
            RawEvent::json(event.to_string())
        })
        .collect();
    let deps = ctx.deps().clone();
    let source = Actor::Source { id: places.source_id, hospitals: Vec::new() };
    let sender = Ctx::new(deps.clone(), source, RequestMeta::default());
    integrations::receive_events(&sender, events).await?;
    jobs::run(&deps, Wake::ProcessEvents).await?;
    Ok(())
}

/// The newest demo survey that waits for an answer, with its link.
///
/// # Errors
/// `Broken` when the database is away.
pub async fn waiting_survey(deps: &Deps) -> Result<Option<WaitingSurvey>> {
    let ctx = deps.system("seed-demo");
    let granted = ctx.require(Permission::SystemSetUp)?;
    let newest = store::newest_waiting(ctx.read(&granted)).await?;
    Ok(newest.map(|id| WaitingSurvey {
        id,
        link: format!(
            "{}{}",
            deps.http().public_url,
            paths::survey(&deps.survey_tokens().sign(id))
        ),
    }))
}
