-- What patients are asked, and what they answer.

create table survey_templates (
    id uuid primary key,
    code text not null constraint survey_templates_code_key unique,
    name_ar text not null,
    name_en text not null,
    created_at timestamptz not null
);

-- A published version never changes; `content` is a px360-domain `SurveyContent`.
create table survey_versions (
    id uuid primary key,
    survey_template_id uuid not null
        constraint survey_versions_template_fkey references survey_templates,
    number integer not null,
    content jsonb not null,
    published_at timestamptz not null,
    constraint survey_versions_number_key unique (survey_template_id, number)
);

create function survey_versions_are_immutable() returns trigger language plpgsql as $$
begin
    raise exception 'a published survey version is immutable';
end;
$$;
create trigger survey_versions_immutable before update on survey_versions
    for each row execute function survey_versions_are_immutable();
