//! Tiles, read by a decoder by others, against the geometry they are of.

use super::decode::{Decoded, decode};
use super::fixture::feature;
use super::queries::{all, features, place, town};
use crate::city::{City, TileId, tiles_touching};
use crate::geodesy::{Bbox, LonLat, mercator};
use crate::ids::AssetUid;
use geo::{BoundingRect, CoordsIter, Distance, Euclidean, Intersects, LinesIter, MapCoords};
use geo_types::{Coord, Geometry, Line, LineString, Point, Rect};
use proptest::prelude::*;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Grid points in half a pixel of a tile 512 pixels wide.
const HALF_A_PIXEL: f64 = 4.0;
/// Grid points a tile reaches beyond its edge.
const BUFFER: f64 = 128.0;

/// The tile in which a place is.
fn tile_at(at: LonLat, z: u8) -> TileId {
    let [x, y] = mercator::project(at).map(|t| (t * f64::from(1_u32 << z)) as u32);
    TileId { z, x, y }
}

/// A geometry in the grid of a tile, exactly.
fn in_tile(geometry: &Geometry<f64>, tile: TileId) -> Geometry<f64> {
    let scale = f64::from(1_u32 << tile.z);
    geometry.map_coords(|c| {
        let [x, y] = mercator::project(LonLat::new(c.x, c.y));
        let grid = |t: f64, origin: u32| (t * scale - f64::from(origin)) * 4096.0;
        Coord {
            x: grid(x, tile.x),
            y: grid(y, tile.y),
        }
    })
}

fn square(beyond: f64) -> Rect<f64> {
    Rect::new((-beyond, -beyond), (4096.0 + beyond, 4096.0 + beyond))
}

/// What is drawn of an asset, without the point that goes with an area.
fn drawn<'d>(city: &City, decoded: &'d [Decoded], uid: &AssetUid) -> Option<&'d Decoded> {
    let id = city.feature_id(uid)?;
    decoded.iter().find(|f| f.id == id)
}

/// The segments of its lines and rings.
fn lines(geometry: &Geometry<f64>) -> Vec<Line<f64>> {
    match geometry {
        Geometry::LineString(g) => g.lines_iter().collect(),
        Geometry::MultiLineString(g) => g.lines_iter().collect(),
        Geometry::Polygon(g) => g.lines_iter().collect(),
        Geometry::MultiPolygon(g) => g.lines_iter().collect(),
        _ => Vec::new(),
    }
}

/// Points every so often along the lines of a geometry, its points included.
fn sprinkle(geometry: &Geometry<f64>) -> Vec<Point<f64>> {
    let along =
        |l: Line<f64>| (0..=25).map(move |i| Point(l.start + l.delta() * (f64::from(i) / 25.0)));
    let corners = geometry.coords_iter().map(Point);
    corners
        .chain(lines(geometry).into_iter().flat_map(along))
        .collect()
}

