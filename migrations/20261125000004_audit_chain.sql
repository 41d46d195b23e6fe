-- Every entry of the audit log is a link: its hash is taken over itself and over the hash of the link
-- before it, so that a changed, a missing and a moved entry are each found.
--
-- Sixteen chains side by side, because the end of a chain is held from the writing of its next link to
-- the commit, and units of work should not wait for one another.
create table audit_chains (
    lane smallint primary key constraint audit_chains_lane_check check (lane between 0 and 15),
    -- How many links there are, and the hash of the last one; of none, nothing.
    position bigint not null,
    hash bytea not null
) with (fillfactor = 50);
insert into audit_chains (lane, position, hash) select lane, 0, '' from generate_series(0, 15) as lane;

alter table audit_events
    add column lane smallint,
    add column position bigint,
    add column previous_hash bytea,
    add column hash bytea;

-- What a link's hash is taken over: all of it but the hash, in one order, times in microseconds.
create function audit_event_hash(event audit_events) returns bytea
    language sql immutable parallel safe as $$
    select sha256(convert_to(jsonb_build_array(
        event.lane, event.position, encode(event.previous_hash, 'hex'), event.id,
        (extract(epoch from event.at at time zone 'UTC') * 1000000)::bigint,
        event.actor_kind, event.actor, event.action, event.entity, event.entity_id,
        event.hospital_id, event.detail, event.outcome, event.ip, event.user_agent,
        event.request_id)::text, 'UTF8'))
$$;

create function audit_events_are_chained() returns trigger language plpgsql as $$
begin
    -- One lane for a connection, so that a unit of work holds one end only.
    new.lane := pg_backend_pid() % 16;
    update audit_chains set position = position + 1 where lane = new.lane
        returning position, hash into new.position, new.previous_hash;
    new.hash := audit_event_hash(new);
    update audit_chains set hash = new.hash where lane = new.lane;
    return new;
end;
$$;

-- What was there before is chained as it stands, in the order in which it was written.
alter table audit_events disable trigger audit_events_append_only;
do $$
declare
    event audit_events;
    last_position bigint := 0;
    last_hash bytea := '';
begin
    for event in select * from audit_events order by id loop
        last_position := last_position + 1;
        event.lane := 0;
        event.position := last_position;
        event.previous_hash := last_hash;
        event.hash := audit_event_hash(event);
        last_hash := event.hash;
        update audit_events
        set lane = event.lane, position = event.position, previous_hash = event.previous_hash,
            hash = event.hash
        where id = event.id;
    end loop;
    update audit_chains set position = last_position, hash = last_hash where lane = 0;
end;
$$;
alter table audit_events enable trigger audit_events_append_only;

alter table audit_events
    alter column lane set not null,
    alter column position set not null,
    alter column previous_hash set not null,
    alter column hash set not null,
    add constraint audit_events_link_key unique (lane, position);

create trigger audit_events_chained before insert on audit_events
    for each row execute function audit_events_are_chained();

-- The ends of the chains move forward only.
create function audit_chains_move_forward() returns trigger language plpgsql as $$
begin
    if tg_op <> 'UPDATE' or new.position < old.position then
        raise exception 'audit_chains move forward only';
    end if;
    return new;
end;
$$;
create trigger audit_chains_forward before update or delete on audit_chains
    for each row execute function audit_chains_move_forward();

-- What the log is searched by.
create index audit_events_hospital_idx on audit_events (hospital_id, id);
create index audit_events_actor_idx on audit_events (actor, id);
