-- One rule of what a pause keeps back, written so that Postgres takes it into the statements that ask.

create function standing_pauses(
    of_hospital uuid, to_patient uuid, to_survey uuid
) returns setof delivery_pauses language sql stable as $$
    select pause.* from delivery_pauses as pause
    where pause.resumed_at is null and to_patient is not null
      and (pause.hospital_id is null or pause.hospital_id = of_hospital)
      and (pause.survey_template_id is null
           or exists (
               select from surveys as survey
               join survey_versions as version on version.id = survey.survey_version_id
               where survey.id = to_survey
                 and version.survey_template_id = pause.survey_template_id))
$$;

-- For the program before this migration; to be dropped a release later.
create or replace function delivery_paused(
    of_hospital uuid, to_patient uuid, to_survey uuid
) returns boolean language sql stable as $$
    select exists (select from standing_pauses(of_hospital, to_patient, to_survey))
$$;
