//! Files for layers: looked at first, put in place at a person's word, kept in columns, given up again.

use super::{Service, bytes_of, state::State};
use crate::{
    storage::LayerNote,
    worker::{
        decoder::Browser,
        fetch::drain,
        protocol::{
            Back, FileSaid, LookAtFile, Looked, Notice, OwnFile, RestoreLayer, Told, Trouble,
        },
    },
};
use js_sys::{Array, ArrayBuffer, Uint8Array};
use mendmap_core::{
    catalog::{Fields, LayerFile, LayerId},
    city::{
        Arrival, Changes, City, Datum, EXAMPLES, FileError, Form, How, Report, TableProposal,
        Unreadable, is_gzip, list_problems, propose_table,
    },
    task::Task,
};
use std::sync::Arc;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use web_sys::{Blob, ReadableWritablePair};

#[wasm_bindgen]
extern "C" {
    /// What streams are written into and read from: web-sys has it for an unstable one.
    type DecompressionStream;
    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<DecompressionStream, JsValue>;
}

/// A file that unpacks to more bytes than this is not unpacked further: a few can claim to be anything.
const MOST: usize = 1 << 30;
/// So many assets are shown of a file.
const SAMPLE: u32 = 5;
/// So much of the open work on what has vanished is named.
const NAMED: usize = 10;

/// A file that was read and waits for a person's word.
#[derive(Debug)]
pub(super) struct Waiting {
    file: LayerFile,
    name: String,
    /// What its properties are called, where that is not what the catalogue has.
    fields: Option<Fields>,
    arrival: Arrival,
}

impl Service {
    /// Reads a file beside the city, and says what it would make of its layer. The browser holds the file;
    /// here is one copy of it at a time, which becomes the layer's own text.
    pub(super) async fn look_at_file(
        &self,
        q: &LookAtFile,
        buffer: Option<ArrayBuffer>,
    ) -> Result<Looked, Trouble> {
        let said: &FileSaid = &q.said.read().ok_or_else(|| Trouble::Garbled {
            detail: "a file".into(),
        })?;
        let (file, turn) = self.with(|state| {
            state.waiting = None;
            state.looks += 1;
            Ok((state.layer_file(&said.layer)?, state.looks))
        })?;
        let buffer = buffer.unwrap_or_else(|| ArrayBuffer::new(0));
        let bytes = || bytes_of(Some(buffer.clone()));
        let unpacked = match is_gzip(&Uint8Array::new(&buffer).subarray(0, 2).to_vec()) {
            true => Some(unpack(&buffer).await),
            false => None,
        };
        let decoder = Browser { unpacked };
        let read = |fields| self.read_file(&file, said, &decoder, bytes(), fields);
        let mut arrival = read(said.fields.as_ref()).await?;
        let mut fields = said.fields.clone().unwrap_or_else(|| file.fields.clone());
        if said.fields.is_none() {
            let likely = arrival.likely_fields(&file.fields);
            if !likely.reads_like(&fields) {
                drop(arrival);
                arrival = read(Some(&likely)).await?;
            }
            fields = likely;
        }
        let own_fields = (fields != file.fields).then(|| fields.clone());
        arrival.called(own_fields.clone());
        let is_table =
            said.table.is_some() || arrival.report().error == Some(FileError::Foreign(Form::Table));
        let table = is_table.then(|| table(&bytes(), &decoder)).flatten();
        self.with(|state| {
            // Another was given meanwhile: what waits must be what is shown.
            if state.looks != turn {
                return Err(no_file());
            }
            let changes = state.city.settle(&mut arrival);
            state.city.compare(&mut arrival);
            let catalog = state.catalog();
            let looked = Looked {
                report: abridged(arrival.report()),
                odd_codes: arrival.odd_codes(catalog),
                names: arrival.property_names(),
                fields,
                sample: arrival.sample(catalog, SAMPLE),
                preview: arrival.preview(),
                table,
                changes: changes.map(|changes| state.told(&changes)),
            };
            let name = said.name.clone();
            state.waiting = Some(Box::new(Waiting {
                file,
                name,
                fields: own_fields,
                arrival,
            }));
            Ok(looked)
        })
    }

    async fn read_file(
        &self,
        file: &LayerFile,
        said: &FileSaid,
        decoder: &Browser,
        bytes: Vec<u8>,
        fields: Option<&Fields>,
    ) -> Result<Arrival, Trouble> {
        if City::is_columnar(&bytes) {
            let read = self.read_columns(file, &bytes).await?;
            return read.map_err(|error| Trouble::OwnLayer {
                name: said.name.clone(),
                detail: error.to_string(),
            });
        }
        let how = How {
            datum: match said.is_gcj02 {
                true => Datum::Gcj02,
                false => Datum::Wgs84,
            },
            decode: Some(decoder),
            table: said.table,
            fields,
            lists_all: true,
        };
        self.read_layer(file, bytes, &how).await
    }

