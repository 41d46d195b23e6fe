select action.id as "id!: ActionId", reference as "reference!", kind as "kind!: ActionKind",
       severity as "severity!: Severity", action.status as "status!: ActionStatus",
       action.hospital_id as "hospital_id!: HospitalId",
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
       action.opened_at as "opened_at!", due_at, escalation_level as "escalation_level!",
       hospital.calendar as "calendar: Json<WorkCalendar>", place.value as "place!"
from actions_matching($1, $2, $3, $4, $5, $6, $7, $8) as action
join hospitals as hospital on hospital.id = action.hospital_id
left join departments as department on department.id = action.department_id
left join users as owner on owner.id = action.owner_id
left join surveys as survey on survey.id = action.survey_id
left join stages as stage on stage.id = survey.stage_id
left join stage_templates as template on template.id = stage.stage_template_id
left join patients as patient on patient.id = survey.patient_id
cross join lateral (
    select action_place($9, $10, action.severity, action.opened_at, action.due_at) as value) as place
where not $11 or (place.value, action.id) > ($12, $13::uuid)
order by place.value, action.id
limit $14
