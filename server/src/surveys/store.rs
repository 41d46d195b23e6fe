//! How surveys are kept; what was answered is in `answers`.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use px360_domain::ids::{DepartmentId, HospitalId, PhysicianId, SurveyId, SurveyVersionId};
use px360_domain::journeys::JourneyType;
use px360_domain::organizations::is_minor;
use px360_domain::surveys::logic::{Facts, facts_of};
use px360_domain::surveys::{
    AnswerMode, Answers, OpenSurvey, OpenSurveyState, Outcome, PRIVACY_NOTICE, SurveyContent,
    SurveyStatus,
};
use px360_domain::{Bilingual, Failure, Locale};
use sqlx::types::Json;

use crate::dates::{day, of_day};
use crate::db::in_time;
use crate::error::{Error, Result};
use crate::tx::{Reader, Tx};

/// How long the busiest read may take; waiting for a line is part of it.
const ANSWERED: Duration = Duration::from_secs(20);

/// A survey as the patient's page reads it: one statement, because this is the busiest read.
pub(super) struct OpenRow {
    id: SurveyId,
    survey_version_id: SurveyVersionId,
    status: SurveyStatus,
    language: Locale,
    expires_at: DateTime<Utc>,
    callback: Option<bool>,
    low_score: bool,
    hospital_ar: String,
    hospital_en: String,
    help_phone: Option<String>,
    department_ar: Option<String>,
    department_en: Option<String>,
    physician_ar: Option<String>,
    physician_en: Option<String>,
    birth_date: Option<NaiveDate>,
    visited_at: Option<DateTime<Utc>>,
    anonymous: bool,
    mode: AnswerMode,
    answers: Json<Answers>,
    journey_type: Option<JourneyType>,
    stage_code: Option<String>,
    department_code: Option<String>,
}

impl OpenRow {
    pub(super) fn version_id(&self) -> SurveyVersionId {
        self.survey_version_id
    }

    pub(super) fn into_open(
        self,
        content: Arc<SurveyContent>,
        now: DateTime<Utc>,
    ) -> Result<OpenSurvey> {
        let state = if self.status == SurveyStatus::Completed {
            OpenSurveyState::Completed { callback: self.callback, low_score: self.low_score }
        } else if self.status == SurveyStatus::ScreenedOut {
            OpenSurveyState::ScreenedOut
        } else if self.status.is_open() && now < self.expires_at {
            OpenSurveyState::Open
        } else {
            OpenSurveyState::Closed
        };
        let facts = facts_of(
            self.journey_type,
            self.stage_code,
            self.department_code,
            (self.language, self.mode),
        );
        let name = |ar: Option<String>, en: Option<String>| Some(Bilingual { ar: ar?, en: en? });
        Ok(OpenSurvey {
            id: self.id,
            content,
            version: self.survey_version_id.to_string(),
            hospital: Bilingual { ar: self.hospital_ar, en: self.hospital_en },
            help_phone: self.help_phone,
            department: name(self.department_ar, self.department_en),
            physician: name(self.physician_ar, self.physician_en),
            visited: self.visited_at.map(day).and_then(|on| Some((on, of_day(on).ok()?))),
            named: false,
            anonymous: self.anonymous,
            for_child: self.birth_date.is_some_and(|birth| is_minor(birth, day(now))),
            language: self.language,
            answers: self.answers.0,
            files: BTreeMap::new(),
            facts,
            state,
        })
    }
}

/// The survey with everything that its page shows: one statement on its own, which opens the wall as far as it was
/// granted (migration `survey_shown`).
pub(super) async fn find_open(read: Reader<'_>, id: SurveyId) -> Result<Option<OpenRow>> {
    let alone = read.alone();
    let reading = async {
        let mut line = alone.line().await?;
        let found = sqlx::query_as!(
            OpenRow,
            r#"select id as "id!: SurveyId", survey_version_id as "survey_version_id!: SurveyVersionId",
                  status as "status!: SurveyStatus", language as "language!: Locale",
                  expires_at as "expires_at!", callback, low_score as "low_score!",
                  hospital_ar as "hospital_ar!", hospital_en as "hospital_en!", help_phone,
                  department_ar, department_en, physician_ar, physician_en, birth_date, visited_at,
                  mode as "mode!: AnswerMode", answers as "answers!: Json<Answers>",
                  journey_type as "journey_type: JourneyType", stage_code,
                  anonymous as "anonymous!", department_code
           from survey_shown($1, $2)"#,
            alone.scope(),
            id as _,
        )
        .fetch_optional(line.db())
        .await?;
        line.rest();
        Ok::<_, Error>(found)
    };
    in_time(ANSWERED, reading).await
}

