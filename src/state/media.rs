//! What the browser says of the window and of elements, as signals.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{MediaQueryList, ResizeObserver, ResizeObserverEntry};

/// Where the panel stands beside the map, as `styles/shell.css` has it: a desk, or a phone
/// held sideways.
pub const DESK: &str = "(min-width: 900px), (min-width: 600px) and (max-height: 520px)";

/// Whether a media query matches, now and from now on. `false` where the browser
/// cannot tell.
pub fn matches(query: &str) -> RwSignal<bool> {
    let list = window().match_media(query).ok().flatten();
    let matches = RwSignal::new(list.as_ref().is_some_and(MediaQueryList::matches));
    let Some(list) = list else { return matches };
    let heard = list.clone();
    let hear = Closure::<dyn FnMut()>::new(move || {
        matches.try_set(heard.matches());
    });
    list.set_onchange(Some(hear.as_ref().unchecked_ref()));
    let kept = StoredValue::new_local((list, hear));
    on_cleanup(move || kept.with_value(|(list, _)| list.set_onchange(None)));
    matches
}

/// Hears the height of an element's content, in pixels, now and when it changes.
pub fn on_height(element: &web_sys::Element, hear: impl Fn(f64) + 'static) {
    let hear = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
        let last: ResizeObserverEntry = entries.at(-1).unchecked_into();
        hear(last.content_rect().height());
    });
    let Ok(observer) = ResizeObserver::new(hear.as_ref().unchecked_ref()) else {
        return;
    };
    observer.observe(element);
    let kept = StoredValue::new_local((observer, hear));
    on_cleanup(move || kept.with_value(|(observer, _)| observer.disconnect()));
}
