//! A patient at the door: the link's survey, as far as the link is good.

use std::collections::HashMap;

use axum::extract::{FromRequestParts, Query, RawPathParams};
use axum::response::{Html, IntoResponse, Response};
use http::request::Parts;
use http::{HeaderValue, StatusCode, header};
use px360_domain::surveys::OpenSurvey;
use px360_domain::{Failure, Locale, paths};
use px360_server::http::RequestMeta;
use px360_server::{Ctx, Deps, Error, surveys};

use super::calm_pages::refused_page;
use super::large_type;
use super::naming::with_names;

/// A good link and the survey behind it. Extracting one reads and never writes.
pub(super) struct Visit {
    /// Who asks: the holder of this link.
    pub(super) ctx: Ctx,
    /// The survey behind the link.
    pub(super) survey: OpenSurvey,
    /// The link's token.
    pub(super) token: String,
    /// The page in the address, where there is one.
    pub(super) page: Option<u8>,
    /// `?lang=`, which shows a language without storing it.
    pub(super) asked_language: Option<Locale>,
    /// `?a=`, which fills in the likelihood to recommend.
    pub(super) one_click: Option<u8>,
    /// Whether this browser wants large letters.
    pub(super) large: bool,
    request_id: String,
}

impl Visit {
    /// The address of the survey.
    pub(super) fn base(&self) -> String {
        paths::survey(&self.token)
    }

    /// The language to answer in.
    pub(super) fn locale(&self) -> Locale {
        self.asked_language.unwrap_or(self.survey.language)
    }

    /// A page as this browser wants it.
    pub(super) fn page(&self, html: String) -> Html<String> {
        Html(if self.large { large_type::enlarged(&html) } else { html })
    }

    /// What a use case's error means to the patient; broken ones are logged here.
    pub(super) fn failure(&self, error: Error) -> Failure {
        error.into_failure(&self.request_id)
    }
}

impl FromRequestParts<Deps> for Visit {
    type Rejection = Calm;

    async fn from_request_parts(parts: &mut Parts, deps: &Deps) -> Result<Self, Calm> {
        let meta = RequestMeta::from_request_parts(parts, deps)
            .await
            .map_err(|error| Calm(error.into_failure("")))?;
        let request_id = meta.request_id.clone();
        // A path that is no text is no link of ours either.
        let path = RawPathParams::from_request_parts(parts, deps)
            .await
            .map_err(|_no_text| Calm(Failure::not_found("survey")))?;
        let of_path = |name| path.iter().find(|(key, _)| *key == name).map(|(_, value)| value);
        let token = of_path("token").unwrap_or_default().to_owned();
        let page = of_path("page").and_then(|page| page.parse().ok());
        let Query(query) =
            Query::<HashMap<String, String>>::try_from_uri(&parts.uri).unwrap_or_default();

        let refuse = |error: Error| Calm(error.into_failure(&request_id));
        let ctx = deps.invited(&token, meta).map_err(refuse)?;
        let survey = with_names(surveys::look(&ctx).await.map_err(refuse)?);
        Ok(Self {
            ctx,
            survey,
            token,
            page,
            asked_language: query.get("lang").and_then(|word| word.parse().ok()),
            one_click: query.get("a").and_then(|value| value.parse().ok()),
            large: large_type::wanted(&parts.headers),
            request_id,
        })
    }
}

/// A refusal, told calmly: never a code, never a stack.
pub(super) struct Calm(pub(super) Failure);

impl IntoResponse for Calm {
    fn into_response(self) -> Response {
        let Self(failure) = self;
        refused(&failure, refused_page(&failure))
    }
}

/// A page with the status of a refusal, and when to come back where that is known.
pub(super) fn refused(failure: &Failure, html: String) -> Response {
    let status =
        StatusCode::from_u16(failure.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, Html(html)).into_response();
    if let Failure::TooMany { retry_after_seconds } = failure {
        let seconds = HeaderValue::from(*retry_after_seconds);
        response.headers_mut().insert(header::RETRY_AFTER, seconds);
    }
    response
}