/// The content of a published version.
pub(super) async fn content(read: Reader<'_>, id: SurveyVersionId) -> Result<SurveyContent> {
    let content = sqlx::query_scalar!(
        r#"select content as "content: Json<SurveyContent>" from survey_versions where id = $1"#,
        id as _,
    )
    .fetch_one(&mut *read.db().await?)
    .await?;
    Ok(content.0)
}

/// The content of a published version, from memory where possible.
pub(super) async fn content_in(tx: &mut Tx, id: SurveyVersionId) -> Result<Arc<SurveyContent>> {
    if let Some(content) = tx.ctx().deps().versions().get(id) {
        return Ok(content);
    }
    let content = sqlx::query_scalar!(
        r#"select content as "content: Json<SurveyContent>" from survey_versions where id = $1"#,
        id as _,
    )
    .fetch_one(tx.db())
    .await?;
    Ok(tx.ctx().deps().versions().put(id, content.0))
}

/// A survey's row, locked.
pub(super) struct SurveyRow {
    pub(super) id: SurveyId,
    pub(super) hospital_id: HospitalId,
    pub(super) survey_version_id: SurveyVersionId,
    pub(super) department_id: Option<DepartmentId>,
    pub(super) physician_id: Option<PhysicianId>,
    pub(super) status: SurveyStatus,
    pub(super) language: Locale,
    pub(super) expires_at: DateTime<Utc>,
    pub(super) started_at: Option<DateTime<Utc>>,
    pub(super) callback: Option<bool>,
    pub(super) mode: AnswerMode,
    pub(super) journey_type: Option<JourneyType>,
    pub(super) stage_code: Option<String>,
    /// The quotas that count it.
    pub(super) quotas: Vec<String>,
    /// Whether nobody knows who answers.
    pub(super) anonymous: bool,
    /// Whether the answers were cut off from whoever gave them.
    pub(super) cut_off: bool,
    pub(super) department_code: Option<String>,
    #[expect(dead_code, reason = "said to the wall, in the same message")]
    told_hospitals: Option<String>,
}

impl SurveyRow {
    /// What logic may look at besides answers, when they are given in this language.
    pub(super) fn facts(&self, language: Locale) -> Facts {
        let (stage, department) = (self.stage_code.clone(), self.department_code.clone());
        facts_of(self.journey_type, stage, department, (language, self.mode))
    }

    /// Refuses answers when the time ran out.
    pub(super) fn must_be_open(&self, now: DateTime<Utc>) -> Result<(), Failure> {
        if self.status.is_open() && now < self.expires_at {
            Ok(())
        } else {
            Err(Failure::conflict("survey_closed"))
        }
    }
}

/// The survey, locked until the end of the transaction.
pub(super) async fn lock(tx: &mut Tx, id: SurveyId) -> Result<SurveyRow> {
    let row = sqlx::query_as!(
        SurveyRow,
        r#"select survey.id as "id: SurveyId", survey.hospital_id as "hospital_id: HospitalId",
                  survey.survey_version_id as "survey_version_id: SurveyVersionId",
                  survey.department_id as "department_id: DepartmentId",
                  survey.physician_id as "physician_id: PhysicianId",
                  survey.status as "status: SurveyStatus", language as "language: Locale",
                  expires_at, survey.started_at, callback, survey.mode as "mode: AnswerMode",
                  journey.journey_type as "journey_type?: JourneyType",
                  told.code as "stage_code?", survey.patient_id is null as "anonymous!",
                  survey.part <> 'whole' as "cut_off!", survey.quotas,
                  department.code as "department_code?",
                  -- From here on the wall need not look up whose survey a patient's link shows.
                  case when px_scope() ->> 'survey' is not null
                       then set_config('px.hospitals', array[survey.hospital_id]::text, true) end
                      as told_hospitals
           from surveys as survey
           left join stages as stage on stage.id = survey.stage_id
           left join stage_templates as told on told.id = stage.stage_template_id
           left join journeys as journey on journey.id = stage.journey_id
           left join departments as department on department.id = survey.department_id
           where survey.id = $1 for update of survey"#,
        id as _,
    )
    .fetch_optional(tx.db())
    .await?;
    let row = row.ok_or_else(|| Failure::not_found("survey"))?;
    if row.anonymous {
        tx.leave_no_trace();
    }
    Ok(row)
}

