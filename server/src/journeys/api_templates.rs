//! The door to journey templates. Stages are read and written with their template, because they hold only
//! together.

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use px360_domain::ids::JourneyTemplateId;
use px360_domain::journeys::template::{
    CreateDraft, SaveDraft, SeenTemplate, TemplateDetail, TemplateList,
};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ctx::Ctx;
use crate::deps::Deps;
use crate::error::Result;
use crate::http::{Body, ProblemBody};

/// The routes of this file.
pub(super) fn router() -> OpenApiRouter<Deps> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(view, save, discard))
        .routes(routes!(publish))
        .routes(routes!(retire))
}

/// All versions within reach: the group's, and those of the caller's hospitals.
#[utoipa::path(
    get,
    path = "/api/journeys/templates/",
    tag = "journeys",
    responses(
        (status = 200, description = "The versions.", body = TemplateList),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn list(ctx: Ctx) -> Result<Json<TemplateList>> {
    Ok(Json(super::templates(&ctx).await?))
}

/// Begins a draft: as a copy of what holds there now, unless another version is named.
#[utoipa::path(
    post,
    path = "/api/journeys/templates/",
    tag = "journeys",
    request_body(content = CreateDraft, example = json!({ "journey_type": "opd" })),
    responses(
        (status = 201, description = "The id of the draft.", body = JourneyTemplateId),
        (status = 400, description = "The body is no JSON.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed for the whole group.", body = ProblemBody),
        (status = 404, description = "No such hospital, or version to copy, within reach.", body = ProblemBody),
        (status = 409, description = "There is a draft already.", body = ProblemBody),
        (status = 422, description = "A field that cannot be.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn create(
    ctx: Ctx,
    Body(cmd): Body<CreateDraft>,
) -> Result<(StatusCode, Json<JourneyTemplateId>)> {
    Ok((StatusCode::CREATED, Json(super::create_draft(&ctx, cmd).await?)))
}

/// One version, whole: its stages, its faults, and how it differs from the version before.
#[utoipa::path(
    get,
    path = "/api/journeys/templates/{id}/",
    tag = "journeys",
    params(("id" = JourneyTemplateId, Path, description = "Which version.")),
    responses(
        (status = 200, description = "The version.", body = TemplateDetail),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed.", body = ProblemBody),
        (status = 404, description = "No such version within reach.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn view(ctx: Ctx, Path(id): Path<JourneyTemplateId>) -> Result<Json<TemplateDetail>> {
    Ok(Json(super::template(&ctx, id).await?))
}

/// Writes a draft anew, stages and all; answers its new `lock_version`.
#[utoipa::path(
    put,
    path = "/api/journeys/templates/{id}/",
    tag = "journeys",
    params(("id" = JourneyTemplateId, Path, description = "Which version.")),
    request_body(content = SaveDraft, example = json!({
        "lock_version": 1,
        "body": {
            "name": { "ar": "زيارة العيادة", "en": "Clinic visit" },
            "closing_codes": ["A03"],
            "stages": [{
                "code": "registration", "name": { "ar": "التسجيل", "en": "Registration" },
                "opens_journey": true,
                "triggers": [{
                    "effect": "complete", "event_codes": ["A04"],
                    "conditions": [{ "subject": "class", "operator": "is_one_of", "values": ["outpatient"] }]
                }]
            }]
        }
    })),
    responses(
        (status = 200, description = "The new `lock_version`.", body = i32, content_type = "application/json"),
        (status = 400, description = "The body is no JSON.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed for the whole group.", body = ProblemBody),
        (status = 404, description = "No such version within reach.", body = ProblemBody),
        (status = 409, description = "Stale version, or no draft.", body = ProblemBody),
        (status = 422, description = "What no draft can hold, by `stages.<number>.<part>`.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn save(
    ctx: Ctx,
    Path(id): Path<JourneyTemplateId>,
    Body(cmd): Body<SaveDraft>,
) -> Result<Json<i32>> {
    Ok(Json(super::save_draft(&ctx, id, cmd).await?))
}

/// Throws a draft away.
#[utoipa::path(
    delete,
    path = "/api/journeys/templates/{id}/",
    tag = "journeys",
    params(("id" = JourneyTemplateId, Path, description = "Which version.")),
    responses(
        (status = 204, description = "It is gone."),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed for the whole group.", body = ProblemBody),
        (status = 404, description = "No such version within reach.", body = ProblemBody),
        (status = 409, description = "No draft.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn discard(ctx: Ctx, Path(id): Path<JourneyTemplateId>) -> Result<StatusCode> {
    super::discard_draft(&ctx, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Publishes a draft: new journeys follow it, those under way keep their version.
#[utoipa::path(
    post,
    path = "/api/journeys/templates/{id}/publish/",
    tag = "journeys",
    params(("id" = JourneyTemplateId, Path, description = "Which version.")),
    request_body(content = SeenTemplate, example = json!({ "lock_version": 3 })),
    responses(
        (status = 204, description = "It is published."),
        (status = 400, description = "The body is no JSON.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed for the whole group.", body = ProblemBody),
        (status = 404, description = "No such version within reach.", body = ProblemBody),
        (status = 409, description = "Stale version, no draft, or one with faults.", body = ProblemBody),
        (status = 422, description = "A field that cannot be.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn publish(
    ctx: Ctx,
    Path(id): Path<JourneyTemplateId>,
    Body(cmd): Body<SeenTemplate>,
) -> Result<StatusCode> {
    super::publish(&ctx, id, cmd).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Retires a published version: a hospital follows the group's again.
#[utoipa::path(
    post,
    path = "/api/journeys/templates/{id}/retire/",
    tag = "journeys",
    params(("id" = JourneyTemplateId, Path, description = "Which version.")),
    request_body(content = SeenTemplate, example = json!({ "lock_version": 4 })),
    responses(
        (status = 204, description = "It is retired."),
        (status = 400, description = "The body is no JSON.", body = ProblemBody),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed for the whole group.", body = ProblemBody),
        (status = 404, description = "No such version within reach.", body = ProblemBody),
        (status = 409, description = "Stale version, or not published.", body = ProblemBody),
        (status = 422, description = "A field that cannot be.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn retire(
    ctx: Ctx,
    Path(id): Path<JourneyTemplateId>,
    Body(cmd): Body<SeenTemplate>,
) -> Result<StatusCode> {
    super::retire(&ctx, id, cmd).await?;
    Ok(StatusCode::NO_CONTENT)
}
