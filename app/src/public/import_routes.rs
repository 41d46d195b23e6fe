//! Files of records, as browsers send and take them: without any script.

use axum::Router;
use axum::extract::{DefaultBodyLimit, Multipart, Path};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use px360_domain::records::RecordKind;
use px360_domain::{Failure, FieldFault, Locale, paths};
use px360_server::http::Problem;
use px360_server::records::import;
use px360_server::{Ctx, Deps, Error};
use uuid::Uuid;

use crate::records::fault_in_words;

/// What a form of the browser puts around a file.
const FORM_BYTES: usize = 64 << 10;

/// Handing in a file, and fetching the rows that could not be kept, below each language.
pub(super) fn router() -> Router<Deps> {
    let routes = Locale::ALL.iter().fold(Router::new(), |router, &locale| {
        let upload = post(move |ctx: Ctx, kind: Path<String>, form: Multipart| {
            upload(locale, ctx, kind, form)
        });
        let faults = get(move |ctx: Ctx, id: Path<Uuid>| faults(locale, ctx, id));
        router
            .route(&paths::upload(locale, "{kind}"), upload)
            .route(&paths::import_faults(locale, "{id}"), faults)
    });
    routes.layer(DefaultBodyLimit::max(import::FILE_BYTES_MAX + FORM_BYTES))
}

async fn upload(locale: Locale, ctx: Ctx, Path(plural): Path<String>, form: Multipart) -> Response {
    let Some(kind) = RecordKind::of_plural(&plural) else {
        return Problem::of(&Failure::not_found("import")).into_response();
    };
    let _room = match import::room(&ctx, kind) {
        Ok(room) => room,
        Err(Error::Refused(Failure::TooMany { .. })) => {
            return once_more(locale, kind, "uploads_busy");
        }
        Err(refused) => return refused.into_response(),
    };
    match take_in(&ctx, kind, form).await {
        Ok(id) => Redirect::to(&paths::import(locale, &id.to_string())).into_response(),
        Err(Error::Refused(Failure::Invalid { faults })) => {
            let code = faults.first().map_or("not_a_table", |fault| fault.code.as_str());
            once_more(locale, kind, code)
        }
        Err(error) => error.into_response(),
    }
}

/// The page that the file was chosen on, with what was wrong.
fn once_more(locale: Locale, kind: RecordKind, code: &str) -> Response {
    let page = paths::import_new(locale, kind.plural());
    Redirect::to(&format!("{page}?fault={code}")).into_response()
}

async fn take_in(ctx: &Ctx, kind: RecordKind, mut form: Multipart) -> Result<Uuid, Error> {
    let too_large = |_broken| Failure::invalid("file", "too_large");
    while let Some(part) = form.next_field().await.map_err(too_large)? {
        let Some(name) = part.file_name().map(str::to_owned) else { continue };
        let bytes = part.bytes().await.map_err(too_large)?;
        if bytes.is_empty() {
            break;
        }
        return Ok(import::upload(ctx, kind, &name, bytes.into()).await?.id);
    }
    Err(Failure::invalid("file", "empty_file").into())
}

async fn faults(locale: Locale, ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response, Error> {
    let kind = import::find(&ctx, id).await?.import.kind;
    let say = move |fault: &FieldFault| fault_in_words(locale, kind, fault);
    let heads = [text!(locale, records.import_row), text!(locale, records.import_wrong)];
    let rows = import::fault_file(&ctx, id, heads, say).await?;
    Ok(import::as_file(&ctx, rows))
}
