//! The files that came with the app.

use super::LayerError;
use axum::body::Bytes;
use mendmap_core::catalog::LayerFile;
use mendmap_core::sync::{Digest, content};
use std::collections::HashMap;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};
use std::time::SystemTime;

/// What the files were when they were last read.
#[derive(Default)]
pub(super) struct Shipped {
    known: HashMap<PathBuf, (SystemTime, u64, Digest)>,
}

impl Shipped {
    /// The hash and the size of a file; none where there is none. It is read again when it
    /// has changed.
    pub(super) fn version(&mut self, path: &Path) -> Result<Option<(Digest, u64)>, LayerError> {
        let failed = |error| failed(path, error);
        let metadata = match std::fs::metadata(path) {
            Ok(metadata) if metadata.is_file() => metadata,
            Ok(_) => return Ok(None),
            Err(error) if is_missing(&error) => return Ok(None),
            Err(error) => return Err(failed(error)),
        };
        let (modified, len) = (metadata.modified().map_err(failed)?, metadata.len());
        match self.known.get(path) {
            Some((then, size, version)) if (*then, *size) == (modified, len) => {
                Ok(Some((*version, len)))
            }
            _ => {
                let version = content(&std::fs::read(path).map_err(failed)?);
                let known = (modified, len, version);
                self.known.insert(path.to_path_buf(), known);
                Ok(Some((version, len)))
            }
        }
    }
}

/// The bytes of a file that had this hash a moment ago.
pub(super) fn bytes(path: &Path, version: &Digest) -> Result<Bytes, LayerError> {
    let bytes = std::fs::read(path).map_err(|error| failed(path, error))?;
    match content(&bytes) == *version {
        true => Ok(bytes.into()),
        false => Err(LayerError::Changing),
    }
}

/// Where the file of a layer lies in the app; none where it is not in it.
pub(super) fn path(dist: &Path, file: &LayerFile) -> Option<PathBuf> {
    let relative = Path::new(&file.file);
    let mut components = relative.components();
    let inside = components.all(|part| matches!(part, Component::Normal(_)));
    inside.then(|| dist.join("city").join(relative))
}

fn is_missing(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

fn failed(path: &Path, source: io::Error) -> LayerError {
    LayerError::File {
        path: path.to_path_buf(),
        source,
    }
}
