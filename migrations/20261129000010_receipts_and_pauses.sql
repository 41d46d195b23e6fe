-- What providers say about messages after they took them; who stopped all messages, and when; how fast they go; and
-- reminders.

alter table notifications
    drop constraint notifications_status_check,
    add constraint notifications_status_check check (status in (
        'queued', 'sending', 'sent', 'delivered', 'read', 'suppressed', 'failed')),
    drop constraint notifications_kind_check,
    add constraint notifications_kind_check check (kind in (
        'survey_invitation', 'survey_reminder', 'action_escalated', 'action_assigned',
        'approval_requested', 'closing_rejected', 'source_silent', 'source_failing')),
    drop constraint notifications_reason_check,
    add constraint notifications_reason_check check (reason in (
        'no_channel', 'no_consent', 'do_not_contact', 'deceased', 'reversed', 'fatigue', 'expired',
        'opted_out', 'answered'));

alter table notification_log
    -- The same for every attempt that might be a double: providers hand it back with their receipts.
    add column idempotency_key text,
    drop constraint notification_log_status_check,
    add constraint notification_log_status_check check (status in (
        'sending', 'sent', 'delivered', 'read', 'suppressed', 'failed', 'bounced', 'deferred',
        'unknown'));
create index notification_log_provider_idx on notification_log (provider, provider_message_id)
    where provider_message_id is not null;
create index notification_log_key_idx on notification_log (idempotency_key)
    where idempotency_key is not null;
-- How many went by one channel within the last minute.
create index notification_log_pace_idx on notification_log (channel, at)
    where channel is not null;

alter table surveys add column delivered_at timestamptz;

create table delivery_receipts (
    id uuid primary key,
    provider text not null,
    provider_message_id text not null,
    idempotency_key text,
    status text not null constraint delivery_receipts_status_check check (
        status in ('sent', 'delivered', 'read', 'failed')),
    -- The provider's code.
    error text,
    -- When, as the provider says.
    at timestamptz not null,
    received_at timestamptz not null,
    -- None as long as no attempt of this name is known: a receipt may be faster than the answer.
    notification_id uuid constraint delivery_receipts_notification_fkey references notifications,
    constraint delivery_receipts_key unique (provider, provider_message_id, status)
);
create index delivery_receipts_notification_idx on delivery_receipts (notification_id);
create index delivery_receipts_strange_idx on delivery_receipts (received_at)
    where notification_id is null;
alter table delivery_receipts enable row level security;
alter table delivery_receipts force row level security;
create policy within_reach on delivery_receipts using (
    (select px_all())
    or exists (select from notifications where notifications.id = notification_id));

create table delivery_pauses (
    id uuid primary key,
    -- Every hospital when null.
    hospital_id uuid constraint delivery_pauses_hospital_fkey references hospitals,
    -- Every survey when null.
    survey_template_id uuid constraint delivery_pauses_template_fkey
        references survey_templates on delete cascade,
    reason text not null constraint delivery_pauses_reason_check check (
        char_length(reason) between 1 and 500),
    paused_by uuid not null constraint delivery_pauses_paused_by_fkey references users,
    paused_at timestamptz not null,
    resumed_by uuid constraint delivery_pauses_resumed_by_fkey references users,
    resumed_at timestamptz
);
create unique index delivery_pauses_standing_key on delivery_pauses (hospital_id, survey_template_id)
    nulls not distinct where resumed_at is null;
alter table delivery_pauses enable row level security;
alter table delivery_pauses force row level security;
create policy known on delivery_pauses for select using (
    hospital_id is null or (select px_all())
    or hospital_id = any ((select px_hospitals())::uuid[]));
create policy made on delivery_pauses for insert with check (
    (select px_all()) or hospital_id = any ((select px_hospitals())::uuid[]));
create policy lifted on delivery_pauses for update using (
    (select px_all()) or hospital_id = any ((select px_hospitals())::uuid[]));

-- Whether a message waits because somebody stopped messages to patients.
create function delivery_paused(
    of_hospital uuid, to_patient uuid, to_survey uuid
) returns boolean language sql stable as $$
    select to_patient is not null and exists (
        select from delivery_pauses as pause
        where pause.resumed_at is null
          and (pause.hospital_id is null or pause.hospital_id = of_hospital)
          and (pause.survey_template_id is null
               or pause.survey_template_id = (
                   select version.survey_template_id
                   from surveys as survey
                   join survey_versions as version on version.id = survey.survey_version_id
                   where survey.id = to_survey)))
$$;
