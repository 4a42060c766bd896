//! What the worker does: one use case a file, over the city, the log and the storage.
//!
//! * [`open`]: catalogue, log, then layer by layer the city
//! * [`later`]: the answers that no first view asks for
//! * [`look`]: tiles, taps, searches, cards
//! * [`work`]: acting on tasks, and listing them; [`draft`]: from what was said to an event
//! * [`propose`]: what is said of assets that the layers do not have so
//! * [`ledger`]: how much was done, beside what was [`published`] of other days;
//!   [`shapes`]: its tasks, and a completion, as GeoJSON; [`workbook`]: all of it as XLSX
//! * [`review`]: reports that wait to be checked
//! * [`settings`]: what is set of the catalogue; [`accounts`]: who may log in, as what
//! * [`programme`]: a year of a programme, and what is said of its trades
//! * [`photos`]: photos of a form, and where others are
//! * [`completion`]: what a kind of work has reached
//! * [`exchange`]: event files, and other tabs
//! * [`sync`]: a server
//! * [`layers`]: reading the layers; [`columns`]: not reading them again; [`files`]: files of a person's own in their place, and [`kept`] until
//!   the next start

mod accounts;
mod along;
mod columns;
mod completion;
mod draft;
mod exchange;
mod files;
mod give;
mod indicators;
mod kept;
mod later;
mod layers;
mod ledger;
mod look;
mod open;
mod photos;
mod places;
mod programme;
mod propose;
mod published;
mod review;
mod rounds;
mod settings;
mod shapes;
mod state;
mod sync;
mod track;
mod work;
mod workbook;
mod world;

use super::host::{Answer, refuse};
use super::protocol::{First, Notice, Trouble};
use super::wire::GOOD;
use js_sys::{ArrayBuffer, Uint8Array};
use mendmap_core::log::Event;
use serde::Serialize;
use state::State;
use std::{cell::RefCell, rc::Rc};
use web_sys::BroadcastChannel;

/// Where notices go.
pub(super) type Notify = Rc<dyn Fn(Notice)>;

/// The worker's only state, and its use cases.
pub(super) struct Service {
    notify: Notify,
    state: RefCell<Option<State>>,
    /// Held while something is done: events are appended one after the other.
    acting: futures::lock::Mutex<()>,
    tabs: RefCell<Option<BroadcastChannel>>,
    sync: RefCell<Option<sync::Sync>>,
    /// Held while the history before this device is fetched, or taken up.
    history: futures::lock::Mutex<()>,
    /// What other tabs told before the city was open.
    early: RefCell<Vec<Event>>,
}

impl Service {
    /// A service that has not been asked to open a city yet.
    pub(super) fn new(notify: Notify) -> Rc<Self> {
        Rc::new(Service {
            notify,
            state: RefCell::new(None),
            acting: futures::lock::Mutex::default(),
            tabs: RefCell::default(),
            sync: RefCell::default(),
            history: futures::lock::Mutex::default(),
            early: RefCell::default(),
        })
    }

    /// Answers what a first view asks.
    pub(super) async fn answer(self: &Rc<Self>, first: First) -> Answer {
        match first {
            First::Open(q) => answer(self.open(q).await),
            First::Tile(q) => self.tile(q.id),
            First::Nearest(q) => answer(self.with(|state| state.nearest(q))),
            First::Search(q) => answer(self.with(|state| state.search(&q))),
            First::TaskShapes(_) => answer(self.with(|state| state.task_shapes())),
            First::Layers(_) => answer(self.with(|state| Ok(state.layer_states()))),
        }
    }

    /// One vector tile.
    pub(super) fn tile(&self, id: mendmap_core::city::TileId) -> Answer {
        // Before the city is open, every tile is empty; all are asked for again then.
        let bytes = self
            .state
            .borrow()
            .as_ref()
            .map_or_else(Vec::new, |state| state.city.tile(id));
        answer_with(&(), &bytes)
    }

    fn with<T>(&self, look: impl FnOnce(&mut State) -> Result<T, Trouble>) -> Result<T, Trouble> {
        match self.state.borrow_mut().as_mut() {
            Some(state) => look(state),
            None => Err(Trouble::NotThere {
                what: "city".into(),
            }),
        }
    }

    fn notify(&self, notice: Notice) {
        (self.notify)(notice);
    }
}

fn answer<T: Serialize>(result: Result<T, Trouble>) -> Answer {
    match result {
        Ok(value) => answer_of(postcard::to_allocvec(&value)),
        Err(trouble) => refuse(&trouble),
    }
}

fn answer_of(written: postcard::Result<Vec<u8>>) -> Answer {
    match written {
        Ok(mut said) => {
            said.insert(0, GOOD);
            Answer { said, buffer: None }
        }
        Err(error) => refuse(&Trouble::garbled(&error)),
    }
}

fn answer_with<T: Serialize>(value: &T, bytes: &[u8]) -> Answer {
    let mut answer = answer(Ok(value));
    answer.buffer = Some(Uint8Array::from(bytes).buffer());
    answer
}

fn bytes_of(buffer: Option<ArrayBuffer>) -> Vec<u8> {
    buffer.map_or_else(Vec::new, |buffer| Uint8Array::new(&buffer).to_vec())
}
