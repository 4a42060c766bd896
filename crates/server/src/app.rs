//! What all requests share.

use crate::auth::Throttle;
use crate::demo::is_demo;
use crate::folds::{Folded, Folds};
use crate::layers::Layers;
use crate::ledger::Kept;
use crate::metrics::Metrics;
use crate::origin::Origin;
use crate::photos::Photos;
use crate::push::Push;
use crate::receiving::Receiving;
use crate::snapshots::Snapshots;
use crate::store::{Appended, By, Placed, Store, StoreError};
use mendmap_core::log::{ActorId, Event};
use mendmap_core::sync::Limits;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use tokio::sync::{RwLockReadGuard, broadcast, watch};

/// The most bytes of one batch.
pub const BODY_BYTES: usize = 4 * 1024 * 1024;

/// The most events of one batch.
pub const BATCH_EVENTS: usize = 1000;

/// How many appends a stream may be behind before it reads from the store again.
const BEHIND: usize = 256;

/// The store, and who is told of what is new in it.
#[derive(Clone)]
pub struct App {
    store: Arc<dyn Store>,
    limits: Limits,
    placed: broadcast::Sender<Arc<[Placed]>>,
    heard: Option<watch::Receiver<u64>>,
    /// Up to here all that has a place was told, or was there before.
    told: Arc<AtomicU64>,
    closing: Arc<watch::Sender<bool>>,
    throttle: Arc<Throttle>,
    folds: Arc<Folds>,
    journal: Arc<Kept>,
    snapshots: Arc<Snapshots>,
    layers: Arc<Layers>,
    metrics: Arc<Metrics>,
    photos: Photos,
    receiving: Arc<Receiving>,
    /// Whether there are accounts; there is no way back to none.
    accounts: Arc<AtomicBool>,
    origin: Option<Arc<Origin>>,
    /// Whether it is a demonstration.
    demo: bool,
    push: Option<Arc<Push>>,
}

impl App {
    /// Around a store. Photos lie in memory, until [`App::with_photos`] says where.
    pub fn new(store: Arc<dyn Store>) -> App {
        let heard = store.heard();
        let before = heard.as_ref().map_or(0, |heard| *heard.borrow());
        App {
            folds: Arc::new(Folds::new(store.city())),
            layers: Arc::new(Layers::new(store.clone())),
            store,
            limits: Limits::default(),
            placed: broadcast::Sender::new(BEHIND),
            heard,
            told: Arc::new(AtomicU64::new(before)),
            closing: Arc::new(watch::Sender::new(false)),
            throttle: Arc::default(),
            journal: Arc::default(),
            snapshots: Arc::default(),
            metrics: Arc::new(
                Metrics::new().expect("all names are constants that Prometheus takes"),
            ),
            photos: Photos::in_memory(),
            receiving: Arc::new(Receiving::new()),
            accounts: Arc::default(),
            origin: None,
            demo: false,
            push: None,
        }
    }

    /// The same, where others reach it through a proxy: nobody is trusted any more for being
    /// at this machine.
    #[must_use]
    pub fn behind(self, origin: Origin) -> App {
        let origin = Some(Arc::new(origin));
        App { origin, ..self }
    }

    /// The same as a demonstration: its accounts may log in.
    #[must_use]
    pub(crate) fn demonstrates(self) -> App {
        App { demo: true, ..self }
    }

    /// Whether an account may be known here at all: one of a demonstration, whose password
    /// everybody knows, only in one, whatever was done to it since.
    pub(crate) fn admits(&self, id: &ActorId) -> bool {
        self.demo || !is_demo(&id.0)
    }

    /// By what others reach it, if they do.
    pub(crate) fn origin(&self) -> Option<&Origin> {
        self.origin.as_deref()
    }

    /// The same, with photos that lie there.
    #[must_use]
    pub fn with_photos(self, photos: Photos) -> App {
        App { photos, ..self }
    }

    /// The same, where phones are told what is news.
    #[must_use]
    pub fn with_push(self, push: Arc<Push>) -> App {
        let push = Some(push);
        App { push, ..self }
    }

