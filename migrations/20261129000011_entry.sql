-- How answers reached us, and who entered them; phones of those who answer for children.

alter table surveys
    add column mode text not null default 'link'
        constraint surveys_mode_check check (mode in ('link', 'phone', 'kiosk', 'paper')),
    add column entered_by uuid constraint surveys_entered_by_fkey references users,
    -- When somebody began to enter answers; what comes long after that came by the link.
    add column entry_begun_at timestamptz;
create index surveys_created_idx on surveys (created_at desc, id desc);
create index patients_guardian_mobile_idx on patients (guardian_mobile)
    where guardian_mobile is not null;
