//! What a bench's worker asks of the pipeline: the app's own calls of [`City`], with numbers and bytes
//! for answers. A mistake of the bench ends it: what it throws is a sentence.

use mendmap_core::catalog::{AssetKindId, Catalog, GeometryType, LayerId};
use mendmap_core::city::{Amendment, City, Filter, How, Intake, Report, TileId};
use mendmap_core::geodesy::{Bbox, LonLat};
use mendmap_core::ids::{AssetUid, Uuid};
use mendmap_core::log::{AssetAdded, AssetSnapshot, Position};
use mendmap_layers::at_once;
use std::sync::Arc;
use wasm_bindgen::prelude::wasm_bindgen;

/// See [`crate::synthetic`].
#[wasm_bindgen]
pub fn synthetic(seed: u32, features: u32) -> Vec<u8> {
    crate::synthetic(seed.into(), features)
}

/// West, south, east and north of such a city.
#[wasm_bindgen]
pub fn bounds(features: u32) -> Vec<f64> {
    let b = crate::bounds(features);
    vec![b.west, b.south, b.east, b.north]
}

/// The catalogue for it.
#[wasm_bindgen]
pub fn catalog() -> String {
    crate::CATALOG.to_owned()
}

/// A layer's file on its way.
#[derive(Debug)]
#[wasm_bindgen]
pub struct Coming(Intake<'static>);

#[wasm_bindgen]
impl Coming {
    /// Takes a piece of it, and reads what there is.
    pub fn feed(&mut self, piece: &[u8]) {
        self.0.take(piece);
        while self.0.read_some() {}
    }
}

fn counts(report: Report) -> Result<Vec<u32>, String> {
    match report.error {
        Some(error) => Err(error.to_string()),
        None => Ok([report.read, report.loaded, report.refused]
            .map(|n| n as u32)
            .to_vec()),
    }
}

/// A city under measurement.
#[derive(Debug)]
#[wasm_bindgen]
pub struct Ours(City);

#[wasm_bindgen]
impl Ours {
    /// Without layers yet.
    ///
    /// # Errors
    /// Where this is no catalogue.
    #[wasm_bindgen(constructor)]
    pub fn new(catalog: &[u8]) -> Result<Ours, String> {
        let read = Catalog::read(catalog).map_err(|error| error.to_string())?;
        Ok(Ours(City::new(read.0)))
    }

    /// Reads a layer from GeoJSON: how many features there were, were loaded and were refused.
    ///
    /// # Errors
    /// Where the file has one.
    pub fn read(&mut self, layer: &str, bytes: Vec<u8>) -> Result<Vec<u32>, String> {
        let report = self.0.set_layer(&LayerId(layer.to_owned()), bytes);
        counts(report)
    }

    /// A layer whose file is about to come, of so many bytes.
    pub fn coming(&self, layer: &str, bytes: usize) -> Coming {
        // What crosses to a script borrows nothing; a worker ends with its bench.
        let catalog = Box::leak(Box::new(self.0.catalog().clone()));
        let id = Box::leak(Box::new(LayerId(layer.to_owned())));
        let how = Box::leak(Box::new(How::default()));
        Coming(Intake::new(catalog, id, how, Some(bytes)))
    }

    /// Puts in place what came: how many features there were, were loaded and were refused.
    ///
    /// # Errors
    /// Where the file has one.
    pub fn arrived(&mut self, coming: Coming) -> Result<Vec<u32>, String> {
        match at_once(City::read_rest(coming.0, &mut async |_| {})) {
            Ok(arrival) => counts(self.0.put_layer(arrival)),
            Err(_) => Err("the file is no plain collection".to_owned()),
        }
    }

    /// The layer in columns, from GeoJSON.
    pub fn columns(&self, layer: &str, bytes: Vec<u8>) -> Option<Vec<u8>> {
        let id = LayerId(layer.to_owned());
        let arrival = City::read_layer_at_once(self.0.catalog(), &id, bytes);
        arrival.columnar(self.0.catalog())
    }

    /// Reads a layer from columns: how many features there were.
    ///
    /// # Errors
    /// Where they are none.
    pub fn read_columns(&mut self, layer: &str, bytes: &[u8]) -> Result<u32, String> {
        let id = LayerId(layer.to_owned());
        let arrival = City::read_columnar(self.0.catalog(), &id, bytes);
        let arrival = arrival.map_err(|error| error.to_string())?;
        Ok(self.0.put_layer(arrival).loaded as u32)
    }

    /// How many features lie in a box, with a part of them at least.
    pub fn in_box(&self, west: f64, south: f64, east: f64, north: f64) -> u32 {
        let bbox = Bbox::from([west, south, east, north]);
        let all = Filter::all();
        self.0.nearest(bbox.center(), 0, Some(bbox), &all).total as u32
    }

    /// A tile.
    pub fn tile(&self, z: u8, x: u32, y: u32) -> Vec<u8> {
        self.0.tile(TileId { z, x, y })
    }

    /// Marks all there is, so that tiles leave nothing out.
    pub fn mark_all(&mut self) {
        self.0.set_marks(&|_| 1);
    }

    /// What a tap finds, as it crosses to a page.
    ///
    /// # Errors
    /// Never.
    pub fn tap(&self, lon: f64, lat: f64, metres: f64) -> Result<Vec<u8>, String> {
        let layers = self.0.catalog().layers.iter();
        let visible: Vec<LayerId> = layers.map(|layer| layer.id.clone()).collect();
        let hits = self.0.tap(LonLat::new(lon, lat), metres, &visible);
        postcard::to_allocvec(&hits).map_err(|error| error.to_string())
    }

    /// The nearest of all, as they cross to a page: what a list of the nearest asks.
    ///
    /// # Errors
    /// Never.
    pub fn nearest(&self, lon: f64, lat: f64, count: usize) -> Result<Vec<u8>, String> {
        let near = self
            .0
            .nearest(LonLat::new(lon, lat), count, None, &Filter::all());
        postcard::to_allocvec(&near).map_err(|error| error.to_string())
    }

    /// Metres to the nearest of all, nearest first.
    pub fn distances(&self, lon: f64, lat: f64, count: usize) -> Vec<f64> {
        let near = self
            .0
            .nearest(LonLat::new(lon, lat), count, None, &Filter::all());
        near.hits.iter().map(|hit| hit.metres).collect()
    }

    /// How many features are there.
    pub fn len(&self) -> u32 {
        self.0
            .nearest(LonLat::default(), 0, None, &Filter::all())
            .total as u32
    }

    /// Makes ready as many insertions as there are pairs of degrees in `places`, and the removal of
    /// as many features that are there.
    pub fn changes(&self, places: &[f64]) -> Changes {
        let kinds = &self.0.catalog().asset_kinds;
        let points = kinds.iter().filter(|k| k.geometry == GeometryType::Point);
        let points: Vec<AssetKindId> = points.map(|kind| kind.id.clone()).collect();
        let there = self.0.uids_of(&points).step_by(101);
        let pairs = places.chunks_exact(2).zip(1_u128..);
        let added = pairs.filter_map(|(at, n)| put(&points, at, AssetUid(Uuid::from_u128(n))));
        let both = added.zip(there.map(gone));
        Changes(both.flat_map(|(put, gone)| [put, gone]).collect())
    }

    /// Lays the first so many changes over the city, as the app does when that many are known.
    pub fn amend(&mut self, changes: &Changes, first: usize) {
        let first = first.min(changes.0.len());
        self.0.amend(changes.0[..first].to_vec());
    }
}

/// Insertions and removals in turns.
#[derive(Debug)]
#[wasm_bindgen]
pub struct Changes(Vec<Amendment>);

fn put(points: &[AssetKindId], at: &[f64], uid: AssetUid) -> Option<Amendment> {
    let asset = AssetSnapshot {
        uid,
        code: None,
        name: None,
        kind: points.first()?.clone(),
        at: Position::from_degrees(at[0], at[1])?,
    };
    Some(Amendment {
        uid,
        added: Some(Arc::new(AssetAdded {
            asset,
            shape: None,
            properties: None,
            photos: Vec::new(),
            note: None,
        })),
        at: None,
        is_gone: false,
        is_part: true,
    })
}

fn gone(uid: AssetUid) -> Amendment {
    Amendment {
        uid,
        added: None,
        at: None,
        is_gone: true,
        is_part: true,
    }
}
