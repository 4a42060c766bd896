//! The map itself, or why there is none.

use super::add::Add;
use crate::{
    components::{
        live::maybe,
        sheet::{Height, SheetState},
    },
    locales::{Locale, use_words},
    map::{self, MapSetup, MapView, TileError, TileFuture, TileSource, webgl2_available},
    mode::Mode,
    state::{
        effect::effect,
        map_link::{self, MapLink},
        nav::Nav,
        place::Place,
        prefs::Prefs,
        session::Session,
        theme::Shown,
    },
    worker::client::Client,
};
use leptos::prelude::*;
use mendmap_core::{catalog::Catalog, city::TileId, geodesy::LonLat};
use std::rc::Rc;

/// Zoom at which a city is first seen: streets and their names.
const FIRST_ZOOM: f64 = 14.0;

/// The map, once the catalogue says what is on it.
#[component]
pub fn MapArea() -> impl IntoView {
    let place = expect_context::<Place>();
    let session = expect_context::<Session>();
    if !webgl2_available() {
        place.no_map.set(true);
    }
    // Without a map, the panel is the page: it says why, and lists what is near.
    let sheet = expect_context::<SheetState>();
    effect(move || {
        if place.no_map.get() {
            sheet.begin(&Mode::Browsing, Height::Full);
        }
    });
    // Who comes for the first time, by no one's link, is told how it works.
    let came_by_itself = expect_context::<Nav>()
        .wanted_view
        .get_untracked()
        .is_none();
    let knows = !expect_context::<Prefs>().hint.get_untracked();
    let has_map = !place.no_map.get_untracked();
    if has_map && came_by_itself && !knows && map_link::last_view().is_none() {
        sheet.begin(&Mode::Browsing, Height::Half);
    }
    // What failed must be seen without a hand on the sheet.
    effect(move || {
        if session.trouble.with(Option::is_some) {
            sheet.begin(&Mode::Browsing, Height::Half);
        }
    });
    // Lists begin in the middle of the city.
    effect(move || {
        let center = session
            .catalog
            .with(|c| c.as_ref().map(|c| LonLat::from(c.city.center)));
        if place.no_map.get() && place.center.with_untracked(Option::is_none) {
            place.center.set(center);
        }
    });
    let drawn = maybe(move || {
        let catalog = session.catalog.get()?;
        let client = session.client()?;
        (!place.no_map.get())
            .then(|| view! { <Drawn catalog=Catalog::clone(&catalog) client=client /> })
    });
    view! {
        {drawn}
        <Add />
    }
}

#[component]
fn Drawn(catalog: Catalog, client: Client) -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let link = expect_context::<MapLink>();
    let place = expect_context::<Place>();
    let prefs = expect_context::<Prefs>();
    let first = nav.wanted_view.get_untracked().or_else(map_link::last_view);
    let view = first.map_or(
        map::View {
            center: LonLat::from(catalog.city.center),
            zoom: FIRST_ZOOM,
        },
        map_link::view,
    );
    let setup = MapSetup {
        catalog,
        view,
        theme: theme(prefs.themes.shown.get_untracked()),
        zh: words.get_locale_untracked() == Locale::Zh,
        tiles: tiles(client),
        visible: place.visible.get_untracked(),
    };
    effect(move || {
        let shown = theme(prefs.themes.shown.get());
        link.with(|map| map.set_theme(shown));
    });
    effect(move || {
        let zh = words.get_locale() == Locale::Zh;
        link.with(|map| map.set_language(zh));
    });
    effect(move || {
        let visible = place.visible.get();
        link.with(|map| map.set_visible(&visible));
    });
    map_link::keep_in_step();
    let hear = map_link::listener();
    view! { <MapView setup=setup on_event=hear handle=link.handle /> }
}

fn theme(shown: Shown) -> map::Theme {
    match shown {
        Shown::Light => map::Theme::Light,
        Shown::Dark => map::Theme::Dark,
        Shown::Outdoor => map::Theme::Outdoor,
    }
}

fn tiles(client: Client) -> TileSource {
    Rc::new(move |id: TileId| -> TileFuture {
        let client = client.clone();
        Box::pin(async move {
            client
                .tile(id)
                .await
                .map_err(|trouble| TileError::Failed(trouble.to_string()))
        })
    })
}
