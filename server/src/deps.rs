//! What every use case stands on: made once at the start.

use std::sync::Arc;

use px360_domain::Failure;
use px360_domain::ids::{SurveyId, UserId};
use px360_domain::notifications::Channel;
use sqlx::PgPool;
use tokio::sync::Semaphore;

use crate::accounts::{self, SealKeys, SourceKeys, TokenKeys};
use crate::chance::Chance;
use crate::clock::Clock;
use crate::config::{EventsConfig, HttpConfig};
use crate::ctx::{Actor, Ctx, RequestMeta};
use crate::error::Result;
use crate::gateways::{Gateway, Gateways, IdentityProvider};
use crate::http::Rates;
use crate::integrations::{ApplyTurn, Intake};
use crate::jobs::Bell;
use crate::lines::Lines;
use crate::surveys::{SurveyTokens, VersionCache};
use crate::wall::Walls;

/// How many files of records are taken in at once: each is held in memory until it is stored.
const UPLOADS_MAX: usize = 4;

/// What every use case stands on. Cheap to clone.
#[derive(Clone)]
pub struct Deps(Arc<Inner>);

struct Inner {
    parts: DepsParts,
    tokens: TokenKeys,
    seal_keys: SealKeys,
    survey_tokens: SurveyTokens,
    versions: VersionCache,
    source_keys: SourceKeys,
    intake: Intake,
    apply_turn: ApplyTurn,
    bell: Bell,
    lines: Lines,
    password_workers: Semaphore,
    uploads: Arc<Semaphore>,
    rates: Rates,
}

/// What [`Deps`] is made of.
pub struct DepsParts {
    /// Where the rows are. Private to the server from here on.
    pub pool: PgPool,
    /// Where the time comes from.
    pub clock: Arc<dyn Clock>,
    /// Where ids come from.
    pub chance: Chance,
    /// What signs links and tokens: the current secret and, perhaps, the one before.
    pub secrets: Vec<secrecy::SecretString>,
    /// How messages leave the house.
    pub gateways: Gateways,
    /// Who else says who somebody is.
    pub identity_provider: Option<IdentityProvider>,
    /// What links begin with.
    pub http: HttpConfig,
    /// How events are taken in.
    pub events: EventsConfig,
    /// Which walls stand between callers and the rows of others: both, but for tests of one of them.
    pub walls: Walls,
}

impl Deps {
    /// Joins the parts.
    pub fn new(parts: DepsParts) -> Self {
        let secrets = &parts.secrets;
        let inner = Inner {
            tokens: TokenKeys::derive(secrets),
            seal_keys: SealKeys::derive(secrets),
            survey_tokens: SurveyTokens::derive(secrets),
            versions: VersionCache::default(),
            source_keys: SourceKeys::default(),
            intake: Intake::default(),
            apply_turn: ApplyTurn::default(),
            bell: Bell::default(),
            lines: Lines::default(),
            // argon2 fills memory bandwidth; one at a time keeps the other core for everybody else.
            password_workers: Semaphore::new(1),
            uploads: Arc::new(Semaphore::new(UPLOADS_MAX)),
            rates: Rates::new(&parts.http.rates),
            parts,
        };
        Self(Arc::new(inner))
    }

    pub(crate) fn pool(&self) -> &PgPool {
        &self.0.parts.pool
    }

    pub(crate) fn walls(&self) -> Walls {
        self.0.parts.walls
    }

    pub(crate) fn clock(&self) -> &dyn Clock {
        self.0.parts.clock.as_ref()
    }

    pub(crate) fn chance(&self) -> &Chance {
        &self.0.parts.chance
    }

    pub(crate) fn gateways(&self) -> &Gateways {
        &self.0.parts.gateways
    }

    pub(crate) fn tokens(&self) -> &TokenKeys {
        &self.0.tokens
    }

    pub(crate) fn seal_keys(&self) -> &SealKeys {
        &self.0.seal_keys
    }

    pub(crate) fn survey_tokens(&self) -> &SurveyTokens {
        &self.0.survey_tokens
    }

    pub(crate) fn versions(&self) -> &VersionCache {
        &self.0.versions
    }

