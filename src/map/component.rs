//! The map as a component.

#![allow(
    unreachable_pub,
    reason = "the component macro makes public items of its own"
)]

use super::base;
use super::camera;
use super::controls::{Chrome, Controls};
use super::draw;
use super::event::MapEvent;
use super::gesture;
use super::handle::MapHandle;
use super::inner::{Inner, Shown, ratio};
use super::js::{Listener, Map, get, set, to_js};
use super::painter::Painter;
use super::protocol;
use super::style::{self, Look, Theme};
use super::tiles::TileSource;
use super::view::{MAX_ZOOM, View};
use super::words::words;
use crate::state::effect::effect;
use leptos::html::Div;
use leptos::prelude::*;
use mendmap_core::catalog::{Catalog, LayerId};
use serde_json::json;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;

/// What the map starts with.
pub struct MapSetup {
    /// Kinds, layers and the base map.
    pub catalog: Catalog,
    /// Where it looks first.
    pub view: View,
    /// Colours.
    pub theme: Theme,
    /// Chinese, or English.
    pub zh: bool,
    /// Makes the tiles.
    pub tiles: TileSource,
    /// Layers that are switched on.
    pub visible: Vec<LayerId>,
}

/// True where the browser can draw the map at all.
pub fn webgl2_available() -> bool {
    let canvas = web_sys::window()
        .and_then(|w| w.document())
        .and_then(|d| d.create_element("canvas").ok())
        .and_then(|e| e.dyn_into::<web_sys::HtmlCanvasElement>().ok());
    let context = canvas.and_then(|c| c.get_context("webgl2").ok().flatten());
    // Browsers allow few contexts at a time: give this one back.
    if let Some(context) = &context
        && let Ok(get) = js_sys::Reflect::get(context, &"getExtension".into())
        && let Some(get) = get.dyn_ref::<js_sys::Function>()
        && let Ok(extension) = get.call1(context, &"WEBGL_lose_context".into())
        && let Ok(lose) = js_sys::Reflect::get(&extension, &"loseContext".into())
        && let Some(lose) = lose.dyn_ref::<js_sys::Function>()
    {
        let _ = lose.call0(&extension);
    }
    context.is_some()
}

/// The map. `handle` is filled once the map can be talked to, together with
/// [`MapEvent::Ready`], and emptied when the component goes. Where the browser
/// gives no graphics, [`MapEvent::ContextLost`] is all that comes.
#[component]
pub fn MapView(
    /// What it starts with.
    setup: MapSetup,
    /// Hears what happens.
    #[prop(into)]
    on_event: Callback<MapEvent>,
    /// Filled with the way to talk to it.
    handle: RwSignal<Option<MapHandle>, LocalStorage>,
) -> impl IntoView {
    let chrome = Chrome::new(setup.zh, setup.view.metres_per_px());
    let catalog = StoredValue::new(setup.catalog.clone());
    let container = NodeRef::<Div>::new();
    let opened = StoredValue::new_local(None::<MapHandle>);
    let setup = StoredValue::new_local(Some(setup));
    // Told in a turn of its own, so that the page may ask anything of the map in answer.
    let emit: Rc<dyn Fn(MapEvent)> = Rc::new(move |event| {
        spawn_local(async move {
            on_event.try_run(event);
        });
    });

    effect(move || {
        let Some(element) = container.get() else {
            return;
        };
        let Some(setup) = setup.try_update_value(Option::take).flatten() else {
            return;
        };
        let emit = emit.clone();
        match open(&element, setup, chrome, emit.clone(), handle) {
            Ok(map) => opened.set_value(Some(map)),
            Err(_) => emit(MapEvent::ContextLost),
        }
    });
    effect(move || {
        let label = words(chrome.zh.get()).map;
        opened.with_value(|map| {
            if let Some(map) = map {
                let _ = map.inner().map.canvas().set_attribute("aria-label", label);
            }
        });
    });
    on_cleanup(move || {
        handle.try_set(None);
        if let Some(Some(map)) = opened.try_update_value(Option::take) {
            map.destroy();
        }
    });

    let edge = move |side: fn(&camera::Padding) -> f64| {
        move || format!("{}px", side(&chrome.padding.get()) as i32)
    };
    view! {
        <div
            class="map"
            class:map-drawing=move || chrome.drawing.get()
            style:--map-top=edge(|p| p.top)
            style:--map-right=edge(|p| p.right)
            style:--map-bottom=edge(|p| p.bottom)
            style:--map-left=edge(|p| p.left)
        >
            <div class="map-canvas" node_ref=container></div>
            <Controls chrome=chrome catalog=catalog handle=handle />
        </div>
    }
}

