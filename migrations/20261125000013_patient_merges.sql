-- Two records that were one patient: what moved from the one to the other, so that it can move back.

create table patient_merges (
    id uuid primary key,
    survivor_id uuid not null constraint patient_merges_survivor_fkey references patients,
    merged_id uuid not null constraint patient_merges_merged_fkey references patients,
    merged_name_ar text not null,
    merged_name_en text not null,
    -- The ids of the rows that moved, by table; record numbers as pairs of hospital and number.
    moved jsonb not null,
    -- The survivor's fields that changed: each with what it was and what it became.
    changes jsonb not null,
    merged_by uuid not null constraint patient_merges_merged_by_fkey references users,
    merged_at timestamptz not null,
    undone_by uuid constraint patient_merges_undone_by_fkey references users,
    undone_at timestamptz,
    constraint patient_merges_two_check check (survivor_id <> merged_id)
);
create index patient_merges_survivor_idx on patient_merges (survivor_id, merged_at);
-- Somebody who was merged is merged once, until that is undone.
create unique index patient_merges_now_key on patient_merges (merged_id) where undone_at is null;

alter table patient_merges enable row level security;
alter table patient_merges force row level security;
create policy within_reach on patient_merges using (
    (select px_all()) or exists (select from patients where patients.id = survivor_id));
