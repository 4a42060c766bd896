//! The line between map and panel on a desk, to drag or to move by arrow keys.

use crate::locales::{t, use_words};
use leptos::prelude::*;
use web_sys::{KeyboardEvent, PointerEvent};

const NARROWEST: i32 = 320;
const WIDEST: i32 = 760;

/// The line; sets the panel's width in pixels.
#[component]
pub fn Splitter(
    /// The panel's width.
    width: RwSignal<i32>,
) -> impl IntoView {
    let words = use_words();
    let dragging = StoredValue::new(false);
    let grab = move |ev: PointerEvent| {
        // Else the drag would select the panel's text.
        ev.prevent_default();
        let target: web_sys::Element = event_target(&ev);
        // Without capture a quick mouse leaves the line behind, nothing worse.
        let _ = target.set_pointer_capture(ev.pointer_id());
        dragging.set_value(true);
    };
    let drag = move |ev: PointerEvent| {
        if dragging.get_value() {
            let page = window()
                .inner_width()
                .ok()
                .and_then(|w| w.as_f64())
                .unwrap_or_default() as i32;
            width.set((page - ev.client_x()).clamp(NARROWEST, WIDEST));
        }
    };
    let by_key = move |ev: KeyboardEvent| {
        let by = match ev.key().as_str() {
            "ArrowLeft" => 24,
            "ArrowRight" => -24,
            _ => return,
        };
        ev.prevent_default();
        width.update(|width| *width = (*width + by).clamp(NARROWEST, WIDEST));
    };
    view! {
        <div
            class="splitter"
            role="separator"
            tabindex="0"
            aria-orientation="vertical"
            aria-label=t!(words, common.splitter)
            aria-valuemin=NARROWEST
            aria-valuemax=WIDEST
            aria-valuenow=move || width.get()
            on:pointerdown=grab
            on:pointermove=drag
            on:pointerup=move |_| dragging.set_value(false)
            on:pointercancel=move |_| dragging.set_value(false)
            on:keydown=by_key
        ></div>
    }
}
