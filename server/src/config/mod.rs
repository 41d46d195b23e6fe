//! Configuration: read once at the start, from the environment and nowhere else.
//!
//! One small struct per concern; each field says its variable and its default, and `.env.sample`
//! repeats them. A wrong value ends the start with the list of everything that is wrong.

mod database;
mod delivery;
mod demo;
mod events;
mod http;
mod oidc;
mod rates;
mod reader;
mod secret;

pub use database::DatabaseConfig;
pub use delivery::{DeliveryConfig, HttpGatewayConfig, ProviderProfile, SmtpConfig};
pub use demo::DemoConfig;
pub use events::EventsConfig;
pub use http::HttpConfig;
pub use oidc::OidcConfig;
pub use rates::RateConfig;
pub use reader::{ConfigFaults, Reader};
pub use secret::SecretConfig;

/// Everything that can be configured.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the rows are.
    pub database: DatabaseConfig,
    /// Where we listen and what people call us.
    pub http: HttpConfig,
    /// What signs links and tokens.
    pub secret: SecretConfig,
    /// How events are taken in.
    pub events: EventsConfig,
    /// How messages leave the house.
    pub delivery: DeliveryConfig,
    /// Who else says who somebody is.
    pub oidc: Option<OidcConfig>,
    /// What demo data is made with.
    pub demo: DemoConfig,
}

impl Config {
    /// Reads everything.
    ///
    /// # Errors
    /// All that is wrong, not only the first.
    pub fn read(mut reader: Reader) -> Result<Self, ConfigFaults> {
        let database = DatabaseConfig::read(&mut reader);
        let http = HttpConfig::read(&mut reader);
        let config = Self {
            database,
            secret: SecretConfig::read(&mut reader),
            events: EventsConfig::read(&mut reader),
            delivery: DeliveryConfig::read(&mut reader, &http.public_url),
            http,
            oidc: OidcConfig::read(&mut reader),
            demo: DemoConfig::read(&mut reader),
        };
        reader.finish().map(|()| config)
    }

    /// Reads the environment of this process.
    ///
    /// # Errors
    /// As [`Config::read`].
    pub fn from_env() -> Result<Self, ConfigFaults> {
        Self::read(Reader::from_env())
    }
}
