//! It must read as a town: things stand where such things stand.

use super::*;
use geo::{BoundingRect, Contains, Distance, Euclidean, Intersects, Point, Winding};
use std::collections::{BTreeMap, BTreeSet};

/// Metres from a feature to the street it names, and that street's half width.
fn off_street(streets: &BTreeMap<&str, (LineString, f64)>, feature: &Value) -> (f64, f64) {
    let (line, width) = &streets[text(feature, "street")];
    let metres = Euclidean.distance(&Point(place(feature)), line);
    (metres, width / 2.0)
}

#[test]
fn lids_lie_in_the_carriageway_of_the_street_they_name() {
    for city in cities() {
        let streets = city.streets();
        let starts = starts(city);
        for lid in city.layer("manholes") {
            let (metres, half) = off_street(&streets, lid);
            let last = text(lid, "kind") == "manhole-storm" && !starts.contains(text(lid, "ObjID"));
            // The last chamber before an outfall stands on the embankment; a lamp's lid
            // lies behind the kerb.
            let room = if last { 14.0 } else { 2.5 };
            assert!(metres <= half + room, "{metres} m: {lid}");
        }
    }
}

/// Manholes that water leaves again.
fn starts(city: &City) -> BTreeSet<&str> {
    let pipes = city.layer("pipes").iter();
    pipes.map(|p| text(p, "upstream")).collect()
}

#[test]
fn drains_lie_in_the_gutter_and_lamps_stand_at_the_kerb() {
    for city in cities() {
        let streets = city.streets();
        for drain in city.layer("storm-drains") {
            let (metres, half) = off_street(&streets, drain);
            assert!((metres - (half - 0.4)).abs() < 0.6, "{metres} m: {drain}");
        }
        for lamp in city.layer("street-lamps") {
            let (metres, half) = off_street(&streets, lamp);
            assert!((metres - (half + 0.9)).abs() < 0.6, "{metres} m: {lamp}");
        }
    }
}

#[test]
fn nothing_at_the_kerb_of_one_street_stands_in_the_middle_of_another() {
    for city in cities() {
        let streets = city.streets();
        let posts = ["street-lamps", "toilets", "pump-stations"];
        for post in posts.iter().flat_map(|layer| city.layer(layer)) {
            for (name, (line, width)) in &streets {
                let metres = Euclidean.distance(&Point(place(post)), line);
                assert!(metres > width / 2.0, "{metres} m from {name}: {post}");
            }
        }
    }
}

#[test]
fn pipes_join_manholes_of_their_kind_and_grow_on_the_way_down() {
    for city in cities() {
        let manholes: BTreeMap<&str, &Value> = city
            .layer("manholes")
            .iter()
            .map(|m| (text(m, "ObjID"), m))
            .collect();
        let mut leaving = BTreeMap::new();
        for pipe in city.layer("pipes") {
            let ends = pipe["geometry"]["coordinates"].as_array().expect("a line");
            let up = manholes[text(pipe, "upstream")];
            let down = manholes[text(pipe, "downstream")];
            assert_eq!(ends[0], up["geometry"]["coordinates"]);
            assert_eq!(ends[ends.len() - 1], down["geometry"]["coordinates"]);
            let kind = text(pipe, "kind").replace("pipe", "manhole");
            assert_eq!(text(up, "kind"), kind);
            assert_eq!(text(down, "kind"), kind);
            assert!(number(pipe, "length_m") < 66.0, "{pipe}");
            let other = leaving.insert(text(pipe, "upstream"), pipe);
            assert!(other.is_none(), "water leaves twice: {pipe}");
        }
        for pipe in city.layer("pipes") {
            let mut here = pipe;
            let mut steps = 0;
            while let Some(next) = leaving.get(text(here, "downstream")) {
                let (a, b) = (number(here, "diameter_mm"), number(next, "diameter_mm"));
                assert!(a <= b, "{here} runs into {next}");
                here = next;
                steps += 1;
                assert!(steps < 1_000, "water goes round: {pipe}");
            }
        }
    }
}

#[test]
fn every_sewer_ends_at_a_pump_or_an_outfall() {
    for city in cities() {
        let goals = |kinds: &[&str]| -> Vec<Coord> {
            let all = kinds.iter().flat_map(|k| city.kind(k));
            all.map(place).collect()
        };
        let goals = BTreeMap::from([
            ("manhole-sewage", goals(&["pump-sewage"])),
            ("manhole-storm", goals(&["pump-storm", "outfall"])),
        ]);
        let starts = starts(city);
        for manhole in city.layer("manholes") {
            let Some(goals) = goals.get(text(manhole, "kind")) else {
                continue;
            };
            if starts.contains(text(manhole, "ObjID")) {
                continue;
            }
            let here = place(manhole);
            let near = goals
                .iter()
                .any(|&g| Euclidean.distance(Point(here), Point(g)) < 60.0);
            assert!(near, "a sewer ends nowhere: {manhole}");
        }
    }
}

#[test]
fn communities_lie_between_streets_and_beside_each_other() {
    for city in cities() {
        let streets = city.streets();
        let mut homes: Vec<(&str, Polygon)> = Vec::new();
        for layer in ["heated-communities", "communities"] {
            for home in city.layer(layer) {
                let shape = polygon(home);
                assert!(shape.exterior().is_ccw(), "{home}");
                let name = text(home, "ObjName");
                match homes.iter().find(|h| h.0 == name) {
                    // Renovated and heated: one place, one outline.
                    Some(same) => assert_eq!(same.1, shape),
                    None => homes.push((name, shape)),
                }
            }
        }
        for (i, (name, shape)) in homes.iter().enumerate() {
            for (street, (line, width)) in &streets {
                let metres = Euclidean.distance(shape, line);
                assert!(metres > width / 2.0, "{name} lies {metres} m from {street}");
            }
            let bounds = shape.bounding_rect().expect("has bounds");
            for (other, shape2) in &homes[i + 1..] {
                let near = bounds.intersects(&shape2.bounding_rect().expect("has bounds"));
                assert!(
                    !near || !shape.intersects(shape2),
                    "{name} overlaps {other}"
                );
            }
        }
        for spot in city
            .layer("toilets")
            .iter()
            .chain(city.layer("pump-stations"))
        {
            let inside = homes.iter().find(|h| h.1.contains(&Point(place(spot))));
            assert!(inside.is_none(), "{spot}");
        }
    }
}

#[test]
fn outfalls_lie_on_the_bank_and_the_town_beside_the_river() {
    for city in cities() {
        let river = polygon(&city.layer("water")[0]);
        for outfall in city.layer("outfalls") {
            let p = Point(place(outfall));
            let metres = Euclidean.distance(&p, river.exterior());
            assert!(metres < 1.0, "{metres} m from the bank: {outfall}");
        }
        let bridge = "辽河路";
        for (name, (line, _)) in city.streets() {
            assert_eq!(
                line.intersects(&river),
                name == bridge,
                "{name} in the river"
            );
        }
    }
}

#[test]
fn toilets_are_spread_over_the_town() {
    for city in cities() {
        let places: Vec<Coord> = city.layer("toilets").iter().map(place).collect();
        for (i, &a) in places.iter().enumerate() {
            for &b in &places[i + 1..] {
                assert!(Euclidean.distance(Point(a), Point(b)) > 120.0);
            }
        }
    }
}
