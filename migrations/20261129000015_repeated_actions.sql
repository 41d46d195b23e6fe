-- A bad answer that came again while an action about it stands.

alter table action_log
    drop constraint action_log_kind_check,
    add constraint action_log_kind_check check (kind in (
        'opened', 'started', 'noted', 'approval_requested', 'rejected', 'closed', 'escalated',
        'callback_answered', 'repeated'));
