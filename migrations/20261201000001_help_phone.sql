-- The number that patients call for help with a survey stands on its hospital's record, and at the foot of their pages.

alter table hospitals add column help_phone text;

create or replace function hospital_records(
    everything boolean, hospitals uuid[], departments uuid[], me uuid, identify boolean)
    returns table (id uuid, version bigint, doc jsonb, names jsonb, words text)
    language sql stable parallel safe as $$
    select hospital.id, hospital.version,
           jsonb_build_object(
               'code', code, 'name_ar', name_ar, 'name_en', name_en, 'city_ar', city_ar,
               'city_en', city_en, 'licence', licence, 'help_phone', help_phone,
               'time_zone', time_zone, 'latitude', latitude, 'longitude', longitude,
               'consent_required', consent_required, 'opened_on', opened_on,
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

-- The same as before, with the hospital's number behind it.
do $$
declare
    passes_all constant boolean := (select rolsuper from pg_roles where rolname = current_user);
begin
    grant create on schema public to px360_wall;
    if not passes_all then
        grant px360_wall to current_user;
    end if;
    drop function survey_shown(text, uuid);
    create function survey_shown(scope text, asked uuid)
        returns table (
            id uuid, survey_version_id uuid, status text, language text, expires_at timestamptz,
            callback boolean, low_score boolean, hospital_ar text, hospital_en text, department_ar text,
            department_en text, physician_ar text, physician_en text, birth_date date,
            visited_at timestamptz, mode text, answers jsonb, journey_type text, stage_code text,
            anonymous boolean, department_code text, help_phone text)
        language plpgsql stable parallel safe rows 1
        security definer set search_path = public, pg_temp as $show$
    #variable_conflict use_column
    begin
        if scope is distinct from 'all' and (scope::jsonb ->> 'survey')::uuid is distinct from asked then
            return;
        end if;
        return query
        select survey.id, survey.survey_version_id, survey.status, survey.language, survey.expires_at,
               survey.callback,
               exists (select from actions as action
                       where action.survey_id = survey.id and action.kind = 'low_score')
                   or exists (select from action_log as entry
                              where entry.survey_id = survey.id and entry.kind = 'repeated'),
               hospital.name_ar, hospital.name_en, department.name_ar, department.name_en,
               physician.name_ar, physician.name_en, patient.birth_date, stage.completed_at,
               survey.mode,
               coalesce((select jsonb_object_agg(answer.question_key,
                             answer_value(number, yes_no, words, choices))
                         from answers as answer where answer.survey_id = survey.id),
                        '{}'::jsonb),
               journey.journey_type, told.code, survey.patient_id is null, department.code, hospital.help_phone
        from surveys as survey
        left join stages as stage on stage.id = survey.stage_id
        left join stage_templates as told on told.id = stage.stage_template_id
        left join journeys as journey on journey.id = stage.journey_id
        join hospitals as hospital on hospital.id = survey.hospital_id
        left join departments as department on department.id = survey.department_id
        left join physicians as physician on physician.id = survey.physician_id
        left join patients as patient on patient.id = survey.patient_id
        where survey.id = asked;
    end;
    $show$;
    alter function survey_shown(text, uuid) owner to px360_wall;
    revoke execute on function survey_shown(text, uuid) from public;
    grant execute on function survey_shown(text, uuid) to px360_app;
    if not passes_all then
        revoke px360_wall from current_user;
    end if;
    revoke create on schema public from px360_wall;
end;
$$;
