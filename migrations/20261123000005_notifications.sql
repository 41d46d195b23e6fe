-- The outbox, and the log of every attempt. Neither holds a usable link: the sender makes it.

create table notifications (
    id uuid primary key,
    hospital_id uuid not null constraint notifications_hospital_fkey references hospitals,
    kind text not null constraint notifications_kind_check check (kind in (
        'survey_invitation', 'action_escalated', 'action_assigned')),
    status text not null constraint notifications_status_check check (status in (
        'queued', 'sending', 'sent', 'suppressed', 'failed')),
    reason text constraint notifications_reason_check check (reason in (
        'no_channel', 'no_consent', 'do_not_contact', 'deceased', 'reversed', 'fatigue', 'expired')),
    patient_id uuid constraint notifications_patient_fkey references patients,
    user_id uuid constraint notifications_user_fkey references users,
    survey_id uuid constraint notifications_survey_fkey references surveys,
    action_id uuid,
    -- What makes it one message, whatever runs twice: `survey:…`, `escalated:…:2`.
    dedupe_key text not null constraint notifications_dedupe_key unique,
    send_after timestamptz not null,
    attempts integer not null,
    -- While `sending`: when a worker that never came back is given up.
    lease_until timestamptz,
    created_at timestamptz not null,
    sent_at timestamptz,
    constraint notifications_recipient_check check (num_nonnulls(patient_id, user_id) = 1)
);
create index notifications_due_idx on notifications (send_after) where status = 'queued';
create index notifications_lease_idx on notifications (lease_until) where status = 'sending';
create index notifications_patient_idx on notifications (patient_id, sent_at);

create table notification_log (
    id uuid primary key,
    hospital_id uuid not null constraint notification_log_hospital_fkey references hospitals,
    notification_id uuid not null
        constraint notification_log_notification_fkey references notifications,
    attempt integer not null,
    channel text constraint notification_log_channel_check check (
        channel in ('sms', 'whatsapp', 'email')),
    provider text,
    -- Masked; the address itself is the patient's or the user's.
    address_masked text,
    language text constraint notification_log_language_check check (language in ('ar', 'en')),
    -- With `{link}` where the link stood.
    body text,
    status text not null constraint notification_log_status_check check (status in (
        'sending', 'sent', 'suppressed', 'failed', 'deferred', 'unknown')),
    reason text,
    provider_message_id text,
    segments smallint,
    error text,
    at timestamptz not null,
    finished_at timestamptz,
    constraint notification_log_attempt_key unique (notification_id, attempt)
);
