//! Syncing with a server: `core::sync::device` says what to do.
//!
//! * [`effects`]: doing it
//! * [`history`]: what lies before the snapshot that this device began with
//! * [`photos`]: the same for photos
//! * [`person`]: who works here
//! * [`show`]: how it stands

mod effects;
mod history;
mod person;
mod photos;
mod show;

use super::{Service, world};
use crate::{
    storage::{Storage, StorageError, Synced},
    sync::{lead::when_leading, remote::Remote, stream::Stream},
    worker::protocol::{Notice, Syncing, Trouble},
};
use effects::is_online;
pub(super) use history::Before;
use mendmap_core::{
    ids::DeviceId,
    log::Event,
    sync::{
        device::{Input, Kept, Machine, Shown},
        photos::Machine as Photos,
    },
};
use std::{collections::BTreeSet, rc::Rc, sync::Arc};
use wasm_bindgen_futures::spawn_local;

/// A server, and how far this device is with it.
pub(super) struct Sync {
    remote: Remote,
    /// None in a tab that does not lead.
    machine: Option<Machine>,
    /// None in a tab that does not lead.
    photos: Option<Photos>,
    stream: Option<Stream>,
    shown: Option<Shown>,
    /// What the tab that leads said last.
    heard: Option<Syncing>,
    /// The timers of the two machines.
    timer: Option<i32>,
    photo_timer: Option<i32>,
}

impl Service {
    /// There is a server: from now on all work goes to its outbox, and one of the tabs
    /// sends it.
    pub(super) async fn meet(self: Rc<Self>, remote: Remote) {
        let joined = self.join().await;
        if let Err(error) = joined {
            return self.notify(Notice::Trouble {
                trouble: Trouble::Storage { error },
            });
        }
        let city = self.with(|state| Ok(state.log.city().to_owned()));
        let Ok(city) = city else { return };
        *self.sync.borrow_mut() = Some(Sync {
            remote,
            machine: None,
            photos: None,
            stream: None,
            shown: None,
            heard: None,
            timer: None,
            photo_timer: None,
        });
        self.show_sync();
        self.ask_syncing();
        let service = Rc::clone(&self);
        when_leading(&format!("mendmap-sync-{city}"), move || {
            spawn_local(async move {
                if let Err(error) = service.lead().await {
                    service.notify(Notice::Trouble {
                        trouble: Trouble::Storage { error },
                    });
                }
            });
        });
    }

    async fn join(&self) -> Result<(), StorageError> {
        let storage = self.storage()?;
        let events = self.with(|state| Ok(state.log.everything().cloned().collect::<Vec<_>>()));
        let events = events.unwrap_or_default();
        storage.join(events.iter().map(|event| event.raw())).await
    }

    /// This tab speaks with the server from now on.
    async fn lead(self: &Rc<Self>) -> Result<(), StorageError> {
        let storage = self.storage()?;
        let Some(remote) = self.remote() else {
            return Ok(());
        };
        let found = remote.me().await;
        let session = self.greet(&storage, &found).await?;
        let here = storage.devices().await?;
        let city = self.with(|state| Ok(state.log.city().to_owned()));
        // Last, and nothing is waited for after it: what is appended from here on is told.
        let synced = storage.synced().await?.unwrap_or_default();
        self.set_back(
            synced
                .outbox
                .iter()
                .filter_map(|(_, receipt)| receipt.as_ref()),
        );
        let kept = kept(synced, city.unwrap_or_default(), here, session);
        let (machine, effects) = Machine::start(kept);
        if let Some(sync) = self.sync.borrow_mut().as_mut() {
            sync.machine = Some(machine);
            sync.photos = Some(Photos::new(session));
        }
        self.load_photos();
        for effect in effects {
            self.carry_out(effect);
        }
        self.listen_to_network();
        self.feed(match is_online() {
            true => Input::Online,
            false => Input::Offline,
        });
        self.hear_news();
        Ok(())
    }

    /// A person wants it tried again now.
    pub(super) fn sync_now(self: &Rc<Self>) -> Result<(), Trouble> {
        self.feed(Input::TryAgain);
        self.hear_news();
        Ok(())
    }

    /// Tells the machine what happened, and does what it says.
    pub(super) fn feed(self: &Rc<Self>, input: Input) {
        let beside = photos::beside(&input);
        let effects = {
            let mut sync = self.sync.borrow_mut();
            let machine = sync.as_mut().and_then(|sync| sync.machine.as_mut());
            let Some(machine) = machine else { return };
            machine.take(input, world::now_ms() as i64, world::die())
        };
        for effect in effects {
            self.carry_out(effect);
        }
        if let Some(beside) = beside {
            self.feed_photos(beside);
        }
    }

    fn leads(&self) -> bool {
        let sync = self.sync.borrow();
        sync.as_ref().is_some_and(|sync| sync.machine.is_some())
    }

    pub(super) fn remote(&self) -> Option<Remote> {
        Some(self.sync.borrow().as_ref()?.remote.clone())
    }

    pub(super) fn storage(&self) -> Result<Rc<Storage>, StorageError> {
        let storage = self.with(|state| Ok(state.storage.clone()));
        storage.ok().flatten().ok_or(StorageError::Unavailable {
            detail: String::new(),
        })
    }
}

/// What the storage kept, as the machine takes it up.
fn kept(synced: Synced, city: String, here: Vec<DeviceId>, session: Option<DeviceId>) -> Kept {
    let mut all = BTreeSet::new();
    // One by one: to collect them takes a sort of their own, in WebAssembly 4 kB.
    all.extend(here);
    let outbox = synced.outbox.into_iter();
    let outbox = outbox.map(|(raw, receipt)| (Arc::new(Event::read(raw)), receipt));
    Kept {
        city,
        here: all,
        session,
        outbox: outbox.collect(),
        ahead: synced.accepted,
        cursor: synced.cursor,
        is_new: synced.cursor.is_none(),
        offset_ms: synced.offset_ms,
        sent_at: synced.sent_at,
    }
}
