//! Every query against brute force over all assets, with geometry by `geo`.

use super::fixture::{city, feature, layer};
use crate::catalog::{AssetKindId, GeometryType};
use crate::city::{AssetSummary, City, Filter};
use crate::geodesy::{Bbox, Local, LonLat};
use geo::{Contains, Distance, Euclidean, Intersects, Length, MapCoords};
use geo_types::{Coord, Geometry, LineString, Point, Polygon, Rect};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What is so near a border that rounding decides may be in or out.
const HAIR_M: f64 = 1e-6;

/// A place in a small town.
pub(super) fn place() -> impl Strategy<Value = LonLat> {
    (123.49..123.51f64, 43.51..43.53f64).prop_map(|(lon, lat)| LonLat::new(lon, lat))
}

fn positions(places: &[LonLat]) -> Value {
    places.iter().map(|&p| json!(p)).collect()
}

/// A ring that does not cross itself: rays around a middle.
fn ring() -> impl Strategy<Value = Vec<LonLat>> {
    star().prop_map(|(_, ring)| ring)
}

/// The middle and the ring.
fn star() -> impl Strategy<Value = (LonLat, Vec<LonLat>)> {
    let rays = prop::collection::vec(0.0005..0.004f64, 3..8);
    (place(), rays).prop_map(|(middle, rays)| {
        let turn = std::f64::consts::TAU / rays.len() as f64;
        let corner = |(i, ray): (usize, &f64)| {
            let (sin, cos) = (turn * i as f64).sin_cos();
            LonLat::new(middle.lon + ray * cos, middle.lat + ray * sin)
        };
        let mut ring: Vec<_> = rays.iter().enumerate().map(corner).collect();
        ring.push(ring[0]);
        (middle, ring)
    })
}

pub(super) fn features() -> impl Strategy<Value = [Vec<Value>; 3]> {
    let point = || {
        (place(), prop::sample::select(vec!["manhole", "lamp"])).prop_map(|(p, kind)| {
            feature(
                json!({"type": "Point", "coordinates": p}),
                json!({"kind": kind}),
            )
        })
    };
    let points = prop::collection::vec(place(), 1..4).prop_map(|ps| {
        feature(
            json!({"type": "MultiPoint", "coordinates": positions(&ps)}),
            Value::Null,
        )
    });
    let line = prop::collection::vec(place(), 2..6).prop_map(|ps| {
        feature(
            json!({"type": "LineString", "coordinates": positions(&ps)}),
            Value::Null,
        )
    });
    let area = (star(), any::<bool>()).prop_map(|((middle, outer), holed)| {
        let shrink = |p: &LonLat| {
            LonLat::new(
                middle.lon + (p.lon - middle.lon) / 9.0,
                middle.lat + (p.lat - middle.lat) / 9.0,
            )
        };
        let hole: Vec<_> = outer.iter().rev().map(shrink).collect();
        let rings = if holed {
            vec![positions(&outer), positions(&hole)]
        } else {
            vec![positions(&outer)]
        };
        feature(
            json!({"type": "Polygon", "coordinates": rings}),
            Value::Null,
        )
    });
    let areas = (ring(), ring()).prop_map(|(a, b)| {
        let polygons = json!([[positions(&a)], [positions(&b)]]);
        feature(
            json!({"type": "MultiPolygon", "coordinates": polygons}),
            Value::Null,
        )
    });
    (
        prop::collection::vec(prop_oneof![4 => point(), 1 => points], 0..30),
        prop::collection::vec(line, 0..12),
        prop::collection::vec(prop_oneof![4 => area, 1 => areas], 0..12),
    )
        .prop_map(|(points, lines, areas)| [points, lines, areas])
}

pub(super) fn town(features: &[Vec<Value>; 3]) -> City {
    let [points, lines, areas] = features;
    city(&[("points", points), ("roads", lines), ("communities", areas)])
}

/// All assets with their geometry as `geo` has it.
pub(super) fn all(city: &City) -> Vec<(AssetSummary, Geometry<f64>)> {
    let kinds: Vec<_> = city
        .catalog()
        .asset_kinds
        .iter()
        .map(|k| k.id.clone())
        .collect();
    let with_geometry = |asset: AssetSummary| {
        let value = city.asset(&asset.uid).unwrap().geometry;
        let geometry: geojson::GeometryValue = serde_json::from_str(&value).unwrap();
        (asset, Geometry::try_from(geometry).unwrap())
    };
    city.assets_of(&kinds).map(with_geometry).collect()
}