/// How far a point is from the lines of a geometry, or from its points.
fn from_outline(point: Point<f64>, geometry: &Geometry<f64>) -> f64 {
    let to_lines = lines(geometry)
        .into_iter()
        .map(|line| Euclidean.distance(&point, &line));
    let to_points = geometry
        .coords_iter()
        .map(|c| Euclidean.distance(&point, &Point(c)));
    to_lines.chain(to_points).fold(f64::INFINITY, f64::min)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// From zoom 14 on a tile holds what lies in it and its margin, no less and no more.
    #[test]
    fn a_tile_holds_what_lies_in_it(features in features(), at in place(), z in 14..=20u8) {
        let city = town(&features);
        let tile = tile_at(at, z);
        let decoded = decode(city.tile(tile));
        prop_assert!(decoded.is_sorted_by_key(|f| f.id));
        for c in decoded.iter().flat_map(|f| f.geometry.coords_iter()) {
            prop_assert!((-128..=4224).contains(&c.x) && (-128..=4224).contains(&c.y), "{c:?}");
        }
        let mut held: BTreeSet<_> = decoded.iter().map(|f| f.id).collect();
        for (asset, geometry) in all(&city) {
            let geometry = in_tile(&geometry, tile);
            let id = city.feature_id(&asset.uid).unwrap();
            // The grid moves things by half a point; the border may be either way.
            let surely = geometry.intersects(&square(BUFFER - 2.0));
            let perhaps = geometry.intersects(&square(BUFFER + 2.0));
            let held = held.remove(&id);
            prop_assert!(held || !surely, "{asset:?} is missing");
            prop_assert!(!held || perhaps, "{asset:?} is not there");
        }
        prop_assert!(held.is_empty(), "{held:?} are of nothing");
    }

    /// What is drawn is within half a pixel of the truth, and the other way round.
    #[test]
    fn what_is_drawn_is_true(features in features(), at in place(), z in 11..=20u8) {
        let city = town(&features);
        let tile = tile_at(at, z);
        let decoded = decode(city.tile(tile));
        for (asset, truth) in all(&city) {
            let Some(drawn) = drawn(&city, &decoded, &asset.uid) else { continue };
            let truth = in_tile(&truth, tile);
            let drawn = drawn.geometry.map_coords(|c| Coord { x: f64::from(c.x), y: f64::from(c.y) });
            prop_assert_eq!(!lines(&truth).is_empty(), !lines(&drawn).is_empty());
            let seen = |p: &Point<f64>| square(0.0).intersects(p);
            for p in sprinkle(&drawn).into_iter().filter(seen) {
                let off = from_outline(p, &truth);
                prop_assert!(off <= HALF_A_PIXEL, "{asset:?} is drawn {off} off at {p:?}");
            }
            // Holes smaller than a few points may be filled.
            if z >= 13 || asset.layer.0 != "communities" {
                for p in sprinkle(&truth).into_iter().filter(seen) {
                    let off = from_outline(p, &drawn);
                    prop_assert!(off <= HALF_A_PIXEL, "{asset:?} is drawn {off} off at {p:?}");
                }
            }
        }
    }

    /// Rings run as the specification wants them, so that the decoder by others,
    /// which tells them apart by that, finds the polygons and holes that there are.
    #[test]
    fn areas_keep_their_holes(features in features(), at in place(), z in 10..=13u8) {
        let city = town(&features);
        let tile = tile_at(at, z);
        let decoded = decode(city.tile(tile));
        for (asset, truth) in all(&city) {
            let Some(drawn) = drawn(&city, &decoded, &asset.uid) else { continue };
            let truth = in_tile(&truth, tile);
            let Geometry::MultiPolygon(drawn) = &drawn.geometry else { continue };
            let holes: usize = drawn.iter().map(|p| p.interiors().len()).sum();
            let whole = truth.coords_iter().all(|c| square(BUFFER).intersects(&c));
            match truth {
                Geometry::Polygon(truth) => {
                    prop_assert_eq!(drawn.0.len(), 1);
                    let all = truth.interiors();
                    let wide = all.iter().filter(|hole| whole && narrow_side(hole) > 12.0);
                    prop_assert!((wide.count()..=all.len()).contains(&holes), "{asset:?}");
                }
                Geometry::MultiPolygon(truth) => {
                    prop_assert!(drawn.0.len() <= truth.0.len() && holes == 0);
                    prop_assert!(drawn.0.len() == truth.0.len() || !whole || z < 12);
                }
                odd => prop_assert!(false, "{odd:?}"),
            }
        }
    }

    /// An area that has a mark has one point that goes with it, in one tile of each zoom, and it
    /// is the asset's own; without a mark or a name it has none.
    #[test]
    fn every_area_that_is_marked_has_its_point_once(features in features(), z in 9..=17u8,
        marks in prop::collection::vec(0..2u8, 1..9)) {
        let mut city = town(&features);
        let marked = mark_some(&mut city, &marks);
        let areas: Vec<_> = all(&city).into_iter().filter(|(a, _)| a.layer.0 == "communities").collect();
        let mut points: BTreeMap<u64, Vec<(TileId, Geometry<i32>)>> = BTreeMap::new();
        let Some(bounds) = Bbox::around(areas.iter().map(|(a, _)| a.at)) else { return Ok(()) };
        for tile in tiles_touching(bounds, z) {
            for f in decode(city.tile(tile)) {
                if f.layer == "communities" && f.is_point() {
                    points.entry(f.id).or_default().push((tile, f.geometry));
                }
            }
        }
        for (asset, _) in areas {
            let id = city.feature_id(&asset.uid).unwrap();
            let found = points.remove(&id).unwrap_or_default();
            let is_marked = marked.get(&asset.uid).is_some_and(|&mark| mark != 0);
            prop_assert_eq!(found.len(), usize::from(is_marked), "{:?}", asset);
            let Some((tile, geometry)) = found.first() else { continue };
            let at = Point::new(asset.at.lon, asset.at.lat);
            let truth = in_tile(&Geometry::Point(at), *tile);
            let drawn = geometry.map_coords(|c| Coord { x: f64::from(c.x), y: f64::from(c.y) });
            prop_assert!(Euclidean.distance(&drawn, &truth) < 1.0);
        }
    }

    /// Neighbours agree about all that both show near their border.
    #[test]
    fn neighbours_agree(features in features(), at in place(), z in 9..=19u8, south in any::<bool>(),
        marks in prop::collection::vec(0..2u8, 1..9)) {
        let mut city = town(&features);
        mark_some(&mut city, &marks);
        let tile = tile_at(at, z);
        let (dx, dy) = if south { (0, 1) } else { (1, 0) };
        let neighbour = TileId { x: tile.x + dx, y: tile.y + dy, ..tile };
        let strip = |city: &City, other: TileId| -> BTreeSet<(u64, bool, u64, i32, i32)> {
            let decoded = decode(city.tile(other));
            let (right, down) = ((other.x - tile.x) as i32 * 4096, (other.y - tile.y) as i32 * 4096);
            let shared = |(x, y): (i32, i32)| match south {
                true => (4000..4192).contains(&y) && (-100..4196).contains(&x),
                false => (4000..4192).contains(&x) && (-100..4196).contains(&y),
            };
            // The point that goes with an area is in one tile alone.
            let shown = decoded.iter().filter(|f| !(f.layer == "communities" && f.is_point()));
            shown
                .flat_map(|f| f.geometry.coords_iter().map(move |c| (f, c)))
                .map(|(f, c)| (f.id, f.is_point(), f.mark(), c.x + right, c.y + down))
                .filter(|&(.., x, y)| shared((x, y)))
                .collect()
        };
        prop_assert_eq!(strip(&city, tile), strip(&city, neighbour));
    }

    /// Below zoom 14 every spot keeps something, and everything that is marked.
    #[test]
    fn thinning_leaves_no_spot_empty(features in features(), at in place(), z in 3..=13u8,
        marks in prop::collection::vec(0..3u8, 1..9)) {
        let mut city = town(&features);
        let marked = mark_some(&mut city, &marks);
        let tile = tile_at(at, z);
        let decoded = decode(city.tile(tile));
        let mut spots: BTreeMap<(i64, i64), (usize, usize, usize)> = BTreeMap::new();
        for (asset, truth) in all(&city) {
            let drawn = drawn(&city, &decoded, &asset.uid);
            let mark = marked.get(&asset.uid).copied().unwrap_or(0);
            prop_assert!(drawn.is_none_or(|d| d.mark() == u64::from(mark)));
            let truth = in_tile(&truth, tile);
            if mark != 0 && truth.intersects(&square(BUFFER - 2.0)) {
                prop_assert!(drawn.is_some(), "{asset:?} is marked");
            }
            let Geometry::Point(p) = truth else { continue };
            if square(BUFFER).intersects(&p) {
                let edge = if z < 13 { 32 } else { 16 };
                let cell = |t: f64| (t.round() as i64).div_euclid(edge);
                let spot = spots.entry((cell(p.x()), cell(p.y()))).or_default();
                spot.0 += 1;
                spot.1 += usize::from(drawn.is_some());
                spot.2 += usize::from(mark != 0);
            }
        }
        let multi = all(&city).iter().any(|(_, g)| matches!(g, Geometry::MultiPoint(_)));
        for (spot, (there, drawn, marked)) in spots {
            // What has several points may have taken the spot.
            prop_assert!(drawn == marked.max(1) || multi, "{there} {drawn} {marked} at {spot:?}");
        }
    }

    /// The tiles that are told to be stale when a mark changes are all that change.
    #[test]
    fn only_told_tiles_change(features in features(), which in any::<prop::sample::Index>(), z in 8..=17u8) {
        let mut city = town(&features);
        let all = all(&city);
        if all.is_empty() {
            return Ok(());
        }
        let uid = all[which.index(all.len())].0.uid;
        let bounds = city.bounds().unwrap();
        let tiles: Vec<_> = tiles_touching(bounds, z).into_iter().take(400).collect();
        let draw = |city: &City| -> Vec<Vec<u8>> { tiles.iter().map(|&t| city.tile(t)).collect() };
        let before = draw(&city);
        let bbox = city.set_mark(&uid, 1).unwrap();
        let after = draw(&city);
        let told = tiles_touching(bbox, z);
        let id = city.feature_id(&uid).unwrap();
        for ((tile, before), after) in tiles.iter().zip(before).zip(after) {
            if !told.contains(tile) {
                prop_assert!(before == after, "{tile:?}");
                prop_assert!(decode(after).iter().all(|f| f.id != id));
            }
        }
    }
}

