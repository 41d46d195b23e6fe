-- What a list of actions holds, written once: lists, counts, bulk deeds and the way from one action
-- to the next all ask here. A plain SQL function, so that the planner sees through it.
--
-- `due_until` null means any deadline, `owner` null means anybody's.
create function actions_matching(
    reach_all boolean, reach_hospitals uuid[], reach_departments uuid[], reach_own uuid,
    states text[], hospital_code text, due_until timestamptz, owner uuid)
    returns setof actions language sql stable parallel safe as $$
    select action.*
    from actions as action
    where (reach_all or action.hospital_id = any(reach_hospitals)
           or action.department_id = any(reach_departments) or action.owner_id = reach_own)
      and action.status = any(states)
      and (hospital_code is null
           or action.hospital_id = (select id from hospitals where code = hospital_code))
      and (due_until is null or action.due_at <= due_until)
      and (owner is null or action.owner_id = owner)
$$;

-- One number to sort by, whatever the order, so that every order pages by its last row.
create function action_place(
    order_key text, descending boolean, severity text, opened_at timestamptz, due_at timestamptz)
    returns bigint language sql stable parallel safe as $$
    select case order_key
               when 'severity' then
                   array_position(array['low', 'medium', 'high', 'critical'], severity)::bigint
               when 'opened' then (extract(epoch from opened_at) * 1000000)::bigint
               else coalesce((extract(epoch from due_at) * 1000000)::bigint, 9223372036854775807)
           end * case when descending then -1 else 1 end
$$;
