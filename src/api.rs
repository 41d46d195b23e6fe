//! The REST doors, and the documents that describe them, from our own origin.

use axum::Json;
use axum::Router;
use axum::response::{Html, IntoResponse};
use axum::routing::{any, get};
use http::header::CONTENT_SECURITY_POLICY;
use px360_domain::Failure;
use px360_server::Deps;
use px360_server::http::{Problem, openapi};
use px360_server::{
    accounts, actions, analytics, audit, integrations, journeys, notifications, records, surveys,
};
use utoipa::OpenApi as _;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_swagger_ui::{Config, SwaggerUi};

/// The head of the document; the modules' routers bring the operations.
#[derive(utoipa::OpenApi)]
#[openapi(info(
    title = "PX360",
    description = "The patient-experience system of a hospital group: events in, answers out.",
    license(name = "Proprietary"),
))]
struct Document;

fn modules() -> OpenApiRouter<Deps> {
    OpenApiRouter::with_openapi(Document::openapi())
        .merge(accounts::api::router())
        .merge(integrations::api::router())
        .merge(journeys::api::router())
        .merge(surveys::api::router())
        .merge(actions::api::router())
        .merge(analytics::api::router())
        .merge(notifications::api::router())
        .merge(audit::api::router())
        .merge(records::api::router())
        .merge(records::import::api::router())
        .merge(records::merge::api::router())
        .merge(records::glass::api::router())
        .merge(records::timeline::api::router())
}

/// The OpenAPI document of every REST door.
pub fn schema(deps: &Deps) -> OpenApi {
    let (_, mut document) = modules().split_for_parts();
    openapi::complete(&mut document, deps);
    document
}

/// REST doors and their documents.
pub(crate) fn router(deps: &Deps) -> Router {
    let (doors, mut document) = modules().split_for_parts();
    openapi::complete(&mut document, deps);
    // The vendored pages style themselves; they hold nobody's data and read the schema only.
    let relaxed = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
                   img-src 'self' data:; font-src 'self' data:; connect-src 'self'; \
                   worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'";
    let pages = Router::new()
        .merge(
            SwaggerUi::new("/api/docs")
                .config(Config::new(["/api/schema/"]).try_it_out_enabled(true)),
        )
        .route("/api/redoc/", get(redoc))
        .layer(tower_http::set_header::SetResponseHeaderLayer::if_not_present(
            CONTENT_SECURITY_POLICY,
            http::HeaderValue::from_static(relaxed),
        ));
    Router::new()
        .merge(doors.with_state(deps.clone()))
        .route("/api/schema/", get(move || async move { Json(document) }))
        .merge(pages)
        .route("/api/", any(unknown))
        .route("/api/{*path}", any(unknown))
}

/// An address below `/api/` that is nobody's: for a program, so a document and not a page.
async fn unknown() -> Problem {
    Problem::of(&Failure::not_found("address"))
}

async fn redoc() -> impl IntoResponse {
    Html(include_str!("redoc.html"))
}
