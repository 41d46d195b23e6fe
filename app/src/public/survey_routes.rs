//! The survey's doors. GET and HEAD show and never write, because mail scanners open links.

use std::iter;

use axum::Router;
use axum::extract::Request;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use http::StatusCode;
use px360_domain::surveys::{
    AnswerPage, AnswerPageOutcome, Answers, OpenSurvey, OpenSurveyState, Question, check_complete,
};
use px360_domain::{Failure, FieldFault, Locale, paths};
use px360_server::{Deps, surveys};

use super::answer_files::take_files;
use super::calm_pages::{already_answered_page, closed_page, done_page};
use super::entered::{Entered, Intent};
use super::large_type;
use super::posted::Posted;
use super::question::control;
use super::review_page::review_page;
use super::stop_page::{self, Wish, stop_page};
use super::survey_page::{Notice, SurveyPage, survey_page};
use super::visit::{Calm, Visit, refused};

/// The routes below `/s`.
pub(super) fn router() -> Router<Deps> {
    Router::new()
        .route("/s/{token}", get(resume))
        .route("/s/{token}/review", get(review).post(hand_in))
        .route("/s/{token}/done", get(done))
        .route("/s/{token}/callback", get(done).post(callback))
        .route("/s/{token}/opened", post(opened))
        .route("/s/{token}/stop", get(ask_to_stop).post(stop))
        .route("/s/{token}/{page}", get(show).post(answer))
}

async fn resume(visit: Visit) -> Response {
    let page = visit.survey.resume_at();
    let notice = (page > 1).then_some(Notice::Resumed);
    shown(&visit, page, notice)
}

async fn show(visit: Visit) -> Response {
    match existing_page(&visit) {
        Some(page) => shown(&visit, page, None),
        None => to_survey(&visit),
    }
}

fn shown(visit: &Visit, page: u8, notice: Option<Notice>) -> Response {
    match visit.survey.state {
        OpenSurveyState::Open => {
            let mut answers = visit.survey.answers.clone();
            let one_click =
                visit.one_click.and_then(|value| Entered::one_click(&visit.survey, page, value));
            answers.extend(one_click);
            visit.page(rendered(visit, page, visit.locale(), &answers, &[], notice)).into_response()
        }
        OpenSurveyState::Completed { .. } => visit
            .page(already_answered_page(&visit.survey, &visit.base(), visit.locale()))
            .into_response(),
        OpenSurveyState::ScreenedOut => to_done(visit),
        OpenSurveyState::Closed => closed(visit),
    }
}

async fn answer(mut visit: Visit, request: Request) -> Result<Response, Calm> {
    let Some(page) = existing_page(&visit) else { return Ok(to_survey(&visit)) };
    match visit.survey.state {
        OpenSurveyState::Open => {}
        OpenSurveyState::Completed { .. } | OpenSurveyState::ScreenedOut => {
            return Ok(to_done(&visit));
        }
        OpenSurveyState::Closed => return Ok(closed(&visit)),
    }
    let posted = Posted::of(request, &visit.ctx, visit.survey.content.on_page(page)).await?;
    let before = std::mem::replace(&mut visit.large, large_type::ticked(&posted.fields));
    let mut response = take(&mut visit, page, posted).await?;
    if visit.large != before {
        large_type::remember(&mut response, visit.large);
    }
    Ok(response)
}

/// Stores what was entered on a page and says where it goes on.
async fn take(visit: &mut Visit, page: u8, mut posted: Posted) -> Result<Response, Calm> {
    let mut entered = Entered::read(&posted.fields, &visit.survey.content, page);
    if let Some((_, key)) = posted.fields.iter().find(|(name, _)| name == "clear") {
        posted.files.remove(key);
    }
    let wrong = take_files(visit, posted.files, &mut entered).await;
    let language = match entered.intent {
        Intent::Switch(language) => language,
        _ => visit.locale(),
    };
    let wrong = match wrong {
        Ok(wrong) => wrong,
        Err(failure) => return refusal(visit, page, language, entered.answers, failure),
    };
    let hand_in = entered.intent == Intent::HandIn && wrong.is_empty();
    let command = AnswerPage { page, answers: entered.answers.clone(), language, hand_in };
    let failure = match surveys::answer_page(&visit.ctx, command.clone()).await {
        Ok(_) if !wrong.is_empty() => Failure::Invalid { faults: wrong },
        Ok(_) if entered.intent == Intent::Keep => {
            return Ok(StatusCode::NO_CONTENT.into_response());
        }
        Ok(outcome) => return Ok(next_stop(visit, page, entered.intent, outcome)),
        Err(error) => match visit.failure(error) {
            Failure::Invalid { mut faults } => {
                faults.extend(wrong);
                Failure::Invalid { faults }
            }
            failure => failure,
        },
    };
    if faulty_page(visit, page, &failure) != page {
        // This page is fine and must not be lost while the patient mends the other one.
        let kept = surveys::answer_page(&visit.ctx, AnswerPage { hand_in: false, ..command }).await;
        if let Err(error) = kept {
            return refusal(visit, page, language, entered.answers, visit.failure(error));
        }
    }
    refusal(visit, page, language, entered.answers, failure)
}

