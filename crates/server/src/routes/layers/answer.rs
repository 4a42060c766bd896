//! Layers as they are answered.

use crate::api;
use crate::layers::{Current, Look};
use crate::store::LayerPut;
use mendmap_core::catalog::{Catalog, Label, LayerFile};
use mendmap_core::city::Report;
use mendmap_core::log::Moment;
use serde::Serialize;
use utoipa::ToSchema;

/// The city's layers.
#[derive(Serialize, ToSchema)]
pub(in crate::routes) struct Entries {
    pub(super) layers: Vec<Entry>,
}

/// A layer. What is known of its file is null where there is none.
#[derive(Serialize, ToSchema)]
#[schema(as = Layer)]
pub(in crate::routes) struct Entry {
    id: String,
    #[schema(value_type = api::Label)]
    label: Label,
    /// The kinds of assets it holds, as the catalogue has them.
    kinds: Vec<Kind>,
    /// Which file counts: SHA-256 of its bytes, 64 hex digits.
    #[schema(required)]
    version: Option<String>,
    /// Size of the file.
    #[schema(required)]
    bytes: Option<u64>,
    /// Features that were loaded.
    #[schema(required)]
    features: Option<usize>,
    /// Features that were left out.
    #[schema(required)]
    refused: Option<usize>,
    /// Problems of features, whatever they did to them.
    #[schema(required)]
    problems: Option<usize>,
    /// The box around the features: west, south, east, north in degrees; null where there are
    /// none.
    #[schema(required, value_type = Option<Vec<f64>>, min_items = 4, max_items = 4)]
    bbox: Option<[f64; 4]>,
    /// Who put the file that counts in place, and when; null for the one that came with the app.
    #[schema(required)]
    uploaded: Option<Upload>,
    /// Everything that was ever put in place, the first one first. Each file is kept.
    history: Vec<Upload>,
}

/// A kind of asset.
#[derive(Serialize, ToSchema)]
#[schema(as = LayerKind)]
struct Kind {
    id: String,
    #[schema(value_type = api::Label)]
    label: Label,
}

/// A file that was put in place.
#[derive(Serialize, ToSchema)]
#[schema(as = LayerUpload)]
struct Upload {
    /// SHA-256 of its bytes; null where the file that came with the app was put back.
    #[schema(required)]
    version: Option<String>,
    /// Its size.
    bytes: u64,
    #[schema(format = DateTime)]
    at: String,
    /// The account; null where whoever was at the machine did it.
    #[schema(required)]
    by: Option<String>,
}

/// What became of a file.
#[derive(Serialize, ToSchema)]
pub(super) struct Taken {
    /// Whether it counts now; not where it was only to be looked at.
    pub(super) taken: bool,
    /// SHA-256 of its bytes.
    pub(super) version: String,
    /// The same report as the app shows.
    #[schema(value_type = api::LayerReport)]
    pub(super) report: Report,
}

impl Entry {
    pub(super) fn new(
        catalog: &Catalog,
        file: &LayerFile,
        found: Option<(&Current, &Look)>,
        puts: &[&LayerPut],
        is_uploaded: bool,
    ) -> Entry {
        let (current, look) = found.unzip();
        let kinds = file.kinds.iter().filter_map(|id| {
            let kind = catalog.asset_kinds.iter().find(|kind| kind.id == *id)?;
            Some(Kind {
                id: kind.id.0.clone(),
                label: kind.label.clone(),
            })
        });
        let problems = |report: &Report| report.problems.iter().map(|tally| tally.count).sum();
        let upload = |put: &&LayerPut| Upload {
            version: put.version.map(|version| version.to_string()),
            bytes: put.bytes,
            at: moment(put.at),
            by: put.by.as_ref().map(|by| by.0.to_string()),
        };
        Entry {
            id: file.id.0.clone(),
            label: file.label.clone(),
            kinds: kinds.collect(),
            version: current.map(|current| current.version.to_string()),
            bytes: current.map(|current| current.bytes),
            features: look.map(|look| look.report.loaded),
            refused: look.map(|look| look.report.refused),
            problems: look.map(|look| problems(&look.report)),
            bbox: look.and_then(|look| look.bounds).map(Into::into),
            uploaded: puts.last().filter(|_| is_uploaded).map(upload),
            history: puts.iter().map(upload).collect(),
        }
    }
}

/// Seconds since 1970, in UTC; nothing that a server's clock says is out of range.
fn moment(at: i64) -> String {
    let moment = Moment::from_millis(at.saturating_mul(1000), 0);
    moment.map_or_else(String::new, |moment| moment.to_string())
}
