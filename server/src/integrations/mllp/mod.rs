//! The listener for HL7 v2 over TCP: MLLP.
//!
//! Each message is acknowledged after it is committed, and no message before the one in front of it. Whoever
//! hears nothing sends it again under the same control id and hears the same. MLLP knows no keys: who sends
//! is told by MSH-3 and MSH-4, so the port belongs into a network that only hospital systems reach.

mod codec;
mod connection;

use std::sync::Arc;

pub use codec::{FRAME_BYTES_MAX, Frame, Frames};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::deps::Deps;

/// Connections at once; a hospital system opens one or two.
const CONNECTIONS_MAX: usize = 128;

/// Takes connections until it is dropped. What is under way then was not acknowledged, and comes again.
pub async fn listen(deps: Deps, listener: TcpListener) {
    let room = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let mut connections = JoinSet::new();
    loop {
        let Ok(permit) = Arc::clone(&room).acquire_owned().await else { return };
        match listener.accept().await {
            Ok((stream, peer)) => {
                let deps = deps.clone();
                connections.spawn(async move {
                    connection::serve(&deps, stream, peer).await;
                    drop(permit);
                });
            }
            Err(error) => tracing::warn!("a connection could not be taken: {error}"),
        }
        // Whoever has hung up is forgotten.
        while connections.try_join_next().is_some() {}
    }
}
