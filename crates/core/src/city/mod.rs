//! The city's assets behind one door.
//!
//! This facade is the seam: the app's worker uses [`City`], the values in this
//! module and [`crate::geodesy`], and nothing else of the pipeline. So the
//! reader (`ingest`), the columns (`layer`), the tree (`index`) and the encoder
//! (`tile`) can each be replaced without a neighbour noticing. What crosses to
//! the page is plain data.

mod amended;
mod answer;
mod changes;
mod columnar;
mod compare;
mod detail;
mod export;
mod far;
mod find;
mod guess;
mod loaded;
mod meaning;
mod network;
mod placed;
mod preview;
mod query;
mod select;
mod tiles;

#[cfg(any(test, feature = "host"))]
pub use crate::ingest::Host;
pub use crate::ingest::{
    Datum, Decode, EXAMPLES, Encoding, Example, FileError, Form, How, Intake, Problem, Remark,
    Remarks, Report, Severity, TableChoice, TableProposal, Tally, Unreadable, is_gzip,
    list_problems, propose_table,
};
pub use crate::layer::columnar::ColumnarError;
pub use crate::tile::{MAX_ZOOM, TileId, tiles_touching};
pub use amended::Amendment;
pub use answer::{
    Asset, AssetSummary, Beside, Field, Filter, Found, Hit, Meant, Near, Rank, Searched, WhereIs,
};
pub use changes::Changes;
pub use far::far_off_m;
pub use meaning::OddCodes;
pub use placed::Placed;
pub use preview::Preview;

use crate::catalog::{Catalog, Fields, LayerFile, LayerId};
use crate::geodesy::Bbox;
use crate::ids::AssetUid;
use crate::ingest;
use crate::layer::Layer;
use loaded::{AssetRef, Loaded};
use mendmap_layers::at_once;

/// How far a place may be from a street to be said to be at it, in metres.
const AT_STREET_M: f64 = 60.0;

/// The assets of one city, loaded layer by layer.
#[derive(Debug)]
pub struct City {
    catalog: Catalog,
    /// One a layer of the catalogue, in its order; behind all of them, in the same order, what
    /// lies over each by what was amended.
    layers: Vec<Option<Loaded>>,
    amended: Vec<Amendment>,
}

/// A layer that was read, on its way into its city.
#[derive(Debug)]
pub struct Arrival {
    loaded: Option<Loaded>,
    report: Report,
}

impl Arrival {
    fn of((layer, report): (Option<Layer>, Report)) -> Self {
        Arrival {
            loaded: layer.map(Loaded::new),
            report,
        }
    }

    /// What reading it said.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// Says what its properties are called, where that is not what the catalogue has for its layer.
    pub fn called(&mut self, fields: Option<Fields>) {
        if let Some(loaded) = &mut self.loaded {
            loaded.fields = fields;
        }
    }
}

impl City {
    /// A city whose layers are yet to come.
    pub fn new(catalog: Catalog) -> Self {
        let files = catalog.layers.len();
        let layers = std::iter::repeat_with(|| None).take(2 * files).collect();
        City {
            catalog,
            layers,
            amended: Vec::new(),
        }
    }

    /// The catalogue it was made with.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// Goes on with another catalogue, which has the same layers, kinds of assets and properties: what is loaded was
    /// read by those, and no setting touches them ([`crate::settings::Place`]). The layers are told apart by their place in it, so
    /// that one with another number of them changes nothing.
    pub fn go_by(&mut self, catalog: Catalog) {
        if catalog.layers.len() == self.catalog.layers.len() {
            self.catalog = catalog;
        }
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
        City::read_layer_as(catalog, id, bytes, &How::default(), pause).await
    }

    /// The same for a file of which something is said beside it, or that may be in an encoding which takes
    /// more than core to read.
    pub async fn read_layer_as(
        catalog: &Catalog,
        id: &LayerId,
        bytes: Vec<u8>,
        how: &How<'_>,
        pause: &mut impl AsyncFnMut(usize),
    ) -> Arrival {
        let read = ingest::load(catalog, id, bytes, how, pause).await;
        pause(read.1.read).await;
        Arrival::of(read)
    }

