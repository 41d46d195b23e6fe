//! Frames of MLLP: `0x0B message 0x1C 0x0D`, out of whatever pieces they come in.

use tokio_util::bytes::{Buf as _, Bytes, BytesMut};
use tokio_util::codec::Decoder;

/// Begins a frame.
pub(super) const START: u8 = 0x0b;
/// Ends a frame.
pub(super) const END: u8 = 0x1c;
/// Follows the end.
pub(super) const RETURN: u8 = 0x0d;

/// The largest message that is taken, in bytes. The largest seen carry a document; journeys need none.
pub const FRAME_BYTES_MAX: usize = 1 << 20;
/// What is kept of a larger one, to tell its sender.
const HEAD_BYTES: usize = 4 << 10;

/// What came out of the wire.
#[derive(Debug, PartialEq, Eq)]
pub enum Frame {
    /// A message.
    Message(Bytes),
    /// The beginning of one that is too large; the rest is left out.
    TooLarge(Bytes),
}

/// Reads frames. It holds one frame at most, whatever comes: what stands between frames is thrown away, and
/// so is a message that begins anew before it has ended, because its sender gave it up.
#[derive(Debug, Default)]
pub struct Frames {
    /// How much of the buffer was looked through already.
    looked: usize,
    /// A frame has begun.
    inside: bool,
    /// The rest of a frame that is too large is being left out.
    skipping: bool,
}

impl Frames {
    /// Whether the buffer holds the beginning of a message.
    pub(super) fn is_within(&self) -> bool {
        self.inside || self.skipping
    }
}

impl Decoder for Frames {
    type Item = Frame;
    type Error = std::io::Error;

    fn decode(&mut self, buffer: &mut BytesMut) -> Result<Option<Frame>, Self::Error> {
        loop {
            let found = buffer[self.looked..].iter().position(|byte| matches!(*byte, START | END));
            let Some(place) = found.map(|place| self.looked + place) else {
                return Ok(self.wait(buffer));
            };
            let is_start = buffer[place] == START;
            if is_start {
                buffer.advance(place + 1);
                (self.inside, self.skipping, self.looked) = (true, false, 0);
            } else if self.inside {
                let message = buffer.split_to(place).freeze();
                buffer.advance(1);
                (self.inside, self.looked) = (false, 0);
                return Ok(Some(Frame::Message(message)));
            } else {
                // The end of nothing, or of what was too large.
                buffer.advance(place + 1);
                (self.skipping, self.looked) = (false, 0);
            }
        }
    }

    // Half a message at the end of a connection is none: it was not acknowledged, and comes again.
    fn decode_eof(&mut self, buffer: &mut BytesMut) -> Result<Option<Frame>, Self::Error> {
        let frame = self.decode(buffer)?;
        if frame.is_none() {
            buffer.clear();
        }
        Ok(frame)
    }
}

impl Frames {
    /// Nothing ends here yet: keeps what may become a message, and no more than one.
    fn wait(&mut self, buffer: &mut BytesMut) -> Option<Frame> {
        if !self.inside {
            buffer.clear();
            self.looked = 0;
            return None;
        }
        self.looked = buffer.len();
        if buffer.len() <= FRAME_BYTES_MAX {
            return None;
        }
        let head = Bytes::copy_from_slice(&buffer[..HEAD_BYTES]);
        buffer.clear();
        (self.inside, self.skipping, self.looked) = (false, true, 0);
        Some(Frame::TooLarge(head))
    }
}