/// Remembers the first look of a person at a survey that still takes answers; answers whose patient it is, once.
pub(super) async fn mark_opened(tx: &mut Tx, id: SurveyId) -> Result<Option<HospitalId>> {
    let now = tx.now();
    let opened = sqlx::query!(
        r#"update surveys set opened_at = $2
           where id = $1 and opened_at is null and expires_at > $2
             and status in ('scheduled', 'sent', 'started')
           returning hospital_id as "hospital_id: HospitalId", patient_id is null as "anonymous!""#,
        id as _,
        now,
    )
    .fetch_optional(tx.db())
    .await?;
    if opened.as_ref().is_some_and(|opened| opened.anonymous) {
        tx.leave_no_trace();
    }
    Ok(opened.map(|opened| opened.hospital_id))
}

/// What comes now.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Coming {
    /// The first answers.
    First,
    /// More of them.
    More,
    /// None: those that are kept are handed in.
    Nothing,
}

impl Coming {
    pub(super) fn answers(first: bool) -> Self {
        if first { Self::First } else { Self::More }
    }
}

/// How answers came.
#[derive(Clone, Copy)]
pub(super) struct Answered {
    /// In which language.
    pub(super) language: Locale,
    /// Which.
    pub(super) coming: Coming,
}

/// Remembers the language, the beginning when this is it, and with an outcome that the survey is complete.
pub(super) async fn mark_answered(
    tx: &mut Tx,
    id: SurveyId,
    answered: Answered,
    outcome: Option<&Outcome>,
) -> Result<()> {
    let now = tx.now();
    sqlx::query!(
        "update surveys
         set language = $2,
             status = case when $6 then 'completed'
                           when $3 and status in ('scheduled', 'sent') then 'started'
                           else status end,
             started_at = case when $3 then $4 else started_at end,
             completed_at = case when $6 then $4 end,
             score = $7,
             nps = $8,
             privacy_notice = case when $3 then $5 else privacy_notice end,
             -- Without the script an answer is the first that we hear.
             opened_at = coalesce(opened_at, $4),
             -- Nobody's entry takes so long: this came by the link.
             mode = case when $9 and entry_begun_at < $4 - interval '2 hours' then 'link'
                         else mode end,
             entered_by = case when $9 and entry_begun_at < $4 - interval '2 hours' then null
                               else entered_by end
         where id = $1",
        id as _,
        answered.language as _,
        answered.coming == Coming::First,
        now,
        PRIVACY_NOTICE,
        outcome.is_some(),
        outcome.and_then(|outcome| i16::try_from(outcome.score?).ok()),
        outcome.and_then(|outcome| outcome.nps).map(i16::from),
        answered.coming != Coming::Nothing,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Remembers the answer to "may we call you?".
pub(super) async fn mark_callback(tx: &mut Tx, id: SurveyId, agreed: bool) -> Result<()> {
    sqlx::query!("update surveys set callback = $2 where id = $1", id as _, agreed)
        .execute(tx.db())
        .await?;
    Ok(())
}

/// Ends surveys whose time ran out; answers how many.
pub(super) async fn expire(tx: &mut Tx, limit: i64) -> Result<usize> {
    let now = tx.now();
    let expired = sqlx::query!(
        "update surveys set status = 'expired'
         where id in (select id from surveys
                      where expires_at <= $1 and status in ('scheduled', 'sent', 'started')
                      limit $2 for update skip locked)",
        now,
        limit,
    )
    .execute(tx.db())
    .await?;
    Ok(usize::try_from(expired.rows_affected()).unwrap_or_default())
}
