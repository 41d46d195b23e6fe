-- The ends of the audit log's chains as they stood once each day, and one hash over them. The same line goes
-- to the program's own log, which is kept elsewhere.
create table audit_roots (
    day date constraint audit_roots_key primary key,
    kept_at timestamptz not null,
    root bytea not null constraint audit_roots_root_check check (length(root) = 32),
    ends text[] not null
);
create function audit_roots_stay() returns trigger language plpgsql as $$
begin
    raise exception 'audit_roots is append-only';
end;
$$;
create trigger audit_roots_append_only before update or delete on audit_roots
    for each row execute function audit_roots_stay();
create trigger audit_roots_no_truncate before truncate on audit_roots
    for each statement execute function audit_roots_stay();
