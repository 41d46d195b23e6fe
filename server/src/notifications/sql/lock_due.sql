-- A message that is due, locked, with everything that the decision about it needs.
select n.id as "id: NotificationId", n.hospital_id as "hospital_id: HospitalId",
       n.kind as "kind: NotificationKind", n.status as "status: NotificationStatus",
       n.attempts, n.survey_id as "survey_id: SurveyId",
       n.patient_id as "patient_id: PatientId", n.action_id as "action_id: ActionId",
       n.survey_version_id as "survey_version_id: SurveyVersionId",
       h.name_ar as hospital_name_ar, h.name_en as hospital_name_en,
       h.consent_required, h.messages_from_minute, h.messages_to_minute,
       h.ramadan_from_minute, h.ramadan_to_minute,
       (select content -> 'invitation' from survey_versions
        where id = coalesce(s.survey_version_id, n.survey_version_id))
           as "invitation: Json<Bilingual>",
       department.name_ar as "department_ar?", department.name_en as "department_en?",
       physician.name_ar as "physician_ar?", physician.name_en as "physician_en?",
       exists (select from survey_versions
               where id = s.survey_version_id and content -> 'quotas' -> 0 is not null)
           as "counts_quotas!",
       s.status as "survey_status?: SurveyStatus",
       s.language as "survey_language?: Locale",
       s.expires_at as "survey_expires_at?",
       p.language as "patient_language?: Locale", p.mobile as "patient_mobile?",
       p.birth_date as "patient_birth_date?", p.guardian_mobile as "guardian_mobile?",
       p.preferred_channel as "preferred_channel?: Channel",
       p.preferred_time as "preferred_time?: PreferredTime",
       p.email as "patient_email?", p.consent as "patient_consent?: Consent",
       p.do_not_contact as "patient_do_not_contact?",
       p.deceased as "patient_deceased?",
       exists (select from opt_outs
               where patient_id = p.id and channel is null and revoked_at is null)
       -- Whoever stopped messages about one child wants none about the others.
       or p.birth_date > $3::date and exists (
           select from patients as sibling
           join opt_outs as wish on wish.patient_id = sibling.id
           where sibling.guardian_mobile = p.guardian_mobile
             and sibling.birth_date > $3::date
             and wish.channel is null and wish.revoked_at is null)
           as "opted_out!",
       array(select channel from opt_outs
             where patient_id = p.id and channel is not null and revoked_at is null
             union
             select wish.channel from patients as sibling
             join opt_outs as wish on wish.patient_id = sibling.id
             where p.birth_date > $3::date and sibling.birth_date > $3::date
               and sibling.guardian_mobile = p.guardian_mobile
               and wish.channel is not null and wish.revoked_at is null)
           as "stopped_channels!: Vec<String>",
       u.language as "user_language?: Locale",
       case when u.active then u.email end as user_email,
       u.mails as "user_mails?: StaffMails",
       u.mails_of as "user_mails_of?: Json<MailsOf>",
       coalesce(u.mails_snoozed_until > $4, false) as "user_snoozes!",
       a.severity as "action_severity?: Severity",
       case when n.kind = 'staff_digest' then (
           select count(*) from notifications as other
           where other.user_id = n.user_id and other.read_at is null
             and other.kind <> 'staff_digest'
             and coalesce(u.mails_of ->> other.kind, u.mails) <> 'inbox_only'
             and other.created_at < n.created_at) end as unread,
       a.reference as "action_reference?", a.escalation_level as "action_level?",
       source.name as "source_name?"
from notifications n
join hospitals h on h.id = n.hospital_id
left join surveys s on s.id = n.survey_id
left join departments as department on department.id = s.department_id
left join physicians as physician on physician.id = s.physician_id
left join patients p on p.id = n.patient_id
left join users u on u.id = n.user_id
left join actions a on a.id = n.action_id
left join sources as source on source.id = n.source_id
where n.id = $1
  and (n.status = 'queued' and n.send_after <= $2
       or n.status = 'sending' and n.lease_until < $2)
  and not exists (select from standing_pauses(n.hospital_id, n.patient_id, n.survey_id))
for update of n skip locked
