-- Row-level security: the second wall, behind the scope that every statement applies itself. The program
-- works as `px360_app`, which owns nothing and bypasses nothing; each transaction says in `px.scope` how
-- far its permission reaches. Where nothing is said, no row is there.
--
-- `px360_wall` owns the few functions and views that look over the wall: who may be asked about a row
-- without seeing it. Both roles are of the whole cluster, cannot sign in, and survive this database.

do $$
declare
    wanted text;
begin
    foreach wanted in array array['px360_app', 'px360_wall'] loop
        begin
            execute format('create role %I nologin', wanted);
        exception when duplicate_object or unique_violation then
            -- Another database of this cluster has brought it along.
            null;
        end;
        if not pg_has_role(current_user, wanted, 'member') then
            execute format('grant %I to current_user', wanted);
        end if;
    end loop;
end;
$$;
grant usage, create on schema public to px360_wall;
grant select on patients, patient_mrns, hospitals, departments, physicians, physician_affiliations,
    employees, users, journeys, stages, surveys, actions to px360_wall;

-- How far this transaction reaches: `all`, or an object with `hospitals`, `departments` (with everything
-- below them), `own` (whose rows count as theirs), `me` (who asks), `survey` (whose link was shown),
-- `source` (whose key was shown) and `directory` (whether places and people may be named).
create function px_all() returns boolean language sql stable parallel safe as $$
    select coalesce(current_setting('px.scope', true) = 'all', false)
$$;
create function px_scope() returns jsonb language sql stable parallel safe as $$
    select case when left(current_setting('px.scope', true), 1) = '{'
                then current_setting('px.scope', true)::jsonb end
$$;
create function px_directory() returns boolean language sql stable parallel safe as $$
    select px_all() or coalesce((px_scope() ->> 'directory')::boolean, false)
$$;
create function px_departments() returns uuid[] language sql stable parallel safe as $$
    select array(select jsonb_array_elements_text(px_scope() -> 'departments')::uuid)
$$;
create function px_own() returns uuid language sql stable parallel safe as $$
    select (px_scope() ->> 'own')::uuid
$$;
create function px_me() returns uuid language sql stable parallel safe as $$
    select (px_scope() ->> 'me')::uuid
$$;
create function px_source() returns uuid language sql stable parallel safe as $$
    select (px_scope() ->> 'source')::uuid
$$;
-- Whoever was invited to a survey reaches the hospital of that survey.
create function px_hospitals() returns uuid[] language sql stable parallel safe
    security definer set search_path = public, pg_temp as $$
    select array(select jsonb_array_elements_text(px_scope() -> 'hospitals')::uuid
                 union all
                 select hospital_id from surveys where id = (px_scope() ->> 'survey')::uuid)
$$;

-- A survey belongs to the department that it was about, to the physician who was seen, and to whoever
-- works the action that came of it.
create function px_sees_survey(survey uuid, department uuid, physician uuid) returns boolean
    language sql stable parallel safe cost 1000
    security definer set search_path = public, pg_temp as $$
    select department = any(px_departments())
        or exists (select from physicians where id = physician and user_id = px_own())
        or exists (select from actions
                   where survey_id = survey
                     and (owner_id = px_own() or department_id = any(px_departments())))
$$;
create function px_sees_stage(stage uuid, department uuid, physician uuid) returns boolean
    language sql stable parallel safe cost 1000
    security definer set search_path = public, pg_temp as $$
    select department = any(px_departments())
        or exists (select from physicians where id = physician and user_id = px_own())
        or exists (select from surveys
                   where stage_id = stage and px_sees_survey(id, department_id, physician_id))
$$;
create function px_sees_journey(journey uuid) returns boolean
    language sql stable parallel safe cost 2000
    security definer set search_path = public, pg_temp as $$
    select exists (select from stages
                   where journey_id = journey and px_sees_stage(id, department_id, physician_id))
$$;
create function px_sees_patient(patient uuid) returns boolean
    language sql stable parallel safe cost 4000
    security definer set search_path = public, pg_temp as $$
    select exists (select from journeys where patient_id = patient and px_sees_journey(id))
$$;
create function px_sees_physician(physician uuid) returns boolean
    language sql stable parallel safe cost 1000
    security definer set search_path = public, pg_temp as $$
    select exists (select from physician_affiliations
                   where physician_id = physician
                     and (hospital_id = any(px_hospitals()) or department_id = any(px_departments())))
$$;
create function px_sees_patient_at(patient uuid) returns boolean
    language sql stable parallel safe cost 500
    security definer set search_path = public, pg_temp as $$
    select exists (select from patient_mrns
                   where patient_id = patient and hospital_id = any(px_hospitals()))
