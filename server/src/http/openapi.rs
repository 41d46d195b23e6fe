//! What every operation has in common in the API's own description.

use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{OpenApi, RefOr, Response};

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
    for item in api.paths.paths.values_mut() {
        operations(item).for_each(refuse_with_problems);
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
