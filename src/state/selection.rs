//! What is selected, lit up on the map and brought into sight.

use super::{asking, effect::effect, map_link::MapLink, nav::Nav, session::Session};
use crate::{
    mode::{Mode, Sketch, Target},
    number,
    worker::protocol::{AssetCard, TaskCard},
};
use leptos::prelude::*;
use mendmap_core::{
    catalog::{AssetKindId, PlaceType},
    geodesy::LonLat,
    task::Mark,
};

/// Below this zoom assets are no more than dots: what is selected is then flown to…
const FAR: f64 = 15.0;
/// …and shown at this one.
const CLOSE: f64 = 17.0;

/// What is selected.
#[derive(Debug, Clone, PartialEq)]
pub struct Lit {
    /// Its geometry as GeoJSON text.
    geometry: String,
    /// The places that must be in sight.
    pub places: Vec<LonLat>,
    /// The kind and the mark of an asset.
    symbol: Option<(AssetKindId, Mark)>,
}

/// What is selected, while something is.
pub type Selected = Memo<Option<Lit>>;

/// Lights up what is selected, and brings it into sight.
pub fn follow_selection(link: MapLink) -> Selected {
    let nav = expect_context::<Nav>();
    let session = expect_context::<Session>();
    let asset = asking::follow(session, move || {
        session.layers.track();
        // Somebody may say, or take back, that it stands elsewhere.
        session.turns.track();
        session.catalog.with(Option::is_some).then_some(())?;
        match nav.mode.get() {
            Mode::AssetSelected(uid)
            | Mode::Plotting(Target::Asset(uid))
            | Mode::Finding(Target::Asset(uid))
            | Mode::Amending(uid, _)
            | Mode::Stopping(_, uid)
            | Mode::Checking(_, _, Some(uid)) => Some(AssetCard { uid }),
            _ => None,
        }
    });
    let task = asking::follow(session, move || {
        session.catalog.with(Option::is_some).then_some(())?;
        match nav.mode.get() {
            Mode::TaskSelected(uid) | Mode::Reporting(uid) | Mode::Checking(uid, _, None) => {
                Some(TaskCard { uid })
            }
            _ => None,
        }
    });
    let selected: Selected = Memo::new(move |_| match nav.mode.get() {
        Mode::AssetSelected(uid)
        | Mode::Plotting(Target::Asset(uid))
        | Mode::Finding(Target::Asset(uid))
        | Mode::Amending(uid, _)
        | Mode::Stopping(_, uid)
        | Mode::Checking(_, _, Some(uid)) => {
            let detail = asset.good.get()??;
            let asset = detail.asset;
            (asset.summary.uid == uid).then_some(Lit {
                geometry: asset.geometry,
                places: vec![asset.summary.at],
                symbol: Some((asset.summary.kind, detail.mark)),
            })
        }
        Mode::TaskSelected(uid) | Mode::Reporting(uid) | Mode::Checking(uid, _, None) => {
            let target = task.good.get()??.task.summary;
            // A round is lit up by its own card, stop by stop.
            if target.ticked.is_some() {
                return None;
            }
            let target = (target.uid == uid).then_some(target.target)??;
            Some(drawn(&match target.place {
                Some(shape) => Sketch {
                    shape,
                    points: target
                        .shape
                        .first()?
                        .iter()
                        .map(|at| [at.0, at.1])
                        .collect(),
                },
                None => Sketch::point(target.position?.into()),
            }))
        }
        Mode::PlaceSelected(sketch)
        | Mode::Adding(sketch)
        | Mode::Finding(Target::Place(sketch))
        | Mode::Plotting(Target::Place(sketch) | Target::Inside(sketch)) => Some(drawn(&sketch)),
        _ => None,
    });
    effect(move || {
        let several = link.lit.get();
        if !several.is_empty() {
            return link.with(|map| map.light(&several));
        }
        let lit = selected.get();
        let symbol = lit.as_ref().and_then(|lit| lit.symbol.as_ref());
        link.with(|map| {
            map.select(
                lit.as_ref().map(|lit| lit.geometry.as_str()),
                symbol.map(|(kind, mark)| (kind, *mark)),
            );
        });
    });
    // A mark that turns does not bring a map back that was moved meanwhile.
    let in_sight = Memo::new(move |_| selected.with(|lit| Some(lit.as_ref()?.places.clone())));
    effect(move || {
        let places = in_sight.get();
        link.with(|map| match places.as_deref() {
            Some([at]) if map.view().zoom < FAR => map.fly_to(*at, CLOSE),
            Some(places) => map.reveal(places),
            None => {}
        });
    });
    selected
}

/// A drawing, all of which must be in sight.
fn drawn(sketch: &Sketch) -> Lit {
    Lit {
        geometry: geojson(sketch),
        places: places(sketch),
        symbol: None,
    }
}

/// A drawing's corners.
pub fn places(sketch: &Sketch) -> Vec<LonLat> {
    sketch.points.iter().copied().map(LonLat::from).collect()
}

/// A drawing as the text of a GeoJSON geometry.
fn geojson(sketch: &Sketch) -> String {
    let corners = |points: &mut dyn Iterator<Item = &[f64; 2]>| -> String {
        points
            .map(|at| format!("[{}]", at.map(|degrees| number::text(degrees, 7)).join(",")))
            .collect::<Vec<_>>()
            .join(",")
    };
    let points = sketch.points.iter();
    // One corner is no line yet.
    let shape = match sketch.points.len() {
        1 => PlaceType::Point,
        _ => sketch.shape,
    };
    match shape {
        PlaceType::Point => {
            let at = corners(&mut points.take(1));
            format!(r#"{{"type":"Point","coordinates":{at}}}"#)
        }
        PlaceType::Line => {
            let line = corners(&mut points.clone());
            format!(r#"{{"type":"LineString","coordinates":[{line}]}}"#)
        }
        PlaceType::Polygon => {
            let ring = corners(&mut points.chain(sketch.points.first()));
            format!(r#"{{"type":"Polygon","coordinates":[[{ring}]]}}"#)
        }
    }
}
