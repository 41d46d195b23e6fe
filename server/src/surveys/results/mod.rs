//! What came back of one survey: how invitations became answers, and what these say.

mod export;
mod row;
mod store;
mod view;

use chrono::Days;
use px360_domain::access::Permission;
use px360_domain::ids::{DepartmentId, HospitalId, SurveyTemplateId};
use px360_domain::organizations::deidentified;
use px360_domain::surveys::results::{RESULT_DAYS_MAX, ResultFilter};
use px360_domain::{Failure, Locale};

use crate::ctx::{Ctx, Granted};
use crate::dates::day;
use crate::error::Result;

pub use export::export_responses;
pub use view::survey_results;

/// How many days back when nobody said.
const DAYS: u16 = 90;

/// Who patients are, as far as the reader may know it: row by row, because somebody may know it in one place only.
struct Eyes(Option<Granted>);

impl Eyes {
    fn of(ctx: &Ctx) -> Self {
        Self(ctx.may(Permission::PatientIdentify))
    }

    fn see(&self, (hospital, department): (HospitalId, Option<DepartmentId>)) -> bool {
        let granted = self.0.as_ref();
        granted.is_some_and(|granted| granted.reach().covers(hospital, department, None))
    }

    /// What was written there, without what tells who wrote it where that must not be known.
    fn read(
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
    /// The first day on which they were made.
    from: chrono::NaiveDate,
    days: u16,
}

impl Slice {
    fn of(ctx: &Ctx, template: SurveyTemplateId, filter: ResultFilter) -> Result<Self> {
        let ResultFilter { days, version, hospital, language } = filter;
        let days = days.unwrap_or(DAYS);
        if !(1..=RESULT_DAYS_MAX).contains(&days) {
            return Err(Failure::invalid("days", "out_of_range").into());
        }
        let from = day(ctx.now()) - Days::new(u64::from(days)) + Days::new(1);
        Ok(Self { template, version, hospital, language, from, days })
    }
}
