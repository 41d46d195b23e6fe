//! Surveys that are ready to use, in both languages.

mod store;

use anyhow::Context as _;
use px360_domain::ids::SurveyTemplateId;
use px360_domain::surveys::SurveyContent;

use crate::error::Result;
use crate::tx::Tx;

/// The surveys that journeys ask with: by code, the content as JSON.
const OPD_VISIT: (&str, &str) = ("opd_visit", include_str!("opd_visit.json"));
const INPATIENT: (&str, &str) = ("inpatient", include_str!("inpatient.json"));
const EMS: (&str, &str) = ("ems", include_str!("ems.json"));

/// The others.
const OTHERS: [(&str, &str); 3] = [
    ("discharge", include_str!("discharge.json")),
    ("complaint_resolution", include_str!("complaint_resolution.json")),
    ("nps", include_str!("nps.json")),
];

/// The surveys that journeys ask with.
#[derive(Clone, Copy)]
pub(super) struct JourneySurveys {
    /// After an outpatient visit.
    pub(super) opd_visit: SurveyTemplateId,
    /// After a stay.
    pub(super) inpatient: SurveyTemplateId,
    /// After an emergency.
    pub(super) ems: SurveyTemplateId,
}

/// Publishes the library; answers the surveys that journeys ask with.
pub(super) async fn publish_in(tx: &mut Tx) -> Result<JourneySurveys> {
    for survey in OTHERS {
        publish(tx, survey).await?;
    }
    Ok(JourneySurveys {
        inpatient: publish(tx, INPATIENT).await?,
        ems: publish(tx, EMS).await?,
        opd_visit: publish(tx, OPD_VISIT).await?,
    })
}

async fn publish(tx: &mut Tx, (code, json): (&str, &str)) -> Result<SurveyTemplateId> {
    store::publish(tx, code, &read(code, json)?).await
}

fn read(code: &str, json: &str) -> Result<SurveyContent> {
    Ok(serde_json::from_str(json).with_context(|| format!("reading the survey {code}"))?)
}

#[cfg(test)]
mod tests {
    use px360_domain::Locale;
    use px360_domain::surveys::{check, completeness};

    use super::{EMS, INPATIENT, OPD_VISIT, OTHERS, read};

    #[test]
    fn every_survey_of_the_library_can_be_published_and_is_written_in_both_languages() {
        for (code, json) in OTHERS.into_iter().chain([OPD_VISIT, INPATIENT, EMS]) {
            let content = read(code, json).unwrap();
            assert_eq!(check(&content), [], "{code}");
            for locale in Locale::ALL {
                let (written, all) = completeness(&content, *locale);
                assert_eq!(written, all, "{code} in {locale}");
            }
        }
    }
}
