//! Drawing: the panel that says what to do and how long or large it is so far.

use super::place::{measure, shape, title};
use crate::{
    components::{
        button::{Button, Weight},
        icon::lu,
        live::or_nothing,
        panel::{Leave, Panel},
    },
    locales::{t, t_string, use_words},
    map::MapHandle,
    mode::{Mode, Sketch, Step},
    state::{
        asking,
        map_link::{MapLink, locate_words},
        nav::Nav,
        place::Place,
        prefs::Prefs,
        session::Session,
        toasts::Toasts,
    },
    worker::protocol::PlaceCard,
};
use leptos::prelude::*;
use mendmap_core::catalog::PlaceType;

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
    let sketch = Memo::new(move |_| match nav.mode.get() {
        Mode::Drawing(sketch) => sketch,
        _ => Sketch {
            shape: kind,
            points: Vec::new(),
        },
    });
    let answer = asking::follow(session, move || {
        Some(PlaceCard {
            shape: shape(&sketch.get())?,
        })
    });
    let measured = Signal::derive(move || {
        // A drawing that lost its corners has no length, whatever was answered before.
        sketch.with(Sketch::is_complete).then_some(())?;
        answer
            .good
            .with(|detail| measure(locale.get(), detail.as_ref()?))
    });
    let how = match kind {
        PlaceType::Point => t!(words, map.draw_point),
        PlaceType::Line => t!(words, map.draw_line),
        PlaceType::Polygon => t!(words, map.draw_area),
    };
    // Without a map a point is where this device is, or nowhere.
    let no_map = place.no_map.get_untracked();
    if no_map {
        let toasts = expect_context::<Toasts>();
        place.locate(move |error| toasts.show(locate_words(words, error), None));
    }
    let how = if no_map {
        t!(words, map.draw_here)
    } else {
        how
    };
    let add = move |()| link.ask(MapHandle::keyboard_draw_vertex_at_center);
    let back = move |()| link.ask(MapHandle::undo_draw_vertex);
    let done = move |()| {
        if kind == PlaceType::Point && !sketch.with_untracked(Sketch::is_complete) {
            let middle = || {
                link.handle
                    .with_untracked(|map| Some(map.as_ref()?.middle()))
            };
            let at = if no_map {
                place.me.get_untracked()
            } else {
                middle()
            };
            if let Some(at) = at {
                nav.take(Step::Sketched(vec![[at.lon, at.lat]]));
            }
        }
        link.ask(MapHandle::finish_draw);
        // The map says so too; a step that was taken leads nowhere a second time.
        nav.take(Step::FinishSketch);
    };
    let incomplete = Signal::derive(move || match kind {
        PlaceType::Point => no_map && place.me.with(Option::is_none),
        _ => !sketch.with(Sketch::is_complete),
    });
    let foot = move || {
        let corners = (kind != PlaceType::Point).then(|| {
            view! {
                <Button icon=lu::LuUndo2 disabled=Signal::derive(move || sketch.with(|s| s.points.is_empty())) on_press=back>
                    {t!(words, map.draw_back)}
                </Button>
                <Button icon=lu::LuPlus on_press=add>
                    {t!(words, map.draw_center)}
                </Button>
            }
        });
        view! {
            {or_nothing(corners)}
            <Button weight=Weight::Primary icon=lu::LuCheck disabled=incomplete on_press=done>
                {move || match measured.get() {
                    Some(d) => t_string!(words, map.draw_done_line, d = d),
                    None => t_string!(words, map.draw_done).to_string(),
                }}
            </Button>
        }
    };
    view! {
        <Panel
            title=words.live(title(kind))
            subtitle=how
            leave=Leave::Back
            foot=foot
        >
            <p class="figure" role="status">{move || measured.get().unwrap_or_default()}</p>
        </Panel>
    }
}
