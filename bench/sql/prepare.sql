-- Invitations are queued and not sent while we measure; the sequence hands out encounters.
update stage_templates set survey_delay_minutes = 1440 where survey_template_id is not null;
create sequence bench_encounters minvalue 0 start 0;
