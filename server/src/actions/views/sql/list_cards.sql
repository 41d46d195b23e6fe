select action.id as "id: ActionId", reference, kind as "kind: ActionKind",
       severity as "severity: Severity", action.status as "status: ActionStatus",
       action.hospital_id as "hospital_id: HospitalId",
       action.department_id as "department_id: DepartmentId",
       owner_id as "owner_id: UserId", survey.nps as "nps?",
       (select words from answers as answer
        where answer.survey_id = survey.id and words is not null
        order by question_key limit 1) as comment,
       hospital.name_ar as hospital_ar, hospital.name_en as hospital_en,
       department.name_ar as "department_ar?", department.name_en as "department_en?",
       template.name_ar as "stage_ar?", template.name_en as "stage_en?",
       owner.name_ar as "owner_ar?", owner.name_en as "owner_en?",
       coalesce(patient.name_ar, '') as "patient_ar!",
       coalesce(patient.name_en, '') as "patient_en!",
       action.opened_at, due_at, escalation_level,
       hospital.calendar as "calendar: Json<WorkCalendar>", place.value as "place!"
from actions as action
join hospitals as hospital on hospital.id = action.hospital_id
left join departments as department on department.id = action.department_id
left join users as owner on owner.id = action.owner_id
left join surveys as survey on survey.id = action.survey_id
left join stages as stage on stage.id = survey.stage_id
left join stage_templates as template on template.id = stage.stage_template_id
left join patients as patient on patient.id = survey.patient_id
-- One number to sort by, whatever the order, so that every order pages by its last row.
cross join lateral (
    select case $12::text
               when 'severity' then
                   array_position(array['low', 'medium', 'high', 'critical'], action.severity)::bigint
               when 'opened' then (extract(epoch from action.opened_at) * 1000000)::bigint
               else coalesce((extract(epoch from action.due_at) * 1000000)::bigint,
                             9223372036854775807)
           end * case when $13 then -1 else 1 end as value) as place
where ($1 or action.hospital_id = any($2) or action.department_id = any($3)
       or action.owner_id = $4)                       -- what this person may see
  and action.status = any($5)
  and ($6::text is null or hospital.code = $6)
  and (not $7 or action.due_at <= $8)
  and (not $9 or action.owner_id = $10)
  and (not $11 or (place.value, action.id) > ($14, $15::uuid))
order by place.value, action.id
limit $16
