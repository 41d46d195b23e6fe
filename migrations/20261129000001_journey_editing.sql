-- Journey templates are written by people, sources look after themselves, and what was run again is remembered.

-- One draft and one current version of each type and owner.
create unique index journey_templates_draft_key
    on journey_templates (hospital_id, journey_type) nulls not distinct where published_at is null;
create unique index journey_templates_current_key
    on journey_templates (hospital_id, journey_type) nulls not distinct
    where published_at is not null and retired_at is null;
-- `triggers` says more; the program before this one did not read it any more.
alter table stage_templates drop column event_codes;

-- What holds for the whole group is known to everybody, and written by whoever reaches all of it.
drop policy within_reach on journey_templates;
create policy known on journey_templates for select using (
    hospital_id is null or (select px_directory())
    or hospital_id = any ((select px_hospitals())::uuid[]));
create policy made on journey_templates for insert with check (
    (select px_all()) or hospital_id = any ((select px_hospitals())::uuid[]));
create policy changed on journey_templates for update using (
    (select px_all()) or hospital_id = any ((select px_hospitals())::uuid[]));
create policy removed on journey_templates for delete using (
    (select px_all()) or hospital_id = any ((select px_hospitals())::uuid[]));

-- Sources are read to find out who speaks, before any reach is known; they are written within reach.
alter table sources enable row level security;
alter table sources force row level security;
create policy known on sources for select using (true);
create policy made on sources for insert with check (true);
create policy changed on sources for update using (
    (select px_all()) or exists (
        select from source_hospitals
        where source_id = sources.id and hospital_id = any ((select px_hospitals())::uuid[])));
alter table source_hospitals enable row level security;
alter table source_hospitals force row level security;
create policy known on source_hospitals for select using (true);
create policy made on source_hospitals for insert with check (
    (select px_all()) or hospital_id = any ((select px_hospitals())::uuid[]));
create policy removed on source_hospitals for delete using (
    (select px_all()) or hospital_id = any ((select px_hospitals())::uuid[]));

alter table sources
    add column lock_version integer not null default 1,
    add column updated_at timestamptz,
    -- How many days the content of its messages is kept.
    add column retention_days integer
        constraint sources_retention_check check (retention_days > 0),
    -- How many working minutes it may be silent.
    add column silence_minutes_max integer
        constraint sources_silence_check check (silence_minutes_max > 0),
    -- How much of what it sends in a day may fail.
    add column failure_percent_max smallint
        constraint sources_failure_check check (failure_percent_max between 1 and 100),
    -- Up to where content that had its time was forgotten.
    add column culled_until timestamptz,
    -- What was last said of it to those who look after it, and when.
    add column alerted_state text
        constraint sources_alerted_check check (alerted_state in ('silent', 'failing')),
    add column alerted_at timestamptz;
alter table sources
    -- As far as the clockwork has seen; what came since is counted where it is asked for.
    add column last_received_at timestamptz;
-- What came lately lies at the end of the table: an index that costs the intake next to nothing.
create index inbound_events_received_idx on inbound_events using brin (received_at);
create index inbound_events_trouble_idx on inbound_events (source_id, status, received_at)
    where status in ('parked', 'dead', 'rejected');

-- That somebody had a message run once more, and how it stood before.
create table event_replays (
    id uuid primary key,
    event_id uuid not null constraint event_replays_event_fkey references inbound_events,
    -- What was run again together.
    batch_id uuid not null,
    -- Whoever ran it again, or said what the code means that it waited for.
    asked_by uuid constraint event_replays_asked_by_fkey references users,
    at timestamptz not null,
    status text not null,
    reason text,
    error text
);
create index event_replays_event_idx on event_replays (event_id);
alter table event_replays enable row level security;
alter table event_replays force row level security;
create policy within_reach on event_replays using (
    (select px_all()) or exists (select from inbound_events where inbound_events.id = event_id));

-- A source without a facility is one source: nobody else sends under its name.
alter table sources drop constraint sources_sender_key;
create unique index sources_sender_key on sources (sending_application, sending_facility)
    nulls not distinct where sending_application is not null;
-- Who follows a version, and that nobody follows a draft.
create index journeys_template_idx on journeys (journey_template_id);
create index stages_template_idx on stages (stage_template_id);

-- Lists of journeys, latest first, and of the messages of an encounter, whatever became of them.
create index journeys_opened_idx on journeys (opened_at, id);
drop index inbound_events_encounter_idx;
create index inbound_events_encounter_idx on inbound_events (hospital_id, encounter_number);

-- Whoever looks after sources is told when one falls silent or fails.
alter table notifications
    add column source_id uuid constraint notifications_source_fkey references sources,
    drop constraint notifications_kind_check,
    add constraint notifications_kind_check check (kind in (
        'survey_invitation', 'action_escalated', 'action_assigned', 'approval_requested',
        'closing_rejected', 'source_silent', 'source_failing'));
