//! How events are taken in.

use std::net::SocketAddr;

use super::Reader;

/// How events are taken in.
#[derive(Clone, Debug)]
pub struct EventsConfig {
    /// `PX360_EVENT_BATCH`: messages that are gathered into one commit at most, 1 to 512; 512.
    /// A request is never split. With 1, requests and applied messages share nothing, which is
    /// slower and never safer.
    pub batch_max: u16,
    /// `PX360_MLLP_ADDR`: where HL7 v2 is taken over TCP (MLLP); nowhere without it. Nobody shows a key there:
    /// an address that only hospital systems reach.
    pub mllp_addr: Option<SocketAddr>,
}

impl EventsConfig {
    /// More would hold the locks of a batch for longer than a reader should notice.
    const BATCH_MAX: u16 = 512;

    pub(super) fn read(reader: &mut Reader) -> Self {
        let batch_max = reader.parsed("PX360_EVENT_BATCH", Self::BATCH_MAX, "a number of messages");
        if !(1..=Self::BATCH_MAX).contains(&batch_max) {
            reader.fault("PX360_EVENT_BATCH", "must be 1 to 512");
        }
        let default = SocketAddr::from(([127, 0, 0, 1], 2575));
        let mllp_addr = reader.text("PX360_MLLP_ADDR").is_some().then(|| {
            reader.parsed("PX360_MLLP_ADDR", default, "an address such as 127.0.0.1:2575")
        });
        Self { batch_max, mllp_addr }
    }
}

impl Default for EventsConfig {
    fn default() -> Self {
        Self { batch_max: Self::BATCH_MAX, mllp_addr: None }
    }
}
