//! The patient agreed to be called, or did not.

use px360_domain::actions::ActionLogKind;
use px360_domain::ids::SurveyId;

use super::log::NewLogEntry;
use super::store;
use crate::error::Result;
use crate::tx::Tx;

/// Writes the patient's answer on the timeline of the survey's action; answers whether there is one.
pub async fn note_callback_in(tx: &mut Tx, survey_id: SurveyId, agreed: bool) -> Result<bool> {
    let Some((id, hospital_id)) = store::find_by_survey(tx, survey_id).await? else {
        return Ok(false);
    };
    let entry =
        NewLogEntry { agreed: Some(agreed), ..NewLogEntry::of(ActionLogKind::CallbackAnswered) };
    store::insert_log(tx, hospital_id, id, entry).await?;
    Ok(true)
}
