//! How events are taken in.

use super::Reader;

/// How events are taken in.
#[derive(Clone, Debug)]
pub struct EventsConfig {
    /// `PX360_EVENT_BATCH`: messages that are gathered into one commit at most, 1 to 512; 512.
    /// A request is never split. With 1, requests and applied messages share nothing, which is
    /// slower and never safer.
    pub batch_max: u16,
}

impl EventsConfig {
    /// More would hold the locks of a batch for longer than a reader should notice.
    const BATCH_MAX: u16 = 512;

    pub(super) fn read(reader: &mut Reader) -> Self {
        let batch_max = reader.parsed("PX360_EVENT_BATCH", Self::BATCH_MAX, "a number of messages");
        if !(1..=Self::BATCH_MAX).contains(&batch_max) {
            reader.fault("PX360_EVENT_BATCH", "must be 1 to 512");
        }
        Self { batch_max }
    }
}

impl Default for EventsConfig {
    fn default() -> Self {
        Self { batch_max: Self::BATCH_MAX }
    }
}
