//! The REST doors of merges.

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use px360_domain::records::{Duplicate, MergePatients, PatientMerge};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::deps::Deps;
use crate::error::Result;
use crate::http::{Body, ProblemBody};

/// The routes of merges.
pub fn router() -> OpenApiRouter<Deps> {
    OpenApiRouter::new()
        .routes(routes!(duplicates))
        .routes(routes!(merges))
        .routes(routes!(merge))
        .routes(routes!(undo))
}

/// Records that may be the same patient: the same identity document, or the same phone, name and day of birth.
#[utoipa::path(
    get,
    path = "/api/organizations/patients/{id}/duplicates/",
    tag = "patients",
    params(("id" = Uuid, Path, description = "Which patient.")),
    responses(
        (status = 200, description = "At most twenty, the surest first.", body = Vec<Duplicate>),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed to change patients, or to know who they are.", body = ProblemBody),
        (status = 404, description = "Not there, or out of reach.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn duplicates(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Json<Vec<Duplicate>>> {
    Ok(Json(super::kin(&ctx, id).await?.duplicates))
}

/// Who was merged into a patient, newest first.
#[utoipa::path(
    get,
    path = "/api/organizations/patients/{id}/merges/",
    tag = "patients",
    params(("id" = Uuid, Path, description = "Which patient.")),
    responses(
        (status = 200, description = "The merges, those that were undone among them.", body = Vec<PatientMerge>),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed to change patients, or to know who they are.", body = ProblemBody),
        (status = 404, description = "Not there, or out of reach.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn merges(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Json<Vec<PatientMerge>>> {
    Ok(Json(super::kin(&ctx, id).await?.merges))
}

/// Merges another record into this patient: its record numbers, journeys, surveys and messages move here, and
/// it is in no list any more.
///
/// That somebody died or wants no messages, and a withdrawn consent, are never lost, whichever record says so.
#[utoipa::path(
    post,
    path = "/api/organizations/patients/{id}/merges/",
    tag = "patients",
    params(("id" = Uuid, Path, description = "Who is left.")),
    request_body(
        content = MergePatients,
        example = json!({ "version": 1, "merged": { "id": "01936000-0000-7000-8000-00000000000a", "version": 1 },
                          "take": ["mobile"] }),
    ),
    responses(
        (status = 201, description = "They are one.", body = PatientMerge),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed to change patients, or to know who they are.", body = ProblemBody),
        (status = 404, description = "One is not there, or out of reach.", body = ProblemBody),
        (status = 409, description = "One of them changed meanwhile.", body = ProblemBody),
        (status = 422, description = "The same record twice, or a field that cannot be taken.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn merge(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Body(cmd): Body<MergePatients>,
) -> Result<(StatusCode, Json<PatientMerge>)> {
    Ok((StatusCode::CREATED, Json(super::merge(&ctx, id, cmd).await?)))
}

/// Undoes a merge: what moved and is still there moves back, and so do fields that nobody changed since.
#[utoipa::path(
    post,
    path = "/api/organizations/patients/{id}/merges/{merge_id}/undo/",
    tag = "patients",
    params(
        ("id" = Uuid, Path, description = "Who is left."),
        ("merge_id" = Uuid, Path, description = "Which merge."),
    ),
    responses(
        (status = 204, description = "They are two."),
        (status = 401, description = "Nobody is signed in.", body = ProblemBody),
        (status = 403, description = "Not allowed to change patients, or to know who they are.", body = ProblemBody),
        (status = 404, description = "Not there, or out of reach.", body = ProblemBody),
        (status = 409, description = "It was undone before, or one of them changed meanwhile.", body = ProblemBody),
    ),
    security(("bearer" = [])),
)]
async fn undo(ctx: Ctx, Path((id, merge_id)): Path<(Uuid, Uuid)>) -> Result<StatusCode> {
    super::undo(&ctx, id, merge_id).await?;
    Ok(StatusCode::NO_CONTENT)
}
