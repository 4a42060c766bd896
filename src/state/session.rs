//! The city and the log, as far as the page knows them: what the worker said.

use crate::worker::{
    client::{Asked, Client, answer},
    protocol::{
        CompletionView, LayerState, Me, Notice, Open, Opened, Question, Stale, Syncing, Tapped,
        Trouble,
    },
};
use js_sys::ArrayBuffer;
use leptos::{prelude::*, task::spawn_local};
use mendmap_core::catalog::{Catalog, CatalogProblem, LayerId};
use std::{
    cell::RefCell,
    marker::PhantomData,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

/// How much of a layer has come.
#[derive(Debug, Clone, PartialEq)]
pub struct Loading {
    /// Which layer.
    pub layer: LayerId,
    /// Bytes that have come.
    pub bytes: u64,
    /// Bytes in all, where that is known.
    pub total: Option<u64>,
    /// Features read so far.
    pub features: usize,
}

/// Something on its way.
pub type Asking<T> = Pin<Box<dyn Future<Output = T>>>;

/// What the worker said, as signals.
#[derive(Clone, Copy)]
pub struct Session {
    client: StoredValue<Option<Client>, LocalStorage>,
    /// The catalogue, once it is there.
    pub catalog: RwSignal<Option<Arc<Catalog>>>,
    /// What of the catalogue had to be left out or mended.
    pub catalog_problems: RwSignal<Vec<CatalogProblem>>,
    /// Who works here.
    pub me: RwSignal<Option<Me>>,
    /// How syncing stands; none where there is no server.
    pub syncing: RwSignal<Option<Syncing>>,
    /// What cannot be kept.
    pub storage: RwSignal<Option<Trouble>>,
    /// The layer that is on its way.
    pub loading: RwSignal<Option<Loading>>,
    /// Layers that are there, or known not to come.
    pub layers: RwSignal<Vec<LayerState>>,
    /// True once all layers are there.
    pub ready: RwSignal<bool>,
    /// True once the rest of the program is there (see [`crate::rest`]).
    pub whole: RwSignal<bool>,
    /// What failed without anyone waiting for it.
    pub trouble: RwSignal<Option<Trouble>>,
    /// Counts what the log did: cards and lists look again.
    pub turns: RwSignal<u32>,
    /// The completion that is shown, as it stands now.
    pub completion: RwSignal<Option<CompletionView>>,
    /// The card of what was tapped last: what is opened next is most likely that.
    pub tapped: StoredValue<Option<Tapped>>,
    /// Where the map's tiles are stale; the map takes it.
    pub stale: RwSignal<Stale>,
}

impl Session {
    /// Starts the worker and opens the city beside the page.
    pub fn start() -> Self {
        let session = Session {
            client: StoredValue::new_local(None),
            catalog: RwSignal::new(None),
            catalog_problems: RwSignal::new(Vec::new()),
            me: RwSignal::new(None),
            syncing: RwSignal::new(None),
            storage: RwSignal::new(None),
            loading: RwSignal::new(None),
            layers: RwSignal::new(Vec::new()),
            ready: RwSignal::new(false),
            whole: RwSignal::new(false),
            trouble: RwSignal::new(None),
            turns: RwSignal::new(0),
            completion: RwSignal::new(None),
            tapped: StoredValue::new(None),
            stale: RwSignal::new(Stale::Nowhere),
        };
        match Client::start(&worker_script(), move |notice| session.hear(notice)) {
            Ok(client) => {
                session.client.set_value(Some(client));
                session.open();
            }
            Err(trouble) => session.trouble.set(Some(trouble)),
        }
        session
    }

    /// Opens the city, or opens it again after it failed.
    pub fn open(self) {
        spawn_local(async move {
            match self
                .ask(Open {
                    city: city_folder(),
                })
                .await
            {
                Ok(Opened {
                    catalog,
                    me,
                    storage,
                }) => {
                    self.me.set(Some(me));
                    self.storage.set(storage);
                    self.trouble.set(None);
                    self.take_catalog(&catalog);
                }
                Err(trouble) => self.trouble.set(Some(trouble)),
            }
        });
    }

    /// Takes up the catalogue, from the bytes of its file.
    fn take_catalog(self, bytes: &[u8]) {
        match Catalog::read(bytes) {
            Ok((catalog, problems)) => {
                self.catalog_problems.set(problems);
                self.catalog.set(Some(Arc::new(catalog)));
            }
            Err(error) => self.trouble.set(Some(Trouble::Catalog { error })),
        }
    }

    /// A single layer was read after the city was: nothing is on its way any more.
    pub fn settle(self) {
        if self.ready.get_untracked() {
            self.loading.set(None);
        }
    }

    /// Hands over the card of what was tapped, once: later it would be old.
    pub fn take_tapped(self) -> Option<Tapped> {
        self.tapped.try_update_value(Option::take).flatten()
    }

    /// The worker's other end, for the map's tiles.
    pub fn client(self) -> Option<Client> {
        self.client.get_value()
    }

    /// Takes up who works here as an answer says it, behind what was said before.
    pub fn is(self, me: Me) {
        after_paint(Box::new(move || self.me.set(Some(me))));
    }

    /// Asks the worker. Boxed, so that each kind of question is compiled once and
    /// not again wherever it is asked.
    pub fn ask<Q: Question + 'static>(self, question: Q) -> Asking<Result<Q::Answer, Trouble>> {
        Box::pin(Reading::<Q>(self.send(question.said(), None), PhantomData))
    }

    /// Asks the worker, handing over bytes with the question.
    pub fn ask_with<Q: Question + 'static>(
        self,
        question: Q,
        bytes: ArrayBuffer,
    ) -> Asking<Result<Q::Answer, Trouble>> {
        Box::pin(Reading::<Q>(
            self.send(question.said(), Some(bytes)),
            PhantomData,
        ))
    }

    /// Asks the worker for an answer that has bytes beside it.
    pub async fn ask_for_bytes<Q: Question>(
        self,
        question: Q,
    ) -> Result<(Q::Answer, Option<ArrayBuffer>), Trouble> {
        let reply = self.send(question.said(), None).await?;
        Ok((answer::<Q>(&reply)?, reply.1))
    }

    fn send(self, said: postcard::Result<Vec<u8>>, bytes: Option<ArrayBuffer>) -> Asked {
        self.client.with_value(|client| match client {
            Some(client) => client.ask(said, bytes),
            None => Box::pin(std::future::ready(Err(stopped()))),
        })
    }

    fn hear(self, notice: Notice) {
        match notice {
            Notice::Listening => {}
            Notice::Loading {
                layer,
                bytes,
                total,
                features,
            } => {
                self.loading.set(Some(Loading {
                    layer,
                    bytes,
                    total,
                    features,
                }));
            }
            Notice::Layer { state } => self.layers.update(|layers| {
                match layers.iter_mut().find(|known| known.layer == state.layer) {
                    Some(known) => *known = state,
                    None => layers.push(state),
                }
            }),
            Notice::CityReady => {
                self.loading.set(None);
                self.ready.set(true);
            }
            Notice::Changed { stale, me } => after_paint(Box::new(move || {
                self.me.set(Some(me));
                self.turned(stale);
            })),
            Notice::Catalog { catalog } => self.take_catalog(&catalog),
            Notice::Syncing { view } => self.syncing.set(Some(view)),
            Notice::Completion { view } => self.completion.set(Some(view)),
            Notice::Trouble { trouble } => self.trouble.set(Some(trouble)),
        }
    }

    /// Tells all that look at the log, and the map, to look again.
    pub fn turned(self, stale: Stale) {
        // Two may come before the map has looked: neither may be lost.
        self.stale.update(|before| *before = before.and(stale));
        self.turns.update(|n| *n = n.wrapping_add(1));
    }
}

