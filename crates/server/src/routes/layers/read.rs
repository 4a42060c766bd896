//! Layers that go out.

use super::{Id, named};
use crate::app::App;
use crate::layers::{Form, Made, Refusal};
use crate::media::{Coding, preferred};
use crate::problem::Problem;
use crate::routes::conditions::is_known;
use crate::routes::openapi::Problems;
use crate::served::Dist;
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Extension, Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use mendmap_core::sync::Digest;
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::routes) struct Wanted {
    /// `geojson` or `columnar`; where it is not named `Accept` says which.
    #[param(value_type = Option<String>, example = "columnar")]
    format: Option<String>,
    /// A file of this layer that was put in place once, by its SHA-256; where it is not named,
    /// the one that counts.
    version: Option<String>,
    /// `true`: with what supervisors have confirmed of its assets, which no file has yet: what was put
    /// on the map, stands elsewhere, or is gone. Each feature then carries its uid.
    #[serde(default)]
    amended: bool,
}

/// A layer.
///
/// In GeoJSON the bytes as they were uploaded, or came with the app; with `amended=true` a file made of
/// them, which can be uploaded in their place. In columns what was loaded
/// of them: the form is described in the source of Mendmap, `crates/core/src/layer/columnar`.
/// Either comes compressed by brotli or gzip where the caller takes that.
#[utoipa::path(
    get,
    path = "/api/v1/layers/{id}",
    operation_id = "read_layer",
    tag = "layers",
    params(Id, Wanted),
    responses(
        (
            status = 200,
            description = "All of it, with an `ETag` for each form and compression.",
            content(
                (serde_json::Value = "application/geo+json"),
                ("application/vnd.mendmap.layer"),
            ),
        ),
        (status = 304, description = "The caller has it (`If-None-Match`)."),
        Problems,
    ),
)]
pub(in crate::routes) async fn read(
    State(app): State<App>,
    Extension(dist): Extension<Dist>,
    Id(id): Id,
    wanted: Result<Query<Wanted>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Query(wanted) = wanted.map_err(|e| Problem::Query(e.body_text()))?;
    let form = form(&wanted, &headers)?;
    let served = dist.served(app.store().city()).await?;
    let file = named(&served, &id)?;
    let puts = app.layers().puts().await?;
    let current = match &wanted.version {
        None => app.layers().current(&dist.0, file, &puts).await?,
        Some(version) => {
            let no = |_| Problem::Query("version: 64 hex digits in lower case".into());
            let version: Digest = version.parse().map_err(no)?;
            let now = app.layers().current(&dist.0, file, &puts).await?;
            let is_it = now.filter(|now| now.version == version);
            is_it.or_else(|| app.layers().kept(file, version, &puts))
        }
    };
    let current = current.ok_or(Refusal::Missing)?;
    let coding = Coding::of(&headers);
    let layers = app.layers();
    let made = match wanted.amended {
        false => layers.made(&served, file, &current, form, coding).await?,
        true => {
            let confirmed = app.tasks().await?.confirmed();
            let as_wanted = (form, coding);
            let made = layers.amended(&served, file, &current, confirmed, as_wanted);
            made.await?
        }
    };
    let mut response = answer(made, form, &headers);
    let headers = response.headers_mut();
    let is = HeaderValue::from_static;
    headers.insert(CACHE_CONTROL, is("private, no-cache"));
    headers.insert(VARY, is("accept, accept-encoding"));
    Ok(response)
}

/// All of it, or that the caller has it. Who may keep it, and what else it depends on than how
/// it is compressed, is for whoever gives it.
pub(in crate::routes) fn answer(made: Made, form: Form, asked: &HeaderMap) -> Response {
    let tag = made.tag();
    let mut response = match is_known(asked, &tag) {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => {
            let mut response = Body::from(made.bytes).into_response();
            let headers = response.headers_mut();
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(form.media()));
            if let Some(coding) = made.coding.name() {
                headers.insert(CONTENT_ENCODING, HeaderValue::from_static(coding));
            }
            response
        }
    };
    let headers = response.headers_mut();
    // Of hex digits and the like, of which every one may stand in a header.
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(ETAG, tag);
    }
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    response
}

fn form(wanted: &Wanted, headers: &HeaderMap) -> Result<Form, Problem> {
    match wanted.format.as_deref() {
        Some("geojson") => Ok(Form::GeoJson),
        Some("columnar") => Ok(Form::Columnar),
        Some(_) => Err(Problem::Query("format: geojson or columnar".into())),
        None => {
            let columnar = Form::Columnar.media();
            let liked = preferred(headers, &[Form::GeoJson.media(), columnar]);
            Ok(match liked == Some(columnar) {
                true => Form::Columnar,
                false => Form::GeoJson,
            })
        }
    }
}