    /// Reads what is left of a file that was read while it came, see [`Intake`].
    ///
    /// # Errors
    /// As [`Intake::finish`]: the file has to be given to this one again.
    pub async fn read_rest<'c>(
        intake: Intake<'c>,
        pause: &mut impl AsyncFnMut(usize),
    ) -> Result<Arrival, Intake<'c>> {
        let read = intake.finish(pause).await?;
        pause(read.1.read).await;
        Ok(Arrival::of(read))
    }

    /// Puts a layer that was read in place of what was loaded before. Where the
    /// report has an error and nothing loaded, the former layer stays. Marks of
    /// the new layer are 0.
    pub fn put_layer(&mut self, arrival: Arrival) -> Report {
        let Arrival { loaded, report } = arrival;
        let ordinal = self.ordinal_of(&report.layer);
        if let (Some(_), Some(place)) = (&loaded, ordinal.and_then(|i| self.layers.get_mut(i))) {
            *place = loaded;
        }
        // A first view has none of it.
        if let Some(ordinal) = ordinal.filter(|_| !self.amended.is_empty()) {
            self.lay_over(ordinal);
        }
        report
    }

    /// The same without a pause, for where nothing else has to go on meanwhile.
    pub fn read_layer_at_once(catalog: &Catalog, id: &LayerId, bytes: Vec<u8>) -> Arrival {
        at_once(City::read_layer(catalog, id, bytes, &mut async |_| {}))
    }

    /// The same for a file of which something is said beside it.
    pub fn read_layer_as_at_once(
        catalog: &Catalog,
        id: &LayerId,
        bytes: Vec<u8>,
        how: &How<'_>,
    ) -> Arrival {
        at_once(City::read_layer_as(
            catalog,
            id,
            bytes,
            how,
            &mut async |_| {},
        ))
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

    /// Where in the catalogue a layer stands.
    fn ordinal_of(&self, id: &LayerId) -> Option<usize> {
        self.catalog.layers.iter().position(|file| file.id == *id)
    }

    /// The layers that are loaded, each followed by what lies over it, with their places in
    /// `layers`.
    fn loaded(&self) -> impl Iterator<Item = (usize, &LayerFile, &Loaded)> {
        let files = self.catalog.layers.iter().enumerate();
        let count = self.catalog.layers.len();
        let both = files.flat_map(move |(i, file)| [(i, file), (i + count, file)]);
        both.filter_map(|(i, file)| Some((i, file, self.layers.get(i)?.as_ref()?)))
    }

    /// Where an asset is: in the first layer of the catalogue that has its uid, where it was
    /// put elsewhere there, and where it is gone still in its file.
    fn locate(&self, uid: &AssetUid) -> Option<AssetRef<'_>> {
        let places = || {
            self.loaded().filter_map(|(ordinal, file, loaded)| {
                let row = loaded.layer.row_of(uid)?;
                let is_there = !loaded.tree.is_hidden(row);
                Some((is_there, self.asset_ref(ordinal, file, loaded, row)))
            })
        };
        let found = places().find(|(is_there, _)| *is_there);
        found.or_else(|| places().next()).map(|(_, asset)| asset)
    }

    fn asset_ref<'c>(
        &'c self,
        ordinal: usize,
        file: &'c LayerFile,
        loaded: &'c Loaded,
        row: u32,
    ) -> AssetRef<'c> {
        let fields = loaded.fields.as_ref().unwrap_or(&file.fields);
        AssetRef {
            fields,
            ..self.asset_of(ordinal, file, &loaded.layer, row)
        }
    }

    fn asset_of<'c>(
        &'c self,
        ordinal: usize,
        file: &'c LayerFile,
        layer: &'c Layer,
        row: u32,
    ) -> AssetRef<'c> {
        AssetRef {
            catalog: &self.catalog,
            file,
            fields: &file.fields,
            ordinal,
            layer,
            row,
        }
    }
}

#[cfg(test)]
mod tests;
