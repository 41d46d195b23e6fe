//! Opens the house: configuration, database, secret, dependencies.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use px360_cluster::{Cluster, Options};
use px360_server::config::Config;
use px360_server::gateways::{Gateways, IdentityProvider};
use px360_server::{Chance, Deps, DepsParts, SystemClock, Walls};
use secrecy::SecretString;
use sqlx::PgPool;

/// The name of our database in the program's own Postgres.
const DATABASE: &str = "px360";

/// An open house. Dropping it stops the program's own Postgres, if it was started here.
pub(crate) struct House {
    pub(crate) config: Config,
    pub(crate) pool: PgPool,
    pub(crate) deps: Deps,
    cluster: Option<Cluster>,
}

impl House {
    /// Reads the configuration and reaches the database.
    pub(crate) async fn open() -> Result<Self> {
        let config = Config::from_env()?;
        let (cluster, url) = match &config.database.url {
            Some(url) => (None, url.clone()),
            None => {
                let cluster = own_cluster(&config.database.data_dir)?;
                let url = cluster.url(DATABASE);
                (Some(cluster), url)
            }
        };
        let pool = px360_server::connect(&url, config.database.connections_max).await?;
        let deps = Deps::new(DepsParts {
            walls: Walls::Both,
            pool: pool.clone(),
            clock: Arc::new(SystemClock),
            chance: Chance::from_system(),
            secrets: secrets(&config)?,
            gateways: Gateways::from_config(&config.delivery)?,
            identity_provider: identity_provider(&config)?,
            http: config.http.clone(),
            events: config.events.clone(),
        });
        Ok(Self { config, pool, deps, cluster })
    }

    /// Opens the house and brings its schema up to date.
    pub(crate) async fn open_migrated() -> Result<Self> {
        let house = Self::open().await?;
        px360_server::migrate(&house.pool).await?;
        Ok(house)
    }

    /// Closes the pool and stops the program's own Postgres.
    pub(crate) async fn close(self) {
        self.pool.close().await;
        if let Some(cluster) = self.cluster
            && let Err(error) = cluster.stop()
        {
            tracing::warn!("the program's own Postgres did not stop well: {error}");
        }
    }
}

fn identity_provider(config: &Config) -> Result<Option<IdentityProvider>> {
    let configured = config.oidc.as_ref();
    let made = configured.map(|oidc| IdentityProvider::new(oidc, &config.http.public_url));
    Ok(made.transpose()?)
}

fn own_cluster(data_dir: &Path) -> Result<Cluster> {
    let dir = std::path::absolute(data_dir)?.join("postgres");
    let options = Options { tell: |line| tracing::info!("{line}"), ..Options::durable(dir) };
    let cluster = Cluster::start(&options).context("starting the program's own Postgres")?;
    cluster.create_database(DATABASE).context("creating the database")?;
    Ok(cluster)
}

/// The configured secrets, or one that is made once and kept beside the data.
fn secrets(config: &Config) -> Result<Vec<SecretString>> {
    let current = match &config.secret.current {
        Some(secret) => secret.clone(),
        None => kept_secret(&config.database.data_dir)?,
    };
    Ok(std::iter::once(current).chain(config.secret.previous.clone()).collect())
}

fn kept_secret(data_dir: &Path) -> Result<SecretString> {
    let path = data_dir.join("secret");
    if let Ok(kept) = fs::read_to_string(&path) {
        return Ok(kept.trim().to_owned().into());
    }
    fs::create_dir_all(data_dir).with_context(|| format!("creating {}", data_dir.display()))?;
    let bytes: [u8; 32] = Chance::from_system().bytes();
    let secret: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let made = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path);
    match made {
        Ok(mut file) => file.write_all(secret.as_bytes())?,
        // Another process of this machine was faster.
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            return Ok(fs::read_to_string(&path)?.trim().to_owned().into());
        }
        Err(error) => return Err(error).with_context(|| format!("writing {}", path.display())),
    }
    Ok(secret.into())
}
