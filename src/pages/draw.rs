//! Drawing, on the map or beside it: the panel that says what to do and how long or large
//! it is so far.

use super::{
    boxed::BoxTools,
    corners::undoable,
    desk::GiveWay,
    go_round::GoRound,
    place::{measure, shape, title},
    walk::{Walk, keep},
};
use crate::{
    components::{
        button::{Button, Weight},
        icon::lu,
        live::{When, or_nothing},
        panel::{Leave, Panel},
    },
    locales::{keys::map, t, t_string, use_words},
    mode::{Mode, Sketch, Step},
    state::{
        asking,
        effect::effect,
        format,
        map_link::MapLink,
        nav::Nav,
        place::{Here, Place},
        prefs::Prefs,
        session::Session,
        toasts::Toasts,
    },
    worker::protocol::PlaceCard,
};
use leptos::prelude::*;
use mendmap_core::{catalog::PlaceType, geodesy::LonLat};

/// The panel while something is drawn.
#[component]
pub fn DrawPage(
    /// What is drawn.
    kind: PlaceType,
) -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let link = expect_context::<MapLink>();
    let place = expect_context::<Place>();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let is_point = kind == PlaceType::Point;
    let no_map = place.no_map;
    let here = Here::start();
    let sketch = Memo::new(move |_| match nav.mode.get() {
        Mode::Drawing(sketch) => sketch,
        _ => Sketch {
            shape: kind,
            points: Vec::new(),
        },
    });
    let answer = asking::follow(session, move || {
        let shape = shape(&sketch.get())?;
        // After a reload there is a drawing before there is a city.
        session
            .catalog
            .with(Option::is_some)
            .then_some(PlaceCard { shape })
    });
    let measured = Signal::derive(move || {
        // A drawing that lost its corners has no length, whatever was answered before.
        sketch.with(Sketch::is_complete).then_some(())?;
        answer
            .good
            .with(|detail| measure(locale.get(), detail.as_ref()?))
    });
    let how = match kind {
        PlaceType::Point => (map::draw_point, map::draw_here),
        PlaceType::Line => (map::draw_line, map::walk_line),
        PlaceType::Polygon => (map::draw_area, map::walk_area),
    };
    let told = place.say(words, how.0, how.1);
    let add = move |()| {
        // Under the crosshair; without a map where this device is.
        let at = match no_map.get_untracked() {
            true => here.at.get_untracked(),
            false => middle(link),
        };
        if let Some(at) = at {
            nav.take(Step::AddCorner(at.into()));
        }
    };
    let done = move |()| {
        if is_point && !sketch.with_untracked(Sketch::is_complete) {
            add(());
        }
        nav.take(Step::FinishSketch);
    };
    let lost = Signal::derive(move || no_map.get() && here.at.with(Option::is_none));
    let incomplete = Signal::derive(move || match is_point {
        true => lost.get(),
        false => !sketch.with(Sketch::is_complete),
    });
    let add_words = move || {
        if !no_map.get() {
            return t_string!(words, map.draw_center).to_string();
        }
        let add = t_string!(words, map.corner_add);
        if lost.get() {
            return add.into();
        }
        let d = format::distance(locale.get(), here.accuracy_m.get());
        format!("{add} · ±{d}")
    };
    let done_words = if is_point {
        map::draw_done
    } else {
        map::draw_finish
    };
    put_away(sketch);
    if !is_point && keep(nav, sketch) {
        went_on(no_map);
    }
    let how_much = move || {
        let n = sketch.with(|sketch| sketch.points.len());
        let corners = || (n > 0).then(|| t_string!(words, map.corner_count, n = n));
        if sketch.with(Sketch::is_crossed) {
            return t_string!(words, map.draw_crossed).to_string();
        }
        measured.get().or_else(corners).unwrap_or_default()
    };
    let walked = RwSignal::new(String::new());
    let is_area = kind == PlaceType::Polygon;
    let foot = move || {
        let corners = (!is_point).then(|| {
            view! {
                <Button
                    icon=lu::LuUndo2
                    disabled=Signal::derive(move || sketch.with(|s| s.points.is_empty()))
                    on_press=move |()| nav.take(Step::CornerBack)
                >
                    {t!(words, map.draw_back)}
                </Button>
                <Button icon=lu::LuPlus disabled=lost on_press=add>
                    {add_words}
                </Button>
            }
        });
        let walk = (!is_point).then(|| view! { <GoRound sketch=sketch told=walked /> });
        let boxed = is_area.then(|| view! { <BoxTools sketch=sketch /> });
        view! {
            {or_nothing(walk)}
            {or_nothing(boxed)}
            {or_nothing(corners)}
            <Button weight=Weight::Primary icon=lu::LuCheck disabled=incomplete on_press=done>
                {move || match measured.get() {
                    Some(d) => t_string!(words, map.draw_done_line, d = d),
                    None => words.say(done_words).to_string(),
                }}
            </Button>
            <When is=move || is_area && sketch.with(Sketch::is_complete)>
                <GiveWay />
            </When>
        }
    };
    view! {
        <Panel
            title=words.live(title(kind))
            subtitle=Signal::derive(move || {
                if sketch.with(Sketch::is_crossed) {
                    t_string!(words, map.draw_crossed).to_string()
                } else if !walked.with(String::is_empty) {
                    walked.get()
                } else if sketch.with(Sketch::is_complete) && !no_map.get() {
                    t_string!(words, map.draw_more).to_string()
                } else {
                    told.get()
                }
            })
            leave=Leave::Back
            foot=foot
        >
            <div class="stack">
                <p class="figure" role="status">{how_much}</p>
                <When is=move || no_map.get()>
                    <Walk sketch=sketch here=here />
                </When>
            </div>
        </Panel>
    }
}

/// The place under the crosshair.
fn middle(link: MapLink) -> Option<LonLat> {
    let map = link.handle;
    map.with_untracked(|map| Some(map.as_ref()?.middle()))
}

/// Offers a drawing again that was left before it was finished: by "back" on a phone, say.
/// Its corners are kept besides; without a map the panel shows them, and offers nothing.
fn put_away(sketch: Memo<Sketch>) {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let toasts = expect_context::<Toasts>();
    let no_map = expect_context::<Place>().no_map;
    let last = StoredValue::new(None::<Sketch>);
    effect(move || {
        let now = sketch.get();
        if matches!(nav.mode.get_untracked(), Mode::Drawing(_)) {
            last.set_value((!now.points.is_empty()).then_some(now));
        }
    });
    on_cleanup(move || {
        let left = matches!(
            nav.now().mode,
            Mode::Browsing | Mode::MyWork | Mode::Completion
        );
        if let (true, false, Some(sketch)) = (left, no_map.get_untracked(), last.get_value()) {
            let again = Callback::new(move |()| nav.take(Step::DrawOn(sketch.clone())));
            let left = untrack(|| t_string!(words, map.draw_left));
            toasts.offer(left, map::draw_on, Some(again));
        }
    });
}

/// Says on the map that the corners from last time are there, with the way to begin anew;
/// beside it the panel does.
fn went_on(no_map: RwSignal<bool>) {
    let words = use_words();
    let toasts = expect_context::<Toasts>();
    let take_out = undoable();
    if !no_map.get_untracked() {
        let anew = Callback::new(move |()| take_out(Step::Sketched(Vec::new())));
        // Behind the change of screen, which takes notices away.
        request_animation_frame(move || {
            let kept = untrack(|| t_string!(words, map.corners_kept));
            toasts.offer(kept, map::corners_anew, Some(anew));
        });
    }
}
