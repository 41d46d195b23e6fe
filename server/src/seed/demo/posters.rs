//! A poster in an outpatient department, so that there is one to look at.

use px360_domain::surveys::posters::MakeSurveyPoster;

use super::as_user;
use super::places::Places;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::surveys;

/// Made by the coordinator, in the first department of their hospital, with the shortest survey.
pub(super) async fn make(ctx: &Ctx, places: &Places) -> Result<()> {
    let Some(person) = as_user(ctx, places, "coordinator").await? else { return Ok(()) };
    let list = surveys::survey_posters(&person).await?;
    let survey = list.surveys.iter().find(|survey| survey.name.en == "One question");
    let (Some(hospital), Some(survey)) = (list.hospitals.first(), survey.or(list.surveys.first()))
    else {
        return Ok(());
    };
    let department = list.departments.iter().find(|one| one.hospital_id == hospital.id);
    let cmd = MakeSurveyPoster {
        hospital_id: hospital.id,
        department_id: department.map(|department| department.id),
        template_id: survey.id,
    };
    surveys::make_survey_poster(&person, cmd).await?;
    Ok(())
}
