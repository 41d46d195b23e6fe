-- A hospital's record says when messages go out in Ramadan.

create or replace function hospital_records(
    everything boolean, hospitals uuid[], departments uuid[], me uuid, identify boolean)
    returns table (id uuid, version bigint, doc jsonb, names jsonb, words text)
    language sql stable parallel safe as $$
    select hospital.id, hospital.version,
           jsonb_build_object(
               'code', code, 'name_ar', name_ar, 'name_en', name_en, 'city_ar', city_ar,
               'city_en', city_en, 'licence', licence, 'time_zone', time_zone, 'latitude', latitude,
               'longitude', longitude, 'consent_required', consent_required, 'opened_on', opened_on,
               'closed_on', closed_on, 'active', active,
               'messages_from', time_of_minute(messages_from_minute),
               'messages_until', time_of_minute(messages_to_minute),
               'ramadan_from', time_of_minute(ramadan_from_minute),
               'ramadan_until', time_of_minute(ramadan_to_minute),
               'working_hours',
               (select coalesce(jsonb_agg(jsonb_build_object(
                           'weekday', hours ->> 'weekday',
                           'from_time', time_of_minute((hours ->> 'from_minute')::integer),
                           'until_time', time_of_minute((hours ->> 'to_minute')::integer))
                           order by place), '[]')
                from jsonb_array_elements(calendar -> 'windows') with ordinality as kept (hours, place)),
               'holidays',
               (select coalesce(jsonb_agg(jsonb_build_object('day', day) order by day), '[]')
                from jsonb_array_elements_text(calendar -> 'holidays') as kept (day))),
           '{}'::jsonb, hospital.words
    from hospitals as hospital
    where deleted_at is null
      and (everything or hospital.id = any(hospitals)
           or hospital.id in (select department.hospital_id from departments as department
                              where department.id = any(departments)))
$$;
