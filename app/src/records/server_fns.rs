//! Calls about records.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use px360_domain::bulk::BulkOutcome;
use px360_domain::records::{
    BreakGlass, BulkDeed, DepartmentTree, Import, ImportDetail, Kept, MergePatients, MergePreview,
    OpenGlass, PatientMerge, PatientTimeline, PickedRecords, RecordDetail, RecordKind, RecordList,
    RecordOption, RecordQuery, SaveRecord, StartImport, TimelineQuery,
};
use px360_domain::saved_views::SavedView;
use uuid::Uuid;

use crate::UiError;
use crate::wire::Answer;

/// One page of the records of a kind.
#[server(prefix = "/rpc", endpoint = "records/list", input = Json, output = Answer)]
pub async fn records_list(kind: RecordKind, query: RecordQuery) -> Result<RecordList, UiError> {
    Ok(px360_server::records::list_views(&crate::ssr::ctx().await?, kind, query).await?)
}

/// One record.
#[server(prefix = "/rpc", endpoint = "records/detail", input = Json, output = Answer)]
pub async fn records_detail(kind: RecordKind, id: Uuid) -> Result<RecordDetail, UiError> {
    Ok(px360_server::records::detail(&crate::ssr::ctx().await?, kind, id).await?)
}

/// The saved views of a list.
#[server(prefix = "/rpc", endpoint = "records/saved-views", input = Json, output = Answer)]
pub async fn records_saved_views(kind: RecordKind) -> Result<Vec<SavedView>, UiError> {
    Ok(px360_server::records::saved_views(&crate::ssr::ctx().await?, kind).await?)
}

/// The tree of departments.
#[server(prefix = "/rpc", endpoint = "records/tree", input = Json, output = Answer)]
pub async fn records_tree() -> Result<DepartmentTree, UiError> {
    Ok(px360_server::records::tree(&crate::ssr::ctx().await?).await?)
}

/// What words find, for whoever refers to a record.
#[server(prefix = "/rpc", endpoint = "records/options", input = Json, output = Answer)]
pub async fn records_options(
    kind: RecordKind,
    search: String,
    filters: Vec<(String, String)>,
) -> Result<Vec<RecordOption>, UiError> {
    let ctx = crate::ssr::ctx().await?;
    Ok(px360_server::records::options(&ctx, kind, search, filters).await?)
}

/// Makes or changes a record.
#[server(prefix = "/rpc", endpoint = "records/save", input = Json, output = Answer)]
pub async fn records_save(cmd: SaveRecord) -> Result<Kept, UiError> {
    Ok(px360_server::records::save(&crate::ssr::ctx().await?, cmd).await?)
}

/// Removes a record.
#[server(prefix = "/rpc", endpoint = "records/remove", input = Json, output = Answer)]
pub async fn records_remove(kind: RecordKind, existing: Kept) -> Result<(), UiError> {
    let Kept { id, version } = existing;
    let ctx = crate::ssr::ctx().await?;
    Ok(px360_server::records::remove(&ctx, kind, id, Some(version)).await?)
}

/// Does one thing to many records.
#[server(prefix = "/rpc", endpoint = "records/change-many", input = Json, output = Answer)]
pub async fn records_change_many(
    kind: RecordKind,
    picked: PickedRecords,
    deed: BulkDeed,
) -> Result<BulkOutcome, UiError> {
    let ctx = crate::ssr::ctx().await?;
    Ok(px360_server::records::change_many(&ctx, kind, picked, deed).await?)
}

/// The reader's last imports.
#[server(prefix = "/rpc", endpoint = "records/imports", input = Json, output = Answer)]
pub async fn records_imports() -> Result<Vec<Import>, UiError> {
    Ok(px360_server::records::import::list(&crate::ssr::ctx().await?).await?)
}

/// One import.
#[server(prefix = "/rpc", endpoint = "records/import", input = Json, output = Answer)]
pub async fn records_import(id: Uuid) -> Result<ImportDetail, UiError> {
    Ok(px360_server::records::import::find(&crate::ssr::ctx().await?, id).await?)
}

/// Lets a job read a file.
#[server(prefix = "/rpc", endpoint = "records/import-start", input = Json, output = Answer)]
pub async fn records_import_start(id: Uuid, cmd: StartImport) -> Result<(), UiError> {
    Ok(px360_server::records::import::start(&crate::ssr::ctx().await?, id, cmd).await?)
}

/// What happened to a patient.
#[server(prefix = "/rpc", endpoint = "records/timeline", input = Json, output = Answer)]
pub async fn records_timeline(id: Uuid, query: TimelineQuery) -> Result<PatientTimeline, UiError> {
    Ok(px360_server::records::timeline::view(&crate::ssr::ctx().await?, id, query).await?)
}

/// Shows who a patient is, for a while and for a reason.
#[server(prefix = "/rpc", endpoint = "records/break-glass", input = Json, output = Answer)]
pub async fn records_break_glass(id: Uuid, cmd: BreakGlass) -> Result<OpenGlass, UiError> {
    Ok(px360_server::records::glass::break_glass(&crate::ssr::ctx().await?, id, cmd).await?)
}

/// Two records side by side.
#[server(prefix = "/rpc", endpoint = "records/compare", input = Json, output = Answer)]
pub async fn records_compare(survivor: Uuid, merged: Uuid) -> Result<MergePreview, UiError> {
    Ok(px360_server::records::merge::compare(&crate::ssr::ctx().await?, survivor, merged).await?)
}

/// Two become one.
#[server(prefix = "/rpc", endpoint = "records/merge", input = Json, output = Answer)]
pub async fn records_merge(survivor: Uuid, cmd: MergePatients) -> Result<PatientMerge, UiError> {
    Ok(px360_server::records::merge::merge(&crate::ssr::ctx().await?, survivor, cmd).await?)
}

/// One becomes two again.
#[server(prefix = "/rpc", endpoint = "records/unmerge", input = Json, output = Answer)]
pub async fn records_unmerge(survivor: Uuid, merge: Uuid) -> Result<(), UiError> {
    Ok(px360_server::records::merge::undo(&crate::ssr::ctx().await?, survivor, merge).await?)
}
