//! A house to tell stories in: demo places and people, a clock that stands, an outbox to look into.
//!
//! `TestApp::new(db)` seeds through the real seeder (without history). Helpers go through use cases;
//! the few that look into tables are named `db_…`.

pub(crate) mod http_provider;
pub(crate) mod smtp;
mod visit;

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use px360_domain::ids::{SurveyId, UserId};
use px360_domain::surveys::{
    Answer, Answers, Question, QuestionKind, SubmitReceipt, SubmitSurvey, SurveyContent,
};
use px360_server::config::{EventsConfig, HttpConfig, RateConfig};
use px360_server::gateways::{Gateways, MemoryOutbox};
use px360_server::jobs::{self, Wake};
use px360_server::seed::demo::{self, HistoryPlan, SeedDemo};
use px360_server::{Chance, Ctx, Deps, DepsParts, ManualClock, RequestMeta, Walls, surveys};
use sqlx::PgPool;

pub(crate) use visit::{send, send_all, visit};

pub(crate) const API_KEY: &str = "px360-demo-key";

/// A house to tell stories in.
pub(crate) struct TestApp {
    pub(crate) db: PgPool,
    pub(crate) deps: Deps,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) outbox: Arc<MemoryOutbox>,
}

/// This instant, written as RFC 3339.
pub(crate) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

impl TestApp {
    /// Demo places and people, on Monday 2026-11-23 at 10:00 in Riyadh.
    pub(crate) async fn new(db: PgPool) -> Self {
        Self::furnish(Self::empty(db).await).await
    }

    /// The same, taking events in with this configuration.
    pub(crate) async fn with_events(db: PgPool, events: EventsConfig) -> Self {
        Self::furnish(Self::build(db, events).await).await
    }

    async fn furnish(app: Self) -> Self {
        let seed = SeedDemo {
            password: "px360-demo".to_owned().into(),
            api_key: API_KEY.to_owned().into(),
            history: HistoryPlan { days: 0, ..HistoryPlan::default() },
            today: false,
        };
        demo::seed_demo(&app.deps, &app.db, seed).await.unwrap();
        app
    }

    /// The same with nobody in it.
    pub(crate) async fn empty(db: PgPool) -> Self {
        Self::build(db, EventsConfig::default()).await
    }

    async fn build(db: PgPool, events: EventsConfig) -> Self {
        px360_server::migrate(&db).await.unwrap();
        let clock = Arc::new(ManualClock::at(at("2026-11-23T10:00:00+03:00")));
        let (gateways, outbox) = Gateways::memory();
        let deps = Deps::new(DepsParts {
            walls: Walls::Both,
            pool: db.clone(),
            clock: clock.clone(),
            chance: Chance::seeded(1),
            secrets: vec!["a secret of a test, thirty-two or more".to_owned().into()],
            gateways,
            events,
            identity_provider: None,
            http: HttpConfig {
                addr: ([127, 0, 0, 1], 3000).into(),
                public_url: "https://px.example".to_owned(),
                worker_addr: None,
                trust_proxy: false,
                rates: RateConfig::OFF,
            },
        });
        Self { db, deps, clock, outbox }
    }

    /// Moves the clock and lets the clockwork do what fell due.
    pub(crate) async fn pass(&self, by: TimeDelta) {
        self.clock.advance(by);
        self.run_jobs().await;
    }

    /// Lets the clockwork do everything that it finds.
    pub(crate) async fn run_jobs(&self) {
        for wake in Wake::ALL {
            jobs::run(&self.deps, *wake).await.unwrap();
        }
        // What the jobs asked for, they do as well.
        jobs::run(&self.deps, Wake::DeliverNotifications).await.unwrap();
    }

    /// A context for the demo user of this name.
    pub(crate) async fn user(&self, username: &str) -> Ctx {
        let id = self.db_user(username).await;
        self.deps.for_user(id, RequestMeta::default()).await.unwrap()
    }

    pub(crate) async fn db_user(&self, username: &str) -> UserId {
        let id = sqlx::query_scalar("select id from users where username = $1")
            .bind(username)
            .fetch_one(&self.db)
            .await
            .unwrap();
        UserId(id)
    }

    /// A context for the demo source.
    pub(crate) async fn source(&self) -> Ctx {
        self.deps.for_source(API_KEY, RequestMeta::default()).await.unwrap()
    }

    /// A context for whoever got the link of this survey.
    pub(crate) fn invited(&self, survey: SurveyId) -> Ctx {
        self.deps.invited(&self.deps.survey_token(survey), RequestMeta::default()).unwrap()
    }

    /// Lives through a whole visit; answers the survey that it caused.
    pub(crate) async fn surveyed_visit(&self, encounter: &str) -> SurveyId {
        visit(encounter).all(self).await;
        self.run_jobs().await;
        self.db_survey(encounter).await
    }

    /// From here on no journey of this encounter can be written, whoever tries.
    pub(crate) async fn db_break_journeys_of(&self, encounter: &str) {
        let broken = format!(
            "create function broken() returns trigger language plpgsql as $$
             begin raise exception 'a journey that cannot be'; end $$;
             create trigger broken before insert on journeys for each row
             when (new.encounter_number = '{encounter}') execute function broken()"
        );
        sqlx::raw_sql(sqlx::AssertSqlSafe(broken)).execute(&self.db).await.unwrap();
    }

    /// The survey of an encounter.
    pub(crate) async fn db_survey(&self, encounter: &str) -> SurveyId {
        let id = sqlx::query_scalar(
            "select survey.id from surveys as survey
             join stages as stage on stage.id = survey.stage_id
             join journeys as journey on journey.id = stage.journey_id
             where journey.encounter_number = $1",
        )
        .bind(encounter)
        .fetch_one(&self.db)
        .await
        .unwrap();
        SurveyId(id)
    }

    /// Hands in a survey with this NPS answer and good marks otherwise.
    pub(crate) async fn answer(&self, survey: SurveyId, nps: u8) -> SubmitReceipt {
        let patient = self.invited(survey);
        let content = surveys::look(&patient).await.unwrap().content;
        let cmd = SubmitSurvey { language: None, answers: required(&content, nps) };
        surveys::submit(&patient, cmd).await.unwrap()
    }

    /// One number out of the database.
    pub(crate) async fn db_count(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&self.db).await.unwrap()
    }

    /// One text out of the database.
    pub(crate) async fn db_text(&self, sql: &'static str) -> String {
        sqlx::query_scalar(sql).fetch_one(&self.db).await.unwrap()
    }
}

/// Good answers to whatever a survey demands, but for this likelihood to recommend.
fn required(content: &SurveyContent, nps: u8) -> Answers {
    let demanded = content.questions.iter().filter(|question| question.required);
    let good = |question: &Question| match &question.kind {
        QuestionKind::Nps { .. } => Answer::Number(nps),
        QuestionKind::YesNo | QuestionKind::Consent => Answer::YesNo(true),
        kind => match kind.choices().first() {
            Some(choice) => Answer::Words(choice.key.clone()),
            None => Answer::Number(4),
        },
    };
    let keyed = |question: &Question| {
        let answer = good(question);
        question.answer_keys().map(|key| (key, answer.clone())).collect::<Vec<_>>()
    };
    demanded.flat_map(keyed).collect()
}

/// Complete answers to the survey about an outpatient visit.
pub(crate) fn answers(nps: u8, rating: u8) -> Answers {
    Answers::from([
        ("nps".to_owned(), Answer::Number(nps)),
        ("doctor_listened".to_owned(), Answer::Number(rating)),
        ("waiting_time".to_owned(), Answer::Number(rating)),
    ])
}
