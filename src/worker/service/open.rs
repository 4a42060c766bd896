//! Opening a city: the catalogue and the log first, so that work can begin, then
//! layer by layer the assets.

use super::{
    Service,
    state::State,
    world::{NowAndThen, fresh},
};
use crate::{
    rest::rest,
    storage::{Device, Kept, KeptLayer, Storage, StorageError},
    sync::remote::Remote,
    worker::{
        decoder::Browser,
        fetch::{Download, fetch},
        protocol::{LayerState, Notice, Open, Opened, Trouble},
        turn::{next_turn, pause},
    },
};
use futures::future::{Either, select};
use mendmap_core::{
    catalog::{Catalog, LayerFile},
    city::{Arrival, How, Intake},
    ids::DeviceId,
    log::{Event, write_segment},
};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// So long at most the layers behind the first wait for the rest of the program to come before them, in milliseconds.
const REST_MS: i32 = 3_000;
/// So many single events are packed into one record at the next start.
const SEGMENT: usize = 2_000;

impl Service {
    pub(super) async fn open(self: &Rc<Self>, q: Open) -> Result<Opened, Trouble> {
        let url = format!("{}catalog.json", q.city);
        let (bytes, headers) = fetch(&url, &mut |_, _| {}).await?;
        let remote = Remote::named_in(&headers, &url);
        let (catalog, _) = Catalog::read(&bytes).map_err(|error| Trouble::Catalog { error })?;
        let mut device = Device {
            id: fresh(DeviceId),
            crew: None,
            person: None,
        };
        self.listen_to_tabs(&catalog.city.id);
        let (storage, kept, trouble) = match open_storage(&catalog.city.id, &mut device).await {
            Ok((storage, kept)) => (Some(Rc::new(storage)), kept, None),
            Err(error) => (None, Kept::default(), Some(Trouble::Storage { error })),
        };
        let city = catalog.city.id.clone();
        let mut state = State::new(catalog, q.city, device);
        state.storage = storage.clone();
        state.set.file = bytes;
        if !kept.is_empty() {
            rest().await.map_err(Trouble::no_rest)?;
        }
        state.take_log(kept);
        let me = state.me();
        let catalog = match state.set.news.take() {
            Some(set) => set,
            None => state.set.file.clone(),
        };
        *self.state.borrow_mut() = Some(state);
        self.take_early();
        if let Some(storage) = storage {
            spawn_local(async move { tidy(&storage, &city).await });
            if let Some(remote) = remote {
                let service = Rc::clone(self);
                spawn_local(async move {
                    match rest().await {
                        Ok(()) => service.meet(remote).await,
                        Err(detail) => {
                            let trouble = Trouble::no_rest(detail);
                            service.notify(Notice::Trouble { trouble });
                        }
                    }
                });
            }
        }
        let service = Rc::clone(self);
        spawn_local(async move { service.load_layers().await });
        Ok(Opened {
            catalog,
            me,
            storage: trouble,
        })
    }

    /// Loads every layer of the catalogue, one after the other; what happened to
    /// one says nothing about the next.
    async fn load_layers(self: &Rc<Self>) {
        let files = self
            .with(|state| Ok(state.catalog().layers.clone()))
            .unwrap_or_default();
        // A tap is answered by the rest of the program: it comes beside the streets, by which one
        // knows the place, and before what is many times as much. Where it does not come, that is
        // said by who asks.
        spawn_local(async { drop(rest().await) });
        let mut is_whole = None;
        for file in files {
            next_turn().await;
            let state = self.load_layer(&file, is_whole == Some(true)).await;
            self.notify(Notice::Layer { state });
            if is_whole.is_none() {
                let (whole, soon) = (Box::pin(rest()), Box::pin(pause(REST_MS)));
                is_whole = Some(matches!(
                    select(whole, soon).await,
                    Either::Left((Ok(()), _))
                ));
            }
        }
        self.notify(Notice::CityReady);
        // Without it there is no server either.
        if rest().await.is_err() {
            return;
        }
        self.fetch_history(false).await;
    }

    /// Loads one layer: the person's own where one is kept, else the city's. The latter is taken from columns
    /// only where the rest of the program, which reads those, is there.
    pub(super) async fn load_layer(&self, file: &LayerFile, is_whole: bool) -> LayerState {
        let loaded = match self.kept_layer(file).await {
            Ok(None) => self.city_layer(file, is_whole).await,
            // A first view has no reader for it.
            Ok(Some(kept)) => match rest().await {
                Ok(()) => self.take_kept(file, kept).await,
                Err(detail) => Err(Trouble::no_rest(detail)),
            },
            Err(trouble) => Err(trouble),
        };
        loaded.unwrap_or_else(|trouble| self.note_layer(file, trouble))
    }

    async fn kept_layer(&self, file: &LayerFile) -> Result<Option<KeptLayer>, Trouble> {
        match self.with(|state| Ok(state.storage.clone()))? {
            Some(storage) => Ok(storage.layer(&file.id.0).await?),
            None => Ok(None),
        }
    }

    async fn city_layer(&self, file: &LayerFile, is_whole: bool) -> Result<LayerState, Trouble> {
        let url = self.with(|state| Ok(state.url_of(file)))?;
        if is_whole {
            return self.take_city_layer(file, &url).await;
        }
        let arrival = self.fetch_layer(file, &url, &mut |_, _| {}).await?;
        Ok(self.put_layer(file, arrival, None))
    }

    /// Reads a layer of the city while its file comes; `each` is told every piece of that, and where in the file
    /// it begins. A file that the reader stumbles over comes twice.
    pub(super) async fn fetch_layer(
        &self,
        file: &LayerFile,
        url: &str,
        each: &mut dyn FnMut(u64, &[u8]),
    ) -> Result<Arrival, Trouble> {
        let catalog = self.with(|state| Ok(state.catalog().clone()))?;
        let (decode, mut now_and_then) = (Browser::default(), NowAndThen::default());
        let how = How {
            decode: Some(&decode),
            ..How::default()
        };
        let mut download = Download::start(url).await?;
        let expected = download.total.map(|total| total as usize);
        let mut intake = Intake::new(&catalog, &file.id, &how, expected);
        loop {
            while let Some(piece) = download.next().await? {
                each(intake.size(), &piece);
                intake.take(&piece);
                drop(piece);
                loop {
                    let is_more = intake.read_some();
                    if now_and_then.is_time() {
                        self.notify(download.loading(file, intake.features()));
                    }
                    next_turn().await;
                    if !is_more {
                        break;
                    }
                }
            }
            match self.read_rest(file, intake).await {
                Ok(arrival) => return Ok(arrival),
                Err(again) => intake = again,
            }
            download = Download::start(url).await?;
        }
    }
}

async fn open_storage(city: &str, device: &mut Device) -> Result<(Storage, Kept), StorageError> {
    let storage = Storage::open(city).await?;
    *device = storage.device(device.id).await?;
    let kept = storage.read_log().await?;
    Ok((storage, kept))
}

/// Packs single events once there are many. Failing changes nothing: they stay
/// where they are, and the next start tries again.
async fn tidy(storage: &Storage, city: &str) {
    let pack = |events: &[Vec<u8>]| {
        let events: Vec<Event> = events
            .iter()
            .map(|bytes| Event::read(bytes.as_slice()))
            .collect();
        Some(write_segment(city, &events))
    };
    let _ = storage.pack(SEGMENT, pack).await;
}
