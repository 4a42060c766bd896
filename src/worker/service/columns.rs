//! The city's layers as they were read once: where a file is still the same, the next start parses nothing.

use super::{Service, layers::settled, state::State, world::NowAndThen};
use crate::{
    storage::{ColumnsNote, Storage, StorageError},
    worker::{
        fetch::Download,
        protocol::{LayerState, Trouble},
        turn::next_turn,
    },
};
use mendmap_core::{
    catalog::LayerFile,
    city::{Arrival, City, ColumnarError},
};
use sha1_smol::Sha1;
use std::{pin::Pin, rc::Rc};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::WorkerGlobalScope;

/// A file of fewer bytes is read in less time than its columns are looked up.
const WORTH: usize = 1 << 17;

impl Service {
    /// A layer of the city: from the columns that were kept of the very file that is there now, else from the
    /// file.
    ///
    /// Boxed and never inlined: whoever asks for it is of another part of the program.
    #[inline(never)]
    pub(super) fn take_city_layer<'a>(
        &'a self,
        file: &'a LayerFile,
        url: &'a str,
    ) -> Pin<Box<dyn Future<Output = Result<LayerState, Trouble>> + 'a>> {
        Box::pin(async move {
            let reader = self.reader();
            if let Some((storage, reader)) = &reader
                && let Some(arrival) = self.kept_columns(storage, reader, file, url).await?
            {
                return Ok(self.put_layer(file, arrival, None));
            }
            let mut sum = Sha1::new();
            let each = &mut |at: u64, piece: &[u8]| {
                if at == 0 {
                    sum = Sha1::new();
                }
                sum.update(piece);
            };
            let arrival = self.fetch_layer(file, url, each).await?;
            if let Some((storage, reader)) = reader.filter(|_| arrival.report().bytes >= WORTH) {
                let from = made_from(&reader, &sum);
                self.keep_columns(storage, file, &arrival, from).await;
            }
            Ok(self.put_layer(file, arrival, None))
        })
    }

    /// The layer from the columns that are kept, if they are of the file that is there now: of that no more
    /// than a sum is made.
    async fn kept_columns(
        &self,
        storage: &Storage,
        reader: &str,
        file: &LayerFile,
        url: &str,
    ) -> Result<Option<Arrival>, Trouble> {
        let from = storage.columns_from(&file.id.0).await.ok().flatten();
        let Some(from) = from.filter(|from| from.starts_with(reader)) else {
            return Ok(None);
        };
        let (mut sum, mut now_and_then) = (Sha1::new(), NowAndThen::default());
        let mut download = Download::start(url).await?;
        while let Some(piece) = download.next().await? {
            sum.update(&piece);
            if now_and_then.is_time() {
                self.notify(download.loading(file, 0));
            }
            next_turn().await;
        }
        if from != made_from(reader, &sum) {
            return Ok(None);
        }
        // What cannot be read is read from the file, and written anew.
        Ok(self.read_kept(storage, file, &from).await.ok().flatten())
    }

    async fn read_kept(
        &self,
        storage: &Storage,
        file: &LayerFile,
        from: &str,
    ) -> Result<Option<Arrival>, StorageError> {
        let Some((columns, report)) = storage.columns(&file.id.0, from).await? else {
            return Ok(None);
        };
        let read = self.read_columns(file, &columns).await;
        let arrival = read.ok().and_then(Result::ok);
        Ok(arrival.map(|arrival| arrival.reporting(report)))
    }

    /// Reads a layer in columns, giving taps and tiles their turn.
    pub(super) async fn read_columns(
        &self,
        file: &LayerFile,
        bytes: &[u8],
    ) -> Result<Result<Arrival, ColumnarError>, Trouble> {
        let catalog = self.with(|state| Ok(state.catalog().clone()))?;
        let pause = &mut async || next_turn().await;
        match City::take_columnar(&catalog, &file.id, bytes, pause).await {
            Ok(arrival) => Ok(Ok(settled(arrival).await)),
            Err(error) => Ok(Err(error)),
        }
    }

    /// The columns of what was read, in pieces that follow one another, giving taps and tiles their turn.
    pub(super) async fn written(&self, read: &Arrival) -> Option<Vec<Vec<u8>>> {
        let catalog = self.with(|state| Ok(state.catalog().clone())).ok()?;
        let pause = &mut async || next_turn().await;
        read.write_columnar(&catalog, pause).await
    }

    /// Keeps what was read, while the next layer comes. Where it does not fit, the next start reads the file
    /// as this one did.
    async fn keep_columns(
        &self,
        storage: Rc<Storage>,
        file: &LayerFile,
        read: &Arrival,
        from: String,
    ) {
        let Some(columns) = self.written(read).await else {
            return;
        };
        let note = ColumnsNote {
            from,
            report: read.report().clone(),
        };
        let id = file.id.0.clone();
        spawn_local(async move { drop(storage.keep_columns(&id, columns, &note).await) });
    }

    /// Where columns are kept, and what reads the city's files: this program, by the name of its script, which
    /// another build has another of; and the catalogue.
    fn reader(&self) -> Option<(Rc<Storage>, String)> {
        let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
        let of_state = |state: &mut State| Ok((state.storage.clone(), state.set.file.clone()));
        let (storage, catalog) = self.with(of_state).ok()?;
        let reader = made_from(&scope.location().href(), &Sha1::from(catalog));
        Some((storage?, reader))
    }
}

/// What reads a file, and the sum of that. The sum tells one file from another, and guards against nobody.
fn made_from(reader: &str, sum: &Sha1) -> String {
    format!("{reader} {}", sum.digest())
}
