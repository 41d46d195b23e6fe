-- The ends of the audit chains are guarded, and hospitals find their own entries.
--
-- The ends are guarded as the links are: nobody empties the table or adds an end,
-- and an end moves one link at a time, never to another lane.
create or replace function audit_chains_move_forward() returns trigger language plpgsql as $$
begin
    if tg_op <> 'UPDATE' then
        raise exception 'audit_chains keeps its sixteen rows';
    end if;
    if new.lane is distinct from old.lane or new.position is distinct from old.position + 1 then
        raise exception 'audit_chains move forward only, one link at a time';
    end if;
    return new;
end;
$$;

create trigger audit_chains_no_truncate before truncate on audit_chains
    for each statement execute function audit_chains_move_forward();
create trigger audit_chains_no_insert before insert on audit_chains
    for each row execute function audit_chains_move_forward();

-- One update of the end instead of two, and a lane whose end is gone takes no entry: the next one would
-- otherwise stand outside of every chain.
create or replace function audit_events_are_chained() returns trigger language plpgsql as $$
begin
    -- One lane for a connection, so that a unit of work holds one end only.
    new.lane := pg_backend_pid() % 16;
    select chain.position + 1, chain.hash into new.position, new.previous_hash
    from audit_chains as chain where chain.lane = new.lane for update;
    if not found then
        raise exception 'audit chain % has no end', new.lane;
    end if;
    new.hash := audit_event_hash(new);
    update audit_chains set position = new.position, hash = new.hash where lane = new.lane;
    return new;
end;
$$;

-- Who reads some hospitals' entries walks along each one's own. By the plain number, Postgres would rather
-- walk along everybody's and filter, which never ends for a hospital with few: it expects each to have
-- its average share. A sum is an order that only this index has.
drop index audit_events_hospital_idx;
create index audit_events_hospital_idx on audit_events (hospital_id, (id + 0));
