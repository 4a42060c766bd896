//! Layers go out and come back; what nobody wrote does not come in.

mod golden;
mod round_trip;

use super::{read, write};
use crate::at_once;
use crate::catalog::{AssetKindId, Catalog, LayerId};
use crate::layer::Layer;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The folder of the demonstration city.
fn city() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/city")
}

/// Its catalogue; the layer `roads` takes any shape.
fn catalog() -> Catalog {
    static READ: LazyLock<Catalog> = LazyLock::new(|| {
        let bytes = std::fs::read(city().join("catalog.json")).unwrap();
        let (mut catalog, _) = Catalog::read(&bytes).unwrap();
        let kinds = ["road-local", "manhole-storm", "park", "road-arterial"];
        catalog.layers[0].kinds = kinds.map(|kind| AssetKindId(kind.into())).into();
        catalog
    });
    READ.clone()
}

fn id(layer: &str) -> LayerId {
    LayerId(layer.into())
}

/// What the reader of GeoJSON makes of a file.
fn loaded(catalog: &Catalog, layer: &str, file: &str) -> Layer {
    let bytes = file.as_bytes().to_vec();
    let layer = id(layer);
    let mut nothing = async |_| {};
    let how = crate::ingest::How::default();
    let loading = crate::ingest::load(catalog, &layer, bytes, &how, &mut nothing);
    let (layer, report) = at_once(loading);
    layer.unwrap_or_else(|| panic!("{report:?}"))
}

fn written(catalog: &Catalog, layer: &str, loaded: &Layer) -> Vec<u8> {
    let kinds: Vec<&str> = catalog.asset_kinds.iter().map(|k| &*k.id.0).collect();
    at_once(write(loaded, layer, &kinds, &mut async || {})).concat()
}

fn again(catalog: &Catalog, layer: &str, bytes: &[u8]) -> Layer {
    let kind = |kind: &str| {
        let mut kinds = (0..).zip(&catalog.asset_kinds);
        let (number, found) = kinds.find(|(_, known)| known.id.0 == kind)?;
        Some((number, found.geometry))
    };
    at_once(read(bytes, layer, kind, &mut async || {})).unwrap()
}

/// A collection of features, each a text.
fn collection(features: &[String]) -> String {
    let features = features.join(",\n");
    format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#)
}
