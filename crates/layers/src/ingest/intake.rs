//! A file that is read while it comes.

use super::foreign::How;
use super::load::{finished, load_from};
use super::reader::Step;
use super::reading::{Reading, Stumbled};
use super::tally::Tallies;
use super::{FileError, Report};
use crate::catalog::{Catalog, LayerId};
use crate::layer::Layer;
use std::fmt;

/// A layer in the making, from bytes that come piece by piece: what is whole of them is read while the
/// next are on their way, and is not kept. The same bytes, however they are cut, give the same layer and
/// the same report as [`super::load`] gives.
///
/// A file that has to be made ready first is kept until it is whole, and read then. So is one that the
/// reader stumbles over; if much of it was read by then, it has to be given again.
pub struct Intake<'c> {
    catalog: &'c Catalog,
    id: &'c LayerId,
    how: &'c How<'c>,
    so_far: SoFar<'c>,
    /// How many bytes have come.
    size: u64,
    /// The first bytes of a character that is cut.
    cut: Vec<u8>,
}

enum SoFar<'c> {
    Read(Box<Reading<'c>>),
    Kept { bytes: Vec<u8>, prepares: bool },
    Spent,
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
        let reading = match how.changes() {
            true => None,
            false => Reading::new(catalog, id, how),
        };
        let so_far = match reading {
            Some(mut reading) => {
                reading.expected = expected.unwrap_or(0);
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
            size: 0,
            cut: Vec::new(),
        }
    }

    /// Of the same file, which comes once more and is kept until it is whole.
    fn again(self) -> Self {
        Intake {
            so_far: SoFar::Kept {
                bytes: Vec::new(),
                prepares: true,
            },
            size: 0,
            cut: Vec::new(),
            ..self
        }
    }

    /// Takes the next bytes of the file. Nothing is read of them before [`Intake::read_some`] is called.
    pub fn take(&mut self, mut bytes: &[u8]) {
        self.size += bytes.len() as u64;
        if self.is_too_large() {
            return;
        }
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
            SoFar::Spent => return,
        };
        match str::from_utf8(bytes) {
            Ok(text) => reading.text.push_str(text),
            Err(error) if error.error_len().is_none() => {
                let (text, cut) = bytes.split_at(error.valid_up_to());
                reading.text.push_str(str::from_utf8(text).unwrap_or(""));
                self.cut = cut.to_vec();
            }
            Err(_) => self.keep(bytes),
        }
    }

    /// Reads a few features of what has come; false where there is nothing to be read before more comes.
    pub fn read_some(&mut self) -> bool {
        let SoFar::Read(reading) = &mut self.so_far else {
            return false;
        };
        match reading.some(false) {
            Ok(Step::Further) => return true,
            Ok(Step::Starved | Step::Done) => reading.forget(),
            Err(_) => self.keep(&[]),
        }
        false
    }

    /// Keeps all bytes, and these, as they are: they have to be made ready.
    fn keep(&mut self, more: &[u8]) {
        let kept = match std::mem::replace(&mut self.so_far, SoFar::Spent) {
            SoFar::Read(reading) => reading.stumbled(),
            other => return self.so_far = other,
        };
        if let Stumbled::Kept(mut bytes) = kept {
            bytes.append(&mut self.cut);
            bytes.extend_from_slice(more);
            self.so_far = SoFar::Kept {
                bytes,
                prepares: true,
            };
        }
    }

    /// How many features have been read.
    pub fn features(&self) -> usize {
        match &self.so_far {
            SoFar::Read(reading) => reading.features(),
            SoFar::Kept { .. } | SoFar::Spent => 0,
        }
    }

    /// How many bytes have come.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Offsets in a file have 32 bits.
    fn is_too_large(&self) -> bool {
        self.size > u32::MAX.into()
    }

    /// The layer and the report, after the last of the file came. `pause` is awaited now and then, with
    /// how many features have been read.
    ///
    /// # Errors
    /// The file has to be given again, from its first byte on, to the intake that this is. That one gives
    /// a layer or says why there is none.
    pub async fn finish(
        mut self,
        pause: &mut impl AsyncFnMut(usize),
    ) -> Result<(Option<Layer>, Report), Self> {
        let size = usize::try_from(self.size).unwrap_or(usize::MAX);
        if self.is_too_large() {
            let tallies = Tallies::new(self.id, size, false);
            return Ok((None, tallies.failed(FileError::TooLarge)));
        }
        if !self.cut.is_empty() {
            self.keep(&[]);
        }
        let (bytes, prepares) = match std::mem::replace(&mut self.so_far, SoFar::Spent) {
            SoFar::Read(reading) => match reading.finish(false, pause).await {
                Ok((layer, report)) => return Ok(finished(self.catalog, layer, report, size)),
                Err(Stumbled::Kept(bytes)) => (bytes, true),
                Err(Stumbled::Spent) => return Err(self.again()),
            },
            SoFar::Kept { bytes, prepares } => (bytes, prepares),
            SoFar::Spent => return Err(self.again()),
        };
        Ok(load_from(self.catalog, self.id, bytes, self.how, prepares, pause).await)
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
