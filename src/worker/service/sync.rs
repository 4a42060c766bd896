//! Syncing with a server, carried out: `core::sync::device` says what to do.

use super::{Service, world};
use crate::{
    storage::{Storage, StorageError, Synced},
    sync::{
        SPEAKS,
        lead::when_leading,
        remote::{LogInError, Person, Remote},
        stream::Stream,
    },
    worker::protocol::{BackWhy, LogIn, Notice, PutBack, Syncing, Trouble},
};
use js_sys::{Function, Reflect};
use mendmap_core::{
    ids::DeviceId,
    log::{Event, Subject},
    sync::{
        Held, Receipt, Verdict,
        device::{Effect, Failure, Input, Kept, Machine, Shown, Store, Ticket},
    },
    task::Changed,
};
use std::{rc::Rc, sync::Arc};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::WorkerGlobalScope;

/// A server, and how far this device is with it.
pub(super) struct Sync {
    remote: Remote,
    /// None in a tab that does not lead.
    machine: Option<Machine>,
    stream: Option<Stream>,
    shown: Option<Shown>,
    /// What the tab that leads said last.
    heard: Option<Syncing>,
    /// The one timer there is.
    timer: Option<i32>,
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
            stream: None,
            shown: None,
            heard: None,
            timer: None,
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
        }
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

    /// Takes down who the server says is here; gives the device that has a session, as far
    /// as is known.
    async fn greet(
        &self,
        storage: &Storage,
        found: &Result<Person, Failure>,
    ) -> Result<Option<DeviceId>, StorageError> {
        let known = self.with(|state| Ok((state.device(), state.person.clone())));
        let Ok((device, before)) = known else {
            return Ok(None);
        };
        let Ok(person) = found else {
            // An expired session shows when it is next needed; without signal nobody knows.
            return Ok(before.map(|_| device));
        };
        if before.as_ref() != Some(person) {
            // Somebody else's session, as from another browser tab's login, is its own device.
            let account = person.account.as_deref();
            let own = match account {
                Some(account) => storage.device_for(account).await?,
                None => Some(device),
            };
            let Some(own) = own else {
                return Ok(None);
            };
            self.take_person(storage, own, person.clone()).await?;
            return Ok(Some(own));
        }
        Ok(Some(device))
    }

    async fn take_person(
        &self,
        storage: &Storage,
        device: DeviceId,
        person: Person,
    ) -> Result<(), StorageError> {
        storage.log_in(device, &person).await?;
        let me = self.with(|state| {
            state.be(device, Some(person));
            Ok(state.me())
        });
        if let Ok(me) = me {
            self.notify(Notice::Changed { bounds: None, me });
        }
        self.show_sync();
        Ok(())
    }

    /// Logs somebody in: their device of this browser, or a new one, writes from now on.
    pub(super) async fn log_in(self: &Rc<Self>, q: LogIn) -> Result<(), Trouble> {
        let failed = |error| Trouble::LogIn { error };
        if !SPEAKS {
            return Err(failed(LogInError::Network));
        }
        let remote = self.remote().ok_or(failed(LogInError::Network))?;
        let storage = self.storage()?;
        let own = storage.device_for(&q.account).await?;
        let mut device = own.unwrap_or_else(|| world::fresh(DeviceId));
        let mut found = remote.log_in(&q.account, &q.password, device).await;
        if found == Err(LogInError::AnothersDevice) {
            device = world::fresh(DeviceId);
            found = remote.log_in(&q.account, &q.password, device).await;
        }
        let person = found.map_err(failed)?;
        self.take_person(&storage, device, person).await?;
        self.tell_session();
        self.logged_in(device);
        Ok(())
    }

    fn logged_in(self: &Rc<Self>, device: DeviceId) {
        self.feed(Input::LoggedIn { device });
        self.hear_news();
    }

    /// Logs out. What was not sent stays here, and waits for its account.
    pub(super) async fn log_out(self: &Rc<Self>) -> Result<(), Trouble> {
        if !SPEAKS {
            return Ok(());
        }
        let error = LogInError::Network;
        let remote = self.remote().ok_or(Trouble::LogIn { error })?;
        if remote.log_out().await.is_err() {
            let error = LogInError::Network;
            return Err(Trouble::LogIn { error });
        }
        self.storage()?.log_out().await?;
        self.forget_person();
        self.tell_session();
        Ok(())
    }

    fn forget_person(self: &Rc<Self>) {
        let me = self.with(|state| {
            state.be(state.device(), None);
            Ok(state.me())
        });
        if let Ok(me) = me {
            self.notify(Notice::Changed { bounds: None, me });
        }
        if let Some(sync) = self.sync.borrow_mut().as_mut() {
            sync.stream = None;
        }
        self.feed(Input::LoggedOut);
        self.show_sync();
    }

    /// In another tab somebody logged in or out: the storage says who.
    pub(super) fn session_changed(self: &Rc<Self>) {
        if !SPEAKS {
            return;
        }
        let service = Rc::clone(self);
        spawn_local(async move {
            let Ok(storage) = service.storage() else {
                return;
            };
            let Ok(device) = storage.device(world::fresh(DeviceId)).await else {
                return;
            };
            match device.person {
                None => service.forget_person(),
                Some(person) => {
                    let me = service.with(|state| {
                        state.be(device.id, Some(person));
                        Ok(state.me())
                    });
                    if let Ok(me) = me {
                        service.notify(Notice::Changed { bounds: None, me });
                    }
                    service.logged_in(device.id);
                    service.show_sync();
                }
            }
        });
    }

    /// A person wants it tried again now.
    pub(super) fn sync_now(self: &Rc<Self>) -> Result<(), Trouble> {
        self.feed(Input::TryAgain);
        self.hear_news();
        Ok(())
    }

    /// Events that came back, with what the server said of them.
    pub(super) async fn put_back(&self) -> Result<Vec<PutBack>, Trouble> {
        if !SPEAKS {
            return Ok(Vec::new());
        }
        let synced = self.storage()?.synced().await?.unwrap_or_default();
        let rows = synced.outbox.into_iter().filter_map(|(raw, receipt)| {
            let verdict = receipt?.verdict;
            let why = BackWhy::of(&verdict)?;
            let event = Event::read(raw);
            let task = match event.subject() {
                Some(Subject::Task(uid)) => Some(*uid),
                _ => None,
            };
            let at = event.envelope().map(|envelope| envelope.at.to_string());
            Some(PutBack { task, at, why })
        });
        Ok(rows.collect())
    }

    /// Tells the machine what happened, and does what it says.
    pub(super) fn feed(self: &Rc<Self>, input: Input) {
        if !SPEAKS {
            return;
        }
        let effects = {
            let mut sync = self.sync.borrow_mut();
            let machine = sync.as_mut().and_then(|sync| sync.machine.as_mut());
            let Some(machine) = machine else { return };
            let random = (js_sys::Math::random() * f64::from(u32::MAX)) as u64;
            machine.take(input, world::now_ms() as i64, random)
        };
        for effect in effects {
            self.carry_out(effect);
        }
    }

    fn carry_out(self: &Rc<Self>, effect: Effect) {
        let service = Rc::clone(self);
        match effect {
            Effect::Push { ticket, events } => {
                spawn_local(async move { service.push(ticket, events).await });
            }
            Effect::Pull { ticket, after } => spawn_local(async move {
                let Some(remote) = service.remote() else {
                    return;
                };
                service.feed(match remote.pull(after).await {
                    Ok((page, server_ms)) => Input::Pulled {
                        ticket,
                        page,
                        server_ms,
                    },
                    Err(failure) => Input::PullFailed { ticket, failure },
                });
                // A session that came or went: the stream follows.
                service.hear_news();
            }),
            // Transactions over the same stores are carried out in the order in which they
            // are begun.
            Effect::Store { ticket, store } => spawn_local(async move {
                let ok = service.settle(store).await.is_ok();
                service.feed(Input::Stored { ticket, ok });
            }),
            Effect::WaitUntil { at } => self.wait_until(at),
            Effect::Show(shown) => {
                if let Some(sync) = self.sync.borrow_mut().as_mut() {
                    sync.shown = Some(shown);
                }
                self.show_sync();
            }
        }
    }

    async fn push(self: &Rc<Self>, ticket: Ticket, events: Vec<Arc<Event>>) {
        let Some(remote) = self.remote() else { return };
        self.feed(match remote.push(&events).await {
            Ok((answers, server_ms)) => Input::PushAnswered {
                ticket,
                answers,
                server_ms,
            },
            Err(failure) => Input::PushFailed { ticket, failure },
        });
    }

    /// What came back counts nowhere from now on; what was taken after all counts again.
    fn set_back<'a>(&self, receipts: impl IntoIterator<Item = &'a Receipt>) {
        let verdicts: Vec<_> = receipts
            .into_iter()
            .filter_map(|receipt| Some((receipt.event?, is_back(&receipt.verdict))))
            .collect();
        if verdicts.is_empty() {
            return;
        }
        self.turned(|state| {
            let mut all = Changed::default();
            for (event, back) in verdicts {
                let changed = state.tasks.set_refused(event, back, &state.log);
                all.tasks.extend(changed.tasks);
                all.assets.extend(changed.assets);
            }
            all
        });
    }

    async fn settle(self: &Rc<Self>, store: Store) -> Result<(), StorageError> {
        self.storage()?.settle(&store).await?;
        self.set_back(&store.receipts);
        let offset = self.offset_ms();
        let events: Vec<Event> = store.events.iter().map(|e| Event::clone(e)).collect();
        let merged = self.with(|state| {
            state.offset_ms = offset.unwrap_or(state.offset_ms);
            Ok(state.merge(events))
        });
        if let Ok((news, changed)) = merged {
            self.tell_tabs(&news);
            self.changed(&changed);
        }
        Ok(())
    }

    fn wait_until(self: &Rc<Self>, at: i64) {
        let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
        let wait = at.saturating_sub(world::now_ms() as i64).clamp(0, 600_000);
        let service = Rc::downgrade(self);
        let tick = Closure::once_into_js(move || {
            if let Some(service) = service.upgrade() {
                service.feed(Input::Tick);
            }
        });
        let timer = scope.set_timeout_with_callback_and_timeout_and_arguments_0(
            tick.unchecked_ref::<Function>(),
            wait as i32,
        );
        if let Some(sync) = self.sync.borrow_mut().as_mut() {
            let before = std::mem::replace(&mut sync.timer, timer.ok());
            if let Some(before) = before {
                scope.clear_timeout_with_handle(before);
            }
        }
    }

    /// Opens the server's stream where there is none, or none any more.
    fn hear_news(self: &Rc<Self>) {
        let mut sync = self.sync.borrow_mut();
        let Some(sync) = sync.as_mut().filter(|sync| sync.machine.is_some()) else {
            return;
        };
        if sync.stream.as_ref().is_some_and(|s| !s.is_closed()) {
            return;
        }
        let logged_in = self.with(|state| Ok(state.person.is_some()));
        if logged_in != Ok(true) {
            return;
        }
        let service = Rc::downgrade(self);
        let place = sync.machine.as_ref().map_or(0, Machine::place);
        sync.stream = Stream::open(&sync.remote.stream(place), move |place| {
            if let Some(service) = service.upgrade() {
                service.feed(Input::News { place });
            }
        });
    }

    fn listen_to_network(self: &Rc<Self>) {
        let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
        for name in ["online", "offline"] {
            let service = Rc::downgrade(self);
            let heard = Closure::<dyn FnMut()>::new(move || {
                if let Some(service) = service.upgrade() {
                    service.feed(match is_online() {
                        true => Input::Online,
                        false => Input::Offline,
                    });
                }
            });
            // A worker hears of the network for as long as it lives.
            let _ = scope.add_event_listener_with_callback(name, heard.as_ref().unchecked_ref());
            heard.forget();
        }
    }

    /// Says how syncing stands, here and in the other tabs.
    pub(super) fn show_sync(&self) {
        if !SPEAKS {
            return;
        }
        let person = self.with(|state| Ok(state.person.clone()));
        let person = person.unwrap_or_default();
        let view = match self.sync.borrow().as_ref() {
            Some(sync) if sync.machine.is_some() => Syncing::new(sync.shown, person),
            Some(sync) => Syncing {
                person,
                ..sync.heard.clone().unwrap_or_default()
            },
            None => return,
        };
        if self.leads() {
            self.tell_syncing(&view);
        }
        self.notify(Notice::Syncing { view });
    }

    /// Another tab wants to know how it stands.
    pub(super) fn asked_how_it_stands(&self) {
        if self.leads() {
            self.show_sync();
        }
    }

    fn leads(&self) -> bool {
        let sync = self.sync.borrow();
        sync.as_ref().is_some_and(|sync| sync.machine.is_some())
    }

    /// The tab that leads tells how syncing stands.
    pub(super) fn hear_syncing(&self, view: Syncing) {
        match self.sync.borrow_mut().as_mut() {
            Some(sync) if sync.machine.is_none() => sync.heard = Some(view),
            _ => return,
        }
        self.show_sync();
    }

    fn offset_ms(&self) -> Option<i64> {
        self.sync.borrow().as_ref()?.machine.as_ref()?.offset_ms()
    }

    fn remote(&self) -> Option<Remote> {
        Some(self.sync.borrow().as_ref()?.remote.clone())
    }

    fn storage(&self) -> Result<Rc<Storage>, StorageError> {
        let storage = self.with(|state| Ok(state.storage.clone()));
        storage.ok().flatten().ok_or(StorageError::Unavailable {
            detail: String::new(),
        })
    }
}

/// Whether an event with this verdict counts nowhere. Where other content came first under
/// its id, that is the one its id stands for.
fn is_back(verdict: &Verdict) -> bool {
    !matches!(verdict, Verdict::Held(Held::OtherContent { .. })) && BackWhy::of(verdict).is_some()
}

/// What the storage kept, as the machine takes it up.
fn kept(synced: Synced, city: String, here: Vec<DeviceId>, session: Option<DeviceId>) -> Kept {
    let outbox = synced.outbox.into_iter();
    let outbox = outbox.map(|(raw, receipt)| (Arc::new(Event::read(raw)), receipt));
    Kept {
        city,
        here: here.into_iter().collect(),
        session,
        outbox: outbox.collect(),
        ahead: synced.accepted,
        cursor: synced.cursor,
        offset_ms: synced.offset_ms,
        sent_at: synced.sent_at,
    }
}

/// What the browser believes; where it says nothing, there is a network.
fn is_online() -> bool {
    let navigator = Reflect::get(&js_sys::global(), &JsValue::from("navigator"));
    let online = navigator.and_then(|n| Reflect::get(&n, &JsValue::from("onLine")));
    online.is_ok_and(|online| online != JsValue::FALSE)
}
