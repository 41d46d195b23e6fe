//! The staff's pages with their server functions, and the patients' pages.

use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use http::header::{ACCEPT, ACCEPT_LANGUAGE, CONTENT_SECURITY_POLICY};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, StatusCode};
use leptos::config::LeptosOptions;
use leptos::nonce::use_nonce;
use leptos::prelude::{provide_context, use_context};
use leptos_axum::{LeptosRoutes as _, ResponseOptions, generate_route_list};
use px360_app::{ANOTHER_BUILD, ANSWER_TYPE, App, build_id, public, shell};
use px360_domain::{Locale, paths};
use px360_server::{Actor, Ctx, Deps};
use tower_http::compression::CompressionLayer;

pub(crate) fn router(deps: &Deps, options: &LeptosOptions) -> Router {
    let staff = Router::new()
        .leptos_routes_with_context(options, generate_route_list(App), give_context, {
            let options = options.clone();
            move || shell(options.clone())
        })
        .with_state(options.clone())
        .layer(from_fn(send_to_profile))
        .layer(from_fn(send_to_sign_in))
        .layer(from_fn(refuse_other_builds));
    Router::new()
        .route("/", get(choose_language))
        .route(paths::PAGE_BROKE, post(page_broke))
        .route(paths::BUILD, get(build_id::build_id(options)))
        .merge(staff)
        .merge(public::router().with_state(deps.clone()))
        .layer(CompressionLayer::new())
}

/// Gives a page or a server function its caller, and its answer a policy that names this answer's scripts.
fn give_context() {
    let caller = use_context::<Parts>().and_then(|parts| parts.extensions.get::<Ctx>().cloned());
    if let Some(ctx) = caller {
        provide_context(ctx);
    }
    if let (Some(nonce), Some(options)) = (use_nonce(), use_context::<ResponseOptions>()) {
        let policy = format!(
            "default-src 'none'; script-src 'strict-dynamic' 'nonce-{nonce}' 'wasm-unsafe-eval'; \
             style-src 'self'; img-src 'self' data:; font-src 'self'; \
             frame-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; \
             object-src 'none'"
        );
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            options.insert_header(CONTENT_SECURITY_POLICY, policy);
        }
    }
}

/// A page is of no use to somebody who is not signed in; use cases refuse them anyway. Server
/// functions stand behind the same layer and answer for themselves.
async fn send_to_sign_in(request: Request, next: Next) -> Response {
    let is_page = !request.uri().path().starts_with("/rpc/");
    let anonymous =
        request.extensions().get::<Ctx>().is_none_or(|ctx| matches!(ctx.actor(), Actor::Anonymous));
    if !anonymous || !is_page {
        return next.run(request).await;
    }
    let wanted = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let locale = if wanted.starts_with("/en") { Locale::En } else { Locale::Ar };
    let wanted: String = form_urlencoded::byte_serialize(wanted.as_bytes()).collect();
    Redirect::to(&format!("{}?next={wanted}", paths::login(locale))).into_response()
}

/// Whoever signed in with a temporary password finds every page but one closed, so that one is where
/// they are sent.
async fn send_to_profile(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let locale = if path.starts_with("/en") { Locale::En } else { Locale::Ar };
    let profile = paths::profile(locale);
    let is_elsewhere = !path.starts_with("/rpc/") && path != profile;
    let must_change = request
        .extensions()
        .get::<Ctx>()
        .is_some_and(|ctx| matches!(ctx.actor(), Actor::User { must_change_password: true, .. }));
    if is_elsewhere && must_change {
        return Redirect::to(&profile).into_response();
    }
    next.run(request).await
}

/// A call of a page of another build changes nothing. Its answer could not be read there, so the page would
/// say that the server could not be reached, and whatever was asked would be done once more.
async fn refuse_other_builds(request: Request, next: Next) -> Response {
    let is_call = request.uri().path().starts_with("/rpc/");
    if !is_call || request.headers().get(ACCEPT).is_some_and(|accept| accept == ANSWER_TYPE) {
        return next.run(request).await;
    }
    tracing::info!(path = request.uri().path(), "a page of another build was refused");
    (StatusCode::PRECONDITION_FAILED, ANOTHER_BUILD).into_response()
}

/// A page that broke says so. For the log only, and only from people who are signed in: anybody else
/// could fill it.
async fn page_broke(ctx: Ctx, report: String) -> StatusCode {
    if !matches!(ctx.actor(), Actor::User { .. }) {
        return StatusCode::NOT_FOUND;
    }
    let report: String = report.chars().filter(|c| !c.is_control()).take(1_000).collect();
    tracing::error!(request_id = ctx.meta().request_id, "a page broke in the browser: {report}");
    StatusCode::NO_CONTENT
}

/// The first visit: Arabic, unless the browser asks for English before it.
async fn choose_language(headers: HeaderMap) -> Redirect {
    let asked = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let place = |language| asked.find(language).unwrap_or(usize::MAX);
    let locale = if place("en") < place("ar") { Locale::En } else { Locale::Ar };
    Redirect::to(&format!("/{locale}"))
}
