//! What lies over the map's edges: zoom, location, scale and where things come from.

#![allow(
    unreachable_pub,
    reason = "the component macro makes public items of its own"
)]

use super::camera::Padding;
use super::handle::MapHandle;
use super::scale::scale;
use super::words::{Words, words};
use crate::components::live::live;
use leptos::prelude::*;
use mendmap_core::catalog::Catalog;

/// What the controls show, told by the map.
#[derive(Clone, Copy)]
pub(super) struct Chrome {
    pub(super) zh: RwSignal<bool>,
    pub(super) padding: RwSignal<Padding>,
    pub(super) metres_per_px: RwSignal<f64>,
    pub(super) drawing: RwSignal<bool>,
    pub(super) locating: RwSignal<bool>,
}

impl Chrome {
    pub(super) fn new(zh: bool, metres_per_px: f64) -> Self {
        Chrome {
            zh: RwSignal::new(zh),
            padding: RwSignal::new(Padding::default()),
            metres_per_px: RwSignal::new(metres_per_px),
            drawing: RwSignal::new(false),
            locating: RwSignal::new(false),
        }
    }
}

/// What the corner of the map must say: where its picture comes from.
fn attribution(catalog: &Catalog) -> Option<String> {
    catalog.base_map.as_ref()?.attribution.clone()
}

/// Longest scale bar, pixels.
const SCALE_PX: f64 = 96.0;

/// Zoom and location at the right edge, scale and attribution at the bottom.
#[component]
pub(super) fn Controls(
    chrome: Chrome,
    catalog: StoredValue<Catalog>,
    handle: RwSignal<Option<MapHandle>, LocalStorage>,
) -> impl IntoView {
    // What differs is given as functions, so that a button is compiled once.
    let say = move |which: fn(&Words) -> &'static str| {
        Signal::derive(move || which(words(chrome.zh.get())).to_string())
    };
    let press = move |what: fn(&MapHandle)| {
        move |_| {
            handle.with_untracked(|map| map.as_ref().map(what));
        }
    };
    // Until the map is there they would do nothing, and not say so.
    let absent = Signal::derive(move || handle.with(Option::is_none));
    let locating = Signal::derive(move || chrome.locating.get().to_string());
    let shown = move || scale(chrome.metres_per_px.get(), SCALE_PX);
    view! {
        <div class="map-crosshair" aria-hidden="true">
            <svg width="44" height="44" viewBox="0 0 44 44" focusable="false">
                <path class="map-crosshair-halo" d="M22 4v12M22 28v12M4 22h12M28 22h12" />
                <path class="map-crosshair-line" d="M22 4v12M22 28v12M4 22h12M28 22h12" />
                <circle class="map-crosshair-dot" cx="22" cy="22" r="2" />
            </svg>
        </div>
        <div class="map-buttons">
            <button
                type="button"
                class="map-button"
                aria-label=say(|w| w.locate)
                title=say(|w| w.locate)
                aria-pressed=locating
                disabled=absent
                on:click=press(MapHandle::start_locate)
            >
                {icon("M12 2.5v3M12 18.5v3M2.5 12h3M18.5 12h3M12 6a6 6 0 1 1 0 12a6 6 0 1 1 0-12zM12 11.5v1")}
            </button>
            <div class="map-zoom">
                <button
                    type="button"
                    class="map-button"
                    aria-label=say(|w| w.zoom_in)
                    title=say(|w| w.zoom_in)
                    disabled=absent
                on:click=press(MapHandle::zoom_in)
                >
                    {icon("M12 5v14M5 12h14")}
                </button>
                <button
                    type="button"
                    class="map-button"
                    aria-label=say(|w| w.zoom_out)
                    title=say(|w| w.zoom_out)
                    disabled=absent
                on:click=press(MapHandle::zoom_out)
                >
                    {icon("M5 12h14")}
                </button>
            </div>
        </div>
        <div class="map-foot">
            <div class="map-scale" style:width=move || format!("{}px", shown().px as i32)>
                {live(move || shown().label(chrome.zh.get()))}
            </div>
            <div class="map-notice">{catalog.with_value(attribution)}</div>
        </div>
    }
}

fn icon(d: &'static str) -> impl IntoView {
    view! {
        <svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path
                d=d
                fill="none"
                stroke="currentColor"
                stroke-width="2"
                stroke-linecap="round"
                stroke-linejoin="round"
            />
        </svg>
    }
}
