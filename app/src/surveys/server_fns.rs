//! The page's way to the use cases.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use px360_domain::ids::{SurveyId, SurveyPosterId, SurveyTemplateId};
use px360_domain::surveys::authoring::{
    CreateSurveyTemplate, SaveSurveyDraft, SeenSurveyDraft, SurveyTemplateDetail,
    SurveyTemplateList,
};
use px360_domain::surveys::posters::{MakeSurveyPoster, SurveyPosterList, SurveyPosterSheet};
use px360_domain::surveys::results::{ResultFilter, SurveyResults};
use px360_domain::surveys::{
    BeginEntry, SurveyEntry, SurveyInstanceFilter, SurveyInstancePage, SurveyResponse,
};

use crate::UiError;
use crate::wire::Answer;

/// All survey templates.
#[server(prefix = "/rpc", endpoint = "surveys/templates", input = Json, output = Answer)]
pub async fn surveys_templates() -> Result<SurveyTemplateList, UiError> {
    Ok(px360_server::surveys::survey_templates(&crate::ssr::ctx().await?).await?)
}

/// One survey template with one of its versions, whole.
#[server(prefix = "/rpc", endpoint = "surveys/template", input = Json, output = Answer)]
pub async fn surveys_template(
    id: SurveyTemplateId,
    version: Option<i32>,
) -> Result<SurveyTemplateDetail, UiError> {
    Ok(px360_server::surveys::survey_template(&crate::ssr::ctx().await?, id, version).await?)
}

/// Begins a survey template.
#[server(prefix = "/rpc", endpoint = "surveys/create-template", input = Json, output = Answer)]
pub async fn surveys_create_template(
    cmd: CreateSurveyTemplate,
) -> Result<SurveyTemplateId, UiError> {
    Ok(px360_server::surveys::create_template(&crate::ssr::ctx().await?, cmd).await?)
}

/// Begins the next version of a survey.
#[server(prefix = "/rpc", endpoint = "surveys/begin-draft", input = Json, output = Answer)]
pub async fn surveys_begin_draft(
    id: SurveyTemplateId,
    copy_of: Option<i32>,
) -> Result<(), UiError> {
    Ok(px360_server::surveys::begin_draft(&crate::ssr::ctx().await?, id, copy_of).await?)
}

/// Writes a draft anew.
#[server(prefix = "/rpc", endpoint = "surveys/save-draft", input = Json, output = Answer)]
pub async fn surveys_save_draft(
    id: SurveyTemplateId,
    cmd: SaveSurveyDraft,
) -> Result<i32, UiError> {
    Ok(px360_server::surveys::save_draft(&crate::ssr::ctx().await?, id, cmd).await?)
}

/// Throws a draft away.
#[server(prefix = "/rpc", endpoint = "surveys/discard-draft", input = Json, output = Answer)]
pub async fn surveys_discard_draft(id: SurveyTemplateId) -> Result<(), UiError> {
    Ok(px360_server::surveys::discard_draft(&crate::ssr::ctx().await?, id).await?)
}

/// Publishes a draft.
#[server(prefix = "/rpc", endpoint = "surveys/publish", input = Json, output = Answer)]
pub async fn surveys_publish(id: SurveyTemplateId, cmd: SeenSurveyDraft) -> Result<(), UiError> {
    Ok(px360_server::surveys::publish(&crate::ssr::ctx().await?, id, cmd).await?)
}

/// Takes a survey out of use.
#[server(prefix = "/rpc", endpoint = "surveys/retire", input = Json, output = Answer)]
pub async fn surveys_retire(id: SurveyTemplateId) -> Result<(), UiError> {
    Ok(px360_server::surveys::retire(&crate::ssr::ctx().await?, id).await?)
}

/// Takes a retired survey back into use.
#[server(prefix = "/rpc", endpoint = "surveys/reinstate", input = Json, output = Answer)]
pub async fn surveys_reinstate(id: SurveyTemplateId) -> Result<(), UiError> {
    Ok(px360_server::surveys::reinstate(&crate::ssr::ctx().await?, id).await?)
}

/// What came back of a survey.
#[server(prefix = "/rpc", endpoint = "surveys/results", input = Json, output = Answer)]
pub async fn surveys_results(
    id: SurveyTemplateId,
    filter: ResultFilter,
) -> Result<SurveyResults, UiError> {
    Ok(px360_server::surveys::survey_results(&crate::ssr::ctx().await?, id, filter).await?)
}

/// Surveys one by one.
#[server(prefix = "/rpc", endpoint = "surveys/instances", input = Json, output = Answer)]
pub async fn surveys_instances(
    filter: SurveyInstanceFilter,
) -> Result<SurveyInstancePage, UiError> {
    Ok(px360_server::surveys::survey_instances(&crate::ssr::ctx().await?, filter).await?)
}

/// One survey with its answers.
#[server(prefix = "/rpc", endpoint = "surveys/response", input = Json, output = Answer)]
pub async fn surveys_response(id: SurveyId) -> Result<SurveyResponse, UiError> {
    Ok(px360_server::surveys::survey_response(&crate::ssr::ctx().await?, id).await?)
}

/// Begins to enter a patient's answers.
#[server(prefix = "/rpc", endpoint = "surveys/begin-entry", input = Json, output = Answer)]
pub async fn surveys_begin_entry(id: SurveyId, cmd: BeginEntry) -> Result<SurveyEntry, UiError> {
    Ok(px360_server::surveys::begin_entry(&crate::ssr::ctx().await?, id, cmd).await?)
}

/// Sends a survey to whoever writes it.
#[server(prefix = "/rpc", endpoint = "surveys/test-send", input = Json, output = Answer)]
pub async fn surveys_test_send(id: SurveyTemplateId) -> Result<(), UiError> {
    Ok(px360_server::surveys::test_send(&crate::ssr::ctx().await?, id).await?)
}

/// The posters, and what one more could be about.
#[server(prefix = "/rpc", endpoint = "surveys/posters", input = Json, output = Answer)]
pub async fn surveys_posters() -> Result<SurveyPosterList, UiError> {
    Ok(px360_server::surveys::survey_posters(&crate::ssr::ctx().await?).await?)
}

/// One poster, to be printed.
#[server(prefix = "/rpc", endpoint = "surveys/poster", input = Json, output = Answer)]
pub async fn surveys_poster(id: SurveyPosterId) -> Result<SurveyPosterSheet, UiError> {
    Ok(px360_server::surveys::survey_poster(&crate::ssr::ctx().await?, id).await?)
}

/// Makes a poster.
#[server(prefix = "/rpc", endpoint = "surveys/make-poster", input = Json, output = Answer)]
pub async fn surveys_make_poster(cmd: MakeSurveyPoster) -> Result<SurveyPosterId, UiError> {
    Ok(px360_server::surveys::make_survey_poster(&crate::ssr::ctx().await?, cmd).await?)
}

/// Stops a poster.
#[server(prefix = "/rpc", endpoint = "surveys/stop-poster", input = Json, output = Answer)]
pub async fn surveys_stop_poster(id: SurveyPosterId) -> Result<(), UiError> {
    Ok(px360_server::surveys::stop_survey_poster(&crate::ssr::ctx().await?, id).await?)
}
