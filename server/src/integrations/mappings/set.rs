//! One mapping lets everything go on that waits for it.

use px360_domain::access::Permission;
use px360_domain::integrations::{
    CODE_CHARS_MAX, CodeKind, Mapping, MappingSet, Mappings, SetMapping,
};
use px360_domain::{Failure, FieldFault};
use serde_json::json;
use uuid::Uuid;

use super::store;
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::jobs::Wake;

/// The codes that messages wait for, and what is mapped, within reach.
///
/// # Errors
/// `Forbidden`.
pub async fn mappings(ctx: &Ctx) -> Result<Mappings> {
    let granted = ctx.require(Permission::EventRead)?;
    let read = ctx.read(&granted);
    Ok(Mappings { waiting: store::waiting(read).await?, mappings: store::list(read).await? })
}

/// Says what a code of a source stands for, or something else than before; whatever waits for it goes on.
///
/// # Errors
/// `NotFound` for a hospital or a source out of reach; `Invalid` on `kind` for a hospital, on `code`, on
/// `target_id` for what is no such thing of that hospital, on `event_code`; on `left_out` when nothing, or more
/// than one thing, is said.
pub async fn set_mapping(ctx: &Ctx, cmd: SetMapping) -> Result<MappingSet> {
    let granted = ctx.require(Permission::MappingWrite)?;
    if !granted.reach().covers(cmd.hospital_id, None, None) {
        return Err(Failure::not_found("hospital").into());
    }
    check(&cmd)?;
    let mut tx = ctx.begin(granted).await?;
    if !store::source_speaks_for(&mut tx, cmd.source_id, cmd.hospital_id).await? {
        return Err(Failure::not_found("source").into());
    }
    if let Some(target) = cmd.target_id
        && !store::is_target(&mut tx, &cmd, target).await?
    {
        return Err(Failure::invalid("target_id", "unknown_reference").into());
    }
    let id = tx.ctx().new_id();
    let id = store::upsert(&mut tx, id, &cmd).await?;
    let released = store::release(&mut tx, &cmd).await?;
    tx.record(Entry::done("mapping.set", "code_mapping", id).in_hospital(cmd.hospital_id).with(json!({
        "source_id": cmd.source_id, "kind": cmd.kind, "code": cmd.code, "target_id": cmd.target_id,
        "event_code": cmd.event_code, "left_out": cmd.left_out, "released": released,
    })));
    tx.wake(Wake::ProcessEvents);
    let mapping = store::find(&mut tx, id).await?;
    let mapping: Mapping = mapping.ok_or_else(|| Failure::not_found("code_mapping"))?;
    tx.commit().await?;
    Ok(MappingSet { mapping, released })
}

/// Takes a mapping away. What was applied with it stays as it is.
///
/// # Errors
/// `NotFound` out of reach.
pub async fn remove_mapping(ctx: &Ctx, id: Uuid) -> Result<()> {
    let granted = ctx.require(Permission::MappingWrite)?;
    let mut tx = ctx.begin(granted).await?;
    let mapping =
        store::find(&mut tx, id).await?.ok_or_else(|| Failure::not_found("code_mapping"))?;
    store::delete(&mut tx, id).await?;
    let entry = Entry::done("mapping.removed", "code_mapping", id).with(
        json!({ "source_id": mapping.source_id, "kind": mapping.kind, "code": mapping.code }),
    );
    tx.record(entry.in_hospital(mapping.hospital_id));
    tx.commit().await
}

fn check(cmd: &SetMapping) -> Result<(), Failure> {
    let mut faults = Vec::new();
    let is_code = |code: &str| {
        let length = code.chars().count();
        (1..=CODE_CHARS_MAX).contains(&length) && code.trim() == code && !code.contains('\0')
    };
    if !is_code(&cmd.code) {
        faults.push(FieldFault::new("code", "malformed"));
    }
    if cmd.kind == CodeKind::Hospital {
        faults.push(FieldFault::new("kind", "out_of_range"));
    }
    if cmd.event_code.as_deref().is_some_and(|code| !is_code(code)) {
        faults.push(FieldFault::new("event_code", "malformed"));
    }
    if cmd.event_code.is_some() != (cmd.kind == CodeKind::Event && !cmd.left_out) {
        faults.push(FieldFault::new("event_code", "required"));
    }
    let told = [cmd.target_id.is_some(), cmd.event_code.is_some(), cmd.left_out];
    if told.into_iter().filter(|told| *told).count() != 1 {
        faults.push(FieldFault::new("left_out", "one_of"));
    }
    if faults.is_empty() { Ok(()) } else { Err(Failure::Invalid { faults }) }
}
