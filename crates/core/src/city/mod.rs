//! The city's assets behind one door.
//!
//! This facade is the seam: the app's worker uses [`City`], the values in this
//! module and [`crate::geodesy`], and nothing else of the pipeline. So the
//! reader (`ingest`), the columns (`layer`), the tree (`index`) and the encoder
//! (`tile`) can each be replaced without a neighbour noticing. What crosses to
//! the page is plain data.

mod answer;
mod columnar;
mod detail;
mod find;
mod loaded;
mod network;
mod query;
mod tiles;

pub use crate::ingest::{EXAMPLES, Example, FileError, Problem, Report, Severity, Tally};
pub use crate::layer::columnar::ColumnarError;
pub use crate::tile::{MAX_ZOOM, TileId, tiles_touching};
pub use answer::{
    Asset, AssetSummary, Beside, Field, Filter, Found, Hit, Near, Rank, Searched, WhereIs,
};

use crate::catalog::{Catalog, LayerFile, LayerId};
use crate::geodesy::Bbox;
use crate::ids::AssetUid;
use crate::ingest;
use loaded::{AssetRef, Loaded};
use std::task::{Context, Poll, Waker};

/// The assets of one city, loaded layer by layer.
#[derive(Debug)]
pub struct City {
    catalog: Catalog,
    /// One a layer of the catalogue, in its order.
    layers: Vec<Option<Loaded>>,
}

/// A layer that was read, on its way into its city.
#[derive(Debug)]
pub struct Arrival {
    loaded: Option<Loaded>,
    report: Report,
}

impl Arrival {
    /// What reading it said.
    pub fn report(&self) -> &Report {
        &self.report
    }
}

impl City {
    /// A city whose layers are yet to come.
    pub fn new(catalog: Catalog) -> Self {
        let layers = catalog.layers.iter().map(|_| None).collect();
        City { catalog, layers }
    }

    /// The catalogue it was made with.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// Reads a layer from the bytes of a GeoJSON file, apart from the city, so
    /// that it can be looked at meanwhile. `pause` is awaited every few
    /// milliseconds with how many features have been read. Never panics.
    pub async fn read_layer(
        catalog: &Catalog,
        id: &LayerId,
        bytes: Vec<u8>,
        pause: &mut impl AsyncFnMut(usize),
    ) -> Arrival {
        let (layer, report) = ingest::load(catalog, id, bytes, pause).await;
        pause(report.read).await;
        Arrival {
            loaded: layer.map(Loaded::new),
            report,
        }
    }

    /// Puts a layer that was read in place of what was loaded before. Where the
    /// report has an error and nothing loaded, the former layer stays. Marks of
    /// the new layer are 0.
    pub fn put_layer(&mut self, arrival: Arrival) -> Report {
        let Arrival { loaded, report } = arrival;
        let mut files = self.catalog.layers.iter();
        let ordinal = files.position(|file| file.id == report.layer);
        if let (Some(_), Some(place)) = (&loaded, ordinal.and_then(|i| self.layers.get_mut(i))) {
            *place = loaded;
        }
        report
    }

    /// The same without a pause, for where nothing else has to go on meanwhile.
    pub fn read_layer_at_once(catalog: &Catalog, id: &LayerId, bytes: Vec<u8>) -> Arrival {
        at_once(City::read_layer(catalog, id, bytes, &mut async |_| {}))
    }

    /// Reads a layer and puts it in, without a pause.
    pub fn set_layer(&mut self, id: &LayerId, bytes: Vec<u8>) -> Report {
        let arrival = City::read_layer_at_once(&self.catalog, id, bytes);
        self.put_layer(arrival)
    }

    /// The box around everything loaded.
    pub fn bounds(&self) -> Option<Bbox> {
        self.loaded()
            .filter_map(|(_, _, loaded)| loaded.layer.bounds())
            .reduce(Bbox::union)
    }

    /// The layers that are loaded, with their positions in the catalogue.
    fn loaded(&self) -> impl Iterator<Item = (usize, &LayerFile, &Loaded)> {
        let numbered = self.catalog.layers.iter().zip(&self.layers).enumerate();
        numbered.filter_map(|(i, (file, loaded))| Some((i, file, loaded.as_ref()?)))
    }

    /// Where an asset is; in the first layer of the catalogue that has its uid.
    fn locate(&self, uid: &AssetUid) -> Option<AssetRef<'_>> {
        self.loaded().find_map(|(ordinal, file, loaded)| {
            let row = loaded.layer.row_of(uid)?;
            Some(self.asset_ref(ordinal, file, loaded, row))
        })
    }

    fn asset_ref<'c>(
        &'c self,
        ordinal: usize,
        file: &'c LayerFile,
        loaded: &'c Loaded,
        row: u32,
    ) -> AssetRef<'c> {
        AssetRef {
            catalog: &self.catalog,
            file,
            ordinal,
            layer: &loaded.layer,
            row,
        }
    }
}

/// Runs something that never waits.
fn at_once<T>(future: impl Future<Output = T>) -> T {
    let mut future = std::pin::pin!(future);
    let mut cx = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
            return value;
        }
    }
}

#[cfg(test)]
mod tests;
