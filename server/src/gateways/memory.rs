//! Keeps messages for a test to look at.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;

use super::{Gateway, OutgoingMessage, Receipt, SendError};

/// What was sent, and what is to go wrong next.
#[derive(Debug, Default)]
pub struct MemoryOutbox {
    messages: Mutex<Vec<OutgoingMessage>>,
    failures: Mutex<VecDeque<SendError>>,
}

impl MemoryOutbox {
    /// Everything that was taken so far, oldest first.
    pub fn messages(&self) -> Vec<OutgoingMessage> {
        locked(&self.messages).clone()
    }

    /// Everything that was taken since somebody last asked, oldest first.
    pub fn take(&self) -> Vec<OutgoingMessage> {
        std::mem::take(&mut *locked(&self.messages))
    }

    /// Refuses one more of the messages to come, in the order of these calls.
    pub fn fail_next(&self, error: SendError) {
        locked(&self.failures).push_back(error);
    }
}

/// The gateway into a [`MemoryOutbox`].
pub(super) struct Memory(pub(super) Arc<MemoryOutbox>);

#[async_trait]
impl Gateway for Memory {
    fn provider(&self) -> &'static str {
        "memory"
    }

    async fn send(&self, message: &OutgoingMessage) -> Result<Receipt, SendError> {
        if let Some(error) = locked(&self.0.failures).pop_front() {
            return Err(error);
        }
        let mut messages = locked(&self.0.messages);
        messages.push(message.clone());
        Ok(Receipt { provider_message_id: Some(format!("memory-{}", messages.len())) })
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
