//! What all requests share.

use crate::store::{Appended, Placed, Store, StoreError};
use mendmap_core::log::Event;
use mendmap_core::sync::Limits;
use std::sync::Arc;
use tokio::sync::{broadcast, watch};

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
    closing: Arc<watch::Sender<bool>>,
}

impl App {
    /// Around a store.
    pub fn new(store: Arc<dyn Store>) -> App {
        App {
            store,
            limits: Limits::default(),
            placed: broadcast::Sender::new(BEHIND),
            closing: Arc::new(watch::Sender::new(false)),
        }
    }

    /// The store.
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.store
    }

    /// Takes a batch in and tells the streams.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn append(&self, batch: Vec<Event>) -> Result<Appended, StoreError> {
        let app = self.clone();
        // In a task of its own: a caller that hangs up between the commit and the telling
        // would leave the streams without these events until the next ones come.
        let task = tokio::spawn(async move {
            let appended = app.store.append(&batch, &app.limits).await?;
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
        let _ = self.placed.send(placed.into());
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
