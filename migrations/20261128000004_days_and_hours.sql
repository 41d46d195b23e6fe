-- When a hospital or a department opened, and when it closes or closed. A hospital's record says besides when it
-- works, when it rests, and when patients may be written to.
alter table hospitals
    add column opened_on date,
    add column closed_on date,
    add constraint hospitals_days_check check (closed_on >= opened_on);
alter table departments
    add column opened_on date,
    add column closed_on date,
    add constraint departments_days_check check (closed_on >= opened_on);

-- Minutes after midnight as `08:30`; the end of a day is the beginning of the next.
create function time_of_minute(minute integer) returns text
    language sql immutable strict parallel safe as $$
    select to_char(make_interval(mins => minute % 1440), 'HH24:MI')
$$;

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

create or replace function department_records(
    everything boolean, hospitals uuid[], departments uuid[], me uuid, identify boolean)
    returns table (id uuid, version bigint, doc jsonb, names jsonb, words text)
    language sql stable parallel safe as $$
    select department.id, department.version,
           jsonb_build_object(
               'hospital_id', department.hospital_id, 'code', department.code,
               'name_ar', department.name_ar, 'name_en', department.name_en,
               'parent_id', department.parent_id, 'manager_id', department.manager_id,
               'phone', department.phone, 'location', department.location,
               'opened_on', department.opened_on, 'closed_on', department.closed_on,
               'active', department.active),
           named(hospital.id, hospital.name_ar, hospital.name_en)
               || named(parent.id, parent.name_ar, parent.name_en)
               || named(manager.id, manager.name_ar, manager.name_en),
           department.words
    from departments as department
    join hospital_names as hospital on hospital.id = department.hospital_id
    left join department_names as parent on parent.id = department.parent_id
    left join user_names as manager on manager.id = department.manager_id
    where department.deleted_at is null
      and (everything or department.hospital_id = any(hospitals) or department.id = any(departments))
$$;
