-- People write surveys: a draft beside the published versions. A stage sends a survey, in the version that it has by then.

-- A kind of question is named by the key in front of what it says, as everything else in a survey is.
alter table survey_versions disable trigger survey_versions_immutable;
update survey_versions
set content = jsonb_set(content, '{questions}', (
    select coalesce(jsonb_agg(
        case
            when not (question -> 'kind') ? 'type' then question
            when (question -> 'kind') = jsonb_build_object('type', question -> 'kind' -> 'type')
                then question || jsonb_build_object('kind', question -> 'kind' -> 'type')
            else question || jsonb_build_object('kind', jsonb_build_object(
                question -> 'kind' ->> 'type', (question -> 'kind') - 'type'))
        end order by place), '[]')
    from jsonb_array_elements(content -> 'questions') with ordinality as asked (question, place)));
alter table survey_versions enable trigger survey_versions_immutable;

create or replace function survey_versions_are_immutable() returns trigger language plpgsql as $$
begin
    if old.published_at is not null then
        raise exception 'a published survey version is immutable';
    end if;
    return coalesce(new, old);
end;
$$;
drop trigger survey_versions_immutable on survey_versions;
create trigger survey_versions_immutable before update or delete on survey_versions
    for each row execute function survey_versions_are_immutable();
alter table survey_versions
    alter column published_at drop not null,
    add column lock_version integer not null default 1,
    add column updated_at timestamptz,
    -- Whoever published it, or wrote the draft last.
    add column author_id uuid constraint survey_versions_author_fkey references users;
create unique index survey_versions_draft_key on survey_versions (survey_template_id)
    where published_at is null;
-- The title is part of every version.
alter table survey_templates
    drop column name_ar,
    drop column name_en,
    add column hospital_id uuid constraint survey_templates_hospital_fkey references hospitals,
    add column retired_at timestamptz;

alter table stage_templates
    add column survey_template_id uuid
        constraint stage_templates_survey_template_fkey references survey_templates;
update stage_templates as stage set survey_template_id = version.survey_template_id
from survey_versions as version where version.id = stage.survey_version_id;
alter table stage_templates drop column survey_version_id;
create index stage_templates_survey_idx on stage_templates (survey_template_id);
create index surveys_version_idx on surveys (survey_version_id, completed_at);

-- What the group asks is known to everybody; what a hospital asks, to whoever works there. A published version is
-- what patients read.
alter table survey_templates enable row level security;
alter table survey_templates force row level security;
create policy known on survey_templates for select using (
    hospital_id is null or (select px_all())
    or hospital_id = any ((select px_hospitals())::uuid[])
    or hospital_id in (select hospital_id from departments
                       where departments.id = any ((select px_departments())::uuid[])));
create policy made on survey_templates for insert with check (
    (select px_all()) or hospital_id = any ((select px_hospitals())::uuid[]));
create policy changed on survey_templates for update using (
    (select px_all()) or hospital_id = any ((select px_hospitals())::uuid[]));
create policy removed on survey_templates for delete using (
    (select px_all()) or hospital_id = any ((select px_hospitals())::uuid[]));
alter table survey_versions enable row level security;
alter table survey_versions force row level security;
create policy known on survey_versions for select using (
    published_at is not null
    or exists (select from survey_templates where survey_templates.id = survey_template_id));
create policy made on survey_versions for insert with check (
    (select px_all()) or exists (
        select from survey_templates where survey_templates.id = survey_template_id
          and hospital_id = any ((select px_hospitals())::uuid[])));
create policy changed on survey_versions for update using (
    (select px_all()) or exists (
        select from survey_templates where survey_templates.id = survey_template_id
          and hospital_id = any ((select px_hospitals())::uuid[])));
create policy removed on survey_versions for delete using (
    (select px_all()) or exists (
        select from survey_templates where survey_templates.id = survey_template_id
          and hospital_id = any ((select px_hospitals())::uuid[])));