fn flat(geometry: &Geometry<f64>, local: &Local) -> Geometry<f64> {
    geometry.map_coords(|c| {
        let [x, y] = local.metres(LonLat::new(c.x, c.y));
        Coord { x, y }
    })
}

fn line(places: &[LonLat]) -> LineString<f64> {
    places
        .iter()
        .map(|p| Coord { x: p.lon, y: p.lat })
        .collect()
}

fn metres(geometry: &Geometry<f64>, at: LonLat) -> f64 {
    let flat = flat(geometry, &Local::at(at));
    Euclidean.distance(&Geometry::Point(Point::new(0.0, 0.0)), &flat)
}

/// A filter, and what it lets pass.
fn filter() -> impl Strategy<Value = Filter> {
    let layers = prop::sample::subsequence(vec!["points", "roads", "communities"], 0..4);
    let kinds = prop::sample::subsequence(vec!["manhole", "lamp", "road", "community"], 0..5);
    let ids = |layers: Vec<&str>| layers.into_iter().map(layer).collect();
    let kind_ids = |kinds: Vec<&str>| kinds.into_iter().map(|k| AssetKindId(k.into())).collect();
    (
        prop::option::of(layers.prop_map(ids)),
        prop::option::of(kinds.prop_map(kind_ids)),
    )
        .prop_map(|(layers, kinds)| Filter { layers, kinds })
}

fn passes(filter: &Filter, asset: &AssetSummary) -> bool {
    filter
        .layers
        .as_ref()
        .is_none_or(|l| l.contains(&asset.layer))
        && filter
            .kinds
            .as_ref()
            .is_none_or(|k| k.contains(&asset.kind))
}

/// The answer holds all that surely belong and nothing that surely does not.
fn same_set<'a>(
    answer: impl Iterator<Item = &'a AssetSummary>,
    truth: impl Iterator<Item = (&'a AssetSummary, Option<bool>)>,
) -> Result<(), TestCaseError> {
    let mut answer: Vec<_> = answer.map(|a| a.uid).collect();
    let count = answer.len();
    answer.sort_unstable();
    answer.dedup();
    prop_assert_eq!(answer.len(), count, "something twice");
    let answer: BTreeSet<_> = answer.into_iter().collect();
    for (asset, belongs) in truth {
        if let Some(belongs) = belongs {
            prop_assert_eq!(answer.contains(&asset.uid), belongs, "{:?}", asset);
        }
    }
    Ok(())
}

