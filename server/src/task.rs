//! Background tasks that say so when they end badly.

use std::future::Future;

use tokio::task::{JoinError, JoinHandle};

/// Runs a future in the background; a panic in it is logged under this name.
#[expect(clippy::disallowed_methods, reason = "the one place that spawns")]
pub fn spawn<F>(name: &'static str, future: F) -> JoinHandle<()>
where
    F: Future<Output = ()> + Send + 'static,
{
    let inner = tokio::spawn(future);
    tokio::spawn(async move {
        if let Err(error) = inner.await
            && error.is_panic()
        {
            tracing::error!(task = name, %error, "a background task panicked");
        }
    })
}

/// Runs a future to its end, also when whoever waits for it goes away.
///
/// # Errors
/// When it panics.
#[expect(clippy::disallowed_methods, reason = "the one place that spawns")]
pub(crate) async fn to_its_end<T: Send + 'static>(
    future: impl Future<Output = T> + Send + 'static,
) -> Result<T, JoinError> {
    tokio::spawn(future).await
}
