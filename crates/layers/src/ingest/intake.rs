//! A file that is read while it comes.

use super::Report;
use super::foreign::How;
use super::load::{finished, load_from};
use super::reader::Step;
use super::reading::Reading;
use crate::catalog::{Catalog, LayerId};
use crate::layer::Layer;
use std::fmt;

/// A layer in the making, from bytes that come piece by piece: what is whole of them is read while the
/// next are on their way. The same bytes, however they are cut, give the same layer and the same report
/// as [`super::load`] gives.
///
/// A file that has to be made ready first, and one that the reader stumbles over, is kept until it is
/// whole, and read then.
pub struct Intake<'c> {
    catalog: &'c Catalog,
    id: &'c LayerId,
    how: &'c How<'c>,
    so_far: SoFar<'c>,
    /// The first bytes of a character that is cut.
    cut: Vec<u8>,
}

enum SoFar<'c> {
    Read(Box<Reading<'c>>),
    Kept { bytes: Vec<u8>, prepares: bool },
}

impl<'c> Intake<'c> {
    /// Of a file that is about to come, of so many bytes as far as is known. What is said of it by `how`
    /// is as for [`super::load`].
    pub fn new(
        catalog: &'c Catalog,
        id: &'c LayerId,
        how: &'c How<'c>,
        expected: Option<usize>,
    ) -> Self {
        let expected = expected.unwrap_or(0);
        let reading = match how.changes() {
            true => None,
            false => Reading::new(catalog, id, how),
        };
        let so_far = match reading {
            Some(mut reading) => {
                reading.expected = expected;
                // A length that cannot be is told by somebody; then room is made as it is needed.
                let _ = reading.text.try_reserve_exact(expected);
                SoFar::Read(Box::new(reading))
            }
            None => SoFar::Kept {
                bytes: Vec::new(),
                prepares: how.changes(),
            },
        };
        Intake {
            catalog,
            id,
            how,
            so_far,
            cut: Vec::new(),
        }
    }

    /// Takes the next bytes of the file. Nothing is read of them before [`Intake::read_some`] is called.
    pub fn take(&mut self, mut bytes: &[u8]) {
        while let (false, Some((first, rest))) = (self.cut.is_empty(), bytes.split_first()) {
            self.cut.push(*first);
            bytes = rest;
            let cut = std::mem::take(&mut self.cut);
            self.put(&cut);
        }
        if !bytes.is_empty() {
            self.put(bytes);
        }
    }

    /// Puts bytes behind those that are there; what is cut at their end waits for its rest.
    fn put(&mut self, bytes: &[u8]) {
        let reading = match &mut self.so_far {
            SoFar::Read(reading) => reading,
            SoFar::Kept { bytes: kept, .. } => return kept.extend_from_slice(bytes),
        };
        let fits = u32::try_from(reading.text.len() + bytes.len()).is_ok();
        match str::from_utf8(bytes) {
            Ok(text) if fits => reading.text.push_str(text),
            Err(error) if fits && error.error_len().is_none() => {
                let (text, cut) = bytes.split_at(error.valid_up_to());
                reading.text.push_str(str::from_utf8(text).unwrap_or(""));
                self.cut = cut.to_vec();
            }
            _ => self.keep(bytes),
        }
    }

    /// Reads a few features of what has come; false where there is nothing to be read before more comes.
    pub fn read_some(&mut self) -> bool {
        let SoFar::Read(reading) = &mut self.so_far else {
            return false;
        };
        match reading.some(false) {
            Ok(step) => step == Step::Further,
            Err(_) => {
                self.keep(&[]);
                false
            }
        }
    }

    /// Keeps all bytes, and these, as they are: they have to be made ready.
    fn keep(&mut self, more: &[u8]) {
        let kept = SoFar::Kept {
            bytes: Vec::new(),
            prepares: true,
        };
        if let SoFar::Read(reading) = std::mem::replace(&mut self.so_far, kept)
            && let SoFar::Kept { bytes, .. } = &mut self.so_far
        {
            *bytes = reading.text.into_bytes();
            bytes.append(&mut self.cut);
            bytes.extend_from_slice(more);
        }
    }

    /// How many features have been read.
    pub fn features(&self) -> usize {
        match &self.so_far {
            SoFar::Read(reading) => reading.features(),
            SoFar::Kept { .. } => 0,
        }
    }

    /// The file, after the last of it came.
    pub fn bytes(&mut self) -> &[u8] {
        if !self.cut.is_empty() {
            self.keep(&[]);
        }
        match &self.so_far {
            SoFar::Read(reading) => reading.text.as_bytes(),
            SoFar::Kept { bytes, .. } => bytes,
        }
    }

    /// The layer and the report, after the last of the file came. `pause` is awaited now and then, with
    /// how many features have been read.
    pub async fn finish(mut self, pause: &mut impl AsyncFnMut(usize)) -> (Option<Layer>, Report) {
        let size = self.bytes().len();
        let (bytes, prepares) = match self.so_far {
            SoFar::Read(reading) => match reading.finish(false, pause).await {
                Ok((layer, report)) => return finished(self.catalog, layer, report, size),
                Err(bytes) => (bytes, true),
            },
            SoFar::Kept { bytes, prepares } => (bytes, prepares),
        };
        load_from(self.catalog, self.id, bytes, self.how, prepares, pause).await
    }
}

impl fmt::Debug for Intake<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Intake")
            .field("layer", &self.id.0)
            .field("features", &self.features())
            .finish_non_exhaustive()
    }
}
