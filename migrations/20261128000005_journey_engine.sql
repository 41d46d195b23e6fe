-- How an encounter stands becomes a function of everything that was said of it: what messages say is kept
-- in one form whatever format they came in, stages have rules, and what was undone leaves its trace.

alter table journey_templates
    add column lock_version integer not null default 1,
    add column created_at timestamptz,
    add column updated_at timestamptz,
    add column published_by uuid constraint journey_templates_published_by_fkey references users;

alter table stage_templates
    add column parallel boolean not null default false,
    add column optional boolean not null default false,
    add column repeatable boolean not null default false,
    -- A px360-domain `Vec<Trigger>`.
    add column triggers jsonb not null default '[]',
    add column dwell_minutes_min integer
        constraint stage_templates_dwell_min_check check (dwell_minutes_min >= 0),
    add column dwell_minutes_max integer
        constraint stage_templates_dwell_max_check check (dwell_minutes_max > 0),
    add column attribution text not null default 'stage'
        constraint stage_templates_attribution_check check (
            attribution in ('stage', 'attending', 'place')),
    -- Read by the program before this one; `triggers` says more.
    alter column event_codes set default '{}';
update stage_templates set triggers = jsonb_build_array(jsonb_build_object(
    'effect', 'complete', 'event_codes', to_jsonb(event_codes), 'conditions', '[]'::jsonb))
where event_codes <> '{}';

alter table journeys
    add column journey_type text constraint journeys_type_check check (
        journey_type in ('ems', 'inpatient', 'opd')),
    add column opened_by_event_id uuid
        constraint journeys_opened_by_fkey references inbound_events,
    add column cancelled_at timestamptz,
    -- It ended because the visit went on as another type.
    add column went_on boolean not null default false,
    -- HL7 table 0112: how the patient left.
    add column disposition text,
    add column attending_id uuid constraint journeys_attending_fkey references physicians;
update journeys as journey set journey_type = template.journey_type
from journey_templates as template where template.id = journey.journey_template_id;
-- A visit that goes on as another type has a journey of each.
alter table journeys drop constraint journeys_encounter_key;
alter table journeys add constraint journeys_encounter_key
    unique nulls not distinct (hospital_id, encounter_number, journey_type);
create index journeys_running_idx on journeys (hospital_id, journey_type, opened_at)
    where status = 'active';

alter table stages
    add column occurrence smallint not null default 1,
    add column started_at timestamptz,
    drop constraint stages_status_check,
    add constraint stages_status_check check (
        status in ('pending', 'active', 'completed', 'skipped', 'cancelled', 'reversed')),
    drop constraint stages_template_key,
    add constraint stages_template_key unique (journey_id, stage_template_id, occurrence);

-- Where a patient was in a journey, and when.
create table journey_stays (
    hospital_id uuid not null constraint journey_stays_hospital_fkey references hospitals,
    journey_id uuid not null constraint journey_stays_journey_fkey references journeys,
    number smallint not null,
    department_id uuid constraint journey_stays_department_fkey references departments,
    location text,
    started_at timestamptz not null,
    ended_at timestamptz,
    constraint journey_stays_key primary key (journey_id, number)
);
create index journey_stays_department_idx on journey_stays (department_id);
alter table journey_stays enable row level security;
alter table journey_stays force row level security;
create policy within_reach on journey_stays using (
    (select px_all()) or exists (select from journeys where journeys.id = journey_id));

alter table inbound_events
    add column format text not null default 'json' constraint inbound_events_format_check check (
        format in ('json', 'hl7v2', 'fhir')),
    -- HL7 MSH-4: control ids are unique within one. Empty for formats whose ids are unique by themselves.
    add column facility text not null default '',
    -- A px360-domain `Vec<Said>`: what it says of its encounter. Null until its codes are known.
    add column facts jsonb,
    -- Whose visit it is, by record number: whoever has that number now.
    add column mrn text,
    -- What could not be used and was left out, field by field.
    add column warnings jsonb not null default '[]',
    -- The code that it waits for.
    add column waits_for_kind text,
    add column waits_for_code text,
    -- When its content was forgotten.
    add column culled_at timestamptz,
    drop constraint inbound_events_reason_check,
    add constraint inbound_events_reason_check check (reason in (
        'unknown_encounter', 'unknown_event_code', 'unknown_department', 'unknown_physician',
        'missing_department', 'missing_physician', 'stage_already_completed',
        'visit_already_ended', 'visit_cancelled', 'nothing_to_undo', 'no_rule_applies',
        'said_before', 'left_out'));
drop index inbound_events_source_event_key;
create unique index inbound_events_source_event_key
    on inbound_events (source_id, facility, source_event_id) where status <> 'rejected';
-- What waits for its encounter is found with everything else that was said of it.
drop index inbound_events_parked_idx;
create index inbound_events_encounter_idx on inbound_events (hospital_id, encounter_number)
    where facts is not null;
create index inbound_events_waits_idx on inbound_events (source_id, waits_for_kind, waits_for_code)
    where status = 'parked';

alter table sources
    -- HL7 MSH-3 and MSH-4 of a source that talks over MLLP, where nobody shows a key.
    add column sending_application text,
    add column sending_facility text,
    add constraint sources_sender_key unique (sending_application, sending_facility);

-- A source's own codes, and what they are here.
create table code_mappings (
    id uuid primary key,
    source_id uuid not null constraint code_mappings_source_fkey references sources,
    -- Departments are mapped for each hospital; hospitals themselves and what everybody shares for none.
    hospital_id uuid constraint code_mappings_hospital_fkey references hospitals,
    kind text not null constraint code_mappings_kind_check check (
        kind in ('hospital', 'department', 'physician', 'event')),
    code text not null,
    to_hospital_id uuid constraint code_mappings_to_hospital_fkey references hospitals,
    department_id uuid constraint code_mappings_department_fkey references departments,
    physician_id uuid constraint code_mappings_physician_fkey references physicians,
    event_code text,
    -- Nothing is meant by it: what it says is left out.
    left_out boolean not null default false,
    lock_version integer not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint code_mappings_key unique nulls not distinct (source_id, hospital_id, kind, code),
    constraint code_mappings_one_check check (
        num_nonnulls(to_hospital_id, department_id, physician_id, event_code) + left_out::int = 1)
);
alter table code_mappings enable row level security;
alter table code_mappings force row level security;
create policy within_reach on code_mappings using (
    (select px_all()) or hospital_id = any ((select px_hospitals())::uuid[]));

-- When each thing that is known of a patient was said, so that messages may come in any order.
alter table patients add column described jsonb not null default '{}';

-- A message merges patients too.
alter table patient_merges
    alter column merged_by drop not null,
    add column event_id uuid constraint patient_merges_event_fkey references inbound_events;