thread_local! {
    /// What waits until something is on the screen, in the order in which it came.
    static WAITS: RefCell<Vec<Box<dyn FnOnce()>>> = const { RefCell::new(Vec::new()) };
}

/// Does something once what is about to be seen is on the screen: whoever acted sees that it was
/// kept before everything else looks again. Where nobody looks it is done at once.
fn after_paint(act: Box<dyn FnOnce()>) {
    WAITS.with_borrow_mut(|waits| waits.push(act));
    let all = || {
        for act in WAITS.take() {
            act();
        }
    };
    match document().hidden() {
        true => all(),
        false => request_animation_frame(move || set_timeout(all, Duration::ZERO)),
    }
}

/// A reply on its way, which is then read; in a fifth of the code that the compiler makes of
/// waiting for it, for each kind of question.
struct Reading<Q>(Asked, PhantomData<fn() -> Q>);

impl<Q: Question> Future for Reading<Q> {
    type Output = Result<Q::Answer, Trouble>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let reply = self.0.as_mut().poll(cx);
        reply.map(|reply| answer::<Q>(&reply?))
    }
}

/// There is no worker to ask.
fn stopped() -> Trouble {
    Trouble::WorkerStopped {
        detail: String::new(),
    }
}

/// The script of the worker that belongs to this page.
fn worker_script() -> String {
    let name = document()
        .query_selector("meta[name='mendmap:worker']")
        .ok()
        .flatten()
        .and_then(|meta| meta.get_attribute("content"))
        .unwrap_or_else(|| "worker.js".into());
    absolute(&name)
}

/// The folder of the city's files.
fn city_folder() -> String {
    absolute("city/")
}

/// An address beside the page, whatever stands behind its `#`.
fn absolute(name: &str) -> String {
    let base = document().base_uri().ok().flatten().unwrap_or_default();
    web_sys::Url::new_with_base(name, &base).map_or_else(|_| name.into(), |url| url.href())
}
