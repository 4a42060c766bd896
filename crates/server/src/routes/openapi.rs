//! `/api/v1/openapi.json`: the programming interface, described.

use super::layers::{self, change, read};
use super::photos::{guarded, receive, serve};
use super::{
    accounts, events, health, held, ledger, metrics, push, receipts, session, snapshot, stream,
    tasks,
};
use crate::problem::Details;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{Components, ContentBuilder, Ref, RefOr, Response, ResponseBuilder};
use utoipa::{IntoResponses, Modify, OpenApi};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Mendmap",
        description = "Takes a city's events in, gives them one order, and hands them on.",
    ),
    paths(
        events::append,
        events::page,
        stream::stream,
        snapshot::snapshot,
        snapshot::segment,
        receipts::receipts,
        held::held,
        held::release,
        tasks::list,
        tasks::one,
        ledger::ledger,
        layers::list,
        read::read,
        change::put,
        change::restore,
        serve::read,
        receive::offset,
        receive::put,
        receive::append,
        guarded::erase,
        guarded::private,
        guarded::put_private,
        guarded::erase_private,
        session::log_in,
        session::log_out,
        session::me,
        session::change_password,
        accounts::set_password,
        push::read,
        push::put,
        push::end,
        described,
        health::alive,
        health::ready,
        metrics::metrics,
    ),
    components(schemas(Details)),
    security(("session" = []), ("key" = [])),
    modifiers(&Ways),
)]
struct Api;

/// How to say who one is. Until there is an account nobody is asked.
struct Ways;

impl Modify for Ways {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let components = api.components.get_or_insert_with(Components::new);
        let cookie = "Set by logging in; its name ends with the id of the city. A request that \
                      changes something comes from a page of the same origin.";
        let cookie = ApiKeyValue::with_description("mendmap-CITY", cookie);
        let key = Http::builder()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some(
                "A program's key, made by `mendmap-server user token`.",
            ));
        let cookie = SecurityScheme::ApiKey(ApiKey::Cookie(cookie));
        components.add_security_scheme("session", cookie);
        components.add_security_scheme("key", SecurityScheme::Http(key.build()));
        components
            .responses
            .insert("Problem".into(), problem().into());
    }
}

fn problem() -> Response {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem")));
    ResponseBuilder::new()
        .description(
            "What the request cannot have, as problem details (RFC 9457) in the caller's language.",
        )
        .content("application/problem+json", content.build())
        .build()
}

/// Said by every route beside what it answers.
pub(super) struct Problems;

impl IntoResponses for Problems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let problem = Ref::from_response_name("Problem");
        BTreeMap::from([("default".into(), problem.into())])
    }
}

/// This description, in OpenAPI 3.1.
#[utoipa::path(
    get,
    path = "/api/v1/openapi.json",
    tag = "server",
    security(()),
    responses((status = 200, description = "What you read.", body = serde_json::Value), Problems),
)]
pub(super) async fn described() -> impl IntoResponse {
    static TEXT: LazyLock<Result<String, serde_json::Error>> =
        LazyLock::new(|| Api::openapi().to_pretty_json());
    match &*TEXT {
        Ok(text) => ([(CONTENT_TYPE, "application/json")], text.as_str()).into_response(),
        Err(error) => {
            tracing::error!(%error, "the description cannot be written");
            crate::problem::Problem::Internal.into_response()
        }
    }
}
