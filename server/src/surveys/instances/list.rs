//! All surveys within reach.

use chrono::{DateTime, Utc};
use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::ids::SurveyId;
use px360_domain::integrations::CODE_CHARS_MAX;
use px360_domain::surveys::{SurveyInstanceFilter, SurveyInstancePage};

use super::store::{self, Row};
use crate::ctx::{Ctx, Granted};
use crate::error::Result;
use crate::paging::{PageSize, read_cursor, write_cursor};

/// Surveys within reach, the latest first. Whose they are is told to those who may see these patients.
///
/// # Errors
/// `Forbidden`; `Invalid` on `limit`, `cursor` or a code that is longer than any; `Forbidden` on asking for a patient
/// without the right to see patients.
pub async fn survey_instances(
    ctx: &Ctx,
    filter: SurveyInstanceFilter,
) -> Result<SurveyInstancePage> {
    let granted = ctx.require(Permission::SurveyRead)?;
    // Whoever asks for a patient is told only where they may see that patient.
    let patients = match filter.patient_id {
        Some(_) => Some(ctx.require(Permission::PatientRead)?),
        None => None,
    };
    let patients = patients.as_ref().map(Granted::reach);
    let size = PageSize::of(filter.limit)?;
    if filter.hospital.as_ref().is_some_and(|code| code.chars().count() > CODE_CHARS_MAX) {
        return Err(Failure::invalid("hospital", "too_long").into());
    }
    let before: Option<(DateTime<Utc>, SurveyId)> =
        filter.cursor.as_deref().map(read_cursor).transpose()?;
    let mut rows =
        store::list(ctx.read(&granted), (&filter, patients), before, size.and_one()).await?;
    let next_cursor =
        size.cut(&mut rows).map(|last| write_cursor(&(last.created_at, last.id))).transpose()?;
    let sight = Sight::of(ctx);
    let items = rows.into_iter().map(|row| sight.shown(ctx.now(), row)).collect();
    Ok(SurveyInstancePage { items, next_cursor })
}

/// What else the reader may know and do, place by place.
pub(super) struct Sight {
    patients: Option<Granted>,
    enters: Option<Granted>,
}

impl Sight {
    pub(super) fn of(ctx: &Ctx) -> Self {
        Self {
            patients: ctx.may(Permission::PatientRead),
            enters: ctx.may(Permission::SurveyEnter),
        }
    }

    pub(super) fn shown(
        &self,
        now: DateTime<Utc>,
        row: Row,
    ) -> px360_domain::surveys::SurveyInstance {
        let covers = |granted: &Option<Granted>| {
            granted.as_ref().is_some_and(|granted| {
                granted.reach().covers(row.hospital_id, row.department_id, None)
            })
        };
        let (sees, enters) = (covers(&self.patients), covers(&self.enters));
        // Whoever read a poster, or is to be nobody, answers on their own phone.
        let answers_here = row.patient_id.is_some() && !row.anonymous;
        let is_open = row.status.is_open() && now < row.expires_at;
        row.instance(sees, enters && is_open && answers_here)
    }
}
