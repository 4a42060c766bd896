//! The server's stream, heard for one thing only: how far its order has come, and asked for no
//! more. The events themselves are fetched page by page, where their chain of hashes is followed.

use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{EventSource, MessageEvent};

/// An open stream. Dropping it closes it.
pub struct Stream {
    source: EventSource,
    _heard: Closure<dyn FnMut(MessageEvent)>,
}

impl Stream {
    /// Opens it; `news` hears each place. The browser takes a lost line up again by itself;
    /// where it gives up, as without a session, the polling of the machine goes on.
    pub fn open(url: &str, mut news: impl FnMut(u64) + 'static) -> Option<Stream> {
        let source = EventSource::new(url).ok()?;
        let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Ok(place) = event.last_event_id().parse() {
                news(place);
            }
        });
        source.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        Some(Stream {
            source,
            _heard: heard,
        })
    }

    /// Whether it is of no more use and must be opened anew.
    pub fn is_closed(&self) -> bool {
        self.source.ready_state() == EventSource::CLOSED
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.source.set_onmessage(None);
        self.source.close();
    }
}
