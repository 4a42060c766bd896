//! Event files, and the other tabs of this device.

use super::{Service, state::State};
use crate::worker::protocol::{ExportLog, ExportScope, Exported, Imported, Me, Syncing, Trouble};
use js_sys::{Array, Uint8Array};
use mendmap_core::{
    catalog::CrewId,
    log::{Event, Outcome, Scope, Subject, export_file, import_file, write_segment},
    order::distinct,
    sync::device::Input,
};
use std::{rc::Rc, sync::Arc};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{BroadcastChannel, MessageEvent};

/// From here on, merged events are stored as one segment: single records of this
/// number would take seconds.
const MANY: usize = 500;

impl Service {
    /// The log as a file: what was exported, and the file's bytes.
    pub(super) async fn export(
        self: &Rc<Self>,
        q: &ExportLog,
    ) -> Result<(Exported, Vec<u8>), Trouble> {
        if q.scope == ExportScope::All {
            self.want_history();
            self.fetch_history(true).await;
        }
        self.with(|state| {
            let mine = state.me().device;
            let (scope, name) = match q.scope {
                ExportScope::All => (Scope::All, "all"),
                ExportScope::Mine => (Scope::Unsent, "mine"),
            };
            let events: Vec<&Event> = state
                .log
                .everything()
                .map(|event| &**event)
                .filter(|event| {
                    q.scope == ExportScope::All
                        || event.number().is_some_and(|(device, _)| device == mine)
                })
                .collect();
            let city = state.log.city();
            let file_name = format!("mendmap-{city}-{name}.jsonl");
            let count = events.len();
            let bytes = export_file(city, scope, events);
            Ok((
                Exported {
                    events: count,
                    file_name,
                    is_whole: q.scope == ExportScope::Mine || state.has_all(),
                },
                bytes,
            ))
        })
    }

    /// Merges a file of events. What is new is on the disk when this answers;
    /// what cannot be read is kept too.
    pub(super) async fn import(self: &Rc<Self>, bytes: Vec<u8>) -> Result<Imported, Trouble> {
        let file = import_file(&bytes);
        if !file.is_records {
            return Err(Trouble::NotRecords);
        }
        let in_file = file.events.len();
        // One at a time: what is not on the disk yet is put there once.
        let _turn = self.acting.lock().await;
        let (news, changed) = self.with(|state| {
            let (news, changed) = state.merge(file.events);
            state.unkept.extend(news.iter().cloned());
            Ok((news, changed))
        })?;
        let kept = self.keep_merged().await;
        self.changed(&changed);
        kept?;
        Ok(Imported {
            city: file.city,
            in_file,
            new: news.len(),
            problems: file.problems,
        })
    }

    /// Puts on the disk what was merged and is not there yet, and tells other tabs. Where
    /// that fails it stays to be put there, and the same file given again does it.
    async fn keep_merged(self: &Rc<Self>) -> Result<(), Trouble> {
        let (storage, city, events) = self.with(|state| {
            let (storage, city) = (state.storage.clone(), state.log.city().to_owned());
            Ok((storage, city, state.unkept.clone()))
        })?;
        if events.is_empty() {
            return Ok(());
        }
        if let Some(storage) = storage {
            if events.len() < MANY {
                storage.keep(events.iter().map(Event::raw)).await?;
            } else {
                let segment = write_segment(&city, &events);
                let events = events.iter().map(Event::raw);
                storage.keep_segment(&segment, events).await?;
            }
        }
        self.tell_tabs(&events);
        self.feed(appended(events));
        self.with(|state| {
            state.unkept.clear();
            Ok(())
        })
    }

    /// Keeps which crew works here.
    pub(super) async fn set_crew(&self, crew: &str) -> Result<Me, Trouble> {
        let storage = self.with(|state| {
            state.crew = Some(CrewId(crew.to_owned()));
            Ok(state.storage.clone())
        })?;
        if let Some(storage) = storage {
            storage.set_crew(crew).await?;
        }
        self.with(|state| Ok(state.me()))
    }

