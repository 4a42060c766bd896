//! The page's end: ask the worker, wait for the answer.

use super::{
    protocol::{Notice, Question, Tile, Trouble},
    wire::{GOOD, Message},
};
use futures::channel::oneshot;
use js_sys::ArrayBuffer;
use mendmap_core::city::TileId;
use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll},
};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

/// What an answer carries: what is said, and bytes where the question asks for some.
pub type Reply = (Vec<u8>, Option<ArrayBuffer>);

/// A reply on its way.
pub type Asked = Pin<Box<dyn Future<Output = Result<Reply, Trouble>>>>;

/// Reads what the worker said to a question.
pub fn answer<Q: Question>(reply: &Reply) -> Result<Q::Answer, Trouble> {
    postcard::from_bytes(good(&reply.0)?).map_err(|e| Trouble::garbled(&e))
}

/// What is said, or the trouble: apart, so that this is compiled once and not for each answer.
fn good(said: &[u8]) -> Result<&[u8], Trouble> {
    match said.split_first() {
        Some((&GOOD, said)) => Ok(said),
        Some((_, trouble)) => {
            Err(postcard::from_bytes(trouble).unwrap_or_else(|e| Trouble::garbled(&e)))
        }
        None => Err(Trouble::Garbled {
            detail: String::new(),
        }),
    }
}

/// What the browser calls when a message comes.
type Listener = Closure<dyn FnMut(MessageEvent)>;

/// The worker, as the page sees it. Clones are the same worker.
#[derive(Clone)]
pub struct Client(Rc<Inner>);

struct Inner {
    worker: Worker,
    next_id: Cell<u32>,
    waiting: RefCell<HashMap<u32, oneshot::Sender<Reply>>>,
    /// Asked before the worker said that it listens: such messages would be lost.
    early: RefCell<Option<Vec<Message>>>,
    on_notice: RefCell<Box<dyn FnMut(Notice)>>,
    listeners: RefCell<Vec<Listener>>,
}

impl Client {
    /// Starts the worker whose script, a module, stands at `script`; what it says without
    /// being asked goes to `on_notice`.
    pub fn start(script: &str, on_notice: impl FnMut(Notice) + 'static) -> Result<Self, Trouble> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker =
            Worker::new_with_options(script, &options).map_err(|e| Trouble::worker_stopped(&e))?;
        let inner = Rc::new(Inner {
            worker,
            next_id: Cell::new(Message::NOTICE + 1),
            waiting: RefCell::default(),
            early: RefCell::new(Some(Vec::new())),
            on_notice: RefCell::new(Box::new(on_notice)),
            listeners: RefCell::default(),
        });
        inner.listen();
        Ok(Client(inner))
    }

    /// Asks, handing over bytes with the question where it has some; the answer comes as
    /// it travelled, for [`answer`] to read. Knows no question's type, and so is compiled
    /// once.
    pub fn ask(&self, said: postcard::Result<Vec<u8>>, bytes: Option<ArrayBuffer>) -> Asked {
        let sent = self.0.send(said, bytes);
        Box::pin(async move { sent?.await })
    }

    /// Asks for one tile. Dropping the future takes the question back.
    pub async fn tile(&self, id: TileId) -> Result<ArrayBuffer, Trouble> {
        let reply = self.ask(Tile { id }.said(), None).await?;
        answer::<Tile>(&reply)?;
        reply.1.ok_or_else(|| Trouble::Garbled {
            detail: "a tile without bytes".into(),
        })
    }
}

impl Inner {
    fn send(
        self: &Rc<Self>,
        said: postcard::Result<Vec<u8>>,
        buffer: Option<ArrayBuffer>,
    ) -> Result<Pending, Trouble> {
        let id = self.next_id.get();
        // Skips the id of notices after four thousand million questions.
        self.next_id
            .set(id.checked_add(1).unwrap_or(Message::NOTICE + 1));
        let said = said.map_err(|e| Trouble::garbled(&e))?;
        let (sender, reply) = oneshot::channel();
        self.waiting.borrow_mut().insert(id, sender);
        self.post(Message {
            id,
            said: Some(said),
            buffer,
        })?;
        Ok(Pending {
            id,
            reply,
            inner: Rc::clone(self),
        })
    }

    fn post(&self, message: Message) -> Result<(), Trouble> {
        if let Some(queue) = self.early.borrow_mut().as_mut() {
            queue.push(message);
            return Ok(());
        }
        let (value, hand_over) = message.into_js();
        self.worker
            .post_message_with_transfer(&value, &hand_over)
            .map_err(|e| Trouble::worker_stopped(&e))
    }

    fn listen(self: &Rc<Self>) {
        let weak = Rc::downgrade(self);
        let on_message = Listener::new(move |event: MessageEvent| {
            if let (Some(inner), Some(message)) = (weak.upgrade(), Message::from_js(&event.data()))
            {
                inner.receive(message);
            }
        });
        self.worker
            .set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        let weak = Rc::downgrade(self);
        let on_error = Listener::new(move |event: MessageEvent| {
            if let Some(inner) = weak.upgrade() {
                inner.stopped(&event.into());
            }
        });
        self.worker
            .set_onerror(Some(on_error.as_ref().unchecked_ref()));
        self.listeners.borrow_mut().extend([on_message, on_error]);
    }

    fn receive(&self, message: Message) {
        let Some(said) = message.said else { return };
        if message.id != Message::NOTICE {
            if let Some(waiting) = self.waiting.borrow_mut().remove(&message.id) {
                // The asker may have gone in the meantime.
                let _ = waiting.send((said, message.buffer));
            }
            return;
        }
        match postcard::from_bytes(&said) {
            Ok(Notice::Listening) => self.flush_early(),
            Ok(notice) => (self.on_notice.borrow_mut())(notice),
            Err(error) => {
                (self.on_notice.borrow_mut())(Notice::Trouble {
                    trouble: Trouble::garbled(&error),
                });
            }
        }
    }

    fn flush_early(&self) {
        let queued = self.early.borrow_mut().take().unwrap_or_default();
        for message in queued {
            if let Err(trouble) = self.post(message) {
                (self.on_notice.borrow_mut())(Notice::Trouble { trouble });
            }
        }
    }

    /// The worker died: everyone who waits hears it, and so does the page.
    fn stopped(&self, reason: &JsValue) {
        self.waiting.borrow_mut().clear();
        let trouble = Trouble::worker_stopped(reason);
        (self.on_notice.borrow_mut())(Notice::Trouble { trouble });
    }
}

/// An answer on its way. Dropped before it came, it tells the worker not to bother.
struct Pending {
    id: u32,
    reply: oneshot::Receiver<Reply>,
    inner: Rc<Inner>,
}

impl Future for Pending {
    type Output = Result<Reply, Trouble>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.reply)
            .poll(cx)
            .map_err(|_| Trouble::WorkerStopped {
                detail: String::new(),
            })
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        if self.inner.waiting.borrow_mut().remove(&self.id).is_some() {
            // A worker that cannot be told has stopped, and needs no telling.
            let _ = self.inner.post(Message {
                id: self.id,
                said: None,
                buffer: None,
            });
        }
    }
}
