-- When a person first looked at a survey; results by the way in which answers reached us; and what an answer is, said
-- once.

alter table surveys add column opened_at timestamptz;

-- An answer as the program reads it: the value alone, null where it does not apply.
create function answer_value(number smallint, yes_no boolean, words text, choices text[])
returns jsonb language sql stable as $$
    select coalesce(to_jsonb(number), to_jsonb(yes_no), to_jsonb(words), to_jsonb(choices))
$$;

-- Which surveys results are about, said once for the funnel, the answers, the comments and the files.
create function surveys_asked(
    everywhere boolean, within_hospitals uuid[], within_departments uuid[], of_template uuid,
    since date, of_version integer, of_hospital text, answered_in text, answered_by text
) returns setof surveys language sql stable as $$
    select survey.*
    from surveys as survey
    join survey_versions as version on version.id = survey.survey_version_id
    join hospital_names as hospital on hospital.id = survey.hospital_id
    where version.survey_template_id = of_template and survey.created_on >= since
      and (everywhere or survey.hospital_id = any(within_hospitals)
           or survey.department_id = any(within_departments))
      and (of_version is null or version.number = of_version)
      and (of_hospital is null or hospital.code = of_hospital)
      and (answered_in is null or survey.language = answered_in)
      and (answered_by is null or survey.mode = answered_by)
$$;
