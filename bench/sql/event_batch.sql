-- A hundred events in one statement: what a database can do when it is told all of them at once.
-- The sequence hands out hundreds: two clients must not be given the same.
select nextval('bench_encounters') * 100 as n \gset
with told as (
    select number from generate_series(:n, :n + 99) as number
), event as (
    insert into inbound_events
        (id, source_id, hospital_id, source_event_id, event_code, encounter_number, occurred_at,
         received_at, status, payload, payload_hash, attempts, next_attempt_at, effects)
    select gen_random_uuid(), source.id, hospital.id, 'p' || number, 'OPD_CONSULTED', 'B' || number,
           now(), now(), 'processed', repeat('x', 340), sha256('x'), 1, now(), '{}'
    from told, (select id from sources limit 1) as source, hospitals as hospital
    where hospital.code = 'RYD'
    returning id, encounter_number
), stage as (
    update stages as stage
    set status = 'completed', completed_at = now(), completing_event_id = event.id
    from event
    join journeys as journey on journey.encounter_number = event.encounter_number
    join hospitals as hospital on hospital.id = journey.hospital_id and hospital.code = 'RYD'
    where stage.journey_id = journey.id and stage.position = 3
    returning stage.id, journey.patient_id, journey.hospital_id
), survey as (
    insert into surveys (id, hospital_id, survey_version_id, patient_id, stage_id, status, language,
                         created_at, created_on, expires_at)
    select gen_random_uuid(), stage.hospital_id, version.id, stage.patient_id, stage.id, 'scheduled',
           'ar', now(), current_date, now() + interval '30 days'
    from stage, (select id from survey_versions limit 1) as version
    returning id, patient_id, hospital_id
)
insert into notifications (id, hospital_id, kind, status, patient_id, survey_id, dedupe_key,
                           send_after, attempts, created_at)
select gen_random_uuid(), hospital_id, 'survey_invitation', 'queued', patient_id, id,
       'survey:' || id, now() + interval '1 day', 0, now()
from survey;
