//! A file goes out to whoever looks into a complaint.

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::ids::SurveyFileId;
use px360_domain::surveys::SurveyFile;
use serde_json::json;

use super::store;
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;

/// A file that somebody added to their answers, for whoever may know who it is.
///
/// With the survey, or with an action that came of it. That it was read is an entry of the audit log.
///
/// # Errors
/// `NotFound` out of reach.
pub async fn survey_file(ctx: &Ctx, id: SurveyFileId) -> Result<(SurveyFile, Vec<u8>)> {
    let identify = ctx.require(Permission::PatientIdentify)?;
    let mut tx = ctx.begin(identify.clone()).await?;
    let found = store::find(&mut tx, id).await?;
    let found = found.ok_or_else(|| Failure::not_found("survey_file"))?;
    let (hospital, department) = (found.hospital_id, found.department_id);
    let with_survey = ctx.may(Permission::SurveyRead).is_some_and(|read| {
        let place = [&identify, &read].map(|it| it.reach().covers(hospital, department, None));
        place == [true; 2]
    });
    let with_action = ctx.may(Permission::ActionRead).is_some_and(|read| {
        found.actions.iter().any(|action| {
            let reach = [&identify, &read]
                .map(|it| it.reach().covers(hospital, action.department_id, action.owner_id));
            reach == [true; 2]
        })
    });
    if !with_survey && !with_action {
        return Err(Failure::not_found("survey_file").into());
    }
    tx.record(
        Entry::done("survey_file.read", "survey", found.survey_id)
            .in_hospital(hospital)
            .with(json!({ "file": id })),
    );
    tx.commit().await?;
    Ok((found.file, found.bytes))
}
