-- What staff are mailed about, kind by kind, and days on which they are mailed about nothing.

alter table users
    drop constraint users_mails_check,
    add constraint users_mails_check check (mails in ('at_once', 'daily', 'inbox_only')),
    -- What is told otherwise, by the kind of message: `{"action_escalated": "at_once"}`.
    add column mails_of jsonb not null default '{}'
        constraint users_mails_of_check check (jsonb_typeof(mails_of) = 'object'),
    -- The first day on which mails come again.
    add column mails_snoozed_until date;

alter table notifications
    drop constraint notifications_reason_check,
    add constraint notifications_reason_check check (reason in (
        'no_channel', 'no_consent', 'do_not_contact', 'deceased', 'reversed', 'fatigue', 'expired',
        'opted_out', 'answered', 'in_digest', 'inbox_only'));
