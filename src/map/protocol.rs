//! Answers MapLibre's questions for tiles, and hears when it no longer wants them.

use super::js::{add_protocol, remove_protocol};
use super::redraw::Coming;
use super::tiles::{TileSource, tile_of};
use mendmap_core::city::TileId;
use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::AbortSignal;

#[wasm_bindgen]
extern "C" {
    type Request;
    #[wasm_bindgen(method, getter)]
    fn url(this: &Request) -> String;

    type AbortController;
    #[wasm_bindgen(method, getter)]
    fn signal(this: &AbortController) -> AbortSignal;
}

type Load = dyn FnMut(Request, AbortController) -> js_sys::Promise;

/// A protocol that MapLibre knows for as long as this lives.
pub(super) struct Protocol {
    name: &'static str,
    _load: Closure<Load>,
}

impl Protocol {
    /// Answers addresses that begin with `name://` by `load`, which is dropped
    /// when MapLibre no longer wants the answer. The answer is what MapLibre
    /// takes as `data`.
    pub(super) fn new<F>(name: &'static str, load: impl Fn(String) -> F + 'static) -> Self
    where
        F: Future<Output = Result<JsValue, JsValue>> + 'static,
    {
        let load: Closure<Load> = Closure::new(move |request: Request, abort: AbortController| {
            let (answer, signal) = (load(request.url()), abort.signal());
            future_to_promise(async move {
                let data = unless_aborted(answer, &signal).await?;
                let out = js_sys::Object::new();
                super::js::set(&out, "data", &data);
                Ok(out.into())
            })
        });
        add_protocol(name, load.as_ref().unchecked_ref());
        Protocol { name, _load: load }
    }
}

impl Drop for Protocol {
    fn drop(&mut self) {
        remove_protocol(self.name);
    }
}

/// The protocol of the city's own tiles.
pub(super) fn city(tiles: TileSource, coming: Rc<RefCell<Coming>>) -> Protocol {
    Protocol::new("mendmap", move |url| {
        let tile = tile_of(&url).map(|id| (OnItsWay::new(id, &coming), tiles(id)));
        async move {
            let Some((on_its_way, tile)) = tile else {
                return Err(error("Error", &format!("{url} names no tile")));
            };
            match tile.await {
                Ok(bytes) => {
                    on_its_way.is_given.set(true);
                    Ok(bytes.into())
                }
                Err(e) => Err(error("Error", &e.to_string())),
            }
        }
    })
}

/// A tile that was asked for. What is given is still to be drawn; what failed or is taken back
/// comes no more.
struct OnItsWay {
    tile: TileId,
    coming: Rc<RefCell<Coming>>,
    is_given: Cell<bool>,
}

impl OnItsWay {
    fn new(tile: TileId, coming: &Rc<RefCell<Coming>>) -> Self {
        coming.borrow_mut().asked(tile);
        OnItsWay {
            tile,
            coming: Rc::clone(coming),
            is_given: Cell::new(false),
        }
    }
}

impl Drop for OnItsWay {
    fn drop(&mut self) {
        if !self.is_given.get() {
            self.coming.borrow_mut().taken_back(self.tile);
        }
    }
}

/// The answer, or an error named `AbortError` as soon as the signal says so.
async fn unless_aborted(
    answer: impl Future<Output = Result<JsValue, JsValue>>,
    signal: &AbortSignal,
) -> Result<JsValue, JsValue> {
    let aborted = js_sys::Promise::new(&mut |resolve, _| {
        if signal.aborted() {
            let _ = resolve.call0(&JsValue::UNDEFINED);
        } else {
            // Fails for no signal that exists.
            let _ = signal.add_event_listener_with_callback("abort", &resolve);
        }
    });
    let (mut answer, mut aborted) = (pin!(answer), pin!(JsFuture::from(aborted)));
    poll_fn(|context| {
        if aborted.as_mut().poll(context).is_ready() {
            return Poll::Ready(Err(error("AbortError", "no longer wanted")));
        }
        answer.as_mut().poll(context)
    })
    .await
}

fn error(name: &str, message: &str) -> JsValue {
    let error = js_sys::Error::new(message);
    error.set_name(name);
    error.into()
}