$$;
create function px_sees_grantee(person uuid) returns boolean
    language sql stable parallel safe cost 500 as $$
    select exists (select from role_grants
                   where user_id = person
                     and (hospital_id = any(px_hospitals()) or department_id = any(px_departments())))
$$;

-- What places and people are called is no secret among those who refer to them; the rest of their rows is.
create view hospital_names as select id, code, name_ar, name_en from hospitals;
create view department_names as select id, name_ar, name_en from departments;
create view employee_names as select id, name_ar, name_en from employees;
create view user_names as select id, name_ar, name_en from users;
grant select on hospital_names, department_names, employee_names, user_names to px360_app;

do $$
declare
    seer text;
begin
    foreach seer in array array[
        'function px_hospitals()', 'function px_sees_survey(uuid, uuid, uuid)',
        'function px_sees_stage(uuid, uuid, uuid)', 'function px_sees_journey(uuid)',
        'function px_sees_patient(uuid)', 'function px_sees_physician(uuid)',
        'function px_sees_patient_at(uuid)',
        'view hospital_names', 'view department_names', 'view employee_names', 'view user_names'
    ] loop
        execute format('alter %s owner to px360_wall', seer);
    end loop;
end;
$$;
revoke create on schema public from px360_wall;
-- Whoever is a member of a role passes its policies: the owner of the tables only was one to give these away.
do $$
begin
    if not (select rolsuper from pg_roles where rolname = current_user) then
        revoke px360_wall from current_user;
    end if;
end;
$$;

do $$
declare
    walled text;
begin
    foreach walled in array array[
        'hospitals', 'departments', 'department_places', 'physicians', 'physician_affiliations',
        'employees', 'users', 'patients', 'patient_mrns', 'journey_templates', 'journeys', 'stages',
        'surveys', 'answers', 'inbound_events', 'notifications', 'notification_log', 'sla_policies',
        'actions', 'action_log', 'funnel_rollups', 'response_rollups', 'saved_views', 'audit_events'
    ] loop
        execute format('alter table %I enable row level security', walled);
        execute format('alter table %I force row level security', walled);
        execute format('create policy over_the_wall on %I for select to px360_wall using (true)', walled);
    end loop;
end;
$$;

-- Places and people: whoever works on something else reads what they are called, how they are reached and
-- who decides; whoever looks through them sees those within reach.
create policy within_reach on hospitals using (
    (select px_directory())
    or id = any ((select px_hospitals())::uuid[])
    or id in (select hospital_id from departments
              where departments.id = any ((select px_departments())::uuid[])));
create policy within_reach on departments using (
    (select px_directory())
    or hospital_id = any ((select px_hospitals())::uuid[])
    or id = any ((select px_departments())::uuid[]));
create policy within_reach on department_places using (
    (select px_all())
    or exists (select from departments where departments.id = department_id));
create policy within_reach on physicians using (
    (select px_directory()) or user_id = (select px_own()) or px_sees_physician(id));
create policy made on physicians for insert with check (true);
-- Whoever sees a physician sees all their places; each hospital writes its own.
create policy within_reach on physician_affiliations for select using (
    (select px_directory())
    or hospital_id = any ((select px_hospitals())::uuid[])
    or department_id = any ((select px_departments())::uuid[])
    or exists (select from physicians where physicians.id = physician_id));
create policy written on physician_affiliations using (
    (select px_all())
    or hospital_id = any ((select px_hospitals())::uuid[])
    or department_id = any ((select px_departments())::uuid[]));
create policy within_reach on employees using (
    (select px_all())
    or hospital_id = any ((select px_hospitals())::uuid[])
    or department_id = any ((select px_departments())::uuid[])
    or user_id = (select px_own()));
create policy within_reach on users using (
    (select px_directory())
    or id = (select px_own())
    or hospital_id = any ((select px_hospitals())::uuid[])
    or department_id = any ((select px_departments())::uuid[])
    or px_sees_grantee(id));
create policy within_reach on journey_templates using (
    hospital_id is null or (select px_directory())
    or hospital_id = any ((select px_hospitals())::uuid[]));
create policy within_reach on sla_policies using (
    hospital_id is null or (select px_directory())
    or hospital_id = any ((select px_hospitals())::uuid[]));

-- Patients and what became of them.
create policy within_reach on patients using (
    (select px_all())
    or exists (select from patient_mrns
               where patient_id = patients.id
                 and hospital_id = any ((select px_hospitals())::uuid[]))
    or px_sees_patient(id));
