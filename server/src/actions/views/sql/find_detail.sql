-- An action within reach, with everything about it but its timeline.
select action.id as "id: ActionId", reference, kind as "kind: ActionKind",
       severity as "severity: Severity", action.status as "status: ActionStatus",
       action.hospital_id as "hospital_id: HospitalId",
       action.department_id as "department_id: DepartmentId",
       owner_id as "owner_id: UserId", survey.nps as "nps?",
       (select answer.words from answers as answer
        join survey_versions as asked on asked.id = survey.survey_version_id
        join lateral jsonb_array_elements(asked.content -> 'questions')
            with ordinality as question (doc, place)
            on question.doc ->> 'key' = answer.question_key and question.doc -> 'kind' ? 'text'
        where answer.survey_id = survey.id and answer.words is not null
        order by question.place limit 1) as comment,
       hospital.name_ar as hospital_ar, hospital.name_en as hospital_en,
       department.name_ar as "department_ar?", department.name_en as "department_en?",
       template.name_ar as "stage_ar?", template.name_en as "stage_en?",
       owner.name_ar as "owner_ar?", owner.name_en as "owner_en?",
       coalesce(patient.name_ar, '') as "patient_ar!",
       coalesce(patient.name_en, '') as "patient_en!",
       coalesce(patient.guardian_name, '') as "guardian!",
       action.opened_at, due_at, escalation_level,
       hospital.calendar as "calendar: Json<WorkCalendar>",
       action.version, close_requested_by as "close_requested_by: UserId",
       (select entry.in_place_of_id from action_log as entry
        where entry.action_id = action.id and entry.kind = 'approval_requested'
        order by entry.at desc, entry.sequence desc limit 1) as "asked_in_place_of: UserId",
       patient.mobile as "mobile?",
       (select min(mrn) from patient_mrns as record
        where record.patient_id = patient.id
          and record.hospital_id = action.hospital_id) as mrn,
       physician.name_ar as "physician_ar?", physician.name_en as "physician_en?",
       coalesce(journey.encounter_number, '') as "encounter!",
       coalesce((select entry.agreed from action_log as entry
                 where entry.action_id = action.id and entry.kind = 'callback_answered'
                 order by entry.at desc, entry.sequence desc limit 1),
                survey.callback) as callback,
       version.content as "content?: Json<SurveyContent>",
       coalesce((select jsonb_object_agg(answer.question_key,
                     answer_value(number, yes_no, words, choices))
                 from answers as answer where answer.survey_id = survey.id),
                '{}'::jsonb) as "answers!: Json<Answers>",
       triggered as "triggered: Json<Vec<TriggeredRule>>",
       response_due_at, responded_at, resolution_due_at, closed_at, resolution
from actions as action
join hospitals as hospital on hospital.id = action.hospital_id
left join departments as department on department.id = action.department_id
left join physicians as physician on physician.id = action.physician_id
left join users as owner on owner.id = action.owner_id
left join surveys as survey on survey.id = action.survey_id
left join survey_versions as version on version.id = survey.survey_version_id
left join stages as stage on stage.id = survey.stage_id
left join stage_templates as template on template.id = stage.stage_template_id
left join journeys as journey on journey.id = stage.journey_id
left join patients as patient on patient.id = survey.patient_id
where action.id = $1
  and ($2 or action.hospital_id = any($3) or action.department_id = any($4)
       or action.owner_id = $5)
