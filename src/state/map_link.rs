//! The page's hold on the map: what happens there becomes a step, and what the
//! page knows is shown there.

use super::{
    asking,
    effect::{effect, on_change},
    media,
    nav::Nav,
    place::Place,
    selection::{Selected, follow_selection, places},
    session::Session,
    stored,
    toasts::Toasts,
};
use crate::{
    components::sheet::SheetState,
    locales::{Words, t_string, use_words},
    map::{self, LocateError, MapEvent, MapHandle, Padding, style::MAX_TILE_ZOOM},
    mode::{Mode, Screen, Step, View},
    worker::protocol::{Stale, Tap, Tapped, TaskShapes},
};
use leptos::{prelude::*, task::spawn_local};
use mendmap_core::{
    catalog::{AssetKindId, PlaceType},
    city::tiles_touching,
    geodesy::LonLat,
    ids::AssetUid,
};

/// Half the width of a finger, in pixels.
const FINGER_PX: f64 = 22.0;

/// The map, while there is one.
#[derive(Clone, Copy)]
pub struct MapLink {
    /// Filled by the map's component.
    pub handle: RwSignal<Option<MapHandle>, LocalStorage>,
    /// The lines that lead through the taps of what is being measured.
    pub path: RwSignal<Vec<Vec<LonLat>>>,
    /// The asset that a finger met last.
    pub met: RwSignal<Option<(AssetUid, AssetKindId)>>,
    /// Several things that a page lights up, as GeoJSON features with commas between; empty for
    /// what is selected alone. See [`super::lit`].
    pub lit: RwSignal<String>,
}

impl MapLink {
    /// No map yet.
    pub fn start() -> Self {
        MapLink {
            handle: RwSignal::new_local(None),
            path: RwSignal::new(Vec::new()),
            met: RwSignal::new(None),
            lit: RwSignal::new(String::new()),
        }
    }

    /// Does something with the map, now and, inside an effect, when it comes.
    pub fn with(self, what: impl FnOnce(&MapHandle)) {
        self.handle.with(|map| {
            if let Some(map) = map {
                what(map);
            }
        });
    }

    /// Does something with the map, if there is one now.
    pub fn ask(self, what: impl FnOnce(&MapHandle)) {
        self.handle.with_untracked(|map| {
            if let Some(map) = map {
                what(map);
            }
        });
    }
}

/// A view as the map has it.
pub fn view(view: View) -> map::View {
    map::View {
        center: LonLat::from(view.center),
        zoom: view.zoom,
    }
}

/// Where the map looked last on this device.
pub fn last_view() -> Option<View> {
    Screen::from_hash(&stored::read("view")?).view
}

/// Hears what happens on the map.
pub fn listener() -> Callback<MapEvent> {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let link = expect_context::<MapLink>();
    let place = expect_context::<Place>();
    let toasts = expect_context::<Toasts>();
    let session = expect_context::<Session>();
    Callback::new(move |event| match event {
        MapEvent::Ready => link.ask(|map| {
            place.sees(map);
        }),
        MapEvent::Moved { view } => {
            link.ask(|map| place.sees(map));
            let view = View {
                center: [view.center.lon, view.center.lat],
                zoom: view.zoom,
            };
            let alone = Screen {
                view: Some(view),
                ..Screen::default()
            };
            stored::write("view", Some(&alone.to_hash()));
            nav.take(Step::Moved(view));
        }
        MapEvent::Tapped { at, metres_per_px } => {
            let visible = place.visible.get_untracked();
            let question = Tap {
                at,
                radius_m: FINGER_PX * metres_per_px,
                visible,
            };
            spawn_local(async move {
                // A worker that fails says so elsewhere; the tap then means nothing.
                if let Ok(tapped) = session.ask(question).await {
                    let step = match &tapped {
                        Tapped::Task(detail) => Step::TapTask(detail.task.summary.uid),
                        Tapped::Asset(detail) => {
                            let asset = &detail.asset.summary;
                            link.met.set(Some((asset.uid, asset.kind.clone())));
                            Step::TapAsset(asset.uid)
                        }
                        Tapped::Ground => Step::TapGround([at.lon, at.lat]),
                    };
                    session.tapped.set_value(Some(tapped));
                    nav.take(step);
                }
            });
        }
        MapEvent::LongPressed { at } => nav.take(Step::PressGround([at.lon, at.lat])),
        MapEvent::Cornered { at } => nav.take(Step::AddCorner([at.lon, at.lat])),
        MapEvent::CornerMoved { corner, at } => {
            nav.take(Step::MoveCorner(corner, [at.lon, at.lat]));
        }
        MapEvent::CornerBack => nav.take(Step::CornerBack),
        MapEvent::DrawingClosed => nav.take(Step::FinishSketch),
        MapEvent::Located(fix) => place.me.set(Some(fix.at)),
        MapEvent::LocateFailed(error) => toasts.show(locate_words(words, error), None),
        MapEvent::ContextLost => {
            if link.handle.with_untracked(Option::is_none) {
                place.no_map.set(true);
            }
        }
    })
}

