//! The corners of a drawing without a map: those there are, and the field for one more.

use super::{place::coordinates, to_title};
use crate::{
    components::{
        button::{Button, IconButton},
        field::{Field, describes},
        icon::{Lucide, lu},
        live::live,
    },
    locales::{t, t_string, use_words},
    mode::{Mode, Point, Sketch, Step},
    state::{
        drafts, entry, format, nav::Nav, prefs::Prefs, session::Session, stored, toasts::Toasts,
    },
};
use leptos::prelude::*;
use mendmap_core::{
    catalog::{Catalog, PlaceType},
    city::far_off_m,
    geodesy::{LonLat, length_m},
};
use std::sync::Arc;

/// The corners in their order, each with the way from the one before.
#[component]
pub fn Corners(
    /// The drawing.
    sketch: Memo<Sketch>,
) -> impl IntoView {
    let words = use_words();
    let locale = expect_context::<Prefs>().locale;
    let take_out = undoable();
    let row = move |at: usize, corner: Point, before: Option<Point>| {
        let about = before.map(|before| {
            let d = format::distance(locale.get(), length_m(&[before, corner].map(LonLat::from)));
            t_string!(words, map.corner_leg, d = d)
        });
        view! {
            <li class="row">
                <span class="end">{at + 1}</span>
                <span class="text">
                    <span class="name number">{coordinates(corner)}</span>
                    <span class="about">{about}</span>
                </span>
                <IconButton
                    icon=lu::LuX
                    label=Signal::derive(move || t_string!(words, map.corner_drop, n = at + 1))
                    on_press=move |()| take_out(Step::DropCorner(at))
                />
            </li>
        }
    };
    live(move || {
        let points = sketch.get().points;
        let before = std::iter::once(None).chain(points.iter().copied().map(Some));
        let rows = points.iter().zip(before).enumerate();
        let rows: Vec<_> = rows
            .map(|(at, (corner, before))| row(at, *corner, before))
            .collect();
        view! { <ol class="rows">{rows}</ol> }
    })
}

/// What takes a step that takes corners out, and offers to put them back.
pub fn undoable() -> impl Fn(Step) + Copy + Send + Sync + 'static {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let toasts = expect_context::<Toasts>();
    move |step| {
        let Mode::Drawing(before) = nav.now().mode else {
            return;
        };
        nav.take(step);
        let undo = Callback::new(move |()| nav.take(Step::Sketched(before.points.clone())));
        toasts.show(t_string!(words, map.corners_out), Some(undo));
        // The line that had the focus is gone.
        to_title();
    }
}

/// The field for the coordinates of a corner, folded away unless it is `wanted`. What is
/// typed stays until it is added.
#[component]
pub fn TypedCorner(
    /// What is drawn.
    kind: PlaceType,
    /// There is no other way to give a corner.
    wanted: Signal<bool>,
) -> impl IntoView {
    const ID: &str = "corner";
    let words = use_words();
    let nav = expect_context::<Nav>();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let city = move || {
        let name = |c: &Arc<Catalog>| locale.get().pick(&c.city.label);
        session
            .catalog
            .with(|c| c.as_ref().map(name))
            .unwrap_or_default()
    };
    let typed = stored::stored(drafts::COORDINATES, String::new);
    let tried = RwSignal::new(false);
    // Metres to the city, where that is far; said once, and then taken as meant.
    let far = RwSignal::new(0.0);
    let begun = !typed.with_untracked(String::is_empty);
    let example = move || {
        let center = session.catalog.with(|c| Some(c.as_ref()?.city.center))?;
        Some(coordinates(LonLat::from(center).into()))
    };
    let help = Signal::derive(move || {
        let example = example().unwrap_or_default();
        t_string!(words, map.typed_help, example = example)
    });
    let error = Signal::derive(move || {
        if far.get() > 0.0 {
            let (d, city) = (format::distance(locale.get(), far.get()), city());
            return Some(t_string!(words, map.typed_far, d = d, city = city));
        }
        let wrong = tried.get() && typed.with(|text| entry::read_place(text).is_none());
        wrong.then(|| t_string!(words, map.typed_wrong).to_string())
    });
    let add = move |()| {
        let Some(at) = typed.with_untracked(|text| entry::read_place(text)) else {
            return tried.set(true);
        };
        let metres = session
            .catalog
            .with_untracked(|c| far_off_m(&c.as_ref()?.city, at));
        if let (Some(metres), 0.0) = (metres, far.get_untracked()) {
            return far.set(metres);
        }
        far.set(0.0);
        nav.take(Step::AddCorner(at.into()));
        match kind {
            // Back from its card they are still here.
            PlaceType::Point => nav.take(Step::FinishSketch),
            _ => typed.set(String::new()),
        }
    };
    view! {
        <details class="fold" open=move || begun || wanted.get()>
            <summary>
                <Lucide icon=lu::LuChevronRight small=true />
                {t!(words, map.typed)}
            </summary>
            <Field id=ID label=t!(words, map.coordinates) help=help error=error>
                <div class="with-unit">
                    <input
                        id=ID
                        class="input"
                        type="text"
                        autocomplete="off"
                        maxlength="60"
                        aria-describedby=describes(ID)
                        aria-invalid=move || error.with(Option::is_some).to_string()
                        prop:value=typed
                        on:input:target=move |ev| {
                            tried.set(false);
                            far.set(0.0);
                            typed.set(ev.target().value());
                        }
                        on:keydown=move |ev| {
                            if ev.key() == "Enter" && !ev.ctrl_key() {
                                add(());
                            }
                        }
                    />
                    <Button on_press=add>{t!(words, map.add)}</Button>
                </div>
            </Field>
        </details>
    }
}
