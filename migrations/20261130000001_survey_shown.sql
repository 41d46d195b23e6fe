-- What the page behind a patient's link shows, read past the policies of the eight tables that it is in: they
-- cost five times what the rows do, and this is the busiest read of all.
--
-- The wall stands here instead. `scope` is what a transaction would say of itself in `px.scope`; only the survey that
-- it names (or everything, where everything was granted) is shown.
create function survey_shown(scope text, asked uuid)
    returns table (
        id uuid, survey_version_id uuid, status text, language text, expires_at timestamptz,
        callback boolean, low_score boolean, hospital_ar text, hospital_en text, department_ar text,
        department_en text, physician_ar text, physician_en text, birth_date date,
        visited_at timestamptz, mode text, answers jsonb, journey_type text, stage_code text,
        anonymous boolean, department_code text)
    language plpgsql stable parallel safe rows 1
    security definer set search_path = public, pg_temp as $$
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
           journey.journey_type, told.code, survey.patient_id is null, department.code
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
$$;

-- A complaint that is noted on a standing action keeps its own survey, with the answers that fired rules: whoever
-- works on the action reads them there, and a call that the patient asks for comes to it.
alter table action_log
    add column survey_id uuid constraint action_log_survey_fkey references surveys,
    add column triggered jsonb,
    add constraint action_log_survey_check check ((survey_id is null) = (triggered is null));
create index action_log_survey_idx on action_log (survey_id) where survey_id is not null;

do $$
declare
    passes_all constant boolean := (select rolsuper from pg_roles where rolname = current_user);
begin
    grant create on schema public to px360_wall;
    grant select on answers, stage_templates, action_log to px360_wall;
    if not passes_all then
        grant px360_wall to current_user;
    end if;
    create or replace function px_sees_survey(survey uuid, department uuid, physician uuid)
        returns boolean
        language sql stable parallel safe cost 1000
        security definer set search_path = public, pg_temp as $see$
        select department = any(px_departments())
            or exists (select from physicians where id = physician and user_id = px_own())
            or exists (select from actions
                       where survey_id = survey
                         and (owner_id = px_own() or department_id = any(px_departments())))
            or exists (select from action_log as entry
                       join actions as standing on standing.id = entry.action_id
                       where entry.survey_id = survey
                         and (standing.owner_id = px_own()
                              or standing.department_id = any(px_departments())))
    $see$;
    alter function survey_shown(text, uuid) owner to px360_wall;
    revoke execute on function survey_shown(text, uuid) from public;
    grant execute on function survey_shown(text, uuid) to px360_app;
    if not passes_all then
        revoke px360_wall from current_user;
    end if;
    revoke create on schema public from px360_wall;
end;
$$;
