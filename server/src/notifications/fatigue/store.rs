//! How fatigue rules are counted.

use px360_domain::dates::in_riyadh;
use px360_domain::ids::{FatigueRuleId, PatientId};
use px360_domain::notifications::Channel;
use px360_domain::organizations::youngest_adult;

use super::super::due::Due;
use crate::error::Result;
use crate::tx::Tx;

/// Lets invitations of one patient, and to one phone, pass one by one, so that two cannot both be the last one that a
/// rule allows. Not the patient's row: whoever describes patients must not wait for us. A phone comes after a patient,
/// always, so that nobody waits for somebody who waits for them.
pub(in crate::notifications) async fn take_turn(
    tx: &mut Tx,
    patient_id: PatientId,
    mobile: Option<&str>,
) -> Result<()> {
    sqlx::query!(
        "select 1 as turn
         from pg_advisory_xact_lock(hashtextextended('invitation:' || $1::uuid::text, 0))",
        patient_id as _,
    )
    .fetch_one(tx.db())
    .await?;
    if let Some(mobile) = mobile {
        sqlx::query!(
            "select 1 as turn
             from pg_advisory_xact_lock(hashtextextended('invitation:' || $1::text, 0))",
            mobile,
        )
        .fetch_one(tx.db())
        .await?;
    }
    Ok(())
}

/// The most particular rule that would be broken by this invitation.
///
/// A rule counts the invitations that it would itself hold for: to the same patient, or to a patient with the same
/// phone. One that is on its way counts as sent. The window rolls: it ends now.
pub(in crate::notifications) async fn first_broken(
    tx: &mut Tx,
    due: &Due,
    channel: Channel,
    phone: Option<&str>,
) -> Result<Option<FatigueRuleId>> {
    let now = tx.now();
    Ok(sqlx::query_scalar!(
        r#"with this as (
               select survey.hospital_id, version.survey_template_id, journey.journey_type,
                      survey.department_id
               from surveys as survey
               join survey_versions as version on version.id = survey.survey_version_id
               join stages as stage on stage.id = survey.stage_id
               join journeys as journey on journey.id = stage.journey_id
               where survey.id = $1
           ), earlier as materialized (
               select coalesce(sent.sent_at, $5) as at, sent.channel, survey.hospital_id,
                      version.survey_template_id, journey.journey_type, survey.department_id
               from notifications as sent
               join surveys as survey on survey.id = sent.survey_id
               join survey_versions as version on version.id = survey.survey_version_id
               join stages as stage on stage.id = survey.stage_id
               join journeys as journey on journey.id = stage.journey_id
               where sent.patient_id = any(array(
                         select $2::uuid
                         union select id from patients where mobile = $3
                         -- An adult's guardian of old is never written to.
                         union select id from patients
                               where guardian_mobile = $3 and birth_date > $7))
                 and sent.id <> $4 and sent.kind = 'survey_invitation'
                 and (sent.status = 'sending'
                      or sent.status in ('sent', 'delivered', 'read')
                         and sent.sent_at > $5 - interval '366 days')
           )
           select rule.id as "id: FatigueRuleId"
           from fatigue_rules as rule
           cross join this
           cross join lateral (
               select count(*) filter (
                          where at > $5 - make_interval(days => rule.window_days)) as asked,
                      max(at) as last
               from earlier
               where (rule.hospital_id is null or earlier.hospital_id = rule.hospital_id)
                 and (rule.survey_template_id is null
                      or earlier.survey_template_id = rule.survey_template_id)
                 and (rule.channel is null or earlier.channel = rule.channel)
                 and (rule.journey_type is null or earlier.journey_type = rule.journey_type)
                 and (rule.department_id is null or earlier.department_id = rule.department_id)
           ) as counted
           where rule.active
             and (rule.hospital_id is null or this.hospital_id = rule.hospital_id)
             and (rule.survey_template_id is null
                  or this.survey_template_id = rule.survey_template_id)
             and (rule.channel is null or rule.channel = $6)
             and (rule.journey_type is null or this.journey_type = rule.journey_type)
             and (rule.department_id is null or this.department_id = rule.department_id)
             and (counted.asked >= rule.invitations_max
                  or counted.last > $5 - make_interval(days => rule.gap_days))
           order by num_nonnulls(rule.department_id, rule.survey_template_id, rule.journey_type,
                                 rule.hospital_id, rule.channel) desc, rule.id
           limit 1"#,
        due.survey_id as _,
        due.patient_id as _,
        phone,
        due.id as _,
        now,
        channel as _,
        youngest_adult(in_riyadh(now).date()),
    )
    .fetch_optional(tx.db())
    .await?)
}
