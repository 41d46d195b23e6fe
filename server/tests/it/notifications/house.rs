//! A hospital with patients and surveys, for the stories in this folder.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use px360_domain::access::Permission;
use px360_domain::ids::{ActionId, HospitalId, NotificationId, PatientId, SurveyId, UserId};
use px360_domain::notifications::NotificationKind;
use px360_server::config::{HttpConfig, RateConfig};
use px360_server::gateways::Gateways;
use px360_server::notifications::{NewNotification, Recipient, deliver_due, queue_in};
use px360_server::{Actor, Chance, Ctx, Deps, DepsParts, Entry, ManualClock, RequestMeta, Walls};
use sqlx::PgPool;
use uuid::Uuid;

/// One hospital, on a Tuesday morning.
pub(super) struct House {
    pub(super) db: PgPool,
    pub(super) clock: Arc<ManualClock>,
    pub(super) hospital: HospitalId,
    deps: Deps,
}

/// What a fixture patient is like; the default can be reached on every channel.
pub(super) struct Patient {
    pub(super) mobile: Option<&'static str>,
    pub(super) email: Option<&'static str>,
    pub(super) language: &'static str,
    pub(super) consent: &'static str,
    pub(super) do_not_contact: bool,
    pub(super) deceased: bool,
}

pub(super) const MOBILE: &str = "+966512345678";
pub(super) const EMAIL: &str = "noura@example.sa";

impl Default for Patient {
    fn default() -> Self {
        Self {
            mobile: Some(MOBILE),
            email: Some(EMAIL),
            language: "ar",
            consent: "given",
            do_not_contact: false,
            deceased: false,
        }
    }
}

