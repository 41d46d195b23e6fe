//! New details of oneself.

use chrono::{NaiveDate, TimeDelta};
use px360_domain::access::Permission;
use px360_domain::accounts::{PERSON_NAME_CHARS_MAX, SNOOZE_DAYS_MAX, UpdateProfile};
use px360_domain::contact::{EmailAddress, PhoneNumber};
use px360_domain::notifications::NotificationKind;
use px360_domain::{Bilingual, Failure, FieldFault};
use serde_json::json;

use super::store::{self, Details};
use crate::audit::Entry;
use crate::ctx::Ctx;
use crate::dates::day;
use crate::error::Result;

/// Replaces the caller's own details. The name to sign in with and the roles are not among them.
///
/// # Errors
/// `Invalid` for fields that cannot be accepted; `Conflict` with `stale_version`.
pub async fn update_profile(ctx: &Ctx, cmd: UpdateProfile) -> Result<()> {
    let granted = ctx.require(Permission::ProfileWrite)?;
    let user_id = ctx.user_id().ok_or(Failure::Forbidden)?;
    let today = day(ctx.now());
    let details = check(cmd.clone(), today)?;
    let before = store::find(ctx.read(&granted), user_id, today).await?;
    let mut tx = ctx.begin(granted).await?;
    if !store::update(&mut tx, user_id, cmd.version, &details).await? {
        tx.nothing_to_do().await?;
        return Err(Failure::conflict("stale_version").into());
    }
    // Which fields, not what is in them: the log outlives the account.
    let changed: Vec<&str> = [
        ("name", before.name != details.name),
        ("email", before.email != details.email.as_str()),
        ("phone", before.phone.as_deref() != details.phone.as_ref().map(PhoneNumber::as_str)),
        ("language", before.language != details.language),
        ("mails", before.mails != details.mails || before.mails_of != details.mails_of),
        ("mails_snoozed_until", before.mails_snoozed_until != details.mails_snoozed_until),
    ]
    .into_iter()
    .filter_map(|(field, changed)| changed.then_some(field))
    .collect();
    tx.record(
        Entry::done("account.profile_changed", "user", user_id).with(json!({ "changed": changed })),
    );
    tx.commit().await
}

fn check(cmd: UpdateProfile, today: NaiveDate) -> Result<Details> {
    let name = Bilingual::new(cmd.name.ar.trim(), cmd.name.en.trim());
    let email = EmailAddress::parse(&cmd.email);
    let written = cmd.phone.as_deref().map(str::trim).filter(|phone| !phone.is_empty());
    let phone = written.map(PhoneNumber::parse).transpose();
    let mut faults = Vec::new();
    if name.ar.is_empty() && name.en.is_empty() {
        faults.push(FieldFault::new("name", "required"));
    }
    if [&name.ar, &name.en].iter().any(|name| name.chars().count() > PERSON_NAME_CHARS_MAX) {
        faults.push(FieldFault::new("name", "too_long"));
    }
    if let Err(fault) = &email {
        faults.push(FieldFault::new("email", fault.code()));
    }
    if let Err(fault) = &phone {
        faults.push(FieldFault::new("phone", fault.code()));
    }
    if cmd.mails_of.keys().any(|kind| !NotificationKind::OF_STAFF.contains(kind)) {
        faults.push(FieldFault::new("mails_of", "unknown"));
    }
    // A day that has come holds nothing back any more.
    let mails_snoozed_until = cmd.mails_snoozed_until.filter(|until| *until > today);
    let latest = today + TimeDelta::days(SNOOZE_DAYS_MAX);
    if mails_snoozed_until.is_some_and(|until| until > latest) {
        faults.push(FieldFault::new("mails_snoozed_until", "too_late"));
    }
    match (email, phone) {
        (Ok(email), Ok(phone)) if faults.is_empty() => Ok(Details {
            name,
            email,
            phone,
            language: cmd.language,
            mails: cmd.mails,
            mails_of: cmd.mails_of,
            mails_snoozed_until,
        }),
        _ => Err(Failure::Invalid { faults }.into()),
    }
}