    /// Hears what other tabs of this device append, from before the log is read here: what
    /// comes between waits in `early`.
    pub(super) fn listen_to_tabs(self: &Rc<Self>, city: &str) {
        // Without the channel other tabs show new work after a reload.
        let Ok(channel) = BroadcastChannel::new(&format!("mendmap-{city}")) else {
            return;
        };
        let service = Rc::downgrade(self);
        let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
            let Some(service) = service.upgrade() else {
                return;
            };
            let data = message.data();
            if let Some(word) = data.as_string() {
                match &*word {
                    SESSION => service.session_changed(),
                    BEGAN => service.began_elsewhere(),
                    PHOTOS => service.load_photos(),
                    _ => service.asked_how_it_stands(),
                }
                return;
            }
            if let Some(view) = data.dyn_ref::<Uint8Array>() {
                // A tab of another version is not understood.
                if let Ok(view) = postcard::from_bytes(&view.to_vec()) {
                    service.hear_syncing(view);
                }
                return;
            }
            let lines: Array = data.unchecked_into();
            let events: Vec<Event> = lines
                .iter()
                .filter_map(|line| line.dyn_into::<Uint8Array>().ok())
                .map(|line| Event::read(line.to_vec()))
                .collect();
            service.early.borrow_mut().extend(events);
            service.take_early();
        });
        channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        // Tabs listen to each other as long as they live.
        heard.forget();
        *self.tabs.borrow_mut() = Some(channel);
    }

    /// Takes up what other tabs told; they have stored it.
    pub(super) fn take_early(self: &Rc<Self>) {
        if self.early.borrow().is_empty() {
            return;
        }
        let merged = self.with(|state| Ok(state.merge(self.early.take())));
        if let Ok((news, changed)) = merged {
            self.feed(appended(news));
            self.changed(&changed);
            self.look_back();
        }
    }

    /// Tells other tabs that somebody logged in or out.
    pub(super) fn tell_session(&self) {
        self.tell_tabs_of(SESSION);
    }

    /// Tells other tabs that something has happened which the storage knows more of.
    pub(super) fn tell_tabs_of(&self, what: &str) {
        self.post(&what.into());
    }

    /// Tells the tab that speaks with the server that photos wait for it.
    pub(super) fn tell_photos(&self) {
        self.post(&PHOTOS.into());
    }

    /// Asks the tab that speaks with the server how that goes.
    pub(super) fn ask_syncing(&self) {
        self.post(&"syncing?".into());
    }

    /// Tells other tabs how syncing stands.
    pub(super) fn tell_syncing(&self, view: &Syncing) {
        if let Ok(view) = postcard::to_allocvec(view) {
            self.post(&Uint8Array::from(&*view).into());
        }
    }

    fn post(&self, message: &JsValue) {
        if let Some(channel) = self.tabs.borrow().as_ref() {
            // A tab that cannot be told reads the storage when it is next opened.
            let _ = channel.post_message(message);
        }
    }

    /// Tells other tabs of this device what was appended here.
    pub(super) fn tell_tabs<'a>(&self, events: impl IntoIterator<Item = &'a Event>) {
        let lines: Array = events
            .into_iter()
            .map(|event| Uint8Array::from(event.raw()))
            .collect();
        if lines.length() > 0 {
            self.post(&lines);
        }
    }
}

/// Said to other tabs when somebody logged in or out.
const SESSION: &str = "session";
/// Said when this device has begun with a snapshot.
pub(super) const BEGAN: &str = "began";

/// Said to other tabs when photos wait.
const PHOTOS: &str = "photos";

fn appended(events: Vec<Event>) -> Input {
    Input::Appended(events.into_iter().map(Arc::new).collect())
}

impl State {
    /// Puts events into the log: those that were not there, and what changed, each once.
    pub(super) fn merge(&mut self, events: Vec<Event>) -> (Vec<Event>, Vec<Subject>) {
        let mut news = Vec::new();
        let mut changed = Vec::new();
        for event in events {
            let put = self.log.insert(event.clone());
            changed.extend(put.changed);
            if put.outcome != Outcome::Duplicate {
                news.push(event);
            }
        }
        self.before.note(&self.log, &news);
        (news, distinct(changed))
    }
}