/// Whether a distance is within a reach; unsure at a hair.
fn within(distance: f64, reach: f64) -> Option<bool> {
    ((distance - reach).abs() > HAIR_M).then_some(distance < reach)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn tap(features in features(), at in place(), radius in 0.0..400.0f64,
        visible in prop::sample::subsequence(vec!["points", "roads", "communities"], 0..4),
    ) {
        let city = town(&features);
        let visible: Vec<_> = visible.into_iter().map(layer).collect();
        let hits = city.tap(at, radius, &visible);
        let all = all(&city);
        let truth = all.iter().map(|(asset, geometry)| {
            let seen = visible.contains(&asset.layer);
            (asset, if seen { within(metres(geometry, at), radius) } else { Some(false) })
        });
        same_set(hits.iter().map(|hit| &hit.asset), truth)?;
        let rank = |hit: &crate::city::Hit| {
            let kind = city.catalog().asset_kind(&hit.asset.kind).unwrap();
            let shape = match kind.geometry {
                GeometryType::Point => 0,
                GeometryType::Line => 1,
                GeometryType::Polygon => 2,
            };
            (-i32::from(kind.priority), shape, hit.metres)
        };
        for hit in &hits {
            let (_, geometry) = all.iter().find(|(asset, _)| asset == &hit.asset).unwrap();
            prop_assert!((hit.metres - metres(geometry, at)).abs() < HAIR_M);
        }
        prop_assert!(hits.is_sorted_by(|a, b| rank(a) <= rank(b)));
    }

    #[test]
    fn nearest(features in features(), at in place(), k in 0..70usize, filter in filter()) {
        let city = town(&features);
        let near = city.nearest(at, k, None, &filter);
        let hits = near.hits;
        let mut truth: Vec<f64> = all(&city)
            .iter()
            .filter(|(asset, _)| passes(&filter, asset))
            .map(|(_, geometry)| metres(geometry, at))
            .collect();
        truth.sort_by(f64::total_cmp);
        prop_assert_eq!(near.total, truth.len());
        truth.truncate(k);
        prop_assert_eq!(hits.len(), truth.len());
        for (hit, metres) in hits.iter().zip(truth) {
            prop_assert!(passes(&filter, &hit.asset));
            prop_assert!((hit.metres - metres).abs() < HAIR_M, "{} {metres}", hit.metres);
        }
        same_set(hits.iter().map(|hit| &hit.asset), std::iter::empty())?;
    }

    #[test]
    fn in_an_area(features in features(), star in prop::option::of(star()), filter in filter()) {
        let city = town(&features);
        // A star, made large, with a hole half its size.
        let grown = |(middle, ring): &(LonLat, Vec<LonLat>), factor: f64| -> Vec<LonLat> {
            let grow = |at: f64, from: f64| from + (at - from) * factor;
            let ring = ring.iter();
            ring.map(|p| LonLat::new(grow(p.lon, middle.lon), grow(p.lat, middle.lat))).collect()
        };
        let rings: Vec<_> = star.iter().flat_map(|s| [grown(s, 4.0), grown(s, 2.0)]).collect();
        let found = city.within(&rings, &filter);
        let polygon = Polygon::new(
            rings.first().map_or(LineString::new(vec![]), |r| line(r)),
            rings.iter().skip(1).map(|r| line(r)).collect(),
        );
        let all = all(&city);
        let truth = all.iter().map(|(asset, _)| {
            let point = Point::new(asset.at.lon, asset.at.lat);
            (asset, Some(passes(&filter, asset) && polygon.contains(&point)))
        });
        same_set(found.iter(), truth)?;
    }

    #[test]
    fn in_a_box(features in features(), a in place(), b in place(), filter in filter()) {
        let city = town(&features);
        let bbox = Bbox::from(a).with(b);
        let found = city.within_box(bbox, &filter);
        let all = all(&city);
        let truth = all.iter().map(|(asset, _)| {
            (asset, Some(passes(&filter, asset) && bbox.contains(asset.at)))
        });
        same_set(found.iter(), truth)?;
    }

    #[test]
    fn on_a_street_or_in_a_community_of_a_name(
        features in features(), names in prop::collection::vec(0..3usize, 24), filter in filter(),
    ) {
        let [points, mut lines, mut areas] = features;
        for (feature, name) in lines.iter_mut().chain(&mut areas).zip(names) {
            let name = ["a", "b", "c"][name];
            feature["properties"] = json!({ "ObjName": name });
        }
        let city = town(&[points, lines, areas]);
        let all = all(&city);
        for name in ["a", "b"] {
            let is_named = |asset: &AssetSummary| asset.name.as_deref() == Some(name);
            let found = city.in_community(name, &filter);
            let around = || all.iter().filter(|(area, _)| area.kind.0 == "community" && is_named(area));
            let truth = all.iter().map(|(asset, _)| {
                let point = Point::new(asset.at.lon, asset.at.lat);
                let lies = around().any(|(_, geometry)| geometry.contains(&point));
                (asset, Some(lies && passes(&filter, asset)))
            });
            same_set(found.iter(), truth)?;
            let found = city.on_street(name, &filter);
            let truth = all.iter().map(|(asset, _)| {
                let stands = match asset.kind.0.as_str() {
                    "road" | "community" => false,
                    _ => city.street_of(&asset.uid).as_deref() == Some(name),
                };
                (asset, Some(stands && passes(&filter, asset)))
            });
            same_set(found.iter(), truth)?;
        }
    }

    #[test]
    fn inside_an_area(features in features(), filter in filter()) {
        let city = town(&features);
        let all = all(&city);
        for (area, geometry) in &all {
            let found = city.inside(&area.uid, &filter);
            let is_area = matches!(geometry, Geometry::Polygon(_) | Geometry::MultiPolygon(_));
            prop_assert_eq!(found.is_some(), is_area);
            let truth = all.iter().map(|(asset, _)| {
                let point = Point::new(asset.at.lon, asset.at.lat);
                let lies = is_area && passes(&filter, asset) && geometry.contains(&point);
                (asset, Some(lies))
            });
            same_set(found.iter().flatten(), truth)?;
        }
    }

    #[test]
    fn the_point_of_an_asset_is_on_it(features in features()) {
        for (asset, geometry) in all(&town(&features)) {
            prop_assert!(metres(&geometry, asset.at) < HAIR_M, "{:?}", asset);
        }
    }

    #[test]
    fn in_view(
        features in features(), a in place(), b in place(), narrow in any::<bool>(),
        at in place(), limit in 0..40usize, filter in filter(),
    ) {
        let city = town(&features);
        // A narrow view may lie wholly inside an area.
        let share = if narrow { 0.02 } else { 1.0 };
        let b = LonLat::new(a.lon + (b.lon - a.lon) * share, a.lat + (b.lat - a.lat) * share);
        let bbox = Bbox::from(a).with(b);
        let rect = Rect::new((bbox.west, bbox.south), (bbox.east, bbox.north));
        let view = city.nearest(at, usize::MAX, Some(bbox), &filter);
        let all = all(&city);
        let truth = all.iter().map(|(asset, geometry)| {
            (asset, Some(passes(&filter, asset) && geometry.intersects(&rect)))
        });
        same_set(view.hits.iter().map(|hit| &hit.asset), truth)?;
        prop_assert!(view.hits.is_sorted_by(|a, b| a.metres <= b.metres));
        let first = city.nearest(at, limit, Some(bbox), &filter);
        prop_assert_eq!(first.total, view.hits.len());
        prop_assert_eq!(&first.hits[..], &view.hits[..limit.min(view.total)]);
    }

    #[test]
    fn beside_a_line(
        features in features(), places in prop::collection::vec(place(), 1..5),
        reach in 0.0..300.0f64, filter in filter(),
    ) {
        let city = town(&features);
        let found = city.along(&places, reach, &filter);
        let local = Local::at(Bbox::around(places.iter().copied()).unwrap().center());
        let path = match places[..] {
            [only] => line(&[only, only]),
            _ => line(&places),
        };
        let path = flat(&Geometry::LineString(path), &local);
        let all = all(&city);
        let offset = |geometry: &Geometry<f64>| Euclidean.distance(&path, &flat(geometry, &local));
        let truth = all.iter().map(|(asset, geometry)| {
            let passes = passes(&filter, asset);
            (asset, if passes { within(offset(geometry), reach) } else { Some(false) })
        });
        same_set(found.iter().map(|b| &b.asset), truth)?;
        prop_assert!(found.is_sorted_by(|a, b| a.along_m <= b.along_m));
        let Geometry::LineString(path) = &path else { unreachable!() };
        for beside in &found {
            let (_, geometry) = all.iter().find(|(asset, _)| asset == &beside.asset).unwrap();
            prop_assert!((beside.offset_m.abs() - offset(geometry)).abs() < HAIR_M);
            // The place it tells is as near as it says.
            prop_assert!(beside.along_m <= Euclidean.length(path) + HAIR_M);
            let told = Geometry::Point(after(path, beside.along_m));
            let told = Euclidean.distance(&told, &flat(geometry, &local));
            prop_assert!((told - beside.offset_m.abs()).abs() < HAIR_M, "{beside:?} {told}");
        }
    }
}

/// The point after some metres of a line.
fn after(path: &LineString<f64>, mut metres: f64) -> Point<f64> {
    for segment in path.lines() {
        let length = Euclidean.length(&segment);
        if metres <= length && length > 0.0 {
            let (a, d) = (segment.start, segment.delta());
            return Point(a + d * (metres / length));
        }
        metres -= length;
    }
    path.points().next_back().unwrap()
}

#[test]
fn left_is_left() {
    let point = |lon: f64, lat: f64| {
        feature(
            json!({"type": "Point", "coordinates": [lon, lat]}),
            json!({"ObjName": format!("{lat}")}),
        )
    };
    let city = city(&[(
        "points",
        &[point(123.505, 43.5201), point(123.502, 43.5199)],
    )]);
    let east = [LonLat::new(123.5, 43.52), LonLat::new(123.51, 43.52)];
    let found = city.along(&east, 50.0, &Filter::all());
    let told: Vec<_> = found
        .iter()
        .map(|b| (b.along_m.round(), b.offset_m.round()))
        .collect();
    assert_eq!(told, [(162.0, -11.0), (404.0, 11.0)]);
}
