//! Whether enough others have answered.

mod store;

use px360_domain::surveys::logic::Facts;
use px360_domain::surveys::{Answers, QuotaCounts, SurveyContent, SurveyQuota, WhenFull};
use serde_json::json;

pub(super) use store::standing;

use super::store::SurveyRow;
use crate::audit::Entry;
use crate::error::Result;
use crate::tx::Tx;

/// Takes a survey's places in the quotas that count it: with a page, those of whoever begins, as far as the answers until
/// this page decide it; with the last one (no `until`), all of them. True when one of them is full and ends the survey;
/// then it is marked so, and has none of the places that it was about to take.
///
/// Two surveys for one place take turns on the quota's row until the first one commits.
pub(super) async fn end_in(
    tx: &mut Tx,
    survey: &SurveyRow,
    content: &SurveyContent,
    (answers, facts): (&Answers, &Facts),
    until: Option<u8>,
) -> Result<bool> {
    let mut counting: Vec<&SurveyQuota> = content
        .quotas
        .iter()
        .filter(|quota| !survey.quotas.contains(&quota.key))
        .filter(|quota| until.is_none_or(|page| quota.is_decided_by(content, page)))
        .filter(|quota| quota.counts_whoever(content, answers, facts))
        .collect();
    if counting.is_empty() {
        return Ok(false);
    }
    // In one order for all: a place that is taken is a row that is locked.
    counting.sort_by(|one, other| one.key.cmp(&other.key));
    let before = tx.save_point().await?;
    for quota in counting {
        let takes = until.is_none() || quota.counts == QuotaCounts::Begun;
        let is_full = if takes {
            !store::take(tx, survey, quota).await?
        } else {
            store::is_full(tx, survey, quota).await?
        };
        if is_full && quota.when_full == WhenFull::Finish {
            tx.back_to(before).await?;
            store::mark_screened_out(tx, survey.id).await?;
            let entry = Entry::done("survey.screened_out", "survey", survey.id);
            tx.record(entry.in_hospital(survey.hospital_id).with(json!({ "quota": quota.key })));
            return Ok(true);
        }
    }
    tx.past(before).await?;
    Ok(false)
}
