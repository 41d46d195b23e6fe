//! Surveys that are ready to use, in both languages.

mod store;

use anyhow::Context as _;
use px360_domain::ids::SurveyTemplateId;
use px360_domain::surveys::SurveyContent;

use crate::error::Result;
use crate::tx::Tx;

/// The survey about an outpatient visit.
const OPD_VISIT: (&str, &str) = ("opd_visit", include_str!("opd_visit.json"));

/// The others: by code, the content as JSON.
const OTHERS: [(&str, &str); 5] = [
    ("inpatient", include_str!("inpatient.json")),
    ("discharge", include_str!("discharge.json")),
    ("ems", include_str!("ems.json")),
    ("complaint_resolution", include_str!("complaint_resolution.json")),
    ("nps", include_str!("nps.json")),
];

/// Publishes the library; answers the survey about an outpatient visit.
pub(super) async fn publish_in(tx: &mut Tx) -> Result<SurveyTemplateId> {
    for survey in OTHERS {
        publish(tx, survey).await?;
    }
    publish(tx, OPD_VISIT).await
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

    use super::{OPD_VISIT, OTHERS, read};

    #[test]
    fn every_survey_of_the_library_can_be_published_and_is_written_in_both_languages() {
        for (code, json) in OTHERS.into_iter().chain([OPD_VISIT]) {
            let content = read(code, json).unwrap();
            assert_eq!(check(&content), [], "{code}");
            for locale in Locale::ALL {
                let (written, all) = completeness(&content, *locale);
                assert_eq!(written, all, "{code} in {locale}");
            }
        }
    }
}
