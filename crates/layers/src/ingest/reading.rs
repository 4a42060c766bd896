//! A text that becomes a layer, as far as it has come.

use super::foreign::How;
use super::loader::Loader;
use super::reader::{Input, Reader, Step};
use super::tally::Tallies;
use super::{FileError, Report};
use crate::catalog::{AssetKind, Catalog, LayerFile, LayerId};
use crate::layer::Layer;

/// Rows are numbered with 24 bits.
const MAX_ROWS: usize = 1 << 24;

/// Why a text does not become a layer as it is: it has to be made ready, and read again.
#[derive(Debug)]
pub(super) enum Stumbled {
    /// Its bytes.
    Kept(Vec<u8>),
    /// What was read of it is not here any more.
    Spent,
}

/// A text, what reads it, and what it has become.
#[derive(Debug)]
pub(super) struct Reading<'c> {
    /// What is to be read; more may be put behind it.
    pub(super) text: String,
    /// How long it will be, in bytes, as far as is known.
    pub(super) expected: usize,
    reader: Reader<'c>,
    loader: Loader<'c>,
}

impl<'c> Reading<'c> {
    /// Of no text yet; none where the catalogue does not have the layer.
    pub(super) fn new(catalog: &'c Catalog, id: &'c LayerId, how: &How<'c>) -> Option<Self> {
        let file = catalog.layers.iter().find(|layer| layer.id == *id)?;
        let kinds = Some(kinds(catalog, file)).filter(|kinds| !kinds.is_empty())?;
        // How many bytes there are is said at the end.
        let tallies = Tallies::new(id, 0, how.lists_all);
        Some(Reading {
            text: String::new(),
            expected: 0,
            reader: Reader::new(how.fields.unwrap_or(&file.fields)),
            loader: Loader::new([&catalog.city.id, &id.0], kinds, tallies),
        })
    }

    /// How many features were read.
    pub(super) fn features(&self) -> usize {
        self.reader.read()
    }

    /// Reads some features more.
    #[inline(never)]
    pub(super) fn some(&mut self, is_whole: bool) -> Result<Step, FileError> {
        let input = Input {
            text: &self.text,
            expected: self.expected,
            is_whole,
        };
        self.reader.some(input, &mut self.loader)
    }

    /// Leaves out what was read of the text.
    pub(super) fn forget(&mut self) {
        self.text.drain(..self.reader.passes());
    }

    /// The text as it came, where all of it is there still.
    pub(super) fn stumbled(self) -> Stumbled {
        match self.reader.has_passed() {
            true => Stumbled::Spent,
            false => Stumbled::Kept(self.text.into_bytes()),
        }
    }

    /// Reads what is left of a text to which nothing more comes. Where something is wrong with it as a
    /// whole it stumbles, unless it `is_ready`: what can be done with it was done.
    pub(super) async fn finish(
        mut self,
        is_ready: bool,
        pause: &mut impl AsyncFnMut(usize),
    ) -> Result<(Option<Layer>, Report), Stumbled> {
        let error = loop {
            match self.some(true) {
                Ok(Step::Further) => pause(self.features()).await,
                Ok(Step::Starved | Step::Done) => break None,
                Err(error) => break Some(error),
            }
        };
        pause(self.features()).await;
        self.ended(error, is_ready)
    }

    #[inline(never)]
    fn ended(
        mut self,
        error: Option<FileError>,
        is_ready: bool,
    ) -> Result<(Option<Layer>, Report), Stumbled> {
        // Of a collection that is cut off nothing else can be made than what was read of it.
        let is_cut = matches!(error, Some(FileError::Truncated { .. }));
        let is_all = self.reader.has_passed() && self.reader.is_collection() && is_cut;
        if error.is_some() && !is_ready && !is_all && self.loader.columns.len() <= MAX_ROWS {
            return Err(self.stumbled());
        }
        let uids = self.loader.uids();
        let (mut columns, mut said) = (self.loader.columns, self.loader.said);
        let tallies = self.loader.tallies;
        columns.shrink();
        said.shrink();
        Ok(match error {
            _ if columns.len() > MAX_ROWS => (None, tallies.failed(FileError::TooLarge)),
            None => {
                let layer = Layer::new(said, columns, uids);
                (Some(layer), tallies.done(None))
            }
            // Where it breaks is of use only in a file that is GeoJSON up to there.
            Some(FileError::NotJson { found, .. }) if tallies.index() == 0 => {
                (None, tallies.failed(FileError::NotGeoJson { found }))
            }
            Some(error @ (FileError::Truncated { .. } | FileError::NotJson { .. })) => {
                let has_rows = columns.len() > 0;
                let layer = has_rows.then(|| Layer::new(said, columns, uids));
                (layer, tallies.done(Some(error)))
            }
            Some(error) => (None, tallies.failed(error)),
        })
    }
}

/// The kinds of a layer with their positions in the catalogue.
fn kinds<'c>(catalog: &'c Catalog, file: &LayerFile) -> Vec<(u16, &'c AssetKind)> {
    let numbered = || (0..).zip(&catalog.asset_kinds);
    file.kinds
        .iter()
        .filter_map(|id| numbered().find(|(_, kind)| kind.id == *id))
        .collect()
}
