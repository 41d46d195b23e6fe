//! Signing in through the group's identity provider, without any script.

use std::collections::HashMap;

use axum::Router;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use http::Uri;
use px360_domain::{Failure, Locale, paths};
use px360_server::accounts::{self, SentToProvider, Step};
use px360_server::http::{RequestMeta, Session, session};
use px360_server::{Actor, Ctx, Deps, Error};

use super::sign_in_page::{SignInPage, SignInProblem, local_path, sign_in_page, with_next};
use super::visit::refused;

/// The way there, below each language, and the way back.
pub(super) fn router() -> Router<Deps> {
    let back = Router::new().route(paths::SSO_CALLBACK, get(come_back));
    Locale::ALL.iter().fold(back, |router, &locale| {
        let leave = get(move |deps: State<Deps>, ctx: Ctx, session: Session, uri: Uri| {
            leave(locale, deps, ctx, session, uri)
        });
        router.route(&paths::login_sso(locale), leave)
    })
}

fn query(uri: &Uri) -> HashMap<String, String> {
    let Query(query) = Query::<HashMap<String, String>>::try_from_uri(uri).unwrap_or_default();
    query
}

async fn leave(
    locale: Locale,
    State(deps): State<Deps>,
    ctx: Ctx,
    session: Session,
    uri: Uri,
) -> Response {
    let query = query(&uri);
    let next = query.get("next").and_then(|next| local_path(next));
    // A link somewhere else must not sign anybody out.
    if let Actor::User { language, .. } = ctx.actor() {
        return Redirect::to(&paths::home(*language)).into_response();
    }
    let request_id = ctx.meta().request_id.clone();
    let left = async {
        let next = next.map(str::to_owned);
        let (url, sent) = accounts::begin_single_sign_on(&ctx, locale, next).await?;
        session::begin_sso(&session, &sent).await?;
        Ok::<_, Error>(url)
    };
    match left.await.map_err(|error| error.into_failure(&request_id)) {
        Ok(url) => Redirect::to(&url).into_response(),
        Err(failure) => again(&deps, locale, next, &failure),
    }
}

async fn come_back(
    State(deps): State<Deps>,
    meta: RequestMeta,
    session: Session,
    uri: Uri,
) -> Response {
    // Whoever was not sent from this browser is told nothing but where to begin.
    let Ok(Some(sent)) = session::take_sso(&session).await else {
        return Redirect::to(&paths::login(Locale::Ar)).into_response();
    };
    let query = query(&uri);
    let said = |name| query.get(name).map_or("", String::as_str);
    let (locale, next) = (sent.locale, sent.next.as_deref().and_then(local_path));
    let request_id = meta.request_id.clone();
    let entered = enter(&deps, meta, &session, &sent, (said("state"), said("code"))).await;
    match entered.map_err(|error| error.into_failure(&request_id)) {
        Ok(Step::In(signed_in)) => {
            let home = paths::home(signed_in.language);
            Redirect::to(next.unwrap_or(&home)).into_response()
        }
        Ok(Step::Half(_)) => {
            Redirect::to(&with_next(paths::login_code(locale), next)).into_response()
        }
        Err(failure) => again(&deps, locale, next, &failure),
    }
}

async fn enter(
    deps: &Deps,
    meta: RequestMeta,
    session: &Session,
    sent: &SentToProvider,
    (state, code): (&str, &str),
) -> Result<Step, Error> {
    let ctx = deps.anonymous(meta.clone());
    let step = accounts::finish_single_sign_on(&ctx, sent, state, code).await?;
    match &step {
        Step::In(signed_in) => session::begin(session, &meta, signed_in).await?,
        Step::Half(half) => session::begin_half(session, half).await?,
    }
    Ok(step)
}

fn again(deps: &Deps, locale: Locale, next: Option<&str>, failure: &Failure) -> Response {
    let problems = [match failure {
        Failure::NotFound { .. } => SignInProblem::NoAccount,
        Failure::Unauthenticated | Failure::Conflict { .. } => SignInProblem::ProviderSaidNo,
        _ => SignInProblem::Trouble,
    }];
    let provider = deps.identity_provider().is_some();
    let page = SignInPage { username: "", next, problems: &problems, provider };
    refused(failure, sign_in_page(locale, &page))
}
