//! Layers that come.

use super::answer::Taken;
use super::{Id, named};
use crate::app::App;
use crate::auth::{Who, now};
use crate::layers::{Form, LAYER_BYTES, LayerError, Refusal, last};
use crate::media::Coding;
use crate::problem::Problem;
use crate::routes::body::{Patience, length, received};
use crate::routes::conditions::is_expected;
use crate::routes::openapi::Problems;
use crate::served::{Dist, Served};
use crate::store::LayerPut;
use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Extension, Query, State};
use axum::http::header::ETAG;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use mendmap_core::account::Role;
use mendmap_core::catalog::LayerFile;
use mendmap_core::sync::Digest;
use serde::Deserialize;
use utoipa::IntoParams;

/// How often somebody else may come first before the caller is told to try again.
const TRIES: usize = 5;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::routes) struct How {
    /// Only looks at the file and gives the report.
    #[serde(default)]
    #[param(required = false)]
    dry_run: bool,
}

/// Puts a file in place of a layer's.
///
/// It is read as the app reads a file, with the same report. Where something in it can be loaded
/// it counts from now on for everybody; where nothing can, the layer stays as it was. The one
/// before is kept. At most 64 MiB.
#[utoipa::path(
    put,
    path = "/api/v1/layers/{id}",
    operation_id = "put_layer",
    tag = "layers",
    params(
        Id,
        How,
        (
            "If-Match" = Option<String>,
            Header,
            description = "The `ETag` of the file that is to be replaced: 412 where another one \
                counts by now.",
        ),
    ),
    request_body(content((serde_json::Value = "application/geo+json"))),
    responses((status = 200, description = "What reading it said.", body = inline(Taken)), Problems),
)]
pub(in crate::routes) async fn put(
    State(app): State<App>,
    Extension(who): Extension<Who>,
    Extension(dist): Extension<Dist>,
    Id(id): Id,
    how: Result<Query<How>, QueryRejection>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    who.at_least(Role::Administrator)?;
    let Query(how) = how.map_err(|e| Problem::Query(e.body_text()))?;
    let served = dist.served(app.store().city()).await?;
    let file = named(&served, &id)?;
    if length(&headers).is_some_and(|length| length > LAYER_BYTES as u64) {
        return Err(Refusal::Bytes.into());
    }
    let change = Change {
        app: &app,
        dist: &dist,
        file,
        who: &who,
        headers: &headers,
    };
    // Before anything is read, and again when it counts.
    change.next().await?;
    let place = app.layers().receiving().ok_or(Problem::Full)?;
    let patience = Patience::of(&headers, LAYER_BYTES);
    let (bytes, ended) = received(body, LAYER_BYTES, patience)
        .await
        .map_err(|_| Refusal::Bytes)?;
    if !ended {
        return Err(Refusal::Cut.into());
    }
    let looked = app.layers().look_at(&served, file, bytes.clone()).await;
    let (version, look) = looked?;
    if look.report.loaded == 0 {
        return Err(Refusal::nothing(&look.report).into());
    }
    if !how.dry_run {
        change.make(Some(version), bytes).await?;
    }
    drop(place);
    if !how.dry_run {
        let (app, file) = (app.clone(), file.clone());
        let served = served.clone();
        tokio::spawn(async move { prepare(&app, &dist, &served, &file).await });
    }
    let taken = Taken {
        taken: !how.dry_run,
        version: version.to_string(),
        report: look.report.clone(),
    };
    let mut response = Json(taken).into_response();
    if !how.dry_run {
        let tag = format!("\"{version}\"");
        let tag = tag.parse().map_err(|_| Problem::Internal)?;
        response.headers_mut().insert(ETAG, tag);
    }
    Ok(response)
}

/// Puts the file that came with the app back in place of a layer's.
///
/// What was uploaded is kept.
#[utoipa::path(
    delete,
    path = "/api/v1/layers/{id}",
    operation_id = "restore_layer",
    tag = "layers",
    params(
        Id,
        (
            "If-Match" = Option<String>,
            Header,
            description = "The `ETag` of the file that is to go: 412 where another one counts by \
                now.",
        ),
    ),
    responses((status = 204, description = "It counts again."), Problems),
)]
pub(in crate::routes) async fn restore(
    State(app): State<App>,
    Extension(who): Extension<Who>,
    Extension(dist): Extension<Dist>,
    Id(id): Id,
    headers: HeaderMap,
) -> Result<StatusCode, Problem> {
    who.at_least(Role::Administrator)?;
    let served = dist.served(app.store().city()).await?;
    let change = Change {
        app: &app,
        dist: &dist,
        file: named(&served, &id)?,
        who: &who,
        headers: &headers,
    };
    change.make(None, Bytes::new()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A layer that somebody changes, knowing something of it or not.
struct Change<'a> {
    app: &'a App,
    dist: &'a Dist,
    file: &'a LayerFile,
    who: &'a Who,
    headers: &'a HeaderMap,
}

impl Change<'_> {
    /// What was put last, as long as it is what the caller expects.
    async fn next(&self) -> Result<Option<LayerPut>, Problem> {
        let layers = self.app.layers();
        let puts = layers.puts().await?;
        let current = layers.current(&self.dist.0, self.file, &puts).await?;
        let is_it = |tag: &str| match (&current, tag) {
            (None, _) => false,
            (Some(_), "*") => true,
            (Some(current), tag) => {
                // However it was compressed on the way.
                let tag = tag.trim_matches('"');
                let version = tag.split_once('-').map_or(tag, |(version, _)| version);
                version == current.version.to_string()
            }
        };
        match is_expected(self.headers, is_it) {
            true => Ok(last(&self.file.id, &puts).cloned()),
            false => Err(Refusal::Changed.into()),
        }
    }

    /// Lets a file count; nothing is done where it does already.
    async fn make(&self, version: Option<Digest>, file: Bytes) -> Result<(), Problem> {
        for _ in 0..TRIES {
            let last = self.next().await?;
            if last.as_ref().and_then(|last| last.version) == version {
                return Ok(());
            }
            let put = LayerPut {
                layer: self.file.id.clone(),
                number: last.map_or(1, |last| last.number + 1),
                version,
                bytes: file.len() as u64,
                at: now(),
                by: self.who.account().cloned(),
            };
            if self.app.layers().put(put, file.clone()).await? {
                let layer = &self.file.id.0;
                tracing::info!(layer, version = ?version, "another file of a layer counts");
                return Ok(());
            }
        }
        Err(Problem::Full)
    }
}

/// Makes what phones ask for, so that the first of them does not wait for it.
async fn prepare(app: &App, dist: &Dist, served: &Served, file: &LayerFile) {
    let layers = app.layers();
    let making = async {
        let puts = layers.puts().await?;
        let Some(current) = layers.current(&dist.0, file, &puts).await? else {
            return Ok(());
        };
        let made = layers.made(served, file, &current, Form::GeoJson, Coding::Brotli);
        made.await.map(|_| ())
    };
    let made: Result<(), LayerError> = making.await;
    if let Err(error) = made {
        // Whoever asks for it is told then.
        tracing::warn!(%error, "a layer that was uploaded cannot be made ready");
    }
}
