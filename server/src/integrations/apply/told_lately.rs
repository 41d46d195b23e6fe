//! What was said of encounters in the last days, for whoever asks what would have come of it.

use chrono::TimeDelta;
use px360_domain::ids::HospitalId;

use super::messages::{Holders, read_all, said_now, stories};
use super::resolve::{Resolved, resolve};
use super::store::Part;
use super::trial::store as trial;
use crate::error::Result;
use crate::journeys::{Story, Templates};
use crate::tx::Tx;

/// How many messages are looked at at once, the latest ones.
const MESSAGES_MAX: i64 = 10_000;

/// What was said lately.
#[derive(Clone, Debug)]
pub(in crate::integrations) struct ToldLately {
    /// By encounter.
    pub(in crate::integrations) stories: Vec<Story>,
    /// How many messages that were.
    pub(in crate::integrations) messages: u64,
    /// Whether there were more.
    pub(in crate::integrations) cut: bool,
}

/// Reads the messages of the last days anew, as these templates understand them: of one hospital, or of all.
///
/// Patients are left out; messages whose content was forgotten, and those whose departments or physicians nobody
/// knows, too.
pub(in crate::integrations) async fn told_lately_in(
    tx: &mut Tx,
    templates: &Templates,
    hospital_id: Option<HospitalId>,
    days: u16,
) -> Result<ToldLately> {
    let since = tx.now() - TimeDelta::days(i64::from(days));
    let mut claimed = trial::lately(tx, hospital_id, since, MESSAGES_MAX + 1).await?;
    let cut = claimed.len() > usize::try_from(MESSAGES_MAX).unwrap_or(usize::MAX);
    claimed.truncate(usize::try_from(MESSAGES_MAX).unwrap_or(usize::MAX));
    let messages = claimed.len() as u64;
    let (resolved, _aside) = resolve(tx, templates, read_all(templates, claimed)?).await?;
    let nobody = Holders::new();
    let of_visit = |event: &&Resolved| event.read.message.encounter_id.is_some();
    let parts: Vec<Part> =
        resolved.iter().filter(of_visit).map(|event| said_now(event, &nobody)).collect();
    Ok(ToldLately { stories: stories(&parts), messages, cut })
}
