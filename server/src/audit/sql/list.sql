-- Whoever reads everything walks along all entries; whoever reads some hospitals walks along each
-- hospital's own index and merges, instead of filtering everybody's entries for theirs. The filters
-- stand there twice for that.
with reached as (
    (select event.*
     from audit_events as event
     where $1
       and ($3::text is null or event.actor = $3)
       and ($4::text is null or event.entity = $4)
       and ($5::text is null or event.entity_id = $5)
       and ($6::text is null or event.action = $6 or starts_with(event.action, $6 || '.'))
       and ($7::text is null or event.outcome = $7)
       and ($8::timestamptz is null or event.at >= $8)
       and ($9::timestamptz is null or event.at < $9)
       and ($10::text is null or strpos(lower(concat_ws(' ', event.actor, event.action, event.entity,
            event.entity_id, event.request_id, event.detail::text)), lower($10)) > 0)
       and ($11::bigint is null or event.id < $11)
     order by event.id desc
     limit $12)
    union all
    select within.*
    from (select distinct unnest($2::uuid[]) as id where not $1) as hospital
    cross join lateral (
        select event.*
        from audit_events as event
        where event.hospital_id = hospital.id
          and ($3::text is null or event.actor = $3)
          and ($4::text is null or event.entity = $4)
          and ($5::text is null or event.entity_id = $5)
          and ($6::text is null or event.action = $6 or starts_with(event.action, $6 || '.'))
          and ($7::text is null or event.outcome = $7)
          and ($8::timestamptz is null or event.at >= $8)
          and ($9::timestamptz is null or event.at < $9)
          and ($10::text is null or strpos(lower(concat_ws(' ', event.actor, event.action, event.entity,
               event.entity_id, event.request_id, event.detail::text)), lower($10)) > 0)
          and ($11::bigint is null or event.id + 0 < $11)
        -- Not `event.id`: this is the order of the hospital's own index and of no other.
        order by event.id + 0 desc
        limit $12
    ) as within
)
select reached.id as "id!", reached.at as "at!", reached.actor_kind as "actor_kind!",
       reached.actor as "actor!", reached.action as "action!", reached.entity as "entity!",
       reached.entity_id as "entity_id!", reached.detail as "detail!",
       reached.outcome as "outcome!: Outcome", reached.ip, reached.user_agent,
       reached.request_id as "request_id!", reached.lane as "lane!", reached.position as "position!",
       hospital.name_ar as "name_ar?", hospital.name_en as "name_en?"
from reached
left join hospitals as hospital on hospital.id = reached.hospital_id
order by reached.id desc
limit $12
