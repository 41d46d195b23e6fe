-- Posters with a code: whoever reads it answers without having been invited, and nobody asks who they are.

create table survey_posters (
    id uuid primary key,
    hospital_id uuid not null constraint survey_posters_hospital_fkey references hospitals,
    department_id uuid constraint survey_posters_department_fkey references departments,
    survey_template_id uuid not null constraint survey_posters_template_fkey
        references survey_templates,
    -- What the code leads to. It hangs on a wall, so it is no secret.
    code text not null constraint survey_posters_code_key unique
        constraint survey_posters_code_check check (code ~ '^[0-9a-hjkmnp-tv-z]{12}$'),
    made_by uuid not null constraint survey_posters_made_by_fkey references users,
    made_at timestamptz not null,
    retired_by uuid constraint survey_posters_retired_by_fkey references users,
    retired_at timestamptz
);
create index survey_posters_hospital_idx on survey_posters (hospital_id, made_at);
create index survey_posters_template_idx on survey_posters (survey_template_id);
alter table survey_posters enable row level security;
alter table survey_posters force row level security;
create policy within_reach on survey_posters using (
    (select px_all()) or hospital_id = any ((select px_hospitals())::uuid[])
    or department_id = any ((select px_departments())::uuid[]));

alter table surveys
    alter column patient_id drop not null,
    alter column stage_id drop not null,
    add column poster_id uuid constraint surveys_poster_fkey references survey_posters,
    -- Either a stage asked a patient, or a poster asked nobody in particular.
    add constraint surveys_origin_check check (
        num_nonnulls(stage_id, poster_id) = 1
        and (patient_id is null) = (stage_id is null)),
    drop constraint surveys_mode_check,
    add constraint surveys_mode_check check (
        mode in ('link', 'phone', 'kiosk', 'paper', 'poster'));
create index surveys_poster_idx on surveys (poster_id, created_at) where poster_id is not null;
