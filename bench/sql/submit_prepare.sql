-- Visits whose survey waits for its answers: copies of one that the demo data left, numbered for whoever answers them.
create table bench_surveys (n integer primary key, id uuid not null);
create sequence bench_submits minvalue 0 start 0;
with like_this as (
    select survey.*, stage.stage_template_id, stage.position, journey.journey_template_id, journey.journey_type
    from surveys as survey
    join stages as stage on stage.id = survey.stage_id
    join journeys as journey on journey.id = stage.journey_id
    where survey.id = :'survey'
), fresh as materialized (
    select n, gen_random_uuid() as journey, gen_random_uuid() as stage, gen_random_uuid() as survey
    from generate_series(0, :surveys - 1) as n
), journeys_of as (
    insert into journeys (id, hospital_id, journey_template_id, encounter_number, patient_id, status, opened_at, journey_type)
    select fresh.journey, hospital_id, journey_template_id, 'S' || n, patient_id, 'active', now(), journey_type
    from fresh, like_this
), stages_of as (
    insert into stages (id, hospital_id, journey_id, stage_template_id, position, status, department_id, physician_id, completed_at)
    select fresh.stage, hospital_id, fresh.journey, stage_template_id, position, 'completed', department_id, physician_id, now()
    from fresh, like_this
), surveys_of as (
    insert into surveys (id, hospital_id, survey_version_id, patient_id, stage_id, department_id, physician_id, status,
                         language, created_at, created_on, expires_at, sent_at)
    select fresh.survey, hospital_id, survey_version_id, patient_id, fresh.stage, department_id, physician_id, 'sent',
           'ar', now(), current_date, now() + interval '30 days', now()
    from fresh, like_this
)
insert into bench_surveys select n, survey from fresh;
analyze;
