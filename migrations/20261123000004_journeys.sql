-- What should happen in an encounter, what did, and the messages that told us.

create table journey_templates (
    id uuid primary key,
    -- Null means every hospital of the group.
    hospital_id uuid constraint journey_templates_hospital_fkey references hospitals,
    journey_type text not null constraint journey_templates_type_check check (
        journey_type in ('ems', 'inpatient', 'opd')),
    version integer not null,
    name_ar text not null,
    name_en text not null,
    closing_codes text[] not null,
    published_at timestamptz,
    retired_at timestamptz,
    constraint journey_templates_version_key
        unique nulls not distinct (hospital_id, journey_type, version)
);

create table stage_templates (
    id uuid primary key,
    journey_template_id uuid not null
        constraint stage_templates_template_fkey references journey_templates,
    code text not null,
    name_ar text not null,
    name_en text not null,
    position smallint not null,
    event_codes text[] not null,
    opens_journey boolean not null,
    needs_department boolean not null,
    needs_physician boolean not null,
    survey_version_id uuid constraint stage_templates_survey_fkey references survey_versions,
    survey_delay_minutes integer not null,
    constraint stage_templates_code_key unique (journey_template_id, code),
    constraint stage_templates_position_key unique (journey_template_id, position)
);

create table sources (
    id uuid primary key,
    code text not null constraint sources_code_key unique,
    name text not null,
    -- SHA-256 of the API key, which is shown once.
    key_hash bytea not null constraint sources_key_hash_key unique,
    active boolean not null,
    created_at timestamptz not null
);

-- Hospitals that a source may speak for; a source without rows here speaks for every hospital.
create table source_hospitals (
    source_id uuid not null constraint source_hospitals_source_fkey references sources,
    hospital_id uuid not null constraint source_hospitals_hospital_fkey references hospitals,
    constraint source_hospitals_key primary key (source_id, hospital_id)
);

-- The inbox: raw first, then applied. Rejected messages are kept for the record.
create table inbound_events (
    id uuid primary key,
    source_id uuid not null constraint inbound_events_source_fkey references sources,
    hospital_id uuid constraint inbound_events_hospital_fkey references hospitals,
    source_event_id text,
    event_code text,
    encounter_number text,
    occurred_at timestamptz,
    received_at timestamptz not null,
    status text not null constraint inbound_events_status_check check (
        status in ('received', 'processed', 'ignored', 'parked', 'dead', 'rejected')),
    reason text constraint inbound_events_reason_check check (reason in (
        'unknown_encounter', 'unknown_event_code', 'unknown_department', 'unknown_physician',
        'missing_department', 'missing_physician', 'stage_already_completed',
        'visit_already_ended')),
    payload text not null,
    payload_hash bytea not null,
    attempts integer not null,
    next_attempt_at timestamptz not null,
    processed_at timestamptz,
    effects jsonb not null,
    error text,
    -- A message that came again under the same id with other content.
    conflicting_payload_at timestamptz
);
create unique index inbound_events_source_event_key
    on inbound_events (source_id, source_event_id) where status <> 'rejected';
create index inbound_events_inbox_idx on inbound_events (next_attempt_at, occurred_at)
    where status = 'received';
create index inbound_events_parked_idx on inbound_events (hospital_id, encounter_number)
    where status = 'parked';

create table journeys (
    id uuid primary key,
    hospital_id uuid not null constraint journeys_hospital_fkey references hospitals,
    journey_template_id uuid not null
        constraint journeys_template_fkey references journey_templates,
    encounter_number text not null,
    patient_id uuid not null constraint journeys_patient_fkey references patients,
    status text not null constraint journeys_status_check check (
        status in ('active', 'completed', 'cancelled')),
    opened_at timestamptz not null,
    ended_at timestamptz,
    constraint journeys_encounter_key unique (hospital_id, encounter_number)
);
create index journeys_patient_idx on journeys (patient_id);

create table stages (
    id uuid primary key,
    hospital_id uuid not null constraint stages_hospital_fkey references hospitals,
    journey_id uuid not null constraint stages_journey_fkey references journeys,
    stage_template_id uuid not null constraint stages_template_fkey references stage_templates,
    position smallint not null,
    status text not null constraint stages_status_check check (
        status in ('pending', 'active', 'completed', 'skipped', 'cancelled')),
    department_id uuid constraint stages_department_fkey references departments,
    physician_id uuid constraint stages_physician_fkey references physicians,
    completed_at timestamptz,
    completing_event_id uuid constraint stages_event_fkey references inbound_events,
    constraint stages_template_key unique (journey_id, stage_template_id)
);

create table surveys (
    id uuid primary key,
    hospital_id uuid not null constraint surveys_hospital_fkey references hospitals,
    survey_version_id uuid not null constraint surveys_version_fkey references survey_versions,
    patient_id uuid not null constraint surveys_patient_fkey references patients,
    -- One survey per stage: whatever runs twice, the patient is asked once.
    stage_id uuid not null constraint surveys_stage_key unique
        constraint surveys_stage_fkey references stages,
    department_id uuid constraint surveys_department_fkey references departments,
    physician_id uuid constraint surveys_physician_fkey references physicians,
    status text not null constraint surveys_status_check check (status in (
        'scheduled', 'suppressed', 'sent', 'started', 'completed', 'expired', 'reversed')),
    language text not null constraint surveys_language_check check (language in ('ar', 'en')),
    created_at timestamptz not null,
    -- The day, in Riyadh, whose funnel this survey belongs to.
    created_on date not null,
    expires_at timestamptz not null,
    sent_at timestamptz,
    started_at timestamptz,
    completed_at timestamptz,
    -- Hundredths of a percent, 0 to 10,000.
    score smallint,
    nps smallint constraint surveys_nps_check check (nps between 0 and 10),
    callback boolean
);
create index surveys_patient_idx on surveys (patient_id);

create table answers (
    survey_id uuid not null constraint answers_survey_fkey references surveys,
    question_key text not null,
    number smallint,
    yes_no boolean,
    words text,
    answered_at timestamptz not null,
    constraint answers_key primary key (survey_id, question_key),
    constraint answers_one_value_check check (num_nonnulls(number, yes_no, words) = 1)
);
create index surveys_expires_idx on surveys (expires_at)
    where status in ('scheduled', 'sent', 'started');
