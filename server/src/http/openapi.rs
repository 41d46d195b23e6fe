//! What every operation has in common in the API's own description.

use utoipa::ToSchema as _;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ContentBuilder, OpenApi, Ref, RefOr, Response, ResponseBuilder};

use super::ProblemBody;
use super::problem::PROBLEM_JSON;
use super::session;
use crate::deps::Deps;

const JSON: &str = "application/json";

/// Completes the document that the modules' routers collected: the ways to say who one is, and the
/// media type of refusals. The modules write neither, so none can forget it.
pub fn complete(api: &mut OpenApi, deps: &Deps) {
    let components = api.components.get_or_insert_default();
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
    let api_key = ApiKeyValue::with_description(
        "Authorization",
        "`Api-Key` and the key of the source, for example `Api-Key px360-demo-key`.",
    );
    let cookie = ApiKeyValue::new(session::cookie_name(deps));
    components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
    components.add_security_scheme("api_key", SecurityScheme::ApiKey(ApiKey::Header(api_key)));
    components.add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
    for (path, item) in &mut api.paths.paths {
        for operation in operations(item) {
            refuse_what_cannot_be_read(path, operation);
            refuse_with_problems(operation);
        }
    }
}

/// What no handler says of itself, because it is refused before it: a path or a body that cannot be read.
fn refuse_what_cannot_be_read(path: &str, operation: &mut Operation) {
    let is_json = operation.request_body.as_ref().is_some_and(|body| match body {
        RefOr::T(body) => body.content.contains_key(JSON),
        RefOr::Ref(_) => false,
    });
    let of_all = [("429", "More requests than one caller may make; see Retry-After.")];
    let of_path = [("400", "A part of the address cannot be read.")];
    let of_body = [
        ("400", "The body cannot be read."),
        ("413", "The body is too large."),
        ("415", "The body is no JSON."),
        ("422", "Fields cannot be accepted."),
    ];
    let of_path = of_path.into_iter().filter(|_| path.contains('{'));
    let of_body = of_body.into_iter().filter(|_| is_json);
    for (status, description) in of_all.into_iter().chain(of_path).chain(of_body) {
        let schema = Ref::from_schema_name(ProblemBody::name());
        let content = ContentBuilder::new().schema(Some(schema)).build();
        let refusal = ResponseBuilder::new().description(description).content(JSON, content);
        let known = &mut operation.responses.responses;
        known.entry(status.to_owned()).or_insert_with(|| refusal.build().into());
    }
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.put, &mut item.post, &mut item.delete, &mut item.patch]
        .into_iter()
        .filter_map(Option::as_mut)
}

fn refuse_with_problems(operation: &mut Operation) {
    let refusals = operation
        .responses
        .responses
        .iter_mut()
        .filter(|(status, _)| status.starts_with(['4', '5']));
    for (_, response) in refusals {
        if let RefOr::T(Response { content, .. }) = response
            && let Some(body) = content.shift_remove(JSON)
        {
            content.insert(PROBLEM_JSON.to_owned(), body);
        }
    }
}
