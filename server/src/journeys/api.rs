//! The door to journeys: who is where, and what happened.

use axum::Json;
use axum::extract::Path;
use axum_extra::extract::Query;
use px360_domain::ids::{JourneyId, JourneyTemplateId, PatientId};
use px360_domain::journeys::{
    Board, BoardFilter, JourneyDetail, JourneyFilter, JourneyPage, JourneyStatus, JourneyType,
};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ctx::Ctx;
use crate::deps::Deps;
use crate::error::Result;
use crate::http::ProblemBody;

/// The routes of this module.
pub fn router() -> OpenApiRouter<Deps> {
    OpenApiRouter::new()
        .routes(routes!(board))
        .routes(routes!(list))
        .routes(routes!(view))
        .merge(super::api_templates::router())
}

/// Who is where now: the patients of one kind of journey by stage.
#[utoipa::path(
    get,
    path = "/api/journeys/board/",
    tag = "journeys",
    params(
        ("journey_type" = Option<JourneyType>, Query, description = "Which kind of encounter; `opd` when absent."),
        ("hospital" = Option<String>, Query, description = "Our code of the hospital."),
    ),
    responses(
        (status = 200, description = "The board. Names are masked for whoever needs no identity.", body = Board),
        (status = 400, description = "A kind that is none.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
        (status = 422, description = "A hospital that is longer than any code.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn board(ctx: Ctx, Query(filter): Query<BoardFilter>) -> Result<Json<Board>> {
    Ok(Json(super::board(&ctx, filter).await?))
}

/// Journeys within the caller's reach, those that began last first.
#[utoipa::path(
    get,
    path = "/api/journeys/instances/",
    tag = "journeys",
    params(
        ("hospital" = Option<String>, Query, description = "Our code of the hospital."),
        ("journey_type" = Option<JourneyType>, Query, description = "Which kind of encounter."),
        ("status" = Option<JourneyStatus>, Query, description = "Where they stand."),
        ("encounter_number" = Option<String>, Query, description = "The hospital's visit number."),
        ("patient_id" = Option<PatientId>, Query, description = "Whose."),
        ("template_id" = Option<JourneyTemplateId>, Query, description = "Which version they follow."),
        ("limit" = Option<u16>, Query, description = "How many, 1 to 200; 50 when absent."),
        ("cursor" = Option<String>, Query, description = "The `next_cursor` of the page before."),
    ),
    responses(
        (status = 200, description = "One page.", body = JourneyPage),
        (status = 400, description = "A filter that cannot be read.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
        (status = 422, description = "A cursor that is not ours, a limit out of range, or a filter that is too long.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn list(ctx: Ctx, Query(filter): Query<JourneyFilter>) -> Result<Json<JourneyPage>> {
    Ok(Json(super::journeys(&ctx, filter).await?))
}

/// One journey: its stages, where the patient was, its messages and surveys.
#[utoipa::path(
    get,
    path = "/api/journeys/instances/{id}/",
    tag = "journeys",
    params(("id" = JourneyId, Path, description = "Which journey.")),
    responses(
        (status = 200, description = "The journey.", body = JourneyDetail),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
        (status = 404, description = "No such journey within reach.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn view(ctx: Ctx, Path(id): Path<JourneyId>) -> Result<Json<JourneyDetail>> {
    Ok(Json(super::journey(&ctx, id).await?))
}
