//! Makes a source, or says anew what it is.

use px360_domain::access::{Permission, Reach};
use px360_domain::ids::SourceId;
use px360_domain::integrations::{
    RETENTION_DAYS_MAX, SILENCE_MINUTES_MAX, SOURCE_NAME_CHARS_MAX, SaveSource, SourceKey,
    SourceView,
};
use px360_domain::{Failure, FieldFault};
use serde_json::json;

use super::{keys, store};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::error::Result;

/// Makes a source; answers its key, which nobody can look at again.
///
/// # Errors
/// `Invalid` on the fields of [`SaveSource`]; on `hospital_ids` for a hospital out of reach, and for none where only
/// hospitals are reached; on `code` and `sending_application` with `taken`.
pub async fn create_source(ctx: &Ctx, cmd: SaveSource) -> Result<SourceKey> {
    let granted = ctx.require(Permission::SourceWrite)?;
    let cmd = checked(cmd, granted.reach(), (None, None))?;
    let key = keys::new_key(ctx);
    let mut tx = ctx.begin(granted).await?;
    let source_id = tx.ctx().new_id();
    store::insert(&mut tx, source_id, &cmd, &key.hash).await?;
    tx.record(Entry::done("source.created", "source", source_id).with(told(&cmd)));
    tx.commit().await?;
    Ok(SourceKey { source_id, key: key.text })
}

/// Says anew what a source is. Its code stays.
///
/// # Errors
/// `NotFound` for a source that speaks for a hospital out of reach; `Conflict` with `stale_version`; otherwise as
/// [`create_source`].
pub async fn update_source(ctx: &Ctx, id: SourceId, cmd: SaveSource) -> Result<()> {
    let granted = ctx.require(Permission::SourceWrite)?;
    let known = held(ctx, &granted, id).await?;
    let sender = (known.sending_application.as_deref(), known.sending_facility.as_deref());
    let cmd = SaveSource { code: known.code.clone(), ..cmd };
    let cmd = checked(cmd, granted.reach(), sender)?;
    let mut tx = ctx.begin(granted).await?;
    if !store::update(&mut tx, id, &cmd).await? {
        return Err(Failure::conflict("stale_version").into());
    }
    tx.record(Entry::done("source.updated", "source", id).with(told(&cmd)));
    tx.commit().await
}

/// A source that the caller may change: all its hospitals are within reach.
///
/// # Errors
/// `NotFound` otherwise.
pub(super) async fn held(
    ctx: &Ctx,
    granted: &crate::ctx::Granted,
    id: SourceId,
) -> Result<SourceView> {
    let source = store::list(ctx.read(granted), Some(id)).await?.pop();
    let reach = granted.reach();
    let source = source.filter(|source| {
        reach.all
            || (!source.hospitals.is_empty()
                && source.hospitals.iter().all(|one| reach.covers(one.id, None, None)))
    });
    Ok(source.ok_or_else(|| Failure::not_found("source"))?)
}

fn told(cmd: &SaveSource) -> serde_json::Value {
    json!({
        "code": cmd.code, "name": cmd.name, "active": cmd.active,
        "hospital_ids": cmd.hospital_ids, "retention_days": cmd.retention_days,
        "silence_minutes_max": cmd.silence_minutes_max,
        "failure_percent_max": cmd.failure_percent_max,
    })
}

/// The command with its texts trimmed.
///
/// MLLP knows no key, so that a name is as good as one: whoever looks after one hospital must not take the name of
/// another one's system. Only who reaches all hospitals gives names, and takes them away.
fn checked(
    mut cmd: SaveSource,
    reach: &Reach,
    sender: (Option<&str>, Option<&str>),
) -> Result<SaveSource, Failure> {
    cmd.name = cmd.name.trim().to_owned();
    for text in [&mut cmd.sending_application, &mut cmd.sending_facility] {
        *text = text.take().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    }
    cmd.hospital_ids.sort_unstable();
    cmd.hospital_ids.dedup();
    let mut faults = Vec::new();
    let mut fault = |bad: bool, field: &str, code: &str| {
        if bad {
            faults.push(FieldFault::new(field, code));
        }
    };
    let is_code = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    let code = (2..=40).contains(&cmd.code.len()) && cmd.code.chars().all(is_code);
    fault(!code, "code", "malformed");
    fault(cmd.name.is_empty(), "name", "required");
    let too_long = |text: &str| text.chars().count() > SOURCE_NAME_CHARS_MAX;
    fault(too_long(&cmd.name), "name", "too_long");
    fault(cmd.name.contains('\0'), "name", "malformed");
    let out = |value: Option<i32>, least: i32, most: i32| {
        value.is_some_and(|value| !(least..=most).contains(&value))
    };
    fault(out(cmd.retention_days, 1, RETENTION_DAYS_MAX), "retention_days", "out_of_range");
    let silence = out(cmd.silence_minutes_max, 5, SILENCE_MINUTES_MAX);
    fault(silence, "silence_minutes_max", "out_of_range");
    let failures = out(cmd.failure_percent_max.map(i32::from), 1, 100);
    fault(failures, "failure_percent_max", "out_of_range");
    for (field, text) in [
        ("sending_application", &cmd.sending_application),
        ("sending_facility", &cmd.sending_facility),
    ] {
        let bad = text.as_ref().is_some_and(|text| too_long(text) || text.contains('\0'));
        fault(bad, field, "too_long");
    }
    let told = (cmd.sending_application.as_deref(), cmd.sending_facility.as_deref());
    fault(told != sender && !reach.all, "sending_application", "beyond_reach");
    let known = cmd.hospital_ids.iter().all(|id| reach.covers(*id, None, None));
    fault(!known, "hospital_ids", "unknown_reference");
    fault(cmd.hospital_ids.is_empty() && !reach.all, "hospital_ids", "required");
    if faults.is_empty() { Ok(cmd) } else { Err(Failure::Invalid { faults }) }
}
