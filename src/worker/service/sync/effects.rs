//! What the machine of syncing wants done, done: requests, transactions, timers, the stream.

use crate::{
    storage::StorageError,
    sync::stream::Stream,
    worker::{
        protocol::BackWhy,
        service::{Service, world},
    },
};
use js_sys::{Function, Reflect};
use mendmap_core::{
    log::Event,
    sync::{
        Held, Receipt, Verdict,
        device::{Effect, Input, Machine, Store, Ticket},
        photos,
    },
    task::Changed,
};
use std::{rc::Rc, sync::Arc};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::WorkerGlobalScope;

impl Service {
    pub(super) fn carry_out(self: &Rc<Self>, effect: Effect) {
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
                service.fetch_history(false).await;
            }),
            Effect::Snapshot { ticket } => spawn_local(async move {
                service.feed(match service.begin().await {
                    Ok(head) => Input::Began { ticket, head },
                    Err(failure) => Input::PullFailed { ticket, failure },
                });
                service.hear_news();
            }),
            // Transactions over the same stores are carried out in the order in which they
            // are begun.
            Effect::Store { ticket, store } => spawn_local(async move {
                let ok = service.settle(store).await.is_ok();
                service.feed(Input::Stored { ticket, ok });
            }),
            Effect::WaitUntil { at } => self.wait_until(at, false),
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
    pub(super) fn set_back<'a>(&self, receipts: impl IntoIterator<Item = &'a Receipt>) {
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
                let changed = state.set_refused(event, back);
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
            self.look_back();
        }
        Ok(())
    }

    /// Ticks at this time, for the one machine or that of the photos.
    pub(super) fn wait_until(self: &Rc<Self>, at: i64, photos: bool) {
        let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
        let wait = at.saturating_sub(world::now_ms() as i64).clamp(0, 600_000);
        let service = Rc::downgrade(self);
        let tick = Closure::once_into_js(move || match service.upgrade() {
            Some(service) if photos => service.feed_photos(photos::Input::Tick),
            Some(service) => service.feed(Input::Tick),
            None => {}
        });
        let timer = scope.set_timeout_with_callback_and_timeout_and_arguments_0(
            tick.unchecked_ref::<Function>(),
            wait as i32,
        );
        if let Some(sync) = self.sync.borrow_mut().as_mut() {
            let slot = match photos {
                true => &mut sync.photo_timer,
                false => &mut sync.timer,
            };
            let before = std::mem::replace(slot, timer.ok());
            if let Some(before) = before {
                scope.clear_timeout_with_handle(before);
            }
        }
    }

    /// Opens the server's stream where there is none, or none any more.
    pub(super) fn hear_news(self: &Rc<Self>) {
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
        let Some(place) = sync.machine.as_ref().and_then(Machine::place) else {
            return;
        };
        sync.stream = Stream::open(&sync.remote.stream(place), move |place| {
            if let Some(service) = service.upgrade() {
                service.feed(Input::News { place });
            }
        });
    }

    pub(super) fn listen_to_network(self: &Rc<Self>) {
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

    fn offset_ms(&self) -> Option<i64> {
        self.sync.borrow().as_ref()?.machine.as_ref()?.offset_ms()
    }
}

/// Whether an event with this verdict counts nowhere. Where other content came first under
/// its id, that is the one its id stands for.
fn is_back(verdict: &Verdict) -> bool {
    !matches!(verdict, Verdict::Held(Held::OtherContent { .. })) && BackWhy::of(verdict).is_some()
}

/// What the browser believes; where it says nothing, there is a network.
pub(super) fn is_online() -> bool {
    let navigator = Reflect::get(&js_sys::global(), &JsValue::from("navigator"));
    let online = navigator.and_then(|n| Reflect::get(&n, &JsValue::from("onLine")));
    online.is_ok_and(|online| online != JsValue::FALSE)
}
