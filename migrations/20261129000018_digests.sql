-- Staff choose between a mail for each thing and one a day.

alter table users add column mails text not null default 'at_once'
    constraint users_mails_check check (mails in ('at_once', 'daily'));

alter table notifications
    drop constraint notifications_kind_check,
    add constraint notifications_kind_check check (kind in (
        'survey_invitation', 'survey_reminder', 'survey_test', 'action_escalated',
        'action_assigned', 'approval_requested', 'closing_rejected', 'source_silent',
        'source_failing', 'staff_digest')),
    drop constraint notifications_reason_check,
    add constraint notifications_reason_check check (reason in (
        'no_channel', 'no_consent', 'do_not_contact', 'deceased', 'reversed', 'fatigue', 'expired',
        'opted_out', 'answered', 'in_digest'));
