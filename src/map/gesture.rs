//! What fingers, mouse and keys say to the map.

use super::inner::Inner;
use super::js::{Listener, Map, MouseEvent};
use mendmap_core::geodesy::LonLat;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// A finger that rests this long, milliseconds, means the place.
const LONG_PRESS_MS: i32 = 550;
/// A finger that moved further than this, pixels, is not resting.
const REST_PX: f64 = 10.0;

/// Hears gestures for as long as it lives.
pub(super) fn listen(map: &Map, inner: Weak<Inner>) -> Vec<Listener> {
    let press = Rc::new(Press {
        inner,
        timer: Cell::new(None),
        at: Cell::new((0.0, 0.0)),
        touches: Cell::new(false),
        fired: Cell::new(false),
        wait: RefCell::new(None),
    });
    let touch_start = {
        let press = press.clone();
        move |e: MouseEvent| {
            press.cancel();
            press.fired.set(false);
            if e.points().length() == 1 {
                press.begin(&e);
            }
        }
    };
    let touch_move = {
        let press = press.clone();
        move |e: MouseEvent| {
            let (x, y) = press.at.get();
            let point = e.point();
            if (point.x() - x).hypot(point.y() - y) > REST_PX {
                press.cancel();
            }
        }
    };
    let let_go = |press: &Rc<Press>| {
        let press = press.clone();
        move |_: wasm_bindgen::JsValue| {
            press.cancel();
            press.touches.set(false);
        }
    };
    let click = {
        let press = press.clone();
        move |e: MouseEvent| {
            // The finger that rested is lifted: that is no tap.
            if !press.fired.replace(false)
                && let Some(inner) = press.inner.upgrade()
            {
                inner.tapped(place(&e));
            }
        }
    };
    let menu = {
        let press = press.clone();
        move |e: MouseEvent| {
            // Some browsers ask for a menu where a finger rests; it may be heard already.
            press.cancel();
            if !press.fired.replace(false)
                && let Some(inner) = press.inner.upgrade()
            {
                inner.rested(place(&e), press.touches.get());
            }
        }
    };
    vec![
        Listener::map(map, "touchstart", touch_start),
        Listener::map(map, "touchmove", touch_move),
        Listener::map(map, "touchend", let_go(&press)),
        Listener::map(map, "touchcancel", let_go(&press)),
        Listener::map(map, "click", click),
        Listener::map(map, "contextmenu", menu),
    ]
}

fn place(e: &MouseEvent) -> LonLat {
    let at = e.at();
    LonLat::new(at.lng(), at.lat())
}

struct Press {
    inner: Weak<Inner>,
    timer: Cell<Option<i32>>,
    at: Cell<(f64, f64)>,
    /// Whether a finger is down.
    touches: Cell<bool>,
    fired: Cell<bool>,
    wait: RefCell<Option<Closure<dyn FnMut()>>>,
}

impl Press {
    fn begin(self: &Rc<Self>, e: &MouseEvent) {
        self.touches.set(true);
        let (point, at) = (e.point(), place(e));
        self.at.set((point.x(), point.y()));
        let press = Rc::downgrade(self);
        let wait = Closure::new(move || {
            let Some(press) = press.upgrade() else { return };
            press.timer.set(None);
            // While something is drawn a finger may take its time over a corner: it is
            // lifted from it, and that is a tap. Where browsers make none they ask for a menu.
            if let Some(inner) = press.inner.upgrade().filter(|inner| !inner.draws()) {
                press.fired.set(true);
                inner.rested(at, true);
            }
        });
        self.timer.set(web_sys::window().and_then(|w| {
            w.set_timeout_with_callback_and_timeout_and_arguments_0(
                wait.as_ref().unchecked_ref(),
                LONG_PRESS_MS,
            )
            .ok()
        }));
        *self.wait.borrow_mut() = Some(wait);
    }

    fn cancel(&self) {
        if let (Some(timer), Some(window)) = (self.timer.take(), web_sys::window()) {
            window.clear_timeout_with_handle(timer);
        }
    }
}

impl Drop for Press {
    fn drop(&mut self) {
        self.cancel();
    }
}
