-- Quotas of surveys: how many were counted, over all versions of a template, and by which quotas a survey was.

create table survey_quotas (
    survey_template_id uuid not null constraint survey_quotas_template_fkey references survey_templates,
    quota_key text not null,
    counted integer not null constraint survey_quotas_counted_check check (counted > 0),
    constraint survey_quotas_key primary key (survey_template_id, quota_key)
);
alter table survey_quotas enable row level security;
alter table survey_quotas force row level security;
-- Whoever may know the survey.
create policy known on survey_quotas using (
    exists (select from survey_templates where survey_templates.id = survey_template_id));

alter table surveys
    add column quotas text[] not null default '{}',
    add column screened_out_at timestamptz,
    drop constraint surveys_status_check,
    add constraint surveys_status_check check (status in (
        'scheduled', 'suppressed', 'sent', 'started', 'completed', 'screened_out', 'expired', 'reversed'));
