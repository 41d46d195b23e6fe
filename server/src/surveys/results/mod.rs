//! What came back of one survey: how invitations became answers, and what these say.

mod export;
mod row;
mod store;
mod view;

use chrono::{DateTime, Days, Utc};
use px360_domain::access::Permission;
use px360_domain::ids::{DepartmentId, HospitalId, SurveyTemplateId};
use px360_domain::organizations::deidentified;
use px360_domain::surveys::authoring::{SurveyTemplateRow, SurveyVersionRow, VersionState};
use px360_domain::surveys::results::{RESULT_DAYS_MAX, ResultFilter};
use px360_domain::surveys::{AnswerMode, SurveyContent};
use px360_domain::{Failure, Locale};

use super::authoring::{content, versions_of, visible};
use crate::ctx::{Ctx, Granted};
use crate::dates::day;
use crate::error::Result;
use crate::tx::Reader;

pub use export::export_responses;
pub use view::survey_results;

/// How many days back when nobody said.
const DAYS: u16 = 90;

/// What results are about: the template, its published versions with the latest first, and what the one asks that is
/// named, or else the current one.
struct Shown {
    row: SurveyTemplateRow,
    versions: Vec<SurveyVersionRow>,
    content: SurveyContent,
}

impl Shown {
    /// # Errors
    /// `NotFound` out of reach, and for a number that no published version has.
    async fn of(read: Reader<'_>, now: DateTime<Utc>, slice: &Slice) -> Result<Self> {
        let row = visible(read, now, slice.template).await?;
        let mut versions = versions_of(read, slice.template).await?;
        versions.retain(|version| version.state != VersionState::Draft);
        let named = |it: &&SurveyVersionRow| slice.version.is_none_or(|number| it.number == number);
        let shown = versions.iter().find(named);
        let shown = shown.ok_or_else(|| Failure::not_found("survey_version"))?;
        let content = content(read, shown.id).await?;
        Ok(Self { row, versions, content })
    }
}

/// Who patients are, as far as the reader may know it: row by row, because somebody may know it in one place only.
pub(in crate::surveys) struct Eyes(Option<Granted>);

impl Eyes {
    pub(in crate::surveys) fn of(ctx: &Ctx) -> Self {
        Self(ctx.may(Permission::PatientIdentify))
    }

    pub(in crate::surveys) fn see(
        &self,
        (hospital, department): (HospitalId, Option<DepartmentId>),
    ) -> bool {
        let granted = self.0.as_ref();
        granted.is_some_and(|granted| granted.reach().covers(hospital, department, None))
    }

    /// What was written there, without what tells who wrote it where that must not be known.
    pub(in crate::surveys) fn read(
        &self,
        place: (HospitalId, Option<DepartmentId>),
        words: &str,
        names: [&str; 3],
    ) -> String {
        if self.see(place) { words.to_owned() } else { deidentified(words, &names) }
    }
}

/// Which surveys are looked at.
#[derive(Clone, Debug)]
struct Slice {
    template: SurveyTemplateId,
    version: Option<i32>,
    hospital: Option<String>,
    language: Option<Locale>,
    mode: Option<AnswerMode>,
    /// The first day on which they were made.
    from: chrono::NaiveDate,
    days: u16,
}

impl Slice {
    fn of(ctx: &Ctx, template: SurveyTemplateId, filter: ResultFilter) -> Result<Self> {
        let ResultFilter { days, version, hospital, language, mode } = filter;
        let days = days.unwrap_or(DAYS);
        if !(1..=RESULT_DAYS_MAX).contains(&days) {
            return Err(Failure::invalid("days", "out_of_range").into());
        }
        let from = day(ctx.now()) - Days::new(u64::from(days)) + Days::new(1);
        Ok(Self { template, version, hospital, language, mode, from, days })
    }
}