    pub(crate) fn source_keys(&self) -> &SourceKeys {
        &self.0.source_keys
    }

    pub(crate) fn apply_turn(&self) -> &ApplyTurn {
        &self.0.apply_turn
    }

    pub(crate) fn bell(&self) -> &Bell {
        &self.0.bell
    }

    pub(crate) fn lines(&self) -> &Lines {
        &self.0.lines
    }

    pub(crate) fn intake(&self) -> &Intake {
        &self.0.intake
    }

    pub(crate) fn events(&self) -> &EventsConfig {
        &self.0.parts.events
    }

    pub(crate) fn password_workers(&self) -> &Semaphore {
        &self.0.password_workers
    }

    /// Where files wait for room in memory.
    pub(crate) fn uploads(&self) -> &Arc<Semaphore> {
        &self.0.uploads
    }

    /// How many requests each caller made of late.
    pub(crate) fn rates(&self) -> &Rates {
        &self.0.rates
    }

    /// The secrets, for a second house on the same ground (demo history).
    pub(crate) fn secrets(&self) -> Vec<secrecy::SecretString> {
        self.0.parts.secrets.clone()
    }

    /// The group's identity provider, where there is one.
    pub fn identity_provider(&self) -> Option<&IdentityProvider> {
        self.0.parts.identity_provider.as_ref()
    }

    /// What links begin with, and whether cookies may demand TLS.
    pub fn http(&self) -> &HttpConfig {
        &self.0.parts.http
    }

    /// Who takes messages of this channel, if anybody does.
    pub fn provider_of(&self, channel: Channel) -> Option<&'static str> {
        self.gateways().get(channel).map(Gateway::provider)
    }

    /// The token of a survey's link: for whoever sends it.
    pub fn survey_token(&self, survey: SurveyId) -> String {
        self.survey_tokens().sign(survey)
    }

    /// A context for nobody.
    pub fn anonymous(&self, meta: RequestMeta) -> Ctx {
        Ctx::new(self.clone(), Actor::Anonymous, meta)
    }

    /// A context for the clockwork; the name is what the audit log will say.
    pub fn system(&self, name: &'static str) -> Ctx {
        let meta = RequestMeta { request_id: name.to_owned(), ..RequestMeta::default() };
        Ctx::new(self.clone(), Actor::System(name), meta)
    }

    /// A context for a person: for doors that have checked who it is.
    ///
    /// # Errors
    /// `Unauthenticated` when there is no such person, or no longer.
    pub async fn for_user(&self, id: UserId, meta: RequestMeta) -> Result<Ctx> {
        let actor = accounts::load_actor(self, id).await?.ok_or(Failure::Unauthenticated)?;
        Ok(Ctx::new(self.clone(), actor, meta))
    }

    /// A context for the source that has this API key.
    ///
    /// # Errors
    /// `Unauthenticated` when no source has it.
    pub async fn for_source(&self, api_key: &str, meta: RequestMeta) -> Result<Ctx> {
        let actor = self.source_keys().find(self, api_key).await?;
        Ok(Ctx::new(self.clone(), actor.ok_or(Failure::Unauthenticated)?, meta))
    }

    /// A context for the source that sends under this name (HL7 MSH-3 and MSH-4).
    ///
    /// # Errors
    /// `Unauthenticated` when no source does.
    pub async fn for_sender(
        &self,
        application: &str,
        facility: &str,
        meta: RequestMeta,
    ) -> Result<Ctx> {
        let actor = accounts::of_sender(self, application, facility).await?;
        Ok(Ctx::new(self.clone(), actor, meta))
    }

    /// A context for whoever holds this survey link. Looks at the signature only.
    ///
    /// # Errors
    /// `NotFound` for a forged link or one of another house.
    pub fn invited(&self, token: &str, meta: RequestMeta) -> Result<Ctx> {
        let survey = self.survey_tokens().verify(token)?;
        Ok(Ctx::new(self.clone(), Actor::Invited { survey }, meta))
    }

    /// A context for whoever reads the code of a poster: nobody knows who that is, the audit log included.
    pub fn poster_reader(&self, meta: RequestMeta) -> Ctx {
        Ctx::new(self.clone(), Actor::System("poster"), meta.of_nobody())
    }
}
