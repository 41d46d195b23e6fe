-- Files that patients add to their answers: as close to whoever sent them as the answers are, and seen by the same eyes.
-- One answer has one; the answer names it by its id.

create table survey_files (
    id uuid primary key,
    survey_id uuid not null constraint survey_files_survey_id_fkey references surveys on delete cascade,
    question_key text not null,
    -- As its sender called it, with the ending of what it is.
    name text not null constraint survey_files_name_check check (char_length(name) between 1 and 100),
    format text not null constraint survey_files_format_check check (format in ('jpeg', 'pdf')),
    bytes bytea not null constraint survey_files_bytes_check check (octet_length(bytes) between 1 and 10485760),
    kept_at timestamptz not null,
    constraint survey_files_question_key unique (survey_id, question_key)
);
-- Photographs do not get shorter.
alter table survey_files alter column bytes set storage external;
alter table survey_files enable row level security;
alter table survey_files force row level security;
create policy within_reach on survey_files using (
    (select px_all()) or exists (select from surveys where surveys.id = survey_id));
