-- Views that are shared are behind the second wall too: whoever serves a hospital, in any role, may find
-- what is shared there, and nobody keeps one for a hospital that they do not serve. Their own they may
-- always take away.
create function px_serves(hospital uuid) returns boolean
    language sql stable parallel safe cost 500 as $$
    select exists (
        select from role_grants
        where user_id = px_me()
          and (hospital_id = hospital or hospital_id is null and department_id is null))
$$;

drop policy within_reach on saved_views;
create policy within_reach on saved_views for select using (
    (select px_all())
    or owner_id = (select px_me())
    or audience <> 'personal' and (hospital_id is null or px_serves(hospital_id)));
create policy kept on saved_views using (
    (select px_all())
    or owner_id = (select px_me())
    or audience <> 'personal' and px_serves(hospital_id))
with check (
    (select px_all())
    or owner_id = (select px_me()) and (audience = 'personal' or removed_at is not null)
    or audience <> 'personal' and px_serves(hospital_id));
