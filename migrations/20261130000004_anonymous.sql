-- Answers of an anonymous survey are cut off from whoever gave them when they are handed in. The invitation stays with the
-- patient and the stage, without an answer; the answers stand in a row of their own, which knows no patient, no stage and
-- no instant but the first one of its month, under an id that tells no time.

alter table surveys
    add column part text not null default 'whole' constraint surveys_part_check check (
        part in ('whole', 'invitation', 'answers')),
    -- Whether these answers were written anew by a transaction that says nothing.
    add column mixed boolean not null default false,
    drop constraint surveys_origin_check,
    add constraint surveys_origin_check check (
        case when part = 'answers' then num_nonnulls(stage_id, poster_id, patient_id) = 0
             else num_nonnulls(stage_id, poster_id) = 1
                  and (patient_id is null) = (stage_id is null) end);

create index surveys_unmixed_idx on surveys (created_on) where part = 'answers' and not mixed;

-- Whether anonymous answers are of so many in their place and month that none of them is somebody's.
create function lost_in_a_crowd(version uuid, month timestamptz, hospital uuid, department uuid)
    returns boolean language sql stable as $$
    select count(*) >= 5 from (
        select from surveys as other
        where other.survey_version_id = version and other.completed_at = month
          and other.part = 'answers' and other.hospital_id = hospital
          and other.department_id is not distinct from department
        limit 5) as others
$$;

create or replace function surveys_asked(
    everywhere boolean, within_hospitals uuid[], within_departments uuid[], of_template uuid,
    since date, of_version integer, of_hospital text, answered_in text, answered_by text
) returns setof surveys language sql stable as $$
    select survey.*
    from surveys as survey
    join survey_versions as version on version.id = survey.survey_version_id
    join hospital_names as hospital on hospital.id = survey.hospital_id
    where version.survey_template_id = of_template
      -- Of anonymous answers only the month is known.
      and (survey.created_on >= since
           or survey.part = 'answers' and survey.created_on > since - interval '1 month')
      and (survey.part <> 'answers'
           or lost_in_a_crowd(survey.survey_version_id, survey.completed_at, survey.hospital_id,
                              survey.department_id))
      and (everywhere or survey.hospital_id = any(within_hospitals)
           or survey.department_id = any(within_departments))
      and (of_version is null or version.number = of_version)
      and (of_hospital is null or hospital.code = of_hospital)
      and (answered_in is null or survey.language = answered_in)
      and (answered_by is null or survey.mode = answered_by)
$$;
