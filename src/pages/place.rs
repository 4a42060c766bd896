//! A drawn place's card: where it is and how long or large.

use super::rounds::RoundButton;
use crate::{
    components::{
        button::{Button, Weight},
        icon::lu,
        live::{maybe, or_nothing},
        panel::{Leave, Panel},
        trouble::TroubleThere,
    },
    locales::{Word, keys::map, t, t_string, use_words},
    mode::{Point, Sketch, Step},
    number,
    state::{asking, format, nav::Nav, prefs::Prefs, session::Session},
    worker::protocol::{PlaceCard, PlaceDetail, Shape},
};
use leptos::prelude::*;
use mendmap_core::catalog::PlaceType;

/// The drawing as the worker wants it; none while it is not finished.
pub fn shape(sketch: &Sketch) -> Option<Shape> {
    if !sketch.is_complete() {
        return None;
    }
    Some(match sketch.shape {
        PlaceType::Point => Shape::Point(*sketch.points.first()?),
        PlaceType::Line => Shape::Line(sketch.points.clone()),
        PlaceType::Polygon => Shape::Polygon(sketch.points.clone()),
    })
}

/// How long or large a drawing is, in words.
pub fn measure(locale: crate::locales::Locale, detail: &PlaceDetail) -> Option<String> {
    let length = detail.length_m.as_ref().map(|m| format::metres(locale, m));
    length.or_else(|| {
        detail
            .area_m2
            .as_ref()
            .map(|m| format::square_metres(locale, m))
    })
}

/// Where a place is, as people type it too: see [`crate::state::entry::read_place`].
pub fn coordinates([lon, lat]: Point) -> String {
    [lat, lon]
        .map(|degrees| number::text(degrees, 6))
        .join(", ")
}

/// What a drawing is called.
pub fn title(shape: PlaceType) -> Word {
    match shape {
        PlaceType::Point => map::place,
        PlaceType::Line => map::place_line,
        PlaceType::Polygon => map::place_area,
    }
}

/// The card of a drawn place.
#[component]
pub fn PlacePage(
    /// The drawing.
    sketch: Sketch,
) -> impl IntoView {
    let words = use_words();
    let nav = expect_context::<Nav>();
    let session = expect_context::<Session>();
    let locale = expect_context::<Prefs>().locale;
    let asked = shape(&sketch);
    let answer = asking::follow(session, move || {
        session.layers.track();
        let shape = asked.clone()?;
        session
            .catalog
            .with(Option::is_some)
            .then_some(PlaceCard { shape })
    });
    let detail = answer.good;
    let kind = sketch.shape;
    let street = move || {
        let street = detail.get()?.street?;
        Some(t_string!(words, map.near_street, street = street))
    };
    let foot = move || {
        view! {
            {or_nothing((kind == PlaceType::Polygon).then(|| view! { <RoundButton /> }))}
            <Button weight=Weight::Primary icon=lu::LuMapPin on_press=move |()| nav.take(Step::Plot)>
                {t!(words, task.plot)}
            </Button>
        }
    };
    // Of a line or an area no one place says where it is.
    let first = match sketch.points[..] {
        [place] => Some(place),
        _ => None,
    };
    let facts = maybe(move || {
        let detail = detail.get()?;
        let measured = measure(locale.get(), &detail);
        let label = if detail.length_m.is_some() {
            t!(words, map.length)
        } else {
            t!(words, map.area)
        };
        Some(view! {
            {or_nothing(measured.map(|m| view! { <dt>{label}</dt><dd class="figure">{m}</dd> }))}
            {or_nothing(detail.street.map(|s| view! { <dt>{t!(words, task.street)}</dt><dd>{s}</dd> }))}
            {or_nothing(detail.community.map(|c| view! { <dt>{t!(words, map.community)}</dt><dd>{c}</dd> }))}
        })
    });
    view! {
        <Panel
            title=words.live(title(kind))
            subtitle=Signal::derive(move || street().unwrap_or_default())
            leave=if kind == PlaceType::Point { Leave::Close } else { Leave::Back }
            linked=true
            foot=foot
        >
            <div class="stack">
                <TroubleThere trouble=answer.trouble />
                <dl class="facts">
                    {facts}
                    {or_nothing(first.map(|at| view! {
                        <dt>{t!(words, map.coordinates)}</dt>
                        <dd>{coordinates(at)}</dd>
                    }))}
                </dl>
                {maybe(move || {
                    let detail = detail.get()?;
                    let find = (!detail.work.is_empty()).then(|| {
                        view! {
                            <Button icon=lu::LuTriangleAlert on_press=move |()| nav.take(Step::Find)>
                                {t!(words, task.find)}
                            </Button>
                        }
                    });
                    let add = (!detail.kinds.is_empty()).then(|| {
                        view! {
                            <Button icon=lu::LuMapPinPlus on_press=move |()| nav.take(Step::Add)>
                                {t!(words, said.add)}
                            </Button>
                        }
                    });
                    Some(view! { <div class="buttons">{or_nothing(find)}{or_nothing(add)}</div> })
                })}
            </div>
        </Panel>
    }
}
