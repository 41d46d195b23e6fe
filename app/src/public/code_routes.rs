//! The second step of signing in, without any script.

use std::collections::HashMap;

use axum::Router;
use axum::extract::{Form, Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use http::Uri;
use px360_domain::accounts::Hidden;
use px360_domain::{Failure, Locale, paths};
use px360_server::accounts;
use px360_server::http::{RequestMeta, Session, session};
use px360_server::{Deps, Error};

use super::code_page::{CodeProblem, code_page};
use super::sign_in_page::{local_path, with_next};
use super::sign_in_routes::Posted;
use super::visit::refused;

/// The page that asks for a code, below each language.
pub(super) fn router() -> Router<Deps> {
    Locale::ALL.iter().fold(Router::new(), |router, &locale| {
        let code = get(move |session: Session, uri: Uri| show(locale, session, uri)).post(
            move |deps: State<Deps>, meta: RequestMeta, session: Session, posted: Posted| {
                enter(locale, deps, meta, session, posted)
            },
        );
        router.route(&paths::login_code(locale), code)
    })
}

/// Whoever has not shown a password begins with that.
async fn show(locale: Locale, session: Session, uri: Uri) -> Response {
    let Query(query) = Query::<HashMap<String, String>>::try_from_uri(&uri).unwrap_or_default();
    let next = query.get("next").and_then(|next| local_path(next));
    match session::half(&session).await {
        Ok(Some(_)) => Html(code_page(locale, next, None)).into_response(),
        _ => from_the_beginning(locale, next),
    }
}

async fn enter(
    locale: Locale,
    State(deps): State<Deps>,
    meta: RequestMeta,
    session: Session,
    posted: Posted,
) -> Response {
    let Form(fields) = posted.unwrap_or_default();
    let field = |name| fields.get(name).map_or("", String::as_str);
    let (code, next) = (field("code").trim(), local_path(field("next")));
    let again = |failure: &Failure, problem: CodeProblem| {
        refused(failure, code_page(locale, next, Some(problem)))
    };
    if code.is_empty() {
        return again(&Failure::invalid("code", "required"), CodeProblem::Missing);
    }
    let request_id = meta.request_id.clone();
    let entered = async {
        let half = session::half(&session).await?;
        let half = half.ok_or_else(|| Failure::conflict("second_step_over"))?;
        let ctx = deps.anonymous(meta.clone());
        let signed_in = accounts::finish_sign_in(&ctx, &half, &Hidden::from(code)).await?;
        session::begin(&session, &meta, &signed_in).await?;
        Ok::<_, Error>(signed_in)
    };
    match entered.await.map_err(|error| error.into_failure(&request_id)) {
        Ok(signed_in) => {
            let home = paths::home(signed_in.language);
            Redirect::to(next.unwrap_or(&home)).into_response()
        }
        Err(Failure::Conflict { .. }) => from_the_beginning(locale, next),
        Err(failure) => again(&failure, problem(&failure)),
    }
}

fn from_the_beginning(locale: Locale, next: Option<&str>) -> Response {
    Redirect::to(&with_next(paths::login(locale), next)).into_response()
}

const fn problem(failure: &Failure) -> CodeProblem {
    match failure {
        Failure::Unauthenticated | Failure::Invalid { .. } => CodeProblem::Wrong,
        Failure::TooMany { retry_after_seconds } => {
            CodeProblem::Locked { seconds: *retry_after_seconds }
        }
        _ => CodeProblem::Trouble,
    }
}
