//! A file that is looked at, on the map beside the form.

use crate::{
    components::{live::or_nothing, sheet::SheetState},
    locales::{t_string, use_words},
    state::{effect::effect, format, map_link::MapLink, prefs::Prefs},
};
use leptos::prelude::*;
use mendmap_core::city::Preview;

/// So long after it was drawn the sheet comes to rest, in milliseconds.
const SETTLES_MS: f64 = 2_000.0;

/// Draws it and brings it into sight, for as long as this is shown; says so where it is not all of it.
#[component]
pub fn FileOnMap(
    /// What is drawn.
    preview: Preview,
) -> impl IntoView {
    let words = use_words();
    let locale = expect_context::<Prefs>().locale;
    let link = expect_context::<MapLink>();
    let sheet = expect_context::<SheetState>();
    let Preview {
        geometries,
        total,
        bounds,
    } = preview;
    let thinned = (geometries.len() < total).then(|| {
        let n = |n| format::count(locale.get_untracked(), n);
        let (n, of) = (n(geometries.len()), n(total));
        let said = t_string!(words, layers.on_map_some, n = n, of = of);
        view! { <p class="small muted">{said}</p> }
    });
    effect(move || link.with(|map| map.show_preview(&geometries)));
    // The sheet takes its height after the file was read; after that the map is the hand's that moves it.
    let until = js_sys::Date::now() + SETTLES_MS;
    effect(move || {
        sheet.covered.track();
        link.with(|map| {
            if js_sys::Date::now() < until {
                map.show_box(bounds);
            }
        });
    });
    on_cleanup(move || link.ask(|map| map.show_preview(&[])));
    or_nothing(thinned)
}
