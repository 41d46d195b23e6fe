-- Whoever a full quota would turn away at the door is not invited.

alter table notifications
    drop constraint notifications_reason_check,
    add constraint notifications_reason_check check (reason in (
        'no_channel', 'no_consent', 'do_not_contact', 'deceased', 'reversed', 'fatigue', 'expired',
        'opted_out', 'answered', 'in_digest', 'inbox_only', 'quota_full')) not valid;
alter table notifications validate constraint notifications_reason_check;