fn next_stop(visit: &Visit, page: u8, intent: Intent, outcome: AnswerPageOutcome) -> Response {
    let address = match (outcome, intent) {
        (
            AnswerPageOutcome::Completed
            | AnswerPageOutcome::ScreenedOut
            | AnswerPageOutcome::AlreadyCompleted,
            _,
        ) => return to_done(visit),
        (AnswerPageOutcome::Review, _) => {
            return to_review(visit);
        }
        (AnswerPageOutcome::Next(next), Intent::HandIn) => paths::survey_page(&visit.token, next),
        (AnswerPageOutcome::Next(_), Intent::Back) => {
            // What lies before does not depend on what was just answered.
            let before = visit.survey.path().page_before(&visit.survey.content, page);
            paths::survey_page(&visit.token, before.unwrap_or(page))
        }
        (AnswerPageOutcome::Next(_), Intent::Clear | Intent::Keep) => {
            paths::survey_page(&visit.token, page)
        }
        (AnswerPageOutcome::Next(_), Intent::Attach(place)) => {
            format!("{}#{}", paths::survey_page(&visit.token, page), control(place, 0))
        }
        (AnswerPageOutcome::Next(_), Intent::Switch(language)) => {
            format!("{}?lang={}", paths::survey_page(&visit.token, page), language.as_str())
        }
    };
    Redirect::to(&address).into_response()
}

fn to_review(visit: &Visit) -> Response {
    Redirect::to(&with_language(visit, paths::review(&visit.base()))).into_response()
}

async fn review(visit: Visit) -> Response {
    let OpenSurvey { content, answers, facts, state, .. } = &visit.survey;
    let ready =
        visit.survey.path().is_reviewed(content) && check_complete(content, answers, facts).is_ok();
    match state {
        OpenSurveyState::Open if ready => visit
            .page(review_page(&visit.survey, &visit.base(), "", visit.locale()))
            .into_response(),
        OpenSurveyState::Completed { .. } | OpenSurveyState::ScreenedOut => to_done(&visit),
        OpenSurveyState::Open | OpenSurveyState::Closed => to_survey(&visit),
    }
}

async fn hand_in(visit: Visit) -> Result<Response, Calm> {
    match surveys::hand_in(&visit.ctx).await {
        Ok(_) => Ok(to_done(&visit)),
        Err(error) => {
            let failure = visit.failure(error);
            let page = faulty_page(&visit, visit.survey.resume_at(), &failure);
            let answers = visit.survey.answers.clone();
            refusal(&visit, page, visit.locale(), answers, failure)
        }
    }
}

/// The same page again, with everything that was entered and what was wrong with it.
fn refusal(
    visit: &Visit,
    page: u8,
    locale: Locale,
    entered: Answers,
    failure: Failure,
) -> Result<Response, Calm> {
    let mut answers = visit.survey.answers.clone();
    for key in visit.survey.content.on_page(page).flat_map(Question::answer_keys) {
        answers.remove(&key);
    }
    answers.extend(entered);
    match &failure {
        Failure::Invalid { faults } => {
            let page = faulty_page(visit, page, &failure);
            let html = rendered(visit, page, locale, &answers, faults, None);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, visit.page(html)).into_response())
        }
        // Somebody with the same link was faster: the survey's own page tells how it stands.
        Failure::Conflict { .. } => Ok(to_survey(visit)),
        Failure::TooMany { .. } | Failure::Unavailable | Failure::Internal { .. } => {
            let notice = Some(Notice::NotSaved);
            Ok(refused(&failure, rendered(visit, page, locale, &answers, &[], notice)))
        }
        _ => Err(Calm(failure)),
    }
}

