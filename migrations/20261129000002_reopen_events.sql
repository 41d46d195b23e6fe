-- Four use cases put messages back into the inbox. What that means stands here once.

-- Puts these messages back into the inbox as if they had never been tried, and remembers how they stood. Which of
-- them may be, the caller decides, and locks them. Answers how many there were.
create function reopen_events(events uuid[], now timestamptz, asker uuid, batch uuid) returns bigint
language sql as $$
    with before as (
        select id, status, reason, error from inbound_events where id = any($1)
    ), remembered as (
        insert into event_replays (id, event_id, batch_id, asked_by, at, status, reason, error)
        select gen_random_uuid(), id, $4, $3, $2, status, reason, error from before
    ), reopened as (
        update inbound_events as event
        set status = 'received', reason = null, error = null, attempts = 0, next_attempt_at = $2,
            facts = null, waits_for_kind = null, waits_for_code = null
        from before where event.id = before.id
        returning event.id
    )
    select count(*) from reopened
$$;
