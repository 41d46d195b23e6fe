//! "Stop these messages", and the way back; and when the others may come.

mod store;

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::ids::SurveyId;
use px360_domain::notifications::{Channel, PreferredTime};
use px360_domain::surveys::StoppedMessages;
use serde_json::json;

use super::store::lock;
use crate::audit::Entry;
use crate::ctx::{Actor, Ctx, Granted};
use crate::error::Result;

/// Which messages the patient of this link stopped, and when they want the others.
///
/// # Errors
/// `NotFound` when there is no such survey.
pub async fn stopped_messages(ctx: &Ctx) -> Result<StoppedMessages> {
    let (granted, id) = invited(ctx)?;
    let standing = store::standing(ctx.read(&granted), id).await?;
    let standing = standing.ok_or_else(|| Failure::not_found("survey"))?;
    let store::Standing { stopped, preferred_time } = standing;
    let is =
        |wish: Option<Channel>| stopped.iter().any(|it| it.as_deref() == wish.map(Channel::as_str));
    let channels = ctx.deps().gateways().reachable();
    Ok(StoppedMessages {
        all: is(None),
        channels: channels.map(|channel| (channel, is(Some(channel)))).collect(),
        preferred_time,
    })
}

/// The patient of this link wants no more messages by this channel, or by any. Effective at once: whatever waits is
/// looked at again when it is due. Said twice it is one wish.
///
/// # Errors
/// `NotFound` when there is no such survey, or nobody knows whose it is.
pub async fn opt_out(ctx: &Ctx, channel: Option<Channel>) -> Result<()> {
    let (granted, id) = invited(ctx)?;
    let mut tx = ctx.begin(granted).await?;
    let survey = lock(&mut tx, id).await?;
    // Nobody is sent anything because they read a poster.
    if survey.anonymous {
        return Err(Failure::not_found("patient").into());
    }
    if !store::stop(&mut tx, id, channel).await? {
        return tx.nothing_to_do().await;
    }
    let entry = Entry::done("patient.opted_out", "survey", id).in_hospital(survey.hospital_id);
    tx.record(entry.with(json!({ "channel": name(channel) })));
    tx.commit().await
}

/// The patient of this link wants messages again: by this channel, or whatever was stopped.
///
/// # Errors
/// `NotFound` when there is no such survey, or nobody knows whose it is.
pub async fn opt_in(ctx: &Ctx, channel: Option<Channel>) -> Result<()> {
    let (granted, id) = invited(ctx)?;
    let mut tx = ctx.begin(granted).await?;
    let survey = lock(&mut tx, id).await?;
    // Nobody is sent anything because they read a poster.
    if survey.anonymous {
        return Err(Failure::not_found("patient").into());
    }
    if !store::resume(&mut tx, id, channel).await? {
        return tx.nothing_to_do().await;
    }
    let entry = Entry::done("patient.opted_in", "survey", id).in_hospital(survey.hospital_id);
    tx.record(entry.with(json!({ "channel": name(channel) })));
    tx.commit().await
}

/// The patient of this link wants to be written to in this part of the day, or at any hour of the hospital's.
///
/// # Errors
/// `NotFound` when there is no such survey, or nobody knows whose it is.
pub async fn prefer_time(ctx: &Ctx, time: Option<PreferredTime>) -> Result<()> {
    let (granted, id) = invited(ctx)?;
    let mut tx = ctx.begin(granted).await?;
    // The survey is not locked: messages about a patient hold the patient's row while they wait for surveys.
    let hospital = store::hospital(&mut tx, id).await?;
    let hospital = hospital.ok_or_else(|| Failure::not_found("patient"))?;
    if !store::prefer_time(&mut tx, id, time).await? {
        return tx.nothing_to_do().await;
    }
    let entry = Entry::done("patient.time_preferred", "survey", id).in_hospital(hospital);
    tx.record(entry.with(json!({ "preferred_time": time })));
    tx.commit().await
}

fn name(channel: Option<Channel>) -> &'static str {
    channel.map_or("all", Channel::as_str)
}

fn invited(ctx: &Ctx) -> Result<(Granted, SurveyId)> {
    let granted = ctx.require(Permission::SurveyAnswer)?;
    match *ctx.actor() {
        Actor::Invited { survey } => Ok((granted, survey)),
        _ => Err(Failure::Forbidden.into()),
    }
}
