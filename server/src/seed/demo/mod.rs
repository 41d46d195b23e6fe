//! A small group of hospitals with a past: for trying PX360, for tests and for benchmarks.
//!
//! Places and people are stored first; the history then goes through the real use cases under a
//! clock that is set back, so demo data can never say what the program would not.

mod answering;
mod away;
mod data;
mod history;
mod journeys;
pub(crate) mod names;
mod places;
mod posters;
mod present;
mod stays;
mod store;
mod today;
mod views;

use px360_domain::Failure;
use px360_domain::access::Permission;
use secrecy::SecretString;
use serde_json::json;
use sqlx::PgPool;

use crate::accounts;
use crate::audit::Entry;
use crate::ctx::{Ctx, RequestMeta};
use crate::deps::Deps;
use crate::error::Result;

pub use history::HistoryPlan;
pub use today::{WaitingSurvey, waiting_survey};

/// What demo data is made of.
#[derive(Clone, Debug)]
pub struct SeedDemo {
    /// The password of every demo user.
    pub password: SecretString,
    /// The API key of the demo source.
    pub api_key: SecretString,
    /// How long the past is and how busy.
    pub history: HistoryPlan,
    /// Whether a visit of today leaves a survey that waits for an answer, and patients are in the house.
    pub today: bool,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seeded {
    /// Everything was made.
    Made,
    /// It had been made before; nothing was changed.
    WasThere,
}

/// Makes the demo data.
///
/// # Errors
/// `Conflict` with `not_a_demo_database` when there are hospitals, users or patients and none of them is
/// demo data.
pub async fn seed_demo(deps: &Deps, pool: &PgPool, cmd: SeedDemo) -> Result<Seeded> {
    let ctx = deps.system("seed-demo");
    let granted = ctx.require(Permission::SystemSetUp)?;
    let found = store::what_is_there(ctx.read(&granted)).await?;
    // Whoever tries the demo adds records of their own; the next start must not fail for that.
    if found.demo > 0 {
        return Ok(Seeded::WasThere);
    }
    if found.real > 0 {
        return Err(Failure::conflict("not_a_demo_database").into());
    }
    let data = data::read()?;
    let password_hash = accounts::hash_password(deps, cmd.password).await?;
    let mut tx = ctx.begin(granted).await?;
    let places = places::insert(&mut tx, &data, &password_hash, &cmd.api_key).await?;
    tx.record(
        Entry::done("demo.seeded", "hospital", "")
            .with(json!({ "hospitals": places.hospitals.len() })),
    );
    tx.commit().await?;
    history::make(deps, pool, &data, &places, &cmd.history).await?;
    farewell(&ctx, &places).await?;
    if cmd.history.days > 0 {
        views::make(&ctx, &places).await?;
        posters::make(&ctx, &places).await?;
        away::make(&ctx, &places).await?;
    }
    if cmd.today {
        today::make(&ctx, &data, &places).await?;
        present::make(&ctx, &places).await?;
    }
    Ok(Seeded::Made)
}

/// A context for the demo user of this name; none where there is no such user.
async fn as_user(ctx: &Ctx, places: &places::Places, username: &str) -> Result<Option<Ctx>> {
    let Some(id) = places.users.get(username) else { return Ok(None) };
    let actor = accounts::load_actor(ctx.deps(), *id).await?;
    Ok(actor.map(|actor| Ctx::new(ctx.deps().clone(), actor, RequestMeta::default())))
}

/// Whoever helped in the past only leaves the house.
async fn farewell(ctx: &Ctx, places: &places::Places) -> Result<()> {
    let Some(former) = places.users.get(history::FORMER).copied() else { return Ok(()) };
    let mut tx = ctx.begin(ctx.require(Permission::SystemSetUp)?).await?;
    store::deactivate(&mut tx, former).await?;
    tx.record(Entry::done("account.deactivated", "user", former));
    tx.commit().await
}
