//! The layers as this server has them: which file of each counts, what reading it says, and the
//! forms in which it goes out.
//!
//! Everything but the files themselves is computed from them and the catalogue, is kept in memory
//! as long as there is room, and can be thrown away. One at a time is read or compressed: a
//! large file takes several times its size meanwhile.

mod form;
mod held;
mod refusal;
mod shelf;
mod shipped;

pub(crate) use form::{Form, Made};
pub(crate) use refusal::{LayerError, Refusal};

use crate::media::Coding;
use crate::served::Served;
use crate::store::{LayerPut, Store, StoreError};
use axum::body::Bytes;
use mendmap_core::catalog::{LayerFile, LayerId};
use mendmap_core::city::{Amendment, City, Report};
use mendmap_core::geodesy::Bbox;
use mendmap_core::sync::{Digest, content};
use shelf::Shelf;
use shipped::Shipped;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The most bytes of a layer's file.
pub const LAYER_BYTES: usize = 64 * 1024 * 1024;

/// Reports kept; a city has some dozens of layers.
const LOOKS: usize = 500;

/// The file of a layer that counts now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Current {
    /// SHA-256 of its bytes.
    pub(crate) version: Digest,
    /// Its size.
    pub(crate) bytes: u64,
    source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Source {
    Uploaded,
    Shipped(PathBuf),
}

/// What reading a file said.
#[derive(Debug, Clone)]
pub(crate) struct Look {
    /// The same as in the app.
    pub(crate) report: Report,
    /// The box around its features, in degrees.
    pub(crate) bounds: Option<Bbox>,
}

/// The layers of a city.
pub(crate) struct Layers {
    store: Arc<dyn Store>,
    shipped: Arc<Mutex<Shipped>>,
    shelf: Mutex<Shelf>,
    looks: Mutex<HashMap<String, Arc<Look>>>,
    held: Arc<held::Kept>,
    making: Arc<Semaphore>,
    receiving: Arc<Semaphore>,
}

impl Layers {
    pub(crate) fn new(store: Arc<dyn Store>) -> Layers {
        Layers {
            store,
            shipped: Arc::default(),
            shelf: Mutex::default(),
            looks: Mutex::default(),
            held: Arc::default(),
            making: Arc::new(Semaphore::new(1)),
            receiving: Arc::new(Semaphore::new(1)),
        }
    }

    /// The place for a file that comes, where none is coming.
    pub(crate) fn receiving(&self) -> Option<OwnedSemaphorePermit> {
        self.receiving.clone().try_acquire_owned().ok()
    }

    /// Everything that was ever put.
    pub(crate) async fn puts(&self) -> Result<Vec<LayerPut>, StoreError> {
        self.store.layer_puts().await
    }

    /// The file of a layer that counts, of all that was put; none where the app has none either.
    pub(crate) async fn current(
        &self,
        dist: &Path,
        file: &LayerFile,
        puts: &[LayerPut],
    ) -> Result<Option<Current>, LayerError> {
        let last = last(&file.id, puts);
        if let Some((version, bytes)) = last.and_then(|put| Some((put.version?, put.bytes))) {
            let source = Source::Uploaded;
            return Ok(Some(Current {
                version,
                bytes,
                source,
            }));
        }
        let Some(path) = shipped::path(dist, file) else {
            return Ok(None);
        };
        let (shipped, at) = (self.shipped.clone(), path.clone());
        let found = blocking(move || locked(&shipped).version(&at)).await??;
        Ok(found.map(|(version, bytes)| Current {
            version,
            bytes,
            source: Source::Shipped(path),
        }))
    }

    /// A file of a layer that was put once, whether it counts or not.
    pub(crate) fn kept(
        &self,
        file: &LayerFile,
        version: Digest,
        puts: &[LayerPut],
    ) -> Option<Current> {
        let is_it = |put: &&LayerPut| put.layer == file.id && put.version == Some(version);
        puts.iter().find(is_it).map(|put| Current {
            version,
            bytes: put.bytes,
            source: Source::Uploaded,
        })
    }

    /// What reading a file says.
    pub(crate) async fn look(
        &self,
        served: &Served,
        file: &LayerFile,
        current: &Current,
    ) -> Result<Arc<Look>, LayerError> {
        let key = format!("{}/{}/{}", current.version, served.digest, file.id.0);
        let known = || locked(&self.looks).get(&key).cloned();
        if let Some(look) = known() {
            return Ok(look);
        }
        let turn = self.turn().await?;
        if let Some(look) = known() {
            return Ok(look);
        }
        let bytes = self.bytes(current).await?;
        let look = read(served, &file.id, bytes, turn).await?;
        self.remember(key, look)
    }

    /// What reading a file says that has just come.
    pub(crate) async fn look_at(
        &self,
        served: &Served,
        file: &LayerFile,
        bytes: Bytes,
    ) -> Result<(Digest, Arc<Look>), LayerError> {
        let turn = self.turn().await?;
        let hashed = bytes.clone();
        let (version, turn) = blocking(move || (content(&hashed), turn)).await?;
        let look = read(served, &file.id, bytes, turn).await?;
        let key = format!("{version}/{}/{}", served.digest, file.id.0);
        Ok((version, self.remember(key, look)?))
    }