/// Of what falls on one spot the kind is drawn of which the layer has the fewest, wherever in the
/// file it stands.
#[test]
fn what_is_rare_is_drawn_in_a_crowd() {
    let point = |kind: &str| {
        let place = json!({"type": "Point", "coordinates": [123.5, 43.52]});
        feature(place, json!({ "kind": kind }))
    };
    let mut points = vec![point("lamp"); 40];
    points.push(point("manhole"));
    let city = town(&[points, Vec::new(), Vec::new()]);
    for z in [9, 12, 13] {
        let decoded = decode(city.tile(tile_at(LonLat::new(123.5, 43.52), z)));
        let kinds: Vec<_> = decoded.iter().map(|f| f.text("k")).collect();
        assert_eq!(kinds, [Some("manhole")], "zoom {z}");
    }
}

/// The shorter side of the box around a ring.
fn narrow_side(ring: &LineString<f64>) -> f64 {
    let rect = ring.bounding_rect().unwrap();
    rect.width().min(rect.height())
}

/// Marks assets in turn, and tells which.
fn mark_some(city: &mut City, marks: &[u8]) -> BTreeMap<AssetUid, u8> {
    let uids = all(city).into_iter().map(|(asset, _)| asset.uid);
    let marked: BTreeMap<_, _> = uids.zip(marks.iter().copied().cycle()).collect();
    city.set_marks(&|uid| marked.get(uid).copied().unwrap_or(0));
    marked
}
