//! Signing in and out, without any script.

use std::collections::HashMap;

use axum::Router;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use http::Uri;
use px360_domain::{Failure, Locale, paths};
use px360_server::accounts::{self, SignIn, Step};
use px360_server::http::{RequestMeta, Session, session};
use px360_server::{Ctx, Deps, Error};

use super::sign_in_page::{SignInPage, SignInProblem, local_path, sign_in_page, with_next};
use super::visit::{Calm, refused};
use super::{code_routes, sso_routes};

/// What a browser posts.
pub(super) type Posted = Result<Form<HashMap<String, String>>, FormRejection>;

/// Sign-in and sign-out below each language.
pub(super) fn router() -> Router<Deps> {
    Locale::ALL
        .iter()
        .fold(Router::new(), |router, &locale| {
            let login = get(move |deps: State<Deps>, uri: Uri| show(locale, deps, uri)).post(
                move |deps: State<Deps>, meta: RequestMeta, session: Session, posted: Posted| {
                    sign_in(locale, deps, meta, session, posted)
                },
            );
            let logout = post(move |session: Session, ctx: Ctx| sign_out(locale, session, ctx));
            router.route(&paths::login(locale), login).route(&paths::logout(locale), logout)
        })
        .merge(code_routes::router())
        .merge(sso_routes::router())
}

async fn show(locale: Locale, State(deps): State<Deps>, uri: Uri) -> Response {
    let Query(query) = Query::<HashMap<String, String>>::try_from_uri(&uri).unwrap_or_default();
    let next = query.get("next").and_then(|next| local_path(next));
    let provider = deps.identity_provider().is_some();
    Html(sign_in_page(locale, &SignInPage { next, provider, ..SignInPage::default() }))
        .into_response()
}

async fn sign_in(
    locale: Locale,
    State(deps): State<Deps>,
    meta: RequestMeta,
    session: Session,
    posted: Posted,
) -> Response {
    let Form(fields) = posted.unwrap_or_default();
    let field = |name| fields.get(name).map_or("", String::as_str);
    let (username, password) = (field("username").trim(), field("password"));
    let next = local_path(field("next"));
    let again = |failure: &Failure, problems: &[SignInProblem]| {
        let provider = deps.identity_provider().is_some();
        refused(failure, sign_in_page(locale, &SignInPage { username, next, problems, provider }))
    };
    let missing: Vec<SignInProblem> = [
        username.is_empty().then_some(SignInProblem::NoUsername),
        password.is_empty().then_some(SignInProblem::NoPassword),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !missing.is_empty() {
        return again(&Failure::invalid("password", "required"), &missing);
    }

    let request_id = meta.request_id.clone();
    let credentials =
        SignIn { username: username.to_owned(), password: password.to_owned().into(), otp: None };
    let begun = async {
        let step = accounts::sign_in(&deps.anonymous(meta.clone()), credentials).await?;
        match &step {
            Step::In(signed_in) => session::begin(&session, &meta, signed_in).await?,
            Step::Half(half) => session::begin_half(&session, half).await?,
        }
        Ok::<_, Error>(step)
    };
    match begun.await.map_err(|error| error.into_failure(&request_id)) {
        Ok(Step::In(signed_in)) => {
            let home = paths::home(signed_in.language);
            Redirect::to(next.unwrap_or(&home)).into_response()
        }
        Ok(Step::Half(_)) => {
            Redirect::to(&with_next(paths::login_code(locale), next)).into_response()
        }
        Err(failure) => again(&failure, &[problem(&failure)]),
    }
}

const fn problem(failure: &Failure) -> SignInProblem {
    match failure {
        Failure::Unauthenticated | Failure::Invalid { .. } => SignInProblem::WrongCredentials,
        Failure::TooMany { retry_after_seconds } => {
            SignInProblem::Locked { seconds: *retry_after_seconds }
        }
        _ => SignInProblem::Trouble,
    }
}

async fn sign_out(locale: Locale, session: Session, ctx: Ctx) -> Result<Redirect, Calm> {
    session::end(&session, &ctx)
        .await
        .map_err(|error| Calm(error.into_failure(&ctx.meta().request_id)))?;
    Ok(Redirect::to(&paths::login(locale)))
}