    fn remember(&self, key: String, look: Look) -> Result<Arc<Look>, LayerError> {
        let mut looks = locked(&self.looks);
        if looks.len() >= LOOKS {
            looks.clear();
        }
        Ok(looks.entry(key).or_insert(Arc::new(look)).clone())
    }

    /// A file in a form and a coding.
    pub(crate) async fn made(
        &self,
        served: &Served,
        file: &LayerFile,
        current: &Current,
        form: Form,
        coding: Coding,
    ) -> Result<Made, LayerError> {
        let plain = match form {
            Form::GeoJson => format!("{}", current.version),
            // It says what the catalogue made of the file.
            Form::Columnar => format!("{}/{}/{}", current.version, served.digest, file.id.0),
        };
        let coded = format!("{plain}{}", coding.suffix());
        let kept = |key: &str| locked(&self.shelf).get(key);
        if let Some(made) = kept(&coded) {
            return Ok(made);
        }
        // It goes with the work: who hangs up does not let the next one begin beside it.
        let mut turn = self.turn().await?;
        if let Some(made) = kept(&coded) {
            return Ok(made);
        }
        let whole = match (kept(&plain), form) {
            (Some(made), _) => made,
            (None, Form::GeoJson) => Made::new(self.bytes(current).await?, current.version),
            (None, Form::Columnar) => {
                let bytes = self.bytes(current).await?;
                let (catalog, id) = (served.catalog.clone(), file.id.clone());
                let reading = move || (form::columnar(&catalog, &id, &bytes), turn);
                let (made, back) = blocking(reading).await?;
                turn = back;
                let made = made?;
                locked(&self.shelf).keep(plain, made.clone());
                made
            }
        };
        if coding == Coding::Identity {
            return Ok(whole);
        }
        let coding = move || (whole.coded(coding), turn);
        let made = blocking(coding).await?.0?;
        locked(&self.shelf).keep(coded, made.clone());
        Ok(made)
    }

    /// A file with what was confirmed of its assets, in a form and a coding. It is made anew each time:
    /// it is asked for seldom, and changes with the log.
    pub(crate) async fn amended(
        &self,
        served: &Served,
        file: &LayerFile,
        current: &Current,
        amendments: Vec<Amendment>,
        (form, coding): (Form, Coding),
    ) -> Result<Made, LayerError> {
        let turn = self.turn().await?;
        let bytes = self.bytes(current).await?;
        let (catalog, id) = (served.catalog.clone(), file.id.clone());
        blocking(move || {
            let _turn = turn;
            let made = form::amended(&catalog, &id, &bytes, amendments)?;
            let made = match form {
                Form::GeoJson => made,
                Form::Columnar => form::columnar(&catalog, &id, &made.bytes)?,
            };
            match coding {
                Coding::Identity => Ok(made),
                coding => made.coded(coding),
            }
        })
        .await?
    }

    /// Puts a file, or with none the one that came with the app, in place of what was last
    /// put; false where another one came meanwhile.
    pub(crate) async fn put(&self, put: LayerPut, file: Bytes) -> Result<bool, LayerError> {
        let store = self.store.clone();
        // In a task of its own: a caller that hangs up in the midst of a transaction would
        // take the connection along.
        let task = tokio::spawn(async move { store.put_layer(&put, &file).await });
        Ok(task.await.map_err(LayerError::Ended)??)
    }

    /// The bytes of a file; whoever asks has the turn.
    async fn bytes(&self, current: &Current) -> Result<Bytes, LayerError> {
        let key = format!("{}", current.version);
        if let Some(made) = locked(&self.shelf).get(&key) {
            return Ok(made.bytes);
        }
        let bytes: Bytes = match &current.source {
            Source::Uploaded => {
                let bytes = self.store.layer_file(&current.version).await?;
                bytes
                    .ok_or(StoreError::Row("a layer without its file"))?
                    .into()
            }
            Source::Shipped(path) => {
                let (path, version) = (path.clone(), current.version);
                blocking(move || shipped::bytes(&path, &version)).await??
            }
        };
        let made = Made::new(bytes.clone(), current.version);
        locked(&self.shelf).keep(key, made);
        Ok(bytes)
    }

    async fn turn(&self) -> Result<OwnedSemaphorePermit, LayerError> {
        let turn = self.making.clone().acquire_owned().await;
        turn.map_err(|_| LayerError::Changing)
    }
}

/// What was put last in place of a layer's file.
pub(crate) fn last<'p>(id: &LayerId, puts: &'p [LayerPut]) -> Option<&'p LayerPut> {
    puts.iter().rfind(|put| put.layer == *id)
}

async fn read(
    served: &Served,
    id: &LayerId,
    bytes: Bytes,
    turn: OwnedSemaphorePermit,
) -> Result<Look, LayerError> {
    let (catalog, id) = (served.catalog.clone(), id.clone());
    blocking(move || {
        let _turn = turn;
        let arrival = City::read_layer_at_once(&catalog, &id, bytes.into());
        Look {
            report: arrival.report().clone(),
            bounds: arrival.bounds(),
        }
    })
    .await
}

/// What takes long, where it keeps nobody else waiting.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, LayerError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(LayerError::Ended)
}

/// What is under it is whole, whoever fell while holding it.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
