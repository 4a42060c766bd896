//! The bytes of a file → a layer and a report.

use super::foreign::{self, How};
use super::reading::{Reading, Stumbled};
use super::tally::Tallies;
use super::{FileError, Report};
use crate::catalog::{Catalog, LayerId};
use crate::layer::Layer;

/// Reads a file into a layer of the catalogue. There is no layer where nothing
/// of the file can be used; it may be empty where the file is. `pause` is awaited
/// now and then, with how many features have been read.
pub async fn load(
    catalog: &Catalog,
    id: &LayerId,
    bytes: Vec<u8>,
    how: &How<'_>,
    pause: &mut impl AsyncFnMut(usize),
) -> (Option<Layer>, Report) {
    // A plain file is read at once.
    load_from(catalog, id, bytes, how, how.changes(), pause).await
}

/// The same; `prepares`: whether the file has to be made ready before it is read. What the reader
/// stumbles over is made ready for it and read again.
pub(super) async fn load_from(
    catalog: &Catalog,
    id: &LayerId,
    mut bytes: Vec<u8>,
    how: &How<'_>,
    mut prepares: bool,
    pause: &mut impl AsyncFnMut(usize),
) -> (Option<Layer>, Report) {
    let size = bytes.len();
    let mut remarks = None;
    let mut is_ready = false;
    loop {
        if prepares {
            is_ready = true;
            match foreign::prepare(&bytes, how) {
                Ok(None) => {}
                Ok(Some(prepared)) => {
                    bytes = prepared.bytes;
                    remarks = prepared.remarks;
                }
                Err(error) => return (None, Tallies::new(id, size, false).failed(error)),
            }
        }
        match attempt(catalog, id, bytes, is_ready, how, pause).await {
            Ok((layer, mut report)) => {
                report.remarks = remarks;
                return finished(catalog, layer, report, size);
            }
            Err(Stumbled::Kept(back)) => bytes = back,
            // Nothing of a text that is whole was left out.
            Err(Stumbled::Spent) => bytes = Vec::new(),
        }
        prepares = true;
    }
}

/// What there is to be said of a file of `size` bytes as a whole.
pub(super) fn finished(
    catalog: &Catalog,
    layer: Option<Layer>,
    mut report: Report,
    size: usize,
) -> (Option<Layer>, Report) {
    report.bytes = size;
    let bounds = layer.as_ref().and_then(Layer::bounds);
    let city = catalog.city.bounds;
    if report.refused > 0 || bounds.is_some_and(|b| !b.touches(&city.into())) {
        foreign::say_where_it_lies(&mut report, bounds, city);
    }
    (layer, report)
}

/// Reads a text; gives its bytes back where something is wrong with it as a whole, unless it is as
/// ready as it can be.
async fn attempt(
    catalog: &Catalog,
    id: &LayerId,
    bytes: Vec<u8>,
    is_ready: bool,
    how: &How<'_>,
    pause: &mut impl AsyncFnMut(usize),
) -> Result<(Option<Layer>, Report), Stumbled> {
    let failed = |error| {
        let tallies = Tallies::new(id, bytes.len(), how.lists_all);
        Ok((None, tallies.failed(error)))
    };
    let Some(mut reading) = Reading::new(catalog, id, how) else {
        return failed(FileError::UnknownLayer);
    };
    if u32::try_from(bytes.len()).is_err() {
        return failed(FileError::TooLarge);
    }
    match String::from_utf8(bytes) {
        Ok(text) => reading.text = text,
        Err(error) if is_ready => {
            let at = error.utf8_error().valid_up_to();
            let tallies = Tallies::new(id, error.as_bytes().len(), how.lists_all);
            return Ok((None, tallies.failed(not_utf8(error.as_bytes(), at))));
        }
        Err(error) => return Err(Stumbled::Kept(error.into_bytes())),
    }
    reading.finish(is_ready, pause).await
}

/// What is wrong with bytes that are no UTF-8 from `at` on: the encoding of a GeoJSON
/// file, or the file, such as a picture, an archive or a table.
fn not_utf8(bytes: &[u8], at: usize) -> FileError {
    match bytes.trim_ascii_start().first() {
        Some(b'{') => FileError::NotUtf8 { at },
        _ => FileError::NotGeoJson {
            found: super::scan::excerpt(&String::from_utf8_lossy(&bytes[..bytes.len().min(40)])),
        },
    }
}
