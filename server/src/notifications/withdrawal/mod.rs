//! Invitations follow their surveys: they stop, go on and change their time.

mod store;

use chrono::{DateTime, Utc};
use px360_domain::ids::SurveyId;

use crate::error::Result;
use crate::jobs::Wake;
use crate::tx::Tx;

/// Stops the invitations to these surveys that still wait. What is on its way is on its way.
pub async fn withdraw_in(tx: &mut Tx, surveys: &[SurveyId]) -> Result<()> {
    store::withdraw(tx, surveys).await
}

/// Lets invitations that were stopped go on, not before these instants.
pub async fn reinstate_in(tx: &mut Tx, surveys: &[(SurveyId, DateTime<Utc>)]) -> Result<()> {
    store::reinstate(tx, surveys).await?;
    tx.wake(Wake::DeliverNotifications);
    Ok(())
}

/// Gives invitations that still wait another time.
pub async fn put_off_in(tx: &mut Tx, surveys: &[(SurveyId, DateTime<Utc>)]) -> Result<()> {
    store::put_off(tx, surveys).await
}
