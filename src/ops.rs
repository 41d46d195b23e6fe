//! What load balancers, probes and Prometheus ask.

use std::sync::OnceLock;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use http::StatusCode;
use http::header::CONTENT_TYPE;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use px360_server::{Deps, health};
use serde_json::json;

static METRICS: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// Makes this process count; calling it again changes nothing.
pub fn install_metrics() {
    METRICS.get_or_init(|| {
        let installed = PrometheusBuilder::new().install_recorder();
        installed.inspect_err(|error| tracing::warn!("no metrics: {error}")).ok()
    });
}

pub(crate) fn router(deps: &Deps) -> Router {
    Router::new()
        .route("/health/", get(|| async { Json(json!({ "status": "ok" })) }))
        .route("/health/ready/", get(ready))
        .route("/metrics", get(metrics))
        .with_state(deps.clone())
}

async fn ready(State(deps): State<Deps>) -> Response {
    match health::readiness(&deps).await {
        Ok(found) if found.ready => Json(found).into_response(),
        Ok(found) => (StatusCode::SERVICE_UNAVAILABLE, Json(found)).into_response(),
        Err(error) => {
            tracing::warn!("not ready: {}", error.chain());
            let answer = json!({ "ready": false, "database": "away" });
            (StatusCode::SERVICE_UNAVAILABLE, Json(answer)).into_response()
        }
    }
}

async fn metrics() -> Response {
    match METRICS.get() {
        Some(Some(handle)) => {
            ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], handle.render())
                .into_response()
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}