-- A patient is new before any hospital knows them.
create policy made on patients for insert with check (true);
-- Whoever sees a patient sees all their numbers; each hospital writes its own.
create policy within_reach on patient_mrns for select using (
    (select px_all())
    or hospital_id = any ((select px_hospitals())::uuid[])
    or px_sees_patient_at(patient_id) or px_sees_patient(patient_id));
create policy written on patient_mrns using (
    (select px_all()) or hospital_id = any ((select px_hospitals())::uuid[]));
create policy within_reach on journeys using (
    (select px_all())
    or hospital_id = any ((select px_hospitals())::uuid[])
    or px_sees_journey(id));
create policy within_reach on stages using (
    (select px_all())
    or hospital_id = any ((select px_hospitals())::uuid[])
    or px_sees_stage(id, department_id, physician_id));
create policy within_reach on surveys using (
    (select px_all())
    or hospital_id = any ((select px_hospitals())::uuid[])
    or px_sees_survey(id, department_id, physician_id));
create policy within_reach on answers using (
    (select px_all()) or exists (select from surveys where surveys.id = survey_id));
create policy within_reach on inbound_events using (
    (select px_all())
    or hospital_id = any ((select px_hospitals())::uuid[])
    or source_id = (select px_source()));

-- Work.
create policy within_reach on actions using (
    (select px_all())
    or hospital_id = any ((select px_hospitals())::uuid[])
    or department_id = any ((select px_departments())::uuid[])
    or owner_id = (select px_own()));
create policy within_reach on action_log using (
    (select px_all()) or exists (select from actions where actions.id = action_id));
create policy within_reach on notifications using (
    (select px_all())
    or hospital_id = any ((select px_hospitals())::uuid[])
    or user_id = (select px_me())
    or exists (select from actions where actions.id = action_id));
-- Whoever may work on something may tell others of it.
create policy sent on notifications for insert with check (true);
create policy within_reach on notification_log using (
    (select px_all()) or exists (select from notifications where notifications.id = notification_id));
create policy within_reach on funnel_rollups using (
    (select px_all())
    or hospital_id = any ((select px_hospitals())::uuid[])
    or department_id = any ((select px_departments())::uuid[]));
create policy within_reach on response_rollups using (
    (select px_all())
    or hospital_id = any ((select px_hospitals())::uuid[])
    or department_id = any ((select px_departments())::uuid[]));
create policy within_reach on saved_views using (
    (select px_all()) or owner_id = (select px_me()) or audience <> 'personal');

-- Everybody is remembered, and nobody changes what is.
create policy within_reach on audit_events for select using (
    (select px_all()) or hospital_id = any ((select px_hospitals())::uuid[]));
create policy remembered on audit_events for insert with check (true);

-- What records refer to is named through the views.
create or replace function department_records(
    everything boolean, hospitals uuid[], departments uuid[], me uuid, identify boolean)
    returns table (id uuid, version bigint, doc jsonb, names jsonb, words text)
    language sql stable parallel safe as $$
    select department.id, department.version,
           jsonb_build_object(
               'hospital_id', department.hospital_id, 'code', department.code,
               'name_ar', department.name_ar, 'name_en', department.name_en,
               'parent_id', department.parent_id, 'manager_id', department.manager_id,
               'phone', department.phone, 'location', department.location, 'active', department.active),
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

create or replace function physician_records(
    everything boolean, hospitals uuid[], departments uuid[], me uuid, identify boolean)
    returns table (id uuid, version bigint, doc jsonb, names jsonb, words text)
    language sql stable parallel safe as $$
    select physician.id, physician.version,
           jsonb_build_object(
               'licence', licence, 'licence_expires_on', licence_expires_on,
               'name_ar', physician.name_ar, 'name_en', physician.name_en,
               'specialty_ar', specialty_ar, 'specialty_en', specialty_en,
               'affiliations', coalesce(works.rows, '[]'), 'user_id', physician.user_id,
               'active', physician.active),
           coalesce(works.names, '{}') || named(person.id, person.name_ar, person.name_en),
           physician.words
    from physicians as physician
    left join user_names as person on person.id = physician.user_id
    left join lateral (
        select jsonb_agg(jsonb_build_object(
                   'hospital_id', works.hospital_id, 'department_id', works.department_id,
                   'from_on', works.from_on, 'until_on', works.until_on) order by works.place) as rows,
               (jsonb_object_agg(hospital.id, jsonb_build_array(hospital.name_ar, hospital.name_en))
                || coalesce(jsonb_object_agg(
                       department.id, jsonb_build_array(department.name_ar, department.name_en))
                       filter (where department.id is not null), '{}')) as names
        from physician_affiliations as works
        join hospital_names as hospital on hospital.id = works.hospital_id
        left join department_names as department on department.id = works.department_id
        where works.physician_id = physician.id
    ) as works on true
    where physician.deleted_at is null
      and (everything or physician.user_id = me
           or physician.id in (select works.physician_id from physician_affiliations as works
                               where works.hospital_id = any(hospitals)
                                  or works.department_id = any(departments)))
