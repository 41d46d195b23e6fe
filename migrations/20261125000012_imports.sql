-- Files of records: kept as they came, read in pieces by a job, each row checked and written or told of.

create table imports (
    id uuid primary key,
    kind text not null constraint imports_kind_check check (kind in (
        'hospital', 'department', 'physician', 'employee', 'patient')),
    file_name text not null,
    status text not null constraint imports_status_check check (status in (
        'uploaded', 'checking', 'checked', 'running', 'done', 'stopped')),
    -- The heads of the columns, the first rows, and the field that each column fills.
    columns jsonb not null,
    sample jsonb not null,
    mapping jsonb not null,
    rows integer not null,
    bytes bigint not null,
    -- How far the job is: rows that were read, and the byte behind the last of them.
    read integer not null,
    read_bytes bigint not null,
    made integer not null,
    changed integer not null,
    same integer not null,
    faulty integer not null,
    -- Why it was stopped.
    failure text,
    created_by uuid not null constraint imports_created_by_fkey references users,
    created_at timestamptz not null,
    started_at timestamptz,
    finished_at timestamptz
);
create index imports_created_idx on imports (created_by, id);
create index imports_waiting_idx on imports (started_at) where status in ('checking', 'running');

-- The file as rows of cells (RFC 4180), whatever it came as, in pieces that end anywhere.
create table import_pieces (
    import_id uuid not null constraint import_pieces_import_fkey references imports,
    begins bigint not null,
    bytes bytea not null,
    constraint import_pieces_key primary key (import_id, begins)
);

create table import_faults (
    import_id uuid not null constraint import_faults_import_fkey references imports,
    row integer not null,
    cells jsonb not null,
    faults jsonb not null,
    constraint import_faults_key primary key (import_id, row)
);

alter table imports enable row level security;
alter table imports force row level security;
create policy within_reach on imports using ((select px_all()) or created_by = (select px_me()));
alter table import_pieces enable row level security;
alter table import_pieces force row level security;
create policy within_reach on import_pieces using (
    exists (select from imports where imports.id = import_id));
alter table import_faults enable row level security;
alter table import_faults force row level security;
create policy within_reach on import_faults using (
    exists (select from imports where imports.id = import_id));
