-- Patients stop messages themselves, by the link that every message leads to.

create table opt_outs (
    id uuid primary key,
    patient_id uuid not null constraint opt_outs_patient_fkey references patients,
    -- Which channel; all of them when null.
    channel text constraint opt_outs_channel_check check (channel in ('sms', 'whatsapp', 'email')),
    at timestamptz not null,
    -- The survey whose link was shown.
    survey_id uuid constraint opt_outs_survey_fkey references surveys,
    -- When the patient took it back.
    revoked_at timestamptz
);
create unique index opt_outs_standing_key on opt_outs (patient_id, channel)
    nulls not distinct where revoked_at is null;
alter table opt_outs enable row level security;
alter table opt_outs force row level security;
create policy within_reach on opt_outs using (
    (select px_all()) or exists (select from patients where patients.id = patient_id));

alter table notifications
    drop constraint notifications_reason_check,
    add constraint notifications_reason_check check (reason in (
        'no_channel', 'no_consent', 'do_not_contact', 'deceased', 'reversed', 'fatigue', 'expired',
        'opted_out'));

-- What one hospital calls its surveys is no matter of another one.
alter table survey_templates
    drop constraint survey_templates_code_key,
    add constraint survey_templates_code_key unique nulls not distinct (hospital_id, code);