$$;

create or replace function employee_records(
    everything boolean, hospitals uuid[], departments uuid[], me uuid, identify boolean)
    returns table (id uuid, version bigint, doc jsonb, names jsonb, words text)
    language sql stable parallel safe as $$
    select employee.id, employee.version,
           jsonb_build_object(
               'hospital_id', employee.hospital_id, 'number', employee.number,
               'name_ar', employee.name_ar, 'name_en', employee.name_en,
               'title_ar', employee.title_ar, 'title_en', employee.title_en,
               'department_id', employee.department_id, 'manager_id', employee.manager_id,
               'user_id', employee.user_id, 'active', employee.active),
           named(hospital.id, hospital.name_ar, hospital.name_en)
               || named(department.id, department.name_ar, department.name_en)
               || named(manager.id, manager.name_ar, manager.name_en)
               || named(person.id, person.name_ar, person.name_en),
           employee.words
    from employees as employee
    join hospital_names as hospital on hospital.id = employee.hospital_id
    left join department_names as department on department.id = employee.department_id
    left join employee_names as manager on manager.id = employee.manager_id
    left join user_names as person on person.id = employee.user_id
    where employee.deleted_at is null
      and (everything or employee.hospital_id = any(hospitals)
           or employee.department_id = any(departments) or employee.user_id = me)
$$;

create or replace function user_records(
    everything boolean, hospitals uuid[], departments uuid[], me uuid, identify boolean)
    returns table (id uuid, version bigint, doc jsonb, names jsonb, words text)
    language sql stable parallel safe as $$
    select person.id, person.version,
           jsonb_build_object(
               'username', username, 'name_ar', person.name_ar, 'name_en', person.name_en,
               'email', email, 'phone', person.phone, 'hospital_id', person.hospital_id,
               'department_id', person.department_id, 'language', language,
               'roles', (select string_agg(distinct role, ' ') from role_grants
                         where user_id = person.id),
               'active', person.active),
           named(hospital.id, hospital.name_ar, hospital.name_en)
               || named(department.id, department.name_ar, department.name_en),
           person.words
    from users as person
    left join hospital_names as hospital on hospital.id = person.hospital_id
    left join department_names as department on department.id = person.department_id
    where person.deleted_at is null
      and (everything or person.id = me or person.hospital_id = any(hospitals)
           or person.department_id = any(departments)
           or person.id in (select given.user_id from role_grants as given
                            where given.hospital_id = any(hospitals)
                               or given.department_id = any(departments)))
$$;

create or replace function patient_records(
    everything boolean, hospitals uuid[], departments uuid[], me uuid, identify boolean)
    returns table (id uuid, version bigint, doc jsonb, names jsonb, words text)
    language sql stable parallel safe as $$
    select patient.id, patient.version,
           jsonb_build_object(
               'name_ar', name_ar, 'name_en', name_en, 'mrns', coalesce(known.rows, '[]'),
               'id_kind', id_kind, 'national_id', national_id, 'birth_date', birth_date, 'sex', sex,
               'mobile', mobile, 'email', email, 'language', language,
               'preferred_channel', preferred_channel, 'guardian_name', guardian_name)
           || jsonb_build_object(
               'guardian_relation', guardian_relation, 'guardian_mobile', guardian_mobile,
               'consent', consent, 'do_not_contact', do_not_contact, 'deceased', deceased),
           coalesce(known.names, '{}'),
           case when identify then patient.words || ' ' else '' end || coalesce(known.words, '')
    from patients_reached(everything, hospitals, departments, me) as patient
    left join lateral (
        select jsonb_agg(jsonb_build_object('hospital_id', mrn.hospital_id, 'mrn', mrn.mrn)
                         order by hospital.code, mrn.mrn) as rows,
               jsonb_object_agg(hospital.id, jsonb_build_array(hospital.name_ar, hospital.name_en))
                   as names,
               string_agg(fold_words(mrn.mrn), ' ') as words
        from patient_mrns as mrn join hospital_names as hospital on hospital.id = mrn.hospital_id
        where mrn.patient_id = patient.id
    ) as known on true
    where patient.deleted_at is null
$$;
