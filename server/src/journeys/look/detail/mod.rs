//! One journey, whole.

mod store;

use px360_domain::access::{Permission, Reach};
use px360_domain::ids::{HospitalId, JourneyId};
use px360_domain::journeys::{JourneyDetail, JourneyFilter, JourneyRow};
use px360_domain::{Bilingual, Failure};
use sqlx::PgConnection;

use super::Faces;
use super::list::store as list;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::tx::Tx;

/// A visit has at most one journey of each type.
const JOURNEYS_MAX: i64 = 10;

/// What happened in one journey: stages, stays, messages and surveys.
///
/// # Errors
/// `NotFound` out of reach.
pub async fn journey(ctx: &Ctx, id: JourneyId) -> Result<JourneyDetail> {
    let granted = ctx.require(Permission::JourneyRead)?;
    let read = ctx.read(&granted);
    let mut db = read.snapshot().await?;
    let filter = JourneyFilter::default();
    let asked = list::Asked { filter: &filter, before: None, only: Some(id), of: None, limit: 1 };
    let row = list::list(&mut db, read.reach(), &asked).await?.pop();
    let row = row.ok_or_else(|| Failure::not_found("journey"))?;
    let others =
        of_encounter(&mut db, read.reach(), row.hospital_id, &row.encounter_number).await?;
    whole(ctx, &mut db, row, others).await
}

/// The journeys of these encounters as they stand within a unit of work, which sees all of them.
pub async fn journeys_of_in(
    ctx: &Ctx,
    tx: &mut Tx,
    encounters: &[(HospitalId, String)],
) -> Result<Vec<JourneyDetail>> {
    let reach = Reach::everything();
    let mut found = Vec::new();
    for (hospital_id, number) in encounters {
        let rows = of_encounter(tx.db(), &reach, *hospital_id, number).await?;
        for row in &rows {
            found.push(whole(ctx, tx.db(), row.clone(), rows.clone()).await?);
        }
    }
    Ok(found)
}

async fn of_encounter(
    db: &mut PgConnection,
    reach: &Reach,
    hospital_id: HospitalId,
    number: &str,
) -> Result<Vec<JourneyRow>> {
    let filter =
        JourneyFilter { encounter_number: Some(number.to_owned()), ..JourneyFilter::default() };
    let of = Some(hospital_id);
    let asked = list::Asked { filter: &filter, before: None, only: None, of, limit: JOURNEYS_MAX };
    let mut rows = list::list(db, reach, &asked).await?;
    rows.reverse();
    Ok(rows)
}

async fn whole(
    ctx: &Ctx,
    db: &mut PgConnection,
    mut row: JourneyRow,
    mut others: Vec<JourneyRow>,
) -> Result<JourneyDetail> {
    let (faces, now) = (Faces::of(ctx), ctx.now());
    others.retain(|other| other.id != row.id);
    for one in others.iter_mut().chain([&mut row]) {
        one.patient = faces.name(one.hospital_id, std::mem::take(&mut one.patient));
    }
    let head = store::head(db, row.id).await?;
    Ok(JourneyDetail {
        as_of: now,
        cancelled_at: head.cancelled_at,
        went_on: head.went_on,
        disposition: head.disposition,
        attending: Bilingual::both(head.attending_ar, head.attending_en),
        stages: store::stages(db, row.id, now).await?,
        stays: store::stays(db, row.id).await?,
        events: store::events(db, row.hospital_id, &row.encounter_number).await?,
        others,
        row,
    })
}