/// Handing in the last page also demands what was skipped on earlier ones: show that page then.
fn faulty_page(visit: &Visit, page: u8, failure: &Failure) -> u8 {
    let Failure::Invalid { faults } = failure else { return page };
    let pages: Vec<u8> = faults
        .iter()
        .filter_map(|fault| visit.survey.content.question_of(&fault.field))
        .map(|question| question.page)
        .collect();
    if pages.contains(&page) { page } else { pages.into_iter().min().unwrap_or(page) }
}

/// The script saw a person.
async fn opened(visit: Visit) -> Result<StatusCode, Calm> {
    let noted = surveys::note_opened(&visit.ctx).await;
    noted.map_err(|error| Calm(visit.failure(error)))?;
    Ok(StatusCode::NO_CONTENT)
}

async fn done(visit: Visit) -> Response {
    match visit.survey.state {
        OpenSurveyState::Completed { .. } | OpenSurveyState::ScreenedOut => {
            visit.page(done_page(&visit.survey, &visit.base(), visit.locale())).into_response()
        }
        OpenSurveyState::Open => to_survey(&visit),
        OpenSurveyState::Closed => closed(&visit),
    }
}

async fn callback(visit: Visit, request: Request) -> Result<Response, Calm> {
    let posted = Posted::of(request, &visit.ctx, iter::empty()).await?;
    let agreed =
        posted.fields.iter().find(|(name, _)| name == "agreed").map(|(_, word)| word.as_str());
    let agreed = match agreed {
        Some("yes") => true,
        Some("no") => false,
        // No button of ours says this: ask again.
        _ => return Ok(to_done(&visit)),
    };
    match surveys::answer_callback(&visit.ctx, agreed).await.map_err(|error| visit.failure(error)) {
        Ok(()) | Err(Failure::Conflict { .. }) => Ok(to_done(&visit)),
        Err(failure) => Err(Calm(failure)),
    }
}

async fn ask_to_stop(visit: Visit) -> Result<Response, Calm> {
    let stopped = surveys::stopped_messages(&visit.ctx).await;
    let stopped = stopped.map_err(|error| Calm(visit.failure(error)))?;
    let html = stop_page(&visit.survey, &visit.base(), visit.locale(), &stopped);
    Ok(visit.page(html).into_response())
}

async fn stop(visit: Visit, request: Request) -> Result<Response, Calm> {
    let posted = Posted::of(request, &visit.ctx, iter::empty()).await?;
    let done = match stop_page::wish(&posted.fields) {
        Some(Wish::Stop(channel)) => surveys::opt_out(&visit.ctx, channel).await,
        Some(Wish::Resume(channel)) => surveys::opt_in(&visit.ctx, channel).await,
        Some(Wish::Time(time)) => surveys::prefer_time(&visit.ctx, time).await,
        // No button of ours says anything else: ask again.
        None => Ok(()),
    };
    done.map_err(|error| Calm(visit.failure(error)))?;
    let address = paths::stop(&visit.base());
    Ok(Redirect::to(&with_language(&visit, address)).into_response())
}

/// The page in the address, if this patient comes to it.
fn existing_page(visit: &Visit) -> Option<u8> {
    let way = visit.survey.path();
    visit
        .page
        .filter(|page| way.questions(&visit.survey.content).any(|question| question.page == *page))
}

fn rendered(
    visit: &Visit,
    page: u8,
    locale: Locale,
    answers: &Answers,
    faults: &[FieldFault],
    notice: Option<Notice>,
) -> String {
    let (survey, base) = (&visit.survey, visit.base());
    survey_page(&SurveyPage {
        survey,
        base: &base,
        query: "",
        page,
        locale,
        answers,
        faults,
        notice,
    })
}

fn closed(visit: &Visit) -> Response {
    (StatusCode::GONE, visit.page(closed_page(&visit.survey, visit.locale()))).into_response()
}

fn to_survey(visit: &Visit) -> Response {
    Redirect::to(&with_language(visit, paths::survey(&visit.token))).into_response()
}

fn to_done(visit: &Visit) -> Response {
    Redirect::to(&with_language(visit, paths::survey_done(&visit.token))).into_response()
}

/// A language that was asked for and not stored goes along.
fn with_language(visit: &Visit, address: String) -> String {
    match visit.asked_language {
        Some(language) => format!("{address}?lang={}", language.as_str()),
        None => address,
    }
}
