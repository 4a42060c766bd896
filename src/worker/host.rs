//! The worker's end: takes questions, lets tiles wait, answers.

use super::{
    protocol::{FIRST, First, LATER, Notice, Trouble},
    service::Service,
    turn::next_turn,
    wire::{BAD, Message},
};
use crate::rest::rest;
use js_sys::ArrayBuffer;
use mendmap_core::city::TileId;
use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    rc::Rc,
};
use wasm_bindgen::{JsCast, prelude::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// What a question is answered with.
pub(super) struct Answer {
    /// The answer or the trouble, as it travels.
    pub(super) said: Vec<u8>,
    /// Bytes handed over with it.
    pub(super) buffer: Option<ArrayBuffer>,
}

/// Runs the worker: never returns control to the caller's care.
pub fn run() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let host = Rc::new(Host {
        scope: scope.clone(),
        service: Service::new(Rc::new(post_notice)),
        tiles: RefCell::default(),
        pumping: Cell::new(false),
    });
    let receiver = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(message) = Message::from_js(&event.data()) {
            host.receive(message);
        }
    });
    scope.set_onmessage(Some(receiver.as_ref().unchecked_ref()));
    // The worker listens for as long as it lives.
    receiver.forget();
    post_notice(Notice::Listening);
}

struct Host {
    scope: DedicatedWorkerGlobalScope,
    service: Rc<Service>,
    /// Tiles asked for and not yet made. They are made one a turn, so that a tap
    /// or a word that a tile is no longer wanted gets in between.
    tiles: RefCell<VecDeque<(u32, TileId)>>,
    pumping: Cell<bool>,
}

impl Host {
    fn receive(self: &Rc<Self>, message: Message) {
        let Message {
            id,
            said: Some(said),
            buffer,
        } = message
        else {
            self.tiles
                .borrow_mut()
                .retain(|(waiting, _)| *waiting != message.id);
            return;
        };
        match said.split_first() {
            Some((&FIRST, first)) => match postcard::from_bytes::<First>(first) {
                Ok(First::Tile(tile)) => self.queue_tile(id, tile.id),
                Ok(first) => self.spawn(id, async move |host| host.service.answer(first).await),
                Err(error) => self.post(id, refuse(&Trouble::garbled(&error))),
            },
            // What it asks is read by the part of the program that answers it.
            Some((&LATER, _)) => self.spawn(id, async move |host| match rest().await {
                Ok(()) => host.service.answer_later(said, buffer).await,
                Err(detail) => refuse(&Trouble::no_rest(detail)),
            }),
            _ => self.post(
                id,
                refuse(&Trouble::Garbled {
                    detail: String::new(),
                }),
            ),
        }
    }

    fn spawn(self: &Rc<Self>, id: u32, answer: impl AsyncFnOnce(&Host) -> Answer + 'static) {
        let host = Rc::clone(self);
        spawn_local(async move {
            let answer = answer(&host).await;
            host.post(id, answer);
        });
    }

    fn queue_tile(self: &Rc<Self>, id: u32, tile: TileId) {
        self.tiles.borrow_mut().push_back((id, tile));
        if self.pumping.replace(true) {
            return;
        }
        let host = Rc::clone(self);
        spawn_local(async move {
            loop {
                next_turn().await;
                let Some((id, tile)) = host.tiles.borrow_mut().pop_front() else {
                    break;
                };
                host.post(id, host.service.tile(tile));
            }
            host.pumping.set(false);
        });
    }

    fn post(&self, id: u32, answer: Answer) {
        let Answer { said, buffer } = answer;
        post(
            &self.scope,
            Message {
                id,
                said: Some(said),
                buffer,
            },
        );
    }
}

/// An answer that says why there is none.
pub(super) fn refuse(trouble: &Trouble) -> Answer {
    // Nothing in a trouble can fail to be written; an empty one would be garbled.
    let mut said = postcard::to_allocvec(trouble).unwrap_or_default();
    said.insert(0, BAD);
    Answer { said, buffer: None }
}

/// Says something nobody asked for.
fn post_notice(notice: Notice) {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    if let Ok(said) = postcard::to_allocvec(&notice) {
        post(
            &scope,
            Message {
                id: Message::NOTICE,
                said: Some(said),
                buffer: None,
            },
        );
    }
}

fn post(scope: &DedicatedWorkerGlobalScope, message: Message) {
    let (value, hand_over) = message.into_js();
    if let Err(error) = scope.post_message_with_transfer(&value, &hand_over) {
        // Only a page that is gone cannot be posted to.
        web_sys::console::error_1(&error);
    }
}
