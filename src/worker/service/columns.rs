//! The city's layers as they were read once: where a file is still the same, the next start parses nothing.

use super::{Service, layers::settled};
use crate::{
    storage::{ColumnsNote, Storage, StorageError},
    worker::{
        protocol::{LayerState, Trouble},
        turn::next_turn,
    },
};
use js_sys::{ArrayBuffer, Uint8Array};
use mendmap_core::{
    catalog::LayerFile,
    city::{Arrival, City, ColumnarError, Intake},
};
use std::{fmt::Write, pin::Pin, rc::Rc};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::WorkerGlobalScope;

/// A file of fewer bytes is read in less time than its columns are looked up.
const WORTH: usize = 1 << 17;

/// Where the columns of a file are kept, and under what.
type Place = Option<(Rc<Storage>, String)>;

/// Boxed: whoever asks is of another part of the program.
type Later<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

impl Service {
    /// A layer of the city: from the columns that were kept of this very file, else from the file.
    #[inline(never)]
    pub(super) fn take_city_layer<'a>(
        &'a self,
        file: &'a LayerFile,
        bytes: Vec<u8>,
    ) -> Later<'a, LayerState> {
        Box::pin(async move {
            let place = self.place_of(&bytes).await;
            // What cannot be read is read from the file, and written anew.
            if let Some((storage, from)) = &place
                && let Ok(Some(arrival)) = self.kept_columns(storage, file, from).await
            {
                return self.put_layer(file, arrival, None);
            }
            match self.read_plain(file, bytes).await {
                Ok(arrival) => self.put_and_keep(file, arrival, place).await,
                Err(trouble) => self.note_layer(file, trouble),
            }
        })
    }

    /// A layer of the city that was read while its file came.
    #[inline(never)]
    pub(super) fn finish_city_layer<'a>(
        &'a self,
        file: &'a LayerFile,
        mut intake: Intake<'a>,
    ) -> Later<'a, LayerState> {
        Box::pin(async move {
            let place = self.place_of(intake.bytes()).await;
            let arrival = self.read_rest(file, intake).await;
            self.put_and_keep(file, arrival, place).await
        })
    }

    /// Whether this program has kept columns of a layer, be they of the file that is there now or of an
    /// older one.
    #[inline(never)]
    pub(super) fn has_columns<'a>(&'a self, file: &'a LayerFile) -> Later<'a, bool> {
        Box::pin(async move {
            let storage = self.with(|state| Ok(state.storage.clone())).ok().flatten();
            match storage.zip(self.reader().await) {
                Some((storage, reader)) => {
                    let has = storage.has_columns(&file.id.0, &reader).await;
                    has.unwrap_or(false)
                }
                None => false,
            }
        })
    }

    async fn put_and_keep(&self, file: &LayerFile, arrival: Arrival, place: Place) -> LayerState {
        if let Some((storage, from)) = place {
            self.keep_columns(storage, file, &arrival, from).await;
        }
        self.put_layer(file, arrival, None)
    }

    async fn kept_columns(
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

    /// The columns of what was read, giving taps and tiles their turn.
    pub(super) async fn written(&self, read: &Arrival) -> Option<Vec<u8>> {
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
        spawn_local(async move { drop(storage.keep_columns(&id, &columns, &note).await) });
    }

    /// Where the columns of a file belong, and what they are made from: what reads it, and the file.
    async fn place_of(&self, file: &[u8]) -> Place {
        let storage = self
            .with(|state| Ok(state.storage.clone()))
            .ok()
            .flatten()?;
        if file.len() < WORTH {
            return None;
        }
        let mut from = self.reader().await?;
        add_digest(&mut from, file).await?;
        Some((storage, from))
    }

    /// What reads the city's files: this program, by the name of its script, which another build has
    /// another of; and the catalogue. None without a secure context, where nothing is kept to
    /// work without a network either.
    async fn reader(&self) -> Option<String> {
        let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
        let catalog = self.with(|state| Ok(state.set.file.clone())).ok()?;
        let mut reader = scope.location().href();
        add_digest(&mut reader, &catalog).await?;
        Some(reader)
    }
}

/// Writes the SHA-256 of bytes behind a text.
async fn add_digest(text: &mut String, bytes: &[u8]) -> Option<()> {
    let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
    text.push(' ');
    for byte in digest(&scope, bytes).await? {
        write!(text, "{byte:02x}").ok()?;
    }
    Some(())
}

/// The SHA-256 of bytes, by the browser, which is faster at it than a program of its.
async fn digest(scope: &WorkerGlobalScope, bytes: &[u8]) -> Option<Vec<u8>> {
    let subtle = scope.crypto().ok()?.subtle();
    if subtle.is_undefined() {
        return None;
    }
    let digest = subtle.digest_with_str_and_u8_array("SHA-256", bytes);
    let digest: ArrayBuffer = JsFuture::from(digest.ok()?).await.ok()?.dyn_into().ok()?;
    Some(Uint8Array::new(&digest).to_vec())
}
