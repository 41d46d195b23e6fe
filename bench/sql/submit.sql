-- What one submitted survey comes to, in one transaction of ten statements: the survey locked, its answers, the
-- completed survey, both roll-ups, the action with its deadlines, its log, the message to its owner, the job that
-- delivers it, and what is remembered of it.
select nextval('bench_submits') as n \gset
begin;
select survey.id as survey, survey.hospital_id as hospital, survey.department_id as department,
       survey.physician_id as physician, survey.created_on as day, gen_random_uuid() as action,
       coalesce(department.manager_id, (select id from users limit 1)) as owner
from bench_surveys as asked
join surveys as survey on survey.id = asked.id
left join departments as department on department.id = survey.department_id
where asked.n = :n for update of survey \gset
insert into answers (survey_id, question_key, number, words, answered_at)
values (':survey', 'nps', 2, null, now()), (':survey', 'doctor_listened', 2, null, now()),
       (':survey', 'waiting_time', 1, null, now()), (':survey', 'why', null, 'We waited for too long.', now());
update surveys set status = 'completed', started_at = now(), completed_at = now(), score = 1600, nps = 2
where id = ':survey';
insert into funnel_rollups as rollup
    (hospital_id, department_id, day, slot, created, suppressed, sent, started, completed)
values (':hospital', nullif(':department', '')::uuid, ':day', pg_backend_pid() % 8, 0, 0, 0, 1, 1)
on conflict on constraint funnel_rollups_key
do update set started = rollup.started + 1, completed = rollup.completed + 1;
insert into response_rollups as rollup
    (hospital_id, department_id, physician_id, day, completed, scored, score_sum, promoters, passives, detractors)
values (':hospital', nullif(':department', '')::uuid, nullif(':physician', '')::uuid, current_date, 1, 1, 1600, 0, 0, 1)
on conflict on constraint response_rollups_key
do update set completed = rollup.completed + 1, scored = rollup.scored + 1,
              score_sum = rollup.score_sum + excluded.score_sum, detractors = rollup.detractors + 1;
insert into actions (id, reference, hospital_id, department_id, physician_id, kind, severity, status, survey_id, owner_id,
                     triggered, opened_at, response_due_at, resolution_due_at, due_at, escalation_level, escalates_at,
                     version)
values (':action', 'BENCH-' || :n, ':hospital', nullif(':department', '')::uuid, nullif(':physician', '')::uuid,
        'low_score', 'high', 'open', ':survey', ':owner', '[]', now(), now() + interval '4 hours',
        now() + interval '2 days', now() + interval '4 hours', 0, now() + interval '4 hours', 1);
insert into action_log (id, hospital_id, action_id, kind, at, towards_id)
values (gen_random_uuid(), ':hospital', ':action', 'opened', now(), ':owner');
insert into notifications (id, hospital_id, kind, status, user_id, action_id, dedupe_key, send_after, attempts, created_at)
values (gen_random_uuid(), ':hospital', 'action_assigned', 'queued', ':owner', ':action', 'assigned:' || ':action',
        now() + interval '1 day', 0, now());
select id from graphile_worker.add_job('bench', payload => '{}'::json, job_key => 'bench', run_at => now() + interval '1 day');
commit;
