//! Logging: to standard error, as text or as JSON lines.

use px360_server::config::Reader;
use tracing_subscriber::EnvFilter;

/// Starts logging as `PX360_LOG` and `PX360_LOG_FORMAT` say.
pub(crate) fn start() {
    let reader = Reader::from_env();
    let filter = reader.text("PX360_LOG").unwrap_or_else(|| {
        "info,graphile_worker=warn,sqlx=warn,tower_sessions=warn,tower_sessions_core=error,leptos=warn".to_owned()
    });
    let builder = tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(EnvFilter::new(filter));
    if reader.text("PX360_LOG_FORMAT").as_deref() == Some("json") {
        builder.json().init();
    } else {
        builder.compact().init();
    }
}
