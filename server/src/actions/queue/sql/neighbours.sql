with listed as materialized (
    select id, action_place($9, $10, severity, opened_at, due_at) as place
    from actions_matching($1, $2, $3, $4, $5, $6, $7, $8)
), here as (
    select id, action_place($9, $10, severity, opened_at, due_at) as place
    from actions
    where id = $11
      and ($1 or hospital_id = any($2) or department_id = any($3) or owner_id = $4)
)
select exists(select from listed where listed.id = here.id) as "listed!",
       (select count(*) from listed where (place, id) < (here.place, here.id)) as "before!",
       (select count(*) from listed) as "total!",
       (select id from listed where (place, id) < (here.place, here.id)
        order by place desc, id desc limit 1) as "previous: ActionId",
       (select id from listed where (place, id) > (here.place, here.id)
        order by place, id limit 1) as "next: ActionId"
from here
