//! What is overdue moves up the ladder.

use px360_domain::access::Permission;
use px360_domain::actions::ActionLogKind;
use px360_domain::actions::escalation::LEVEL_MAX;
use px360_domain::notifications::NotificationKind;
use serde_json::json;

use super::log::NewLogEntry;
use super::store::{self, Overdue};
use super::tell::tell_in;
use super::{routing, sla};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::tx::Tx;

/// Actions that one transaction escalates at most.
const BATCH: i64 = 50;

/// Escalates every action whose next step is due; answers how many steps were taken.
///
/// The clockwork may have stood still: each missed step is taken once, in order, because the next
/// one is computed from the time of the one before it and not from now.
///
/// An action that cannot be escalated, because its hospital's calendar is empty or a policy is
/// missing, is left for the next run and holds nobody else up.
///
/// # Errors
/// `Broken` when the database is away.
pub async fn escalate_overdue(ctx: &Ctx) -> Result<usize> {
    let (mut done, mut broken, mut limit) = (0, Vec::new(), BATCH);
    loop {
        let mut tx = ctx.begin(ctx.require(Permission::ActionEscalate)?).await?;
        let overdue = store::claim_overdue(&mut tx, &broken, limit).await?;
        let Some(first) = overdue.first().map(|action| action.id) else {
            tx.nothing_to_do().await?;
            return Ok(done);
        };
        let count = overdue.len();
        match escalate_all(&mut tx, overdue).await {
            Ok(()) => {
                tx.commit().await?;
                done += count;
            }
            Err(error) => {
                // At once, because the next look skips what is locked.
                tx.nothing_to_do().await?;
                // Which one it was shows when each is tried on its own.
                if limit > 1 {
                    limit = 1;
                    continue;
                }
                metrics::counter!("px360_escalations_failed_total").increment(1);
                tracing::error!(action = %first, "cannot be escalated: {}", error.chain());
                broken.push(first);
            }
        }
    }
}

async fn escalate_all(tx: &mut Tx, overdue: Vec<Overdue>) -> Result<()> {
    for action in overdue {
        escalate(tx, action).await?;
    }
    Ok(())
}

async fn escalate(tx: &mut Tx, action: Overdue) -> Result<()> {
    let level = u8::try_from(action.escalation_level).unwrap_or(LEVEL_MAX).saturating_add(1);
    let at = routing::At { hospital_id: action.hospital_id, department_id: action.department_id };
    let found = routing::ladder(tx, at, level).await?;
    let towards = found.map(|found| found.user);
    let next = if level < LEVEL_MAX {
        let policy = store::sla_policy(tx, action.hospital_id, action.severity).await?;
        Some(sla::due_at(&policy.calendar, action.escalates_at, policy.response_minutes)?)
    } else {
        None
    };
    store::mark_escalated(tx, action.id, level, next).await?;
    let in_place_of = found.and_then(|found| found.in_place_of);
    let entry = NewLogEntry {
        level: Some(level),
        towards,
        in_place_of,
        ..NewLogEntry::of(ActionLogKind::Escalated)
    };
    store::insert_log(tx, action.hospital_id, action.id, entry).await?;
    if let Some(user) = towards {
        let key = format!("escalated:{}:{level}", action.id);
        let kind = NotificationKind::ActionEscalated;
        tell_in(tx, action.hospital_id, action.id, kind, user, key).await?;
    }
    tx.record(
        Entry::done("action.escalated", "action", action.id)
            .in_hospital(action.hospital_id)
            .with(json!({ "level": level, "towards": towards })),
    );
    Ok(())
}
