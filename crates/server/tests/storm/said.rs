//! What the routes are told, written, and what they say, read.

use mendmap_core::log::Event;
use mendmap_core::sync::device::Page;
use mendmap_core::sync::{Answer, Head, Item, write_line};
use std::sync::Arc;

#[derive(serde::Deserialize)]
struct Answers {
    receipts: Vec<Answer>,
}

#[derive(serde::Deserialize)]
struct Given<'a> {
    #[serde(borrow)]
    events: Vec<Item<'a>>,
    head: Head,
}

/// A batch as a device writes it: also what is no line by itself, as after a file was damaged.
pub(crate) fn batch(events: &[Arc<Event>]) -> Vec<u8> {
    let mut body = Vec::new();
    for event in events {
        write_line(event.raw(), &mut body);
    }
    body
}

/// What was said of the events of a batch.
pub(crate) fn receipts(body: &[u8]) -> Vec<Answer> {
    serde_json::from_slice::<Answers>(body).unwrap().receipts
}

/// A page of the order.
pub(crate) fn page(body: &[u8]) -> Page {
    let Given { events, head } = serde_json::from_slice(body).unwrap();
    let next = events.last().map_or(head, |last| Head {
        place: last.place,
        chain: last.chain,
    });
    let events = events.into_iter();
    let events = events.map(|item| Arc::new(Event::read(item.event.0.into_owned())));
    Page {
        events: events.collect(),
        next,
        head,
    }
}
