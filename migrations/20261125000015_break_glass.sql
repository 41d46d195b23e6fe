-- Who was shown for a while to somebody who needs no identity usually, for a reason that the audit log keeps.
create table glasses (
    id uuid primary key,
    user_id uuid not null constraint glasses_user_fkey references users,
    patient_id uuid not null constraint glasses_patient_fkey references patients,
    purpose text not null constraint glasses_purpose_check check (purpose in (
        'treatment', 'emergency', 'patient_request', 'quality')),
    broken_at timestamptz not null,
    until timestamptz not null,
    constraint glasses_period_check check (until > broken_at)
);
create index glasses_open_idx on glasses (user_id, patient_id, until);
create index glasses_patient_idx on glasses (patient_id);

alter table glasses enable row level security;
alter table glasses force row level security;
-- One's own, and nobody else's.
create policy within_reach on glasses using ((select px_all()) or user_id = (select px_me()));
