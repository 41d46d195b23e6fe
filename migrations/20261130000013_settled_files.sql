-- Files of a survey that is over are looked at once.

alter table survey_files add column settled boolean not null default false;
create index survey_files_unsettled_idx on survey_files (survey_id) where not settled;