/// Why the device does not know where it is, and what to do.
pub fn locate_words(words: Words, error: LocateError) -> &'static str {
    match error {
        LocateError::Denied => t_string!(words, map.locate_denied),
        LocateError::Insecure => t_string!(words, map.locate_insecure),
        LocateError::Unavailable | LocateError::TimedOut | LocateError::Unsupported => {
            t_string!(words, map.locate_failed)
        }
    }
}

/// Shows on the map what the page knows, from now on.
pub fn keep_in_step() {
    let link = expect_context::<MapLink>();
    follow_address(link);
    follow_log(link);
    follow_drawing(link);
    let selected = follow_selection(link);
    follow_sheet(link, selected);
}

fn follow_address(link: MapLink) {
    let nav = expect_context::<Nav>();
    // The first one is where the map began.
    let wanted = nav.wanted_view;
    let follow = move || {
        if let Some(wanted) = wanted.get_untracked() {
            link.ask(|map| {
                let now = map.view();
                let [lon, lat] = wanted.center;
                let moved = (now.center.lon - lon).abs() + (now.center.lat - lat).abs() > 1e-5
                    || (now.zoom - wanted.zoom).abs() > 0.02;
                if moved {
                    map.look(view(wanted));
                }
            });
        }
    };
    on_change(move || wanted.track(), follow);
    effect(move || {
        let on = nav.lens.with(Option::is_some);
        link.with(|map| map.set_completion(on));
    });
}

/// Keeps the middle of the map free of the sheet, and what is selected out from under it.
fn follow_sheet(link: MapLink, selected: Selected) {
    let sheet = expect_context::<SheetState>();
    let place = expect_context::<Place>();
    let desk = media::matches(media::DESK);
    effect(move || {
        // A sheet over all of the map leaves no middle to look at.
        let window = window()
            .inner_height()
            .ok()
            .and_then(|h| h.as_f64())
            .unwrap_or(800.0);
        let bottom = if desk.get() {
            0.0
        } else {
            sheet.covered.get().min(window * 0.7)
        };
        let top = if desk.get() { 0.0 } else { 64.0 };
        link.with(|map| {
            map.set_padding(Padding {
                top,
                bottom,
                ..Padding::default()
            });
            place.sees(map);
            // A card takes its height after it was opened.
            if let Some(lit) = selected.get_untracked() {
                map.reveal(&lit.places);
            }
        });
    });
}

/// Marks turn with the log, and layers come one by one.
fn follow_log(link: MapLink) {
    let session = expect_context::<Session>();
    // A map that comes later asks for its first tiles itself.
    let again = move || link.ask(|map| map.refresh(map::Redraw::All));
    on_change(move || session.layers.track(), again);
    // A mark that turns moves its counts too; another day, or another left, is another map.
    let mut shown = None;
    effect(move || {
        let now = session
            .completion
            .with(|it| it.as_ref().map(|it| (it.day, it.left)));
        if std::mem::replace(&mut shown, now) != now && now.is_some() {
            again();
        }
    });
    effect(move || {
        session.turns.track();
        let stale = session
            .stale
            .try_update_untracked(std::mem::take)
            .unwrap_or_default();
        link.ask(|map| map.refresh(stale_tiles(stale)));
    });
    let shapes = asking::follow(session, move || {
        session.turns.track();
        session.layers.track();
        session
            .catalog
            .with(Option::is_some)
            .then_some(TaskShapes {})
    });
    effect(move || {
        if let Some(shapes) = shapes.good.get() {
            link.with(|map| map.set_tasks(&shapes.geojson));
        }
    });
}

/// The tiles of every zoom that are stale.
fn stale_tiles(stale: Stale) -> map::Redraw {
    match stale {
        Stale::Nowhere => map::Redraw::default(),
        Stale::Within(bounds) if bounds.east - bounds.west + bounds.north - bounds.south < NEAR => {
            let tiles = (0..=MAX_TILE_ZOOM).flat_map(|zoom| tiles_touching(bounds, zoom));
            map::Redraw::Tiles(tiles.collect())
        }
        Stale::Within(_) | Stale::Everywhere => map::Redraw::All,
    }
}

/// Degrees of longitude and latitude, added, up to which a box is told tile by tile: some hundreds
/// of the smallest.
const NEAR: f64 = 0.02;

fn follow_drawing(link: MapLink) {
    let nav = expect_context::<Nav>();
    effect(move || {
        let mode = nav.mode.get();
        link.with(|map| match &mode {
            Mode::Drawing(sketch) => map.draw(Some((sketch.shape, &places(sketch)))),
            Mode::Amending(_, to) => map.draw(Some((
                PlaceType::Point,
                &to.iter().copied().map(LonLat::from).collect::<Vec<_>>(),
            ))),
            Mode::Measuring(_, taps) => {
                let taps: Vec<_> = taps.iter().copied().map(LonLat::from).collect();
                map.draw_along(&taps, link.path.get());
            }
            _ => map.draw(None),
        });
    });
}
