//! What a survey will look like: the patient's own pages, of a version that is being written or was published.
//!
//! Nothing is kept: what is entered travels along in the address, for nobody has to be told what staff try out.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::extract::{Form, Path, Query, Request};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use http::{HeaderName, HeaderValue, StatusCode, header};
use px360_domain::ids::{SurveyId, SurveyVersionId};
use px360_domain::surveys::logic::{Fact, Facts};
use px360_domain::surveys::{
    Answer, Answers, OpenSurvey, OpenSurveyState, Question, check_page, outcome,
};
use px360_domain::{Bilingual, Failure, FieldFault, Locale, paths};
use px360_server::{Ctx, Deps, surveys};
use uuid::Uuid;

use super::calm_pages::{done_page, refused_page};
use super::entered::{Entered, Intent};
use super::naming::with_names;
use super::posted::Posted;
use super::review_page::review_page;
use super::shell::content_security_policy;
use super::survey_page::{SurveyPage, survey_page};
use super::visit::refused;

/// The part of the query that holds what was entered so far, as JSON.
const GIVEN: &str = "given";

/// The routes below `/preview`.
pub(super) fn router() -> Router<Deps> {
    let address = format!("{}/{{locale}}/{{id}}", paths::PREVIEW);
    Router::new()
        .route(&format!("{address}/review"), get(review).post(handed_in))
        .route(&format!("{address}/done"), get(done))
        .route(&format!("{address}/callback"), get(done).post(called))
        .route(&format!("{address}/{{page}}"), get(show).post(answer))
}

