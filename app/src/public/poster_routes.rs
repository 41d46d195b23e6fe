//! Where the code of a poster leads: a page that says who asks and what, and a button that begins.

use std::collections::HashMap;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use http::HeaderMap;
use leptos::prelude::*;
use px360_domain::surveys::posters::PosterFace;
use px360_domain::{Locale, paths};
use px360_server::http::RequestMeta;
use px360_server::{Deps, Error, surveys};

use super::calm_pages::frame;
use super::large_type;
use super::naming::face_with_names;
use super::texts::Spoken;
use super::visit::Calm;

/// The routes below `/p`.
pub(super) fn router() -> Router<Deps> {
    Router::new().route("/p/{code}", get(show).post(begin))
}

type Asked = Query<HashMap<String, String>>;

fn locale(query: &HashMap<String, String>) -> Locale {
    query.get("lang").and_then(|word| word.parse().ok()).unwrap_or(Locale::Ar)
}

fn calm(meta: &RequestMeta) -> impl Fn(Error) -> Calm + use<> {
    let request_id = meta.request_id.clone();
    move |error| Calm(error.into_failure(&request_id))
}

async fn show(
    State(deps): State<Deps>,
    Path(code): Path<String>,
    Query(query): Asked,
    headers: HeaderMap,
    meta: RequestMeta,
) -> Result<Response, Calm> {
    let calm = calm(&meta);
    let face = surveys::poster_face(&deps.poster_reader(meta), &code).await.map_err(calm)?;
    let html = page(&face_with_names(face), &code, locale(&query));
    let html = if large_type::wanted(&headers) { large_type::enlarged(&html) } else { html };
    Ok(Html(html).into_response())
}

async fn begin(
    State(deps): State<Deps>,
    Path(code): Path<String>,
    Query(query): Asked,
    meta: RequestMeta,
) -> Result<Response, Calm> {
    let (calm, language) = (calm(&meta), locale(&query));
    let ctx = deps.poster_reader(meta);
    let id = surveys::begin_from_poster(&ctx, &code, language).await.map_err(calm)?;
    Ok(Redirect::to(&paths::survey(&deps.survey_token(id))).into_response())
}

fn page(face: &PosterFace, code: &str, locale: Locale) -> String {
    let place = (&face.hospital, face.help_phone.as_deref());
    frame(place, locale, (face.title.pick(locale), ""), || {
        let action = format!("{}?lang={}", paths::poster(code), locale.as_str());
        let title = Spoken::of(&face.title, locale);
        let introduction = (!face.introduction.pick(locale).is_empty()).then(|| {
            let Spoken { text, lang, dir } = Spoken::of(&face.introduction, locale);
            view! { <p lang=lang dir=dir>{text}</p> }
        });
        let department = face.department.as_ref().map(|department| {
            let Spoken { text, lang, .. } = Spoken::of(department, locale);
            view! {
                <p class="visit">{text!(locale, public.about_place)} " " <bdi lang=lang>{text}</bdi></p>
            }
        });
        view! {
            <h1 lang=title.lang dir=title.dir>{title.text}</h1>
            {introduction}
            {department}
            {(!face.asks_who).then(|| view! { <p class="note">{text!(locale, public.anonymous)}</p> })}
            <form method="post" action=action>
                <button>{text!(locale, public.begin)}</button>
            </form>
        }
        .into_any()
    })
}
