-- People, roles, sessions, tokens and what is remembered of everything that is done.

create table hospitals (
    id uuid primary key,
    code text not null constraint hospitals_code_key unique,
    name_ar text not null,
    name_en text not null,
    -- Whether a patient who was never asked for consent may be invited.
    consent_required boolean not null,
    -- Local times between which patients get messages; both null means at any time.
    messages_from_minute smallint,
    messages_to_minute smallint,
    -- A px360-domain `WorkCalendar`.
    calendar jsonb not null,
    is_demo boolean not null,
    created_at timestamptz not null,
    constraint hospitals_messages_check check (
        (messages_from_minute is null) = (messages_to_minute is null)
        and messages_from_minute between 0 and 1439
        and messages_to_minute between 1 and 1440
        and messages_from_minute < messages_to_minute)
);

create table departments (
    id uuid primary key,
    hospital_id uuid not null constraint departments_hospital_fkey references hospitals,
    parent_id uuid constraint departments_parent_fkey references departments,
    code text not null,
    name_ar text not null,
    name_en text not null,
    created_at timestamptz not null,
    constraint departments_code_key unique (hospital_id, code)
);

create table users (
    id uuid primary key,
    username text not null,
    email text not null,
    name_ar text not null,
    name_en text not null,
    language text not null constraint users_language_check check (language in ('ar', 'en')),
    password_hash text not null,
    active boolean not null,
    is_demo boolean not null,
    last_login_at timestamptz,
    created_at timestamptz not null
);
create unique index users_username_key on users (lower(username));

create table roles (
    role text primary key constraint roles_role_check check (role in (
        'px_admin', 'hospital_admin', 'department_manager', 'px_coordinator',
        'physician', 'nurse', 'staff', 'viewer')),
    level smallint not null,
    name_ar text not null,
    name_en text not null
);

create table role_grants (
    user_id uuid not null constraint role_grants_user_fkey references users,
    role text not null constraint role_grants_role_fkey references roles,
    hospital_id uuid constraint role_grants_hospital_fkey references hospitals,
    department_id uuid constraint role_grants_department_fkey references departments,
    granted_at timestamptz not null,
    constraint role_grants_key unique nulls not distinct (user_id, role, hospital_id, department_id)
);
create index role_grants_place_idx on role_grants (role, hospital_id, department_id);

-- Browser sessions. The id is stored as its SHA-256, so that a leaked table opens no door.
create table sessions (
    id_hash bytea primary key,
    data jsonb not null,
    expires_at timestamptz not null
);
create index sessions_expires_idx on sessions (expires_at);

-- Refresh tokens of scripts. A family is one sign-in; a spent token used again ends the family.
create table refresh_tokens (
    id uuid primary key,
    family_id uuid not null,
    user_id uuid not null constraint refresh_tokens_user_fkey references users,
    token_hash bytea not null constraint refresh_tokens_hash_key unique,
    issued_at timestamptz not null,
    expires_at timestamptz not null,
    spent_at timestamptz,
    revoked_at timestamptz
);
create index refresh_tokens_family_idx on refresh_tokens (family_id);

-- Failed sign-ins per account and per address; keys are `user:…` and `ip:…`.
create table sign_in_throttles (
    key text primary key,
    failures integer not null,
    last_failure_at timestamptz not null,
    blocked_until timestamptz not null
);

create table audit_events (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    -- `user`, `source`, `patient`, `system` or `anonymous`, and which one.
    actor_kind text not null constraint audit_events_actor_check check (
        actor_kind in ('user', 'source', 'patient', 'system', 'anonymous')),
    actor text not null,
    action text not null,
    entity text not null,
    entity_id text not null,
    hospital_id uuid,
    -- What changed or what was said; never secrets, never a patient's words.
    detail jsonb not null,
    outcome text not null constraint audit_events_outcome_check check (outcome in ('done', 'refused')),
    ip text,
    user_agent text,
    request_id text not null
);
create index audit_events_entity_idx on audit_events (entity, entity_id);
create index audit_events_at_idx on audit_events (at);

create function audit_events_are_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'audit_events is append-only';
end;
$$;
create trigger audit_events_append_only before update or delete on audit_events
    for each row execute function audit_events_are_append_only();
create trigger audit_events_no_truncate before truncate on audit_events
    for each statement execute function audit_events_are_append_only();
