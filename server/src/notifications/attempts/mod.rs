//! Every try to send a message, as the log keeps it.

mod store;

pub(super) use store::{
    BegunAttempt, EndedAttempt, end_attempt, has_room, insert_attempt, insert_not_sent,
    list_attempts, next_room,
};