    /// Puts the file that waits in its layer's place. It is kept first: what does not fit changes nothing,
    /// and the file waits on for another try.
    pub(super) async fn put_file(&self) -> Result<(), Trouble> {
        let waiting = self.with(|state| state.waiting.take().ok_or_else(no_file))?;
        match self.keep_file(&waiting).await {
            Ok(own) => {
                let state = self.put_layer(&waiting.file, waiting.arrival, Some(own));
                self.notify(Notice::Layer { state });
                Ok(())
            }
            Err(trouble) => self.with(|state| {
                state.waiting.get_or_insert(waiting);
                Err(trouble)
            }),
        }
    }

    async fn keep_file(&self, waiting: &Waiting) -> Result<OwnFile, Trouble> {
        let columnar = self.written(&waiting.arrival).await;
        let (storage, note) = self.with(|state| {
            let note = LayerNote {
                name: waiting.name.clone(),
                at: state.now().map(|now| now.to_string()).unwrap_or_default(),
                report: abridged(waiting.arrival.report()),
                fields: waiting.fields.clone(),
            };
            Ok((state.storage.clone(), note))
        })?;
        let columnar = columnar.ok_or_else(no_file)?;
        let has_before = match storage {
            Some(storage) => {
                let id = &waiting.file.id.0;
                storage.keep_layer(id, columnar, &note).await?
            }
            None => false,
        };
        let LayerNote { name, at, .. } = note;
        Ok(OwnFile {
            name,
            at,
            has_before,
        })
    }

    /// All problems of the file that waits, as a table.
    pub(super) fn list_file_problems(&self) -> Result<Option<Vec<u8>>, Trouble> {
        self.with(|state| {
            let waiting = state.waiting.as_ref().ok_or_else(no_file)?;
            Ok(Some(list_problems(waiting.arrival.report()).into_bytes()))
        })
    }

    /// Gives a file of a person's own up, for the one before it or for the city's.
    pub(super) async fn restore_layer(&self, q: &RestoreLayer) -> Result<(), Trouble> {
        let id = &q.layer;
        let (file, storage) =
            self.with(|state| Ok((state.layer_file(id)?, state.storage.clone())))?;
        if let Some(storage) = storage {
            match q.back {
                Back::ToCity => storage.forget_layer(&id.0).await?,
                Back::ToBefore => storage.step_back(&id.0).await?,
            }
        }
        let state = self.load_layer(&file, true).await;
        let trouble = state.trouble.clone();
        self.notify(Notice::Layer { state });
        trouble.map_or(Ok(()), Err)
    }
}

impl State {
    /// A layer as a file.
    pub(super) fn take_layer(&self, id: &LayerId) -> Result<Option<Vec<u8>>, Trouble> {
        let text = self
            .city
            .geojson(id)
            .ok_or_else(|| Trouble::NotThere { what: id.0.clone() })?;
        Ok(Some(text.into_bytes()))
    }

    /// What changes, in numbers, and the work that it leaves without its asset.
    fn told(&self, changes: &Changes) -> Told {
        let Changes {
            same,
            added,
            changed,
            recoded,
            moved,
            vanished,
        } = changes;
        let tasks = vanished.iter().flat_map(|uid| self.tasks.on_asset(*uid));
        let open: Vec<&Arc<Task>> = tasks.filter(|task| task.is_open()).collect();
        Told {
            same: *same,
            added: *added,
            changed: *changed,
            recoded: *recoded,
            moved: *moved,
            vanished: vanished.len(),
            open: open.len(),
            first_open: open.iter().take(NAMED).map(|task| task.summary()).collect(),
        }
    }
}

/// No file waits.
fn no_file() -> Trouble {
    Trouble::NotThere {
        what: "file".into(),
    }
}

/// A report with no more examples than a page shows.
fn abridged(report: &Report) -> Report {
    let mut report = report.clone();
    for tally in &mut report.problems {
        tally.first.truncate(EXAMPLES);
    }
    report
}

fn table(bytes: &[u8], decoder: &Browser) -> Option<TableProposal> {
    let how = How {
        decode: Some(decoder),
        ..How::default()
    };
    propose_table(bytes, &how)
}

/// What gzip packed, as the browser unpacks it.
async fn unpack(packed: &ArrayBuffer) -> Result<Vec<u8>, Unreadable> {
    let mut unpacked = Vec::new();
    match unpack_into(packed, &mut unpacked).await {
        Ok(()) if unpacked.len() < MOST => Ok(unpacked),
        _ => Err(Unreadable::Broken(unpacked)),
    }
}

async fn unpack_into(packed: &ArrayBuffer, unpacked: &mut Vec<u8>) -> Result<(), JsValue> {
    let blob = Blob::new_with_buffer_source_sequence(&Array::of1(packed))?;
    let gzip = DecompressionStream::new("gzip")?;
    let both = gzip.unchecked_ref::<ReadableWritablePair>();
    let stream = blob.stream().pipe_through(both);
    drain(&stream, unpacked, &mut |so_far| so_far < MOST).await
}
