-- What one event comes to, in one transaction of four statements: the durable message, the
-- completed stage, the survey, the queued invitation.
select nextval('bench_encounters') as n \gset
begin;
insert into inbound_events
    (id, source_id, hospital_id, source_event_id, event_code, encounter_number, occurred_at,
     received_at, status, payload, payload_hash, attempts, next_attempt_at, effects)
select gen_random_uuid(), source.id, hospital.id, 'p' || :n, 'OPD_CONSULTED', 'B' || :n, now(),
       now(), 'processed', repeat('x', 340), sha256('x'), 1, now(), '{}'
from sources as source, hospitals as hospital where hospital.code = 'RYD' limit 1
returning id as event \gset
update stages as stage
set status = 'completed', completed_at = now(), completing_event_id = :event
from journeys as journey
join hospitals as hospital on hospital.id = journey.hospital_id and hospital.code = 'RYD'
where journey.encounter_number = 'B' || :n and stage.journey_id = journey.id and stage.position = 3
returning stage.id as stage, journey.patient_id as patient, journey.hospital_id as hospital \gset
insert into surveys (id, hospital_id, survey_version_id, patient_id, stage_id, status, language,
                     created_at, created_on, expires_at)
select gen_random_uuid(), :hospital, version.id, :patient, :stage, 'scheduled', 'ar', now(),
       current_date, now() + interval '30 days'
from survey_versions as version limit 1
returning id as survey \gset
insert into notifications (id, hospital_id, kind, status, patient_id, survey_id, dedupe_key,
                           send_after, attempts, created_at)
values (gen_random_uuid(), :hospital, 'survey_invitation', 'queued', :patient, :survey,
        'survey:' || :survey, now() + interval '1 day', 0, now());
commit;
