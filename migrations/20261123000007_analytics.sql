-- Roll-ups: whole numbers only, so that sums are the same in any order, and equal to a recount.

-- How invitations became answers, by the day on which the survey was created.
create table funnel_rollups (
    hospital_id uuid not null constraint funnel_rollups_hospital_fkey references hospitals,
    department_id uuid constraint funnel_rollups_department_fkey references departments,
    day date not null,
    created integer not null,
    suppressed integer not null,
    sent integer not null,
    started integer not null,
    completed integer not null,
    constraint funnel_rollups_key unique nulls not distinct (hospital_id, day, department_id)
);

-- What completed surveys said, by the day on which they were handed in.
create table response_rollups (
    hospital_id uuid not null constraint response_rollups_hospital_fkey references hospitals,
    department_id uuid constraint response_rollups_department_fkey references departments,
    physician_id uuid constraint response_rollups_physician_fkey references physicians,
    day date not null,
    completed integer not null,
    scored integer not null,
    -- Hundredths of a percent.
    score_sum bigint not null,
    promoters integer not null,
    passives integer not null,
    detractors integer not null,
    constraint response_rollups_key
        unique nulls not distinct (hospital_id, day, department_id, physician_id)
);
