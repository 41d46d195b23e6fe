-- The functions of the wall are planned once in each session.
--
-- A function in SQL that holds a subquery, or works as somebody else, is planned anew by every statement that calls it,
-- and the policies of nearly every table do: half a millisecond for `px_hospitals`, twice in each update. Functions in
-- PL/pgSQL keep their plans. What they say is the same as before.

create or replace function px_departments() returns uuid[]
    language plpgsql stable parallel safe as $$
begin
    return array(select jsonb_array_elements_text(px_scope() -> 'departments')::uuid);
end;
$$;

create or replace function px_sees_grantee(person uuid) returns boolean
    language plpgsql stable parallel safe cost 500 as $$
declare
    hospitals constant uuid[] := px_hospitals();
    departments constant uuid[] := px_departments();
begin
    return exists (
        select from role_grants
        where user_id = person
          and (hospital_id = any (hospitals) or department_id = any (departments)));
end;
$$;

create or replace function px_serves(hospital uuid) returns boolean
    language plpgsql stable parallel safe cost 500 as $$
declare
    me constant uuid := px_me();
begin
    return exists (
        select from role_grants
        where user_id = me
          and (hospital_id = hospital or hospital_id is null and department_id is null));
end;
$$;

do $$
declare
    passes_all constant boolean := (select rolsuper from pg_roles where rolname = current_user);
begin
    if not passes_all then
        grant px360_wall to current_user;
    end if;

    create or replace function px_hospitals() returns uuid[]
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

    create or replace function px_sees_survey(survey uuid, department uuid, physician uuid)
        returns boolean
        language plpgsql stable parallel safe cost 1000
        security definer set search_path = public, pg_temp as $see$
    declare
        departments constant uuid[] := px_departments();
        own constant uuid := px_own();
    begin
        -- A patient, a source, or somebody who reaches whole hospitals only.
        if own is null and departments = '{}' then
            return false;
        end if;
        return department = any (departments)
            or exists (select from physicians where id = physician and user_id = own)
            or exists (select from actions
                       where survey_id = survey
                         and (owner_id = own or department_id = any (departments)))
            or exists (select from action_log as entry
                       join actions as standing on standing.id = entry.action_id
                       where entry.survey_id = survey
                         and (standing.owner_id = own
                              or standing.department_id = any (departments)));
    end;
    $see$;

    create or replace function px_sees_stage(stage uuid, department uuid, physician uuid)
        returns boolean
        language plpgsql stable parallel safe cost 1000
        security definer set search_path = public, pg_temp as $see$
    declare
        departments constant uuid[] := px_departments();
        own constant uuid := px_own();
    begin
        if own is null and departments = '{}' then
            return false;
        end if;
        return department = any (departments)
            or exists (select from physicians where id = physician and user_id = own)
            or exists (select from surveys
                       where stage_id = stage and px_sees_survey(id, department_id, physician_id));
    end;
    $see$;

    create or replace function px_sees_journey(journey uuid) returns boolean
        language plpgsql stable parallel safe cost 2000
        security definer set search_path = public, pg_temp as $see$
    begin
        return exists (
            select from stages
            where journey_id = journey and px_sees_stage(id, department_id, physician_id));
    end;
    $see$;

    create or replace function px_sees_patient(patient uuid) returns boolean
        language plpgsql stable parallel safe cost 4000
        security definer set search_path = public, pg_temp as $see$
    begin
        return exists (select from journeys where patient_id = patient and px_sees_journey(id));
    end;
    $see$;

    create or replace function px_sees_patient_at(patient uuid) returns boolean
        language plpgsql stable parallel safe cost 500
        security definer set search_path = public, pg_temp as $see$
    declare
        hospitals constant uuid[] := px_hospitals();
    begin
        return exists (
            select from patient_mrns where patient_id = patient and hospital_id = any (hospitals));
    end;
    $see$;

    create or replace function px_sees_physician(physician uuid) returns boolean
        language plpgsql stable parallel safe cost 1000
        security definer set search_path = public, pg_temp as $see$
    declare
        hospitals constant uuid[] := px_hospitals();
        departments constant uuid[] := px_departments();
    begin
        return exists (
            select from physician_affiliations
            where physician_id = physician
              and (hospital_id = any (hospitals) or department_id = any (departments)));
    end;
    $see$;

    if not passes_all then
        revoke px360_wall from current_user;
    end if;
end;
$$;
