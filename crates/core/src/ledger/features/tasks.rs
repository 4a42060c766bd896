//! The tasks behind the lines of the ledger, each where it was done.

use super::{Property, collection, feature, json, label};
use crate::ledger::counting::targets;
use crate::ledger::{Asked, Listed, list};
use crate::log::{Position, Shape, Target};
use crate::network::Network;
use crate::task::{State, Task};
use crate::told::Language;

/// The tasks that [`list`] has, in its order, as a GeoJSON file: a feature for each task and kind of work.
///
/// The geometry of work that was reported along lines is the stretches of them, as `lines` have them. Else it is
/// what was plotted: the drawing of a place; the point that stands for an asset; of a
/// round the points of the assets that are ticked, or of all where none is. `reported` is how much of
/// the kind the report says, in `unit`; `verified` the same once it was checked; `counts` says whether it
/// is in the ledger's figure.
pub fn task_features(asked: &Asked<'_>, lines: &Network, language: Language) -> String {
    let one = |one: &Listed<'_>| {
        let geometry = along(one, lines).or_else(|| plotted(one.task));
        feature(geometry, &properties(asked, one, language))
    };
    let features: Vec<String> = list(asked).iter().map(one).collect();
    collection(&features)
}

fn properties(asked: &Asked<'_>, one: &Listed<'_>, language: Language) -> Vec<Property> {
    let catalog = asked.catalog;
    let target = one.task.target.any().map(|target| &**target);
    let asset = match target {
        Some(Target::Asset(asset)) => Some(asset),
        _ => None,
    };
    let place = match target {
        Some(Target::Place(place)) => place.name.as_ref(),
        Some(Target::Round(round)) => round.name.as_ref(),
        _ => None,
    };
    let at = one.task.report.any().map(|report| &report.snapshot);
    // Several where people decided differently.
    let crews = |of: &dyn Fn(&crate::catalog::CrewId) -> String| {
        let crews: Vec<String> = one.crews.iter().map(of).collect();
        (!crews.is_empty()).then(|| crews.join(" / "))
    };
    let named = |id: &crate::catalog::CrewId| {
        let known = catalog.crews.iter().find(|crew| crew.id == *id);
        known.map_or_else(
            || id.to_string(),
            |crew| label(language, &crew.label).to_owned(),
        )
    };
    let unit = catalog.unit(&one.work.unit);
    let verified = one.quantity.filter(|_| one.task.state == State::Verified);
    vec![
        ("task", json(&one.task.uid)),
        ("work", json(&one.work.id)),
        ("work_name", json(label(language, &one.work.label))),
        ("asset", json(&asset.map(|asset| asset.uid))),
        ("asset_kind", json(&asset.map(|asset| &asset.kind))),
        ("asset_code", json(&asset.and_then(|a| a.code.as_ref()))),
        ("asset_name", json(&asset.and_then(|a| a.name.as_ref()))),
        ("assets", json(&targets(one.task).len())),
        ("place", json(&place)),
        ("street", json(&at.and_then(|at| at.street.as_ref()))),
        ("community", json(&at.and_then(|at| at.community.as_ref()))),
        ("crew", json(&crews(&|id| id.to_string()))),
        ("crew_name", json(&crews(&named))),
        ("state", json(&one.task.state)),
        ("counts", json(&one.counts)),
        ("done_on", json(&one.done_on.map(|day| day.to_string()))),
        ("reported", json(&one.quantity.map(|q| q.to_string()))),
        ("verified", json(&verified.map(|q| q.to_string()))),
        ("unit", json(&one.work.unit)),
        (
            "unit_name",
            json(&unit.map(|unit| label(language, &unit.label))),
        ),
    ]
}

/// The stretches along which the work was done; none where the report has none, or the lines are not there any
/// more.
fn along(one: &Listed<'_>, lines: &Network) -> Option<String> {
    let report = one.task.report.any()?;
    let of_work = report.lines.iter().filter(|line| line.work == one.work.id);
    let stretches = of_work.flat_map(|line| &line.covered);
    let pieces = stretches.flat_map(|stretch| lines.drawn(*stretch));
    let pieces: Vec<String> = pieces
        .map(|piece| {
            let places = piece
                .iter()
                .map(|at| Position::from_degrees(at.lon, at.lat));
            run(&places.flatten().collect::<Vec<_>>())
        })
        .collect();
    (!pieces.is_empty()).then(|| written("MultiLineString", &format!("[{}]", pieces.join(","))))
}

/// What was plotted; none where nothing can be drawn of it.
fn plotted(task: &Task) -> Option<String> {
    match &**task.target.any()? {
        Target::Asset(asset) => Some(written("Point", &asset.at.geojson())),
        Target::Round(round) => {
            let done = targets(task);
            let points = round.assets.iter().filter(|a| done.contains(&a.uid));
            let points: Vec<Position> = points.map(|asset| asset.at).collect();
            (!points.is_empty()).then(|| written("MultiPoint", &run(&points)))
        }
        Target::Place(place) => drawn(&place.shape),
    }
}

fn drawn(shape: &Shape) -> Option<String> {
    match shape {
        Shape::Point(at) => Some(written("Point", &at.geojson())),
        Shape::Line(line) => (line.len() > 1).then(|| written("LineString", &run(line))),
        Shape::Polygon(rings) => {
            let outer = rings.first().filter(|ring| ring.len() > 2)?;
            let holes = rings.iter().skip(1).filter(|ring| ring.len() > 2);
            let rings = std::iter::once(closed(outer, true));
            let rings: Vec<String> = rings.chain(holes.map(|hole| closed(hole, false))).collect();
            Some(written("Polygon", &format!("[{}]", rings.join(","))))
        }
    }
}

fn written(kind: &str, coordinates: &str) -> String {
    format!("{{\"type\":\"{kind}\",\"coordinates\":{coordinates}}}")
}

fn run(positions: &[Position]) -> String {
    let positions: Vec<String> = positions.iter().map(Position::geojson).collect();
    format!("[{}]", positions.join(","))
}

/// A ring whose first position is repeated, counterclockwise or clockwise: outer rings go the one way and
/// holes the other (RFC 7946, 3.1.6).
fn closed(ring: &[Position], counterclockwise: bool) -> String {
    let mut ring = ring.to_vec();
    if is_counterclockwise(&ring) != counterclockwise {
        ring.reverse();
    }
    ring.extend(ring.first().copied());
    run(&ring)
}

fn is_counterclockwise(ring: &[Position]) -> bool {
    let next = ring.iter().cycle().skip(1);
    let far = |a: i32, b: i32| i128::from(a) * i128::from(b);
    let twice = ring
        .iter()
        .zip(next)
        .map(|(a, b)| far(a.lon, b.lat) - far(b.lon, a.lat));
    twice.sum::<i128>() > 0
}
