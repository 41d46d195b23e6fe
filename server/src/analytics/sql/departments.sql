-- The sums of each department with everything below it: below it on the day that counts, or below it now.
with recursive place as (
    -- Where a department stood, in whole days of Riyadh; on the day of a move it stands where it came to. Before
    -- the first place that is known it stood there.
    select department_id, parent_id,
           case when $8 or row_number() over (partition by department_id order by from_at) = 1
                then '-infinity'::date else (from_at at time zone 'Asia/Riyadh')::date end as from_on,
           coalesce((until_at at time zone 'Asia/Riyadh')::date, 'infinity'::date) as until_on
    from department_places
    where not $8 or until_at is null
), above (id, ancestor_id, from_on, until_on, steps) as (
    select id, id, '-infinity'::date, 'infinity'::date, 0 from departments
    union all
    select above.id, place.parent_id, greatest(above.from_on, place.from_on),
           least(above.until_on, place.until_on), above.steps + 1
    from above join place on place.department_id = above.ancestor_id
    where place.parent_id is not null
      and greatest(above.from_on, place.from_on) < least(above.until_on, place.until_on)
      -- No hospital is this deep.
      and above.steps < 20
), said as (
    select rollup.hospital_id, above.ancestor_id as department_id, sum(scored) as scored,
           sum(score_sum)::bigint as score_sum, sum(promoters) as promoters,
           sum(passives) as passives, sum(detractors) as detractors
    from response_rollups as rollup
    left join above on above.id = rollup.department_id
                   and rollup.day >= above.from_on and rollup.day < above.until_on
    where day between $5 and $6
      and ($1 or rollup.hospital_id = any($2) or rollup.department_id = any($3))
    group by rollup.hospital_id, above.ancestor_id
), work as (
    -- Open work is now, and stands in the tree of now.
    select action.hospital_id, above.ancestor_id as department_id, count(*) as open,
           count(*) filter (where due_at <= $7) as overdue
    from actions as action
    left join above on above.id = action.department_id and above.until_on = 'infinity'
    where action.status <> 'closed'
      and ($1 or action.hospital_id = any($2) or action.department_id = any($3))
    group by action.hospital_id, above.ancestor_id
)
select coalesce(said.department_id, work.department_id) as "id?: DepartmentId",
       department.name_ar as "name_ar?", department.name_en as "name_en?",
       hospital.name_ar as hospital_ar, hospital.name_en as hospital_en,
       coalesce(scored, 0) as "scored!", coalesce(score_sum, 0) as "score_sum!",
       coalesce(promoters, 0) as "promoters!", coalesce(passives, 0) as "passives!",
       coalesce(detractors, 0) as "detractors!", coalesce(open, 0) as "open!",
       coalesce(overdue, 0) as "overdue!"
from said
full join work on work.hospital_id = said.hospital_id
              and work.department_id is not distinct from said.department_id
join hospitals as hospital on hospital.id = coalesce(said.hospital_id, work.hospital_id)
left join departments as department
  on department.id = coalesce(said.department_id, work.department_id)
where ($1 or hospital.id = any($2) or department.id = any($3))
  and ($4::text is null or hospital.code = $4)
order by coalesce(detractors, 0) desc, coalesce(open, 0) desc, hospital.code, department.code
limit 200
