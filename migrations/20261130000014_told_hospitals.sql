-- What a transaction knows of its hospitals, it says in `px.hospitals`; the hash of an audit entry is planned once.
--
-- The policies of nearly every table ask `px_hospitals()` in every statement. As one plain expression it is pasted into
-- the statement; only where nothing is said (the hospital of a patient's survey, before it is locked) is it looked up.

do $$
declare
    passes_all constant boolean := (select rolsuper from pg_roles where rolname = current_user);
begin
    grant create on schema public to px360_wall;
    if not passes_all then
        grant px360_wall to current_user;
    end if;

    create function px_hospitals_of_scope() returns uuid[]
        language plpgsql stable parallel safe
        security definer set search_path = public, pg_temp as $see$
    declare
        scope constant jsonb := px_scope();
    begin
        return array(
            select jsonb_array_elements_text(scope -> 'hospitals')::uuid
            union all
            select hospital_id from surveys where id = (scope ->> 'survey')::uuid);
    end;
    $see$;
    alter function px_hospitals_of_scope() owner to px360_wall;

    -- Neither as its owner nor with settings of its own: either would keep it from being pasted in.
    create or replace function px_hospitals() returns uuid[]
        language sql stable parallel safe security invoker as $see$
        select coalesce(nullif(current_setting('px.hospitals', true), '')::uuid[],
                        px_hospitals_of_scope())
    $see$;

    if not passes_all then
        revoke px360_wall from current_user;
    end if;
    revoke create on schema public from px360_wall;
end;
$$;

create or replace function audit_event_hash(event audit_events) returns bytea
    language plpgsql immutable parallel safe as $$
begin
    return sha256(convert_to(jsonb_build_array(
        event.lane, event.position, encode(event.previous_hash, 'hex'), event.id,
        (extract(epoch from event.at at time zone 'UTC') * 1000000)::bigint,
        event.actor_kind, event.actor, event.action, event.entity, event.entity_id,
        event.hospital_id, event.detail, event.outcome, event.ip, event.user_agent,
        event.request_id)::text, 'UTF8'));
end;
$$;
