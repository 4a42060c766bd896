//! What means more when it is held: by a finger that rests on it or a mouse's button that stays
//! down, by the mouse's other button, or by the key for menus.

use leptos::{ev, leptos_dom::helpers::TimeoutHandle, prelude::*};
use std::{sync::Arc, time::Duration};

/// So long something is held before it means more. A phone's own menu comes a little sooner, and
/// means the same.
const HELD: Duration = Duration::from_millis(600);
/// A finger that rests trembles so much, in pixels.
const TREMBLES_PX: i32 = 10;

/// What is done when it is held. Owned by no view: it may be called as its view goes.
pub type OnHold = Arc<dyn Fn() + Send + Sync>;

/// Something that can be held.
#[component]
pub fn Held(
    /// Its classes.
    #[prop(into)]
    class: String,
    /// What that means.
    on_hold: OnHold,
    /// What it is.
    children: Children,
) -> impl IntoView {
    let waiting = StoredValue::new(None::<(TimeoutHandle, [i32; 2])>);
    let let_go = move || {
        if let Some((timeout, _)) = waiting.try_update_value(Option::take).flatten() {
            timeout.clear();
        }
    };
    on_cleanup(let_go);
    let at = |ev: &ev::PointerEvent| [ev.client_x(), ev.client_y()];
    let on_timeout = Arc::clone(&on_hold);
    let down = move |ev: ev::PointerEvent| {
        let_go();
        if ev.is_primary() && ev.button() == 0 {
            let hold = Arc::clone(&on_timeout);
            let timeout = set_timeout_with_handle(move || hold(), HELD);
            waiting.set_value(timeout.ok().map(|timeout| (timeout, at(&ev))));
        }
    };
    let moved = move |ev: ev::PointerEvent| {
        let from = waiting.with_value(|held| held.as_ref().map(|(_, from)| *from));
        let far = |[x, y]: [i32; 2]| {
            let [now_x, now_y] = at(&ev);
            (now_x - x).abs().max((now_y - y).abs()) > TREMBLES_PX
        };
        if from.is_some_and(far) {
            let_go();
        }
    };
    let menu = move |ev: ev::MouseEvent| {
        ev.prevent_default();
        let_go();
        on_hold();
    };
    view! {
        <div
            class=format!("held {class}")
            on:pointerdown=down
            on:pointermove=moved
            on:pointerup=move |_| let_go()
            on:pointercancel=move |_| let_go()
            on:pointerleave=move |_| let_go()
            on:contextmenu=menu
        >
            {children()}
        </div>
    }
}
