-- What the program may do, besides what row-level security leaves of it. Run after every migration, so
-- that new tables are not forgotten; running it twice changes nothing.
grant usage on schema public, graphile_worker to px360_app;
grant usage on all sequences in schema public to px360_app;
-- One by one: the views that look over the wall belong to somebody else.
do $$
declare
    kept text;
begin
    for kept in
        select tablename from pg_tables
        where schemaname = 'public' and tablename <> '_sqlx_migrations'
    loop
        execute format('grant select, insert, update, delete on public.%I to px360_app', kept);
    end loop;
end;
$$;
grant select on _sqlx_migrations to px360_app;
revoke update, delete on audit_events from px360_app;
revoke insert, delete on audit_chains from px360_app;
revoke update, delete on audit_roots from px360_app;

-- The queue's tables have row-level security of their own, which lets nobody in but their owner.
grant select, insert, update, delete on all tables in schema graphile_worker to px360_app;
grant usage on all sequences in schema graphile_worker to px360_app;
do $$
declare
    private text;
begin
    for private in
        select tablename from pg_tables
        where schemaname = 'graphile_worker' and rowsecurity
          and not exists (select from pg_policies
                          where pg_policies.schemaname = 'graphile_worker'
                            and pg_policies.tablename = pg_tables.tablename
                            and policyname = 'px360_app')
    loop
        execute format('create policy px360_app on graphile_worker.%I to px360_app using (true)', private);
    end loop;
end;
$$;
