//! Everything has a key.

use super::{map_link::MapLink, nav::Nav, toasts::Toasts};
use crate::{
    components::nav::TABS,
    map::MapHandle,
    mode::{Mode, Step},
};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// The dialogs that more than one hand opens.
#[derive(Clone, Copy)]
pub struct Dialogs {
    /// Whether the list of keys is open.
    pub keys: RwSignal<bool>,
    /// Whether the choice of what to add is open.
    pub add: RwSignal<bool>,
}

/// Listens to keys for as long as the page lives.
pub fn listen(dialogs: Dialogs) {
    let nav = expect_context::<Nav>();
    let link = expect_context::<MapLink>();
    let toasts = expect_context::<Toasts>();
    let listener = window_event_listener(ev::keydown, move |ev| {
        if ev.default_prevented() || ev.is_composing() || dialogs.keys.get_untracked() {
            return;
        }
        if ev.key() == "Escape" {
            escape(nav);
            return;
        }
        let with_control = ev.ctrl_key() || ev.meta_key();
        if with_control && ev.key() == "Enter" {
            press("[data-primary]");
            ev.prevent_default();
            return;
        }
        if is_typing(&ev) || ev.alt_key() {
            return;
        }
        if with_control {
            // A drawing is what is being done: it goes before what was done earlier.
            // With neither, the key is the browser's.
            if ev.key() == "z" && (is_drawing(nav) || toasts.undo()) {
                if is_drawing(nav) {
                    nav.take(Step::CornerBack);
                }
                ev.prevent_default();
            }
            return;
        }
        match ev.key().as_str() {
            "/" => focus("#search"),
            "?" => dialogs.keys.set(true),
            "l" => link.ask(MapHandle::start_locate),
            "a" if !is_drawing(nav) => dialogs.add.set(true),
            digit => {
                let tab = digit
                    .parse::<usize>()
                    .ok()
                    .and_then(|n| TABS.get(n.checked_sub(1)?));
                match tab {
                    Some(tab) => nav.take(Step::Go(*tab)),
                    None => return,
                }
            }
        }
        ev.prevent_default();
    });
    on_cleanup(move || listener.remove());
}

fn is_drawing(nav: Nav) -> bool {
    nav.mode
        .with_untracked(|mode| matches!(mode, Mode::Drawing(_) | Mode::Measuring(..)))
}

/// Leaves what has the focus, else where we are.
fn escape(nav: Nav) {
    let active = document().active_element();
    match active.and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
        // Leaving a field loses the focus, which loses nothing else.
        Some(element) if is_field(&element) => drop(element.blur()),
        _ if nav.mode.with_untracked(|m| *m != Default::default()) => nav.back(),
        _ => {}
    }
}

fn is_typing(ev: &KeyboardEvent) -> bool {
    ev.target()
        .and_then(|t| t.dyn_into::<Element>().ok())
        .is_some_and(|e| is_field(&e))
}

/// Whether a key is typed as text, or means something to the field that has the focus. A box that is
/// ticked takes none but the space; the round ones take the arrows.
pub fn types(ev: &KeyboardEvent) -> bool {
    let element = ev.target().and_then(|t| t.dyn_into::<Element>().ok());
    let kind = element.as_ref().and_then(|e| e.get_attribute("type"));
    match kind.as_deref() {
        Some("checkbox") => false,
        Some("radio") => ev.key().starts_with("Arrow"),
        _ => element.is_some_and(|e| is_field(&e)),
    }
}

fn is_field(element: &Element) -> bool {
    matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
}

fn find(selector: &str) -> Option<HtmlElement> {
    document()
        .query_selector(selector)
        .ok()
        .flatten()?
        .dyn_into()
        .ok()
}

fn press(selector: &str) {
    if let Some(element) = find(selector) {
        element.click();
    }
}

fn focus(selector: &str) {
    if let Some(element) = find(selector) {
        // What cannot take the focus leaves it where it is.
        let _ = element.focus();
    }
}