fn open(
    element: &web_sys::HtmlDivElement,
    setup: MapSetup,
    chrome: Chrome,
    emit: Rc<dyn Fn(MapEvent)>,
    handle: RwSignal<Option<MapHandle>, LocalStorage>,
) -> Result<MapHandle, JsValue> {
    let base = setup.catalog.base_map.as_ref().map(base::prepare);
    let (base, base_protocol) = match base {
        Some(base) => (Some(base.url), base.protocol),
        None => (None, None),
    };
    let look = Look {
        catalog: &setup.catalog,
        theme: setup.theme,
        visible: &setup.visible,
        completion: false,
        base: base.as_deref(),
    };
    let still = camera::calm();
    let style = style::style(&look, if still { 0 } else { 150 });
    let layers = style::layers(&look);
    let coming = Rc::default();
    let mut protocols = vec![protocol::city(setup.tiles, Rc::clone(&coming))];
    protocols.extend(base_protocol);

    let options = to_js(&json!({
        "style": style,
        "center": setup.view.center,
        "zoom": setup.view.zoom,
        "maxZoom": MAX_ZOOM,
        "attributionControl": false,
        // A map that turns costs more bearings than it gives on a phone held in one hand.
        "dragRotate": false,
        "pitchWithRotate": false,
        "touchPitch": false,
        "maxPitch": 0,
        "renderWorldCopies": false,
        "fadeDuration": if still { 0 } else { 120 },
        // Tiles out of sight would keep the state of work they were made with.
        "maxTileCacheSize": 0,
        "refreshExpiredTiles": false,
        "validateStyle": cfg!(debug_assertions),
    }));
    let options: js_sys::Object = options.unchecked_into();
    set(&options, "container", element);
    let map = Map::new(&options)?;
    map.touch_zoom_rotate().disable_rotation();
    map.keyboard().disable_rotation();
    let canvas = map.canvas();
    let _ = canvas.set_attribute("role", "application");
    let _ = canvas.set_attribute("aria-label", words(setup.zh).map);

    let map = MapHandle::new(Inner {
        map,
        catalog: setup.catalog,
        base,
        shown: RefCell::new(Shown {
            theme: setup.theme,
            zh: setup.zh,
            visible: setup.visible,
            completion: false,
            layers,
        }),
        images: RefCell::default(),
        painter: Painter::new()?,
        ratio: ratio(),
        repaints: Cell::default(),
        coming,
        retried: Cell::default(),
        chrome,
        padding: Cell::default(),
        drawing: RefCell::default(),
        watch: RefCell::default(),
        fix: Cell::new(None),
        emit,
        listeners: RefCell::default(),
        protocols: RefCell::new(protocols),
    });
    listen(&map, handle);
    Ok(map)
}

/// Joins the map's events to the page. Listeners hold the map weakly: it holds them.
fn listen(handle: &MapHandle, ready: RwSignal<Option<MapHandle>, LocalStorage>) {
    let inner = handle.inner();
    let map = &inner.map;
    let weak = Rc::downgrade(inner);
    let on = |event, heard: fn(&Rc<Inner>, JsValue)| {
        let weak = weak.clone();
        Listener::map(map, event, move |e: JsValue| {
            if let Some(inner) = weak.upgrade() {
                heard(&inner, e);
            }
        })
    };
    let mut listeners = vec![
        on("moveend", |inner, _| {
            let view = camera::view(&inner.map);
            inner.chrome.metres_per_px.set(view.metres_per_px());
            (inner.emit)(MapEvent::Moved { view });
        }),
        on("zoom", |inner, _| {
            let view = camera::view(&inner.map);
            inner.chrome.metres_per_px.set(view.metres_per_px());
        }),
        on("styleimagemissing", |inner, e| {
            if let Some(id) = get(&e, "id").as_string() {
                inner.draw_image(&id);
            }
        }),
        on("sourcedataloading", |inner, e| inner.loads(&e)),
        on("sourcedata", |inner, e| inner.loaded(&e)),
        on("idle", |inner, _| inner.idles()),
        on("error", |inner, e| inner.failed(&e)),
        on("webglcontextlost", |inner, _| {
            (inner.emit)(MapEvent::ContextLost);
        }),
    ];
    let (it, emit) = (Rc::downgrade(inner), inner.emit.clone());
    listeners.push(Listener::map(map, "style.load", move |_: JsValue| {
        if let Some(inner) = it.upgrade() {
            ready.set(Some(MapHandle::hold(inner)));
            emit(MapEvent::Ready);
        }
    }));
    let keys = weak.clone();
    listeners.push(Listener::dom(
        &map.canvas(),
        "keydown",
        move |e: web_sys::KeyboardEvent| {
            let Some(inner) = keys.upgrade() else { return };
            match e.key().as_str() {
                "Enter" | " " => inner.enter(),
                "Backspace" => (inner.emit)(MapEvent::CornerBack),
                _ => return,
            }
            e.prevent_default();
        },
    ));
    listeners.extend(gesture::listen(map, weak));
    listeners.extend(draw::listen(inner));
    *inner.listeners.borrow_mut() = listeners;
}
