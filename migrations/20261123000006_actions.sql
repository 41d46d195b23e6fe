-- Work with an owner and deadlines.

create sequence action_numbers;

-- Which deadlines apply. The row of the hospital wins over the row of the group.
create table sla_policies (
    id uuid primary key,
    hospital_id uuid constraint sla_policies_hospital_fkey references hospitals,
    severity text not null constraint sla_policies_severity_check check (
        severity in ('low', 'medium', 'high', 'critical')),
    -- Working minutes of the hospital's calendar.
    response_minutes integer not null constraint sla_policies_response_check check (
        response_minutes > 0),
    resolution_minutes integer not null constraint sla_policies_resolution_check check (
        resolution_minutes >= response_minutes),
    constraint sla_policies_key unique nulls not distinct (hospital_id, severity)
);

create table actions (
    id uuid primary key,
    reference text not null constraint actions_reference_key unique,
    hospital_id uuid not null constraint actions_hospital_fkey references hospitals,
    department_id uuid constraint actions_department_fkey references departments,
    physician_id uuid constraint actions_physician_fkey references physicians,
    kind text not null constraint actions_kind_check check (kind in ('low_score', 'callback')),
    severity text not null constraint actions_severity_check check (
        severity in ('low', 'medium', 'high', 'critical')),
    status text not null constraint actions_status_check check (status in (
        'open', 'in_progress', 'pending_approval', 'closed')),
    -- One action per survey, whatever runs twice.
    survey_id uuid constraint actions_survey_key unique
        constraint actions_survey_fkey references surveys,
    owner_id uuid constraint actions_owner_fkey references users,
    close_requested_by uuid constraint actions_requester_fkey references users,
    triggered jsonb not null,
    opened_at timestamptz not null,
    response_due_at timestamptz not null,
    resolution_due_at timestamptz not null,
    responded_at timestamptz,
    closed_at timestamptz,
    resolution text,
    -- The deadline of the running clock; null when closed. What lists sort by.
    due_at timestamptz,
    escalation_level smallint not null constraint actions_escalation_check check (
        escalation_level between 0 and 3),
    -- When the next step of the ladder is due; null at the top or when closed.
    escalates_at timestamptz,
    version integer not null
);
create index actions_due_idx on actions (due_at, id) where status <> 'closed';
create index actions_hospital_idx on actions (hospital_id, due_at) where status <> 'closed';
create index actions_escalates_idx on actions (escalates_at) where escalates_at is not null;
alter table notifications add constraint notifications_action_fkey
    foreign key (action_id) references actions;

create table action_log (
    id uuid primary key,
    hospital_id uuid not null constraint action_log_hospital_fkey references hospitals,
    action_id uuid not null constraint action_log_action_fkey references actions,
    kind text not null constraint action_log_kind_check check (kind in (
        'opened', 'started', 'noted', 'approval_requested', 'rejected', 'closed', 'escalated',
        'callback_answered')),
    at timestamptz not null,
    user_id uuid constraint action_log_user_fkey references users,
    text text,
    level smallint,
    towards_id uuid constraint action_log_towards_fkey references users,
    agreed boolean,
    -- Several entries may share an instant; this is the order in which they were written.
    sequence bigint generated always as identity
);
create index action_log_action_idx on action_log (action_id, at, sequence);

-- The group's defaults, in working minutes of an eight-hour day: a proposal, every hospital may
-- have rows of its own.
insert into sla_policies (id, hospital_id, severity, response_minutes, resolution_minutes) values
    ('01936000-0000-7000-8000-000000000001', null, 'low', 480, 3360),
    ('01936000-0000-7000-8000-000000000002', null, 'medium', 480, 2400),
    ('01936000-0000-7000-8000-000000000003', null, 'high', 240, 1440),
    ('01936000-0000-7000-8000-000000000004', null, 'critical', 60, 480);