/// The headers of these pages: as those of patients, but our own pages may show them in a frame.
pub(super) static HEADERS: LazyLock<[(HeaderName, HeaderValue); 2]> = LazyLock::new(|| {
    let policy =
        content_security_policy().replace("frame-ancestors 'none'", "frame-ancestors 'self'");
    let policy = HeaderValue::from_str(&policy);
    [
        (
            header::CONTENT_SECURITY_POLICY,
            policy.unwrap_or_else(|_| HeaderValue::from_static(content_security_policy())),
        ),
        (header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN")),
    ]
});

/// A version as it is tried out.
struct Trial {
    survey: OpenSurvey,
    base: String,
    locale: Locale,
}

type Asked = (Path<Vec<String>>, Query<HashMap<String, String>>);

async fn trial(ctx: &Ctx, (Path(path), Query(query)): &Asked) -> Result<Trial, Response> {
    let part = |at: usize| path.get(at).map(String::as_str).unwrap_or_default();
    let locale: Locale = part(0).parse().unwrap_or(Locale::Ar);
    let unknown = || refusal(&Failure::not_found("survey_version"));
    let id: SurveyVersionId = part(1).parse().map_err(|_no_id| unknown())?;
    let content = surveys::version_content(ctx, id).await;
    let content = content.map_err(|error| refusal(&error.into_failure(&ctx.meta().request_id)))?;
    let answers = query.get(GIVEN).and_then(|given| serde_json::from_str(given).ok());
    let facts = Facts::from([
        (Fact::Language, locale.as_str().to_owned()),
        (Fact::Mode, "link".to_owned()),
    ]);
    let both =
        |text: fn(Locale) -> &'static str| Bilingual::new(text(Locale::Ar), text(Locale::En));
    let survey = OpenSurvey {
        id: SurveyId(Uuid::nil()),
        content: Arc::new(content),
        version: id.to_string(),
        hospital: both(|locale| text!(locale, public.preview_hospital)),
        help_phone: None,
        department: Some(both(|locale| text!(locale, public.preview_department))),
        physician: Some(both(|locale| text!(locale, public.preview_physician))),
        visited: None,
        named: false,
        anonymous: false,
        for_child: false,
        language: locale,
        answers: answers.unwrap_or_default(),
        files: BTreeMap::new(),
        facts,
        state: OpenSurveyState::Open,
    };
    let base = format!("{}/{locale}/{id}", paths::PREVIEW);
    Ok(Trial { survey: with_names(survey), base, locale })
}

fn refusal(failure: &Failure) -> Response {
    refused(failure, refused_page(failure))
}

impl Trial {
    /// The page in the address, or the last one before it that is asked.
    fn page(&self, (Path(path), _): &Asked) -> u8 {
        let wanted = path.get(2).and_then(|page| page.parse().ok()).unwrap_or(1);
        let way = self.survey.path();
        let pages = || way.questions(&self.survey.content).map(|question| question.page);
        pages().filter(|page| *page <= wanted).last().or_else(|| pages().next()).unwrap_or(1)
    }

    fn given(answers: &Answers) -> String {
        let json = serde_json::to_string(answers).unwrap_or_default();
        let value: String = form_urlencoded::byte_serialize(json.as_bytes()).collect();
        format!("&{GIVEN}={value}")
    }

    fn shown(&self, page: u8, answers: &Answers, faults: &[FieldFault]) -> Response {
        let query = Self::given(&self.survey.answers);
        let html = survey_page(&SurveyPage {
            survey: &self.survey,
            base: &self.base,
            query: &query,
            page,
            locale: self.locale,
            answers,
            faults,
            notice: None,
        });
        let status =
            if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        (status, Html(html)).into_response()
    }

    fn to(&self, place: &str, answers: &Answers) -> Response {
        let (base, given) = (&self.base, Self::given(answers));
        Redirect::to(&format!("{base}/{place}?{}", given.trim_start_matches('&'))).into_response()
    }
}

async fn show(
    ctx: Ctx,
    path: Path<Vec<String>>,
    query: Query<HashMap<String, String>>,
) -> Response {
    let asked = (path, query);
    match trial(&ctx, &asked).await {
        Ok(trial) => trial.shown(trial.page(&asked), &trial.survey.answers, &[]),
        Err(refused) => refused,
    }
}

async fn answer(
    ctx: Ctx,
    path: Path<Vec<String>>,
    query: Query<HashMap<String, String>>,
    request: Request,
) -> Response {
    let asked = (path, query);
    let trial = match trial(&ctx, &asked).await {
        Ok(trial) => trial,
        Err(refused) => return refused,
    };
    let page = trial.page(&asked);
    let asks = trial.survey.content.on_page(page);
    let posted = match Posted::of(request, &ctx, asks).await {
        Ok(posted) => posted,
        Err(refused) => return refused.into_response(),
    };
    let content = Arc::clone(&trial.survey.content);
    let mut entered = Entered::read(&posted.fields, &content, page);
    // Nothing is kept: the page says that there would be a file now.
    let sent = posted.files.into_keys();
    entered.answers.extend(sent.map(|key| (key, Answer::Words(Uuid::nil().to_string()))));
    let mut answers = trial.survey.answers.clone();
    for key in content.on_page(page).flat_map(Question::answer_keys) {
        answers.remove(&key);
    }
    answers.extend(entered.answers);
    let hand_in = entered.intent == Intent::HandIn;
    let checked = check_page(&content, page, &answers, &trial.survey.facts, hand_in);
    if let (true, Err(Failure::Invalid { faults })) = (hand_in, checked) {
        return trial.shown(page, &answers, &faults);
    }
    let way = px360_domain::surveys::logic::path(&content, &answers, &trial.survey.facts);
    match entered.intent {
        Intent::HandIn => match way.page_after(&content, page) {
            Some(next) => trial.to(&next.to_string(), &answers),
            None if way.is_reviewed(&content) => trial.to("review", &answers),
            None => trial.to("done", &answers),
        },
        Intent::Back => {
            let before = way.page_before(&content, page).unwrap_or(page);
            trial.to(&before.to_string(), &answers)
        }
        Intent::Clear | Intent::Keep | Intent::Attach(_) => trial.to(&page.to_string(), &answers),
        Intent::Switch(locale) => {
            let base = trial.base.replacen(trial.locale.as_str(), locale.as_str(), 1);
            let base = if trial.locale == locale { trial.base.clone() } else { base };
            Trial { base, ..trial }.to(&page.to_string(), &answers)
        }
    }
}

async fn review(
    ctx: Ctx,
    path: Path<Vec<String>>,
    query: Query<HashMap<String, String>>,
) -> Response {
    match trial(&ctx, &(path, query)).await {
        Ok(trial) => {
            let query = Trial::given(&trial.survey.answers);
            Html(review_page(&trial.survey, &trial.base, &query, trial.locale)).into_response()
        }
        Err(refused) => refused,
    }
}

async fn handed_in(
    ctx: Ctx,
    path: Path<Vec<String>>,
    query: Query<HashMap<String, String>>,
) -> Response {
    match trial(&ctx, &(path, query)).await {
        Ok(trial) => trial.to("done", &trial.survey.answers),
        Err(refused) => refused,
    }
}

async fn done(
    ctx: Ctx,
    path: Path<Vec<String>>,
    query: Query<HashMap<String, String>>,
) -> Response {
    thanked(ctx, (path, query), None).await
}

async fn called(
    ctx: Ctx,
    path: Path<Vec<String>>,
    query: Query<HashMap<String, String>>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let agreed = fields.iter().any(|(name, word)| name == "agreed" && word == "yes");
    thanked(ctx, (path, query), Some(agreed)).await
}

async fn thanked(ctx: Ctx, asked: Asked, callback: Option<bool>) -> Response {
    let mut trial = match trial(&ctx, &asked).await {
        Ok(trial) => trial,
        Err(refused) => return refused,
    };
    let OpenSurvey { content, answers, facts, .. } = &trial.survey;
    let low_score = outcome(content, answers, facts).action.is_some();
    trial.survey.state = OpenSurveyState::Completed { callback, low_score };
    Html(done_page(&trial.survey, &trial.base, trial.locale)).into_response()
}
