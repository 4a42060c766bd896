//! An area that is a box: dragged with a mouse, between two corners, or all that is in view.

use super::corners::undoable;
use crate::{
    components::{button::IconButton, icon::lu, live::When},
    locales::{t, use_words},
    map::Boxing,
    mode::{Point, Sketch, Step},
    state::{effect::effect, map_link::MapLink, nav::Nav, place::Place},
};
use leptos::prelude::*;
use mendmap_core::geodesy::{Bbox, LonLat};
use std::rc::Rc;

/// So many corners make a box.
const TWO: usize = 2;

/// The ways to a box, where there is a map. With Shift a mouse draws one at any time.
#[component]
pub fn BoxTools(
    /// The drawing.
    sketch: Memo<Sketch>,
) -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let link = expect_context::<MapLink>();
    let no_map = expect_context::<Place>().no_map;
    let is_on = RwSignal::new(false);
    let take_out = undoable();
    // Whatever was drawn before can be had again.
    let replace = move |points: Vec<Point>| {
        let step = Step::Sketched(points);
        match sketch.with_untracked(|sketch| sketch.points.len() > TWO) {
            true => take_out(step),
            false => nav.take(step),
        }
    };
    let make = move |bbox: Bbox| {
        is_on.set(false);
        replace(corners(bbox));
    };
    let turn = move |()| {
        is_on.update(|on| *on = !*on);
        if is_on.get_untracked() && sketch.with_untracked(|sketch| sketch.points.len() > TWO) {
            replace(Vec::new());
        }
    };
    let all = move |()| {
        let bounds = link
            .handle
            .with_untracked(|map| Some(map.as_ref()?.bounds()));
        if let Some(bounds) = bounds {
            make(bounds);
        }
    };
    effect(move || {
        let points = sketch.with(|sketch| sketch.points.clone());
        if is_on.get() && points.len() == TWO {
            let bbox = Bbox::around(points.into_iter().map(LonLat::from));
            untrack(|| bbox.into_iter().for_each(make));
        }
    });
    let boxing = StoredValue::new_local(None::<Boxing>);
    effect(move || {
        let heard = link.handle.with(|map| {
            let is_wanted = move |has_shift| has_shift || is_on.get_untracked();
            Some(map.as_ref()?.hear_boxes(Rc::new(is_wanted), Rc::new(make)))
        });
        boxing.set_value(heard);
    });
    view! {
        <When is=move || !no_map.get()>
            <IconButton
                icon=lu::LuSquareDashed
                label=t!(words, map.draw_box)
                pressed=Signal::from(is_on)
                on_press=turn
            />
            <IconButton icon=lu::LuScan label=t!(words, map.draw_view) on_press=all />
        </When>
    }
}

/// The corners of a box, as exactly as addresses have them.
fn corners(bbox: Bbox) -> Vec<Point> {
    let corners = bbox.corners().into_iter();
    corners
        .flat_map(|at| Sketch::point(at.into()).points)
        .collect()
}
