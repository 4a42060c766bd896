//! Walking the outline of what is drawn: corners come as one goes.

use crate::{
    components::{button::IconButton, icon::lu, live::When},
    locales::{t, t_string, use_words},
    mode::{Sketch, Step},
    state::{
        awake,
        effect::effect,
        format,
        nav::Nav,
        place::{Here, Place},
        prefs::Prefs,
    },
};
use leptos::prelude::*;
use mendmap_core::{
    geodesy::LonLat,
    track::{Fix, is_corner},
};

/// What turns it on and off; lit while it is on.
#[component]
pub fn GoRound(
    /// The drawing.
    sketch: Memo<Sketch>,
    /// What becomes of the walk, in words; empty while there is none.
    told: RwSignal<String>,
) -> impl IntoView {
    let words = use_words();
    let on = RwSignal::new(false);
    view! {
        <IconButton
            icon=lu::LuFootprints
            label=t!(words, map.go_round)
            pressed=Signal::from(on)
            on_press=move |()| {
                on.update(|on| *on = !*on);
                told.set(String::new());
            }
        />
        <When is=move || on.get()>
            <Walking sketch=sketch told=told />
        </When>
    }
}

/// Follows where this device is for as long as it is there.
#[component]
fn Walking(sketch: Memo<Sketch>, told: RwSignal<String>) -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let locale = expect_context::<Prefs>().locale;
    let here = Here::start();
    expect_context::<Place>().follow(here, words);
    awake::keep(|| true);
    let is_good = RwSignal::new(false);
    // Also a corner that was taken back: who stands still does not make it again.
    let made = StoredValue::new(None::<LonLat>);
    effect(move || {
        let Some(at) = here.at.get() else {
            return is_good.set(false);
        };
        let fix = Fix {
            ms: 0,
            at,
            accuracy_m: here.accuracy_m.get(),
        };
        is_good.set(is_corner(None, &fix));
        let last = sketch.with_untracked(|sketch| sketch.points.last().copied());
        if is_corner(last.map(LonLat::from), &fix) && is_corner(made.get_value(), &fix) {
            made.set_value(Some(at));
            nav.take(Step::AddCorner(at.into()));
        }
    });
    let stands = move || {
        if here.at.with(Option::is_none) {
            let doubt = here.doubt.get();
            return match doubt.is_empty() {
                true => t_string!(words, map.locating).to_string(),
                false => doubt,
            };
        }
        let d = format::distance(locale.get(), here.accuracy_m.get());
        match is_good.get() {
            true => t_string!(words, map.go_round_on, d = d),
            false => t_string!(words, map.go_round_wait, d = d),
        }
    };
    effect(move || told.set(stands()));
}
