//! One connection of a hospital system.

use std::net::SocketAddr;
use std::time::Duration;

use futures_util::StreamExt as _;
use px360_domain::FieldFault;
use px360_domain::integrations::hl7::{self, Verdict};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_util::bytes::Bytes;
use tokio_util::codec::FramedRead;

use super::codec::{END, Frame, Frames, RETURN, START};
use crate::ctx::{Ctx, RequestMeta};
use crate::deps::Deps;
use crate::integrations::acknowledge::{acknowledge, answer, refuse};
use crate::integrations::{RawEvent, receive_events};

/// A message that has begun comes to its end in this time, or its sender is gone.
const MESSAGE: Duration = Duration::from_secs(30);
/// Connections stay open between messages, over a quiet night too, but not for ever.
const IDLE: Duration = Duration::from_secs(12 * 3600);
/// An acknowledgement is taken in this time, or nobody reads.
const WRITE: Duration = Duration::from_secs(30);

/// Serves a connection until either side has enough.
pub(super) async fn serve(deps: &Deps, stream: TcpStream, peer: SocketAddr) {
    metrics::counter!("px360_mllp_connections_total").increment(1);
    let (reading, mut writing) = stream.into_split();
    let mut frames = FramedRead::new(reading, Frames::default());
    loop {
        let patience = if frames.decoder().is_within() { MESSAGE } else { IDLE };
        let frame = match timeout(patience, frames.next()).await {
            Ok(Some(Ok(frame))) => frame,
            Ok(None) => return,
            Ok(Some(Err(error))) => {
                tracing::debug!(%peer, "a connection broke: {error}");
                return;
            }
            Err(_late) => {
                tracing::info!(%peer, "a connection was given up: half a message, or none for long");
                return;
            }
        };
        let Some(ack) = receive(deps, frame, peer).await else { continue };
        let mut answer = Vec::with_capacity(ack.len() + 3);
        answer.push(START);
        answer.extend_from_slice(ack.as_bytes());
        answer.extend_from_slice(&[END, RETURN]);
        if !matches!(timeout(WRITE, writing.write_all(&answer)).await, Ok(Ok(()))) {
            return;
        }
    }
}

/// Stores a message and says what becomes of it.
async fn receive(deps: &Deps, frame: Frame, peer: SocketAddr) -> Option<String> {
    let meta = RequestMeta { ip: Some(peer.ip()), ..RequestMeta::default() };
    let anonymous = deps.anonymous(meta.clone());
    let message = match frame {
        Frame::Message(bytes) => bytes,
        Frame::TooLarge(head) => return too_large(&anonymous, &head),
    };
    let event = RawEvent::hl7(&message);
    let payload = event.payload.clone();
    let (application, facility) = hl7::sender(&payload).unwrap_or_default();
    let ctx = match deps.for_sender(&application, &facility, meta).await {
        Ok(ctx) => ctx,
        Err(error) => {
            tracing::warn!(%peer, application, facility, "a message of nobody we know: {}", error.chain());
            return refuse(&anonymous, &payload, &error);
        }
    };
    match receive_events(&ctx, vec![event]).await {
        Ok(receipt) => acknowledge(&ctx, &payload, receipt.items.first()?),
        Err(error) => refuse(&ctx, &payload, &error),
    }
}

fn too_large(ctx: &Ctx, head: &Bytes) -> Option<String> {
    let payload = String::from_utf8_lossy(head);
    let verdict = Verdict::Rejected(vec![FieldFault::new("MSH", "too_large")]);
    answer(ctx, &payload, &verdict)
}