    /// How phones are told, if they are.
    pub(crate) fn push(&self) -> Option<&Push> {
        self.push.as_deref()
    }

    /// The photos.
    pub fn photos(&self) -> &Photos {
        &self.photos
    }

    /// What the tasks add to the ledger.
    pub(crate) fn journal(&self) -> Arc<Kept> {
        self.journal.clone()
    }

    /// The layers.
    pub(crate) fn layers(&self) -> &Layers {
        &self.layers
    }

    /// The places for photos that come.
    pub(crate) fn receiving(&self) -> &Receiving {
        &self.receiving
    }

    /// The store.
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.store
    }

    /// Whether everybody has to log in: once there is an account, and where others reach the
    /// server.
    ///
    /// # Errors
    /// Those of the store.
    pub(crate) async fn asks_who(&self) -> Result<bool, StoreError> {
        if self.origin.is_some() {
            return Ok(true);
        }
        if !self.accounts.load(Ordering::SeqCst) {
            let some = !self.store.known().await?.is_empty();
            self.accounts.fetch_or(some, Ordering::SeqCst);
        }
        Ok(self.accounts.load(Ordering::SeqCst))
    }

    /// The tasks as they stand after all that was taken in so far, by any server. Holding
    /// them keeps others from reading on: take what is needed, and let go.
    ///
    /// # Errors
    /// Those of the store.
    pub(crate) async fn tasks(&self) -> Result<RwLockReadGuard<'_, Folded>, StoreError> {
        self.folds.now(&*self.store).await
    }

    /// The snapshot that new devices begin with.
    pub(crate) fn snapshots(&self) -> &Snapshots {
        &self.snapshots
    }

    /// What is counted.
    pub(crate) fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// How often a password may be tried.
    pub(crate) fn throttle(&self) -> &Throttle {
        &self.throttle
    }

    /// Takes a batch of whoever runs the server in, and tells the streams.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn append(&self, batch: Vec<Event>) -> Result<Appended, StoreError> {
        self.append_by(batch, None).await
    }

    /// Takes a batch in that an account hands over, and tells the streams.
    ///
    /// # Errors
    /// Those of the store.
    pub(crate) async fn append_by(
        &self,
        batch: Vec<Event>,
        account: Option<ActorId>,
    ) -> Result<Appended, StoreError> {
        let app = self.clone();
        // In a task of its own: a caller that hangs up between the commit and the telling
        // would leave the streams without these events until the next ones come.
        let task = tokio::spawn(async move {
            let by = account.as_ref().map_or(By::Operator, By::Account);
            let appended = app.store.append_by(&batch, &app.limits, by).await?;
            app.metrics.answered(&appended.answers);
            if !appended.placed.is_empty() {
                app.tell(appended.placed.clone());
            }
            Ok(appended)
        });
        task.await
            .unwrap_or(Err(StoreError::Row("an append that did not end")))
    }

    /// Tells all who listen. That nobody does is no error.
    pub(crate) fn tell(&self, placed: Vec<Placed>) {
        if let (Some(first), Some(last)) = (placed.first(), placed.last()) {
            let (first, last) = (first.place, last.place);
            let is_next = |told| (first <= told + 1 && last > told).then_some(last);
            let order = Ordering::SeqCst;
            // Beyond a gap it is told as well; the gap is filled by `relay`.
            let _ = self.told.fetch_update(order, order, is_next);
        }
        let _ = self.placed.send(placed.into());
    }

    /// The last place up to which nothing is left to tell.
    pub(crate) fn told(&self) -> u64 {
        self.told.load(Ordering::SeqCst)
    }

    /// How far the order has come by what is heard of others, where there are any.
    pub(crate) fn heard(&self) -> Option<watch::Receiver<u64>> {
        self.heard.clone()
    }

    /// Hears of everything that gets a place from now on. Two appends may be told of in
    /// another order than their places.
    pub(crate) fn listen(&self) -> broadcast::Receiver<Arc<[Placed]>> {
        self.placed.subscribe()
    }

    /// Becomes true when the server ends.
    pub(crate) fn closing(&self) -> watch::Receiver<bool> {
        self.closing.subscribe()
    }

    /// Ends all streams, so that the server can end.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }
}
