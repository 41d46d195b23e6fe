//! The quotas of a survey that a message invites to, at the moment of sending.

use std::collections::BTreeMap;

use px360_domain::Locale;
use px360_domain::ids::SurveyId;
use px360_domain::journeys::JourneyType;
use px360_domain::surveys::logic::facts_of;
use px360_domain::surveys::{AnswerMode, SurveyContent};
use sqlx::types::Json;

use super::store;
use crate::error::Result;
use crate::tx::Tx;

/// A survey as its quotas look at it before anybody has answered.
pub(super) struct Asked {
    pub(super) content: Json<SurveyContent>,
    pub(super) language: Locale,
    pub(super) mode: AnswerMode,
    pub(super) journey_type: Option<JourneyType>,
    pub(super) stage_code: Option<String>,
    pub(super) department_code: Option<String>,
    /// The quotas that count it already.
    pub(super) held: Vec<String>,
    /// How many each quota has counted, by its key.
    pub(super) counted: Json<BTreeMap<String, u32>>,
}

/// Whether a full quota would end this survey as soon as it is opened: then nobody is asked to open it.
pub(super) async fn end_at_once(tx: &mut Tx, survey: SurveyId) -> Result<bool> {
    let Some(asked) = store::quotas(tx, survey).await? else {
        return Ok(false);
    };
    let facts = facts_of(
        asked.journey_type,
        asked.stage_code,
        asked.department_code,
        (asked.language, asked.mode),
    );
    let (content, counted) = (asked.content.0, asked.counted.0);
    Ok(content.quotas.iter().any(|quota| {
        let is_full = counted.get(&quota.key).is_some_and(|counted| *counted >= quota.at_most);
        is_full && !asked.held.contains(&quota.key) && quota.ends_at_once(&content, &facts)
    }))
}
