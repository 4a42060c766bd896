//! `/api/v1/layers`: the city's layers, for programs to read and for administrators to replace.

mod answer;
pub(super) mod change;
pub(super) mod read;

use super::openapi::Problems;
use crate::app::App;
use crate::layers::{LayerError, Refusal, last};
use crate::problem::Problem;
use crate::served::{Dist, Served};
use answer::{Entries, Entry};
use axum::Json;
use axum::extract::{Extension, FromRequestParts, Path, State};
use axum::http::request::Parts;
use mendmap_core::catalog::LayerFile;
use utoipa::IntoParams;

/// The city's layers, in the catalogue's order.
///
/// With what reading the file of each said. Where none was uploaded, it is the one that came with
/// the app.
#[utoipa::path(
    get,
    path = "/api/v1/layers",
    operation_id = "list_layers",
    tag = "layers",
    responses((status = 200, description = "All of them.", body = inline(Entries)), Problems),
)]
pub(super) async fn list(
    State(app): State<App>,
    Extension(dist): Extension<Dist>,
) -> Result<Json<Entries>, Problem> {
    let served = dist.served(app.store().city()).await?;
    let puts = app.layers().puts().await?;
    let mut layers = Vec::new();
    for file in &served.catalog.layers {
        let current = app.layers().current(&dist.0, file, &puts).await?;
        let look = match &current {
            Some(current) => Some(app.layers().look(&served, file, current).await?),
            None => None,
        };
        let of_it: Vec<_> = puts.iter().filter(|put| put.layer == file.id).collect();
        let is_uploaded = last(&file.id, &puts).is_some_and(|put| put.version.is_some());
        layers.push(Entry::new(
            &served.catalog,
            file,
            current.as_ref().zip(look.as_deref()),
            &of_it,
            is_uploaded,
        ));
    }
    Ok(Json(Entries { layers }))
}

/// A layer's id in the address.
#[derive(IntoParams)]
#[into_params(names("id"), parameter_in = Path)]
pub(super) struct Id(
    /// The layer's id in the catalogue.
    #[param(example = "manholes")]
    String,
);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Id, Problem> {
        let path = Path::<String>::from_request_parts(parts, state).await;
        path.map(|Path(id)| Id(id))
            .map_err(|_| Refusal::Missing.into())
    }
}

/// The layer of an id.
fn named<'s>(served: &'s Served, id: &str) -> Result<&'s LayerFile, Problem> {
    let found = served.catalog.layers.iter().find(|file| file.id.0 == id);
    found.ok_or(Refusal::Missing.into())
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        Problem::Layer(refusal)
    }
}

impl From<LayerError> for Problem {
    /// The cause is logged here and goes no further.
    fn from(error: LayerError) -> Problem {
        match error {
            LayerError::Refused(refusal) => refusal.into(),
            LayerError::Store(error) => error.into(),
            LayerError::Changing => Problem::Full,
            LayerError::File { .. } | LayerError::Coding(_) | LayerError::Ended(_) => {
                tracing::error!(%error, "a layer cannot be made ready");
                Problem::Internal
            }
        }
    }
}