impl House {
    pub(super) async fn new(db: PgPool, gateways: Gateways) -> Self {
        px360_server::migrate(&db).await.unwrap();
        // 09:30 in Riyadh.
        let clock = Arc::new(ManualClock::at("2026-11-24T06:30:00Z".parse().unwrap()));
        let deps = Self::deps(&db, &clock, gateways);
        let hospital = sqlx::query_scalar(
            "insert into hospitals (id, code, name_ar, name_en, consent_required,
                 messages_from_minute, messages_to_minute, calendar, is_demo, created_at)
             values (gen_random_uuid(), 'NOOR', 'مستشفى النور', 'Al Noor Hospital', false,
                 540, 1260, '{}', false, $1)
             returning id",
        )
        .bind(clock_now(&clock))
        .fetch_one(&db)
        .await
        .unwrap();
        Self { db, clock, hospital, deps }
    }

    /// Another process with other gateways, on the same database and at the same time.
    pub(super) fn beside(&self, gateways: Gateways) -> Self {
        let deps = Self::deps(&self.db, &self.clock, gateways);
        Self { db: self.db.clone(), clock: Arc::clone(&self.clock), hospital: self.hospital, deps }
    }

    fn deps(db: &PgPool, clock: &Arc<ManualClock>, gateways: Gateways) -> Deps {
        Deps::new(DepsParts {
            walls: Walls::Both,
            pool: db.clone(),
            clock: Arc::<ManualClock>::clone(clock),
            chance: Chance::from_system(),
            secrets: vec!["a secret of thirty-two characters".to_owned().into()],
            gateways,
            events: px360_server::config::EventsConfig::default(),
            identity_provider: None,
            http: HttpConfig {
                addr: ([127, 0, 0, 1], 3000).into(),
                public_url: "https://px.example.sa".to_owned(),
                worker_addr: None,
                trust_proxy: false,
                rates: RateConfig::OFF,
            },
        })
    }

    pub(super) fn ctx(&self) -> Ctx {
        self.deps.system("notifications.deliver")
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        clock_now(&self.clock)
    }

    pub(super) async fn deliver(&self) -> usize {
        deliver_due(&self.ctx()).await.unwrap()
    }

    /// Moves the clock and delivers.
    pub(super) async fn deliver_after(&self, minutes: i64) -> usize {
        self.clock.advance(TimeDelta::minutes(minutes));
        self.deliver().await
    }

    pub(super) async fn patient(&self, patient: Patient) -> PatientId {
        sqlx::query_scalar(
            "insert into patients (id, name_ar, name_en, mobile, email, language, sex, consent,
                 do_not_contact, deceased, is_demo, described_at, created_at)
             values (gen_random_uuid(), 'نورة القحطاني', '', $1, $2, $3, 'female', $4, $5, $6,
                 false, $7, $7)
             returning id",
        )
        .bind(patient.mobile)
        .bind(patient.email)
        .bind(patient.language)
        .bind(patient.consent)
        .bind(patient.do_not_contact)
        .bind(patient.deceased)
        .bind(self.now())
        .fetch_one(&self.db)
        .await
        .unwrap()
    }

    /// A finished visit of this patient, with the survey about it.
    pub(super) async fn survey(&self, patient: PatientId) -> SurveyId {
        self.survey_of(patient, "{}").await
    }

    /// The same with this content.
    pub(super) async fn survey_of(&self, patient: PatientId, content: &str) -> SurveyId {
        sqlx::query_scalar(
            "with template as (
                 insert into survey_templates (id, code, created_at)
                 values (gen_random_uuid(), gen_random_uuid()::text, $3)
                 returning id
             ), version as (
                 insert into survey_versions
                     (id, survey_template_id, number, content, published_at)
                 select gen_random_uuid(), id, 1, $4::jsonb, $3 from template returning id
             ), journey_template as (
                 insert into journey_templates
                     (id, hospital_id, journey_type, version, name_ar, name_en, closing_codes,
                      published_at, retired_at)
                 select gen_random_uuid(), $1, 'opd', 1 + count(*), 'رحلة', 'Journey', '{}', $3, $3
                 from journey_templates returning id
             ), stage_template as (
                 insert into stage_templates
                     (id, journey_template_id, code, name_ar, name_en, position,
                      opens_journey, needs_department, needs_physician, survey_delay_minutes)
                 select gen_random_uuid(), id, 'visit', 'زيارة', 'Visit', 1,
                        true, false, false, 0
                 from journey_template returning id
             ), journey as (
                 insert into journeys (id, hospital_id, journey_template_id, encounter_number,
                     patient_id, status, opened_at)
                 select gen_random_uuid(), $1, id, gen_random_uuid()::text, $2, 'active', $3
                 from journey_template returning id
             ), stage as (
                 insert into stages
                     (id, hospital_id, journey_id, stage_template_id, position, status)
                 select gen_random_uuid(), $1, journey.id, stage_template.id, 1, 'completed'
                 from journey, stage_template returning id
             )
             insert into surveys (id, hospital_id, survey_version_id, patient_id, stage_id, status,
                 language, created_at, created_on, expires_at)
             select gen_random_uuid(), $1, version.id, $2, stage.id, 'scheduled',
                    (select language from patients where id = $2), $3, $3::date,
                    $3 + interval '7 days'
             from version, stage
             returning id",
        )
        .bind(self.hospital)
        .bind(patient)
        .bind(self.now())
        .bind(content)
        .fetch_one(&self.db)
        .await
        .unwrap()
    }

    /// Queues the invitation to a survey, due now, through the front door.
    pub(super) async fn invite(&self, patient: PatientId, survey: SurveyId) -> NotificationId {
        let queued = self
            .queue(NewNotification {
                hospital_id: self.hospital,
                kind: NotificationKind::SurveyInvitation,
                recipient: Recipient::Patient(patient),
                survey_id: Some(survey),
                action_id: None,
                source_id: None,
                survey_version_id: None,
                dedupe_key: format!("survey:{survey}"),
                send_after: self.now(),
            })
            .await;
        queued[0]
    }

    /// A new patient of this kind, with a survey and its invitation.
    pub(super) async fn invited(&self, patient: Patient) -> (NotificationId, SurveyId) {
        let patient = self.patient(patient).await;
        let survey = self.survey(patient).await;
        (self.invite(patient, survey).await, survey)
    }

    pub(super) async fn queue(&self, new: NewNotification) -> Vec<NotificationId> {
        let ctx = self.ctx();
        let granted = ctx.require(Permission::NotificationDeliver).unwrap();
        let mut tx = ctx.begin(granted).await.unwrap();
        let queued = queue_in(&mut tx, &[new]).await.unwrap();
        tx.record(Entry::done("survey.invited", "survey", ""));
        tx.commit().await.unwrap();
        queued
    }

    /// An overdue action and the manager who has to know.
    pub(super) async fn overdue_action(&self, active: bool) -> (ActionId, UserId) {
        let user: UserId = sqlx::query_scalar(
            "insert into users (id, username, email, name_ar, name_en, language, password_hash,
                 active, is_demo, created_at)
             values (gen_random_uuid(), 'saad', 'saad@example.sa', 'سعد', 'Saad', 'en', '', $1,
                 false, $2)
             returning id",
        )
        .bind(active)
        .bind(self.now())
        .fetch_one(&self.db)
        .await
        .unwrap();
        let action = sqlx::query_scalar(
            "insert into actions (id, reference, hospital_id, kind, severity, status, triggered,
                 opened_at, response_due_at, resolution_due_at, escalation_level, version)
             values (gen_random_uuid(), 'PX-2026-00007', $1, 'low_score', 'high', 'open', '[]',
                 $2, $2, $2, 2, 1)
             returning id",
        )
        .bind(self.hospital)
        .bind(self.now())
        .fetch_one(&self.db)
        .await
        .unwrap();
        (action, user)
    }

    pub(super) async fn escalate(&self, action: ActionId, user: UserId) -> NotificationId {
        let queued = self
            .queue(NewNotification {
                hospital_id: self.hospital,
                kind: NotificationKind::ActionEscalated,
                recipient: Recipient::User(user),
                survey_id: None,
                action_id: Some(action),
                source_id: None,
                survey_version_id: None,
                dedupe_key: format!("escalation:{action}:2"),
                send_after: self.now(),
            })
            .await;
        queued[0]
    }

    /// One value of any table, for asking and for changing what a use case of another module would.
    pub(super) async fn db_set(&self, statement: &'static str, id: Uuid) {
        sqlx::query_scalar::<_, i64>(sqlx::AssertSqlSafe(format!(
            "with changed as ({statement} returning 1) select count(*) from changed"
        )))
        .bind(id)
        .fetch_one(&self.db)
        .await
        .unwrap();
    }

    /// Status and reason of a message.
    pub(super) async fn message(&self, id: NotificationId) -> (String, Option<String>) {
        sqlx::query_as("select status, reason from notifications where id = $1")
            .bind(id)
            .fetch_one(&self.db)
            .await
            .unwrap()
    }

    pub(super) async fn status(&self, id: NotificationId) -> String {
        self.message(id).await.0
    }

    pub(super) async fn send_after(&self, id: NotificationId) -> DateTime<Utc> {
        sqlx::query_scalar("select send_after from notifications where id = $1")
            .bind(id)
            .fetch_one(&self.db)
            .await
            .unwrap()
    }

    pub(super) async fn survey_status(&self, id: SurveyId) -> String {
        sqlx::query_scalar("select status from surveys where id = $1")
            .bind(id)
            .fetch_one(&self.db)
            .await
            .unwrap()
    }

    /// What the funnel counted: suppressed and sent.
    pub(super) async fn funnel(&self) -> (i64, i64) {
        sqlx::query_as(
            "select coalesce(sum(suppressed), 0)::bigint, coalesce(sum(sent), 0)::bigint
             from funnel_rollups",
        )
        .fetch_one(&self.db)
        .await
        .unwrap()
    }

    /// The survey that a text's link opens.
    pub(super) fn opened_by(&self, text: &str) -> SurveyId {
        let (_, token) = text.split_once("https://px.example.sa/s/").unwrap();
        let token = token.split_whitespace().next().unwrap();
        let ctx = self.deps.invited(token, RequestMeta::default()).unwrap();
        let Actor::Invited { survey } = *ctx.actor() else { unreachable!("a link of a survey") };
        survey
    }
}

fn clock_now(clock: &ManualClock) -> DateTime<Utc> {
    px360_server::Clock::now(clock)
}
