-- How often patients are asked is a matter of rules that people set; so is when, in Ramadan.

create table fatigue_rules (
    id uuid primary key,
    -- Where it holds; what is null restricts nothing.
    hospital_id uuid constraint fatigue_rules_hospital_fkey references hospitals,
    survey_template_id uuid constraint fatigue_rules_survey_fkey references survey_templates,
    channel text constraint fatigue_rules_channel_check check (
        channel in ('sms', 'whatsapp', 'email')),
    journey_type text constraint fatigue_rules_journey_check check (
        journey_type in ('ems', 'inpatient', 'opd')),
    department_id uuid constraint fatigue_rules_department_fkey references departments,
    -- At most so many invitations in a rolling window that ends now.
    invitations_max integer constraint fatigue_rules_max_check check (
        invitations_max between 0 and 1000),
    window_days integer not null constraint fatigue_rules_window_check check (
        window_days between 1 and 366),
    -- So long between two invitations.
    gap_days integer constraint fatigue_rules_gap_check check (gap_days between 1 and 366),
    active boolean not null default true,
    created_at timestamptz not null,
    constraint fatigue_rules_says_something check (num_nonnulls(invitations_max, gap_days) > 0)
);
-- The house rule so far: wide on purpose, because an inpatient journey asks at several stages; without it a patient on
-- dialysis would be asked at every visit.
insert into fatigue_rules (id, invitations_max, window_days, created_at)
values ('01936000-0000-7000-8000-000000000f01', 10, 30, now());

alter table fatigue_rules enable row level security;
alter table fatigue_rules force row level security;
create policy known on fatigue_rules for select using (
    hospital_id is null or (select px_all())
    or hospital_id = any ((select px_hospitals())::uuid[]));
create policy made on fatigue_rules for insert with check (
    (select px_all()) or hospital_id = any ((select px_hospitals())::uuid[]));
create policy removed on fatigue_rules for delete using (
    (select px_all()) or hospital_id = any ((select px_hospitals())::uuid[]));

alter table notifications
    -- The channel of the last attempt.
    add column channel text constraint notifications_channel_check check (
        channel in ('sms', 'whatsapp', 'email')),
    -- The rule that stopped it. A rule that is gone leaves the reason.
    add column fatigue_rule_id uuid
        constraint notifications_fatigue_rule_fkey references fatigue_rules on delete set null;
create index notifications_fatigue_rule_idx on notifications (fatigue_rule_id)
    where fatigue_rule_id is not null;
alter table hospitals
    -- Local times between which patients get messages in Ramadan; the usual ones when null.
    add column ramadan_from_minute smallint constraint hospitals_ramadan_from_check check (
        ramadan_from_minute between 0 and 1439),
    add column ramadan_to_minute smallint constraint hospitals_ramadan_to_check check (
        ramadan_to_minute between 1 and 1440),
    add constraint hospitals_ramadan_both_check check (
        num_nonnulls(ramadan_from_minute, ramadan_to_minute) <> 1),
    add constraint hospitals_ramadan_order_check check (ramadan_from_minute < ramadan_to_minute);

-- The log of messages to patients, latest first.
create index notifications_created_idx on notifications (created_at, id) where patient_id is not null;
