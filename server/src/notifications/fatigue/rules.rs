//! Rules as people set them.

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::ids::FatigueRuleId;
use px360_domain::notifications::{FatigueRuleList, RuleSurvey, SetFatigueRule};
use serde_json::json;

use super::keeping::store;
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::organizations::{hospitals_within, must_reach_owner};
use crate::tx::Reader;

/// All rules within reach.
///
/// # Errors
/// `Forbidden`.
pub async fn fatigue_rules(ctx: &Ctx) -> Result<FatigueRuleList> {
    let granted = ctx.require(Permission::NotificationRead)?;
    let read = ctx.read(&granted);
    let mut items = store::list(read, ctx.now()).await?;
    let writes = ctx.may(Permission::FatigueRuleWrite);
    for item in &mut items {
        let owner = item.rule.hospital_id;
        item.may_remove =
            writes.as_ref().is_some_and(|granted| granted.reach().covers_owner(owner));
    }
    let hospitals = match &writes {
        Some(granted) => hospitals_within(ctx.read(granted)).await?,
        None => Vec::new(),
    };
    let may_write_group = writes.is_some_and(|granted| granted.reach().all);
    Ok(FatigueRuleList { items, hospitals, surveys: store::surveys(read).await?, may_write_group })
}

/// Makes a rule; it holds from the next message on.
///
/// # Errors
/// `Forbidden` for the group where only hospitals are reached; `NotFound` for a hospital out of reach; `Invalid` on a
/// number out of range, on `invitations_max` for a rule that says nothing, and on `template_id` and `department_id` for
/// what is not there.
pub async fn create_fatigue_rule(ctx: &Ctx, cmd: SetFatigueRule) -> Result<FatigueRuleId> {
    let granted = ctx.require(Permission::FatigueRuleWrite)?;
    must_reach_owner(ctx.read(&granted), cmd.hospital_id).await?;
    Failure::unless_empty(cmd.faults())?;
    let mut tx = ctx.begin(granted).await?;
    let id: FatigueRuleId = tx.ctx().new_id();
    store::insert(&mut tx, id, &cmd).await?;
    let entry = Entry::done("fatigue_rule.created", "fatigue_rule", id).with(json!(cmd));
    tx.record(entry.in_hospital(cmd.hospital_id));
    tx.commit().await?;
    Ok(id)
}

/// Takes a rule away; messages that it stopped stay stopped.
///
/// # Errors
/// `NotFound` out of reach, `Forbidden` for the group's where only hospitals are reached.
pub async fn remove_fatigue_rule(ctx: &Ctx, id: FatigueRuleId) -> Result<()> {
    let granted = ctx.require(Permission::FatigueRuleWrite)?;
    let known = store::list(ctx.read(&granted), ctx.now()).await?;
    let rule = known.into_iter().find(|known| known.id == id);
    let rule = rule.ok_or_else(|| Failure::not_found("fatigue_rule"))?;
    if !granted.reach().covers_owner(rule.rule.hospital_id) {
        return Err(Failure::Forbidden.into());
    }
    let mut tx = ctx.begin(granted).await?;
    store::delete(&mut tx, id).await?;
    let entry = Entry::done("fatigue_rule.removed", "fatigue_rule", id).with(json!(rule.rule));
    tx.record(entry.in_hospital(rule.rule.hospital_id));
    tx.commit().await
}

/// The published surveys within reach, to choose from.
///
/// # Errors
/// None but those of the database.
pub async fn published_surveys(read: Reader<'_>) -> Result<Vec<RuleSurvey>> {
    store::surveys(read).await
}
