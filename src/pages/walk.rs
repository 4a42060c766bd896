//! Drawing without a map: the crew stands at each corner and adds it, or gives its
//! coordinates. What was added stays until work is plotted on it.

use super::{
    corners::{Corners, TypedCorner, undoable},
    place::coordinates,
};
use crate::{
    components::{
        button::Button,
        live::When,
        notice::{Banner, Tone},
        sheet::{Height, SheetState},
    },
    locales::{t, t_string, use_words},
    mode::{Mode, Sketch, Step},
    state::{
        drafts,
        effect::effect,
        format,
        nav::Nav,
        place::{Here, Place},
        prefs::Prefs,
    },
};
use leptos::prelude::*;
use mendmap_core::catalog::PlaceType;

/// What the panel of a drawing shows where there is no map.
#[component]
pub fn Walk(
    /// The drawing.
    sketch: Memo<Sketch>,
    /// Where this device is, which is followed from now on.
    here: Here,
) -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let locale = expect_context::<Prefs>().locale;
    // There is nothing to see above the panel.
    let sheet = expect_context::<SheetState>();
    nav.mode
        .with_untracked(|mode| sheet.begin(mode, Height::Full));
    expect_context::<Place>().follow(here, words);
    let went_on = sketch.with_untracked(|sketch| !sketch.points.is_empty());
    let whereabouts = move || match here.at.get() {
        Some(at) => {
            let d = format::distance(locale.get(), here.accuracy_m.get());
            t_string!(words, map.here, place = coordinates(at.into()), d = d)
        }
        None if here.doubt.with(String::is_empty) => t_string!(words, map.locating).into(),
        None => String::new(),
    };
    let doubtful = move || !here.doubt.with(String::is_empty);
    let take_out = undoable();
    let anew = move |()| take_out(Step::Sketched(Vec::new()));
    view! {
        <p class="number">{whereabouts}</p>
        <When is=doubtful>
            <Banner tone=Tone::Warn title=here.doubt>
                <p>{t!(words, map.here_or_typed)}</p>
            </Banner>
        </When>
        <When is=move || went_on && !sketch.with(|s| s.points.is_empty())>
            <Banner title=t!(words, map.corners_kept)>
                <Button on_press=anew>{t!(words, map.corners_anew)}</Button>
            </Banner>
        </When>
        <Corners sketch=sketch />
        <TypedCorner kind=sketch.with_untracked(|s| s.shape) wanted=Signal::derive(doubtful) />
    }
}

/// Keeps the corners from now on. A drawing that begins goes on with those that were kept:
/// then this is true. (A point has one, which is typed or where the device is.)
pub fn keep(nav: Nav, sketch: Memo<Sketch>) -> bool {
    let Sketch { shape, points } = sketch.get_untracked();
    if shape == PlaceType::Point {
        return false;
    }
    let kept = drafts::load_corners(shape);
    let went_on = points.is_empty() && !kept.is_empty();
    if went_on {
        nav.take(Step::Sketched(kept));
    }
    effect(move || {
        sketch.track();
        // On the way to another screen there is no drawing, and nothing to forget.
        if let Mode::Drawing(sketch) = nav.mode.get_untracked() {
            drafts::save_corners(&sketch);
        }
    });
    went_on
}
