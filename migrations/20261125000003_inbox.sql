-- What staff are told is also found in the program: the outbox is their inbox.

alter table notifications add column read_at timestamptz;
-- What came before there was an inbox was read in the mail.
update notifications set read_at = created_at where user_id is not null;
create index notifications_inbox_idx on notifications (user_id, created_at desc, id desc)
    where user_id is not null;
create index notifications_unread_idx on notifications (user_id)
    where user_id is not null and read_at is null;

-- Two more things to be told: that a severe action waits for an approver, and that one was sent back.
alter table notifications drop constraint notifications_kind_check;
alter table notifications add constraint notifications_kind_check check (kind in (
    'survey_invitation', 'action_escalated', 'action_assigned', 'approval_requested',
    'closing_rejected'));
