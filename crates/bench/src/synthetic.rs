//! A city of any size from a seed, as the bytes of one GeoJSON file: the same bytes for whatever is
//! measured beside each other.

use mendmap_core::geodesy::Bbox;
use std::fmt::{Result, Write as _};

/// The catalogue of the layer `assets`, into which such a file is read. Any file of points, lines
/// and areas can be: what names no kind of it is of the first of its shape.
pub const CATALOG: &str = include_str!("synthetic.json");

/// Ten-millionths of a degree: what positions are written in.
const UNIT: f64 = 1e-7;
/// South-western corner, in [`UNIT`]s.
const CORNER: [i64; 2] = [1_233_900_000, 434_200_000];
/// How far a city of a million reaches, so that a tile of zoom 14 holds about ten thousand.
const REACH: [f64; 2] = [2_200_000.0, 1_600_000.0];

const STREETS: [&str; 12] = [
    "人民路",
    "和平街",
    "建设路",
    "辽河路",
    "民主路",
    "站前街",
    "文化路",
    "新华街",
    "迎宾路",
    "胜利街",
    "东风路",
    "河堤路",
];
const DEPARTMENTS: [&str; 4] = [
    "市政设施养护中心",
    "排水管理处",
    "路灯管理所",
    "园林绿化管理处",
];
const STATES: [&str; 4] = ["完好", "破损", "丢失", "占用"];
const GRADES: [&str; 3] = ["主干", "次干", "支"];
/// Kind and what its assets are called.
const POINTS: [(&str, &str); 3] = [
    ("manhole", "雨水井盖"),
    ("drain", "雨水箅子"),
    ("lamp", "单臂路灯"),
];

/// The box in which the features of a city of so many begin; what is long, five steps of a line at
/// most, reaches out of it by less than a thousandth of a degree.
pub fn bounds(features: u32) -> Bbox {
    let [width, height] = reach(features);
    let at = |corner: i64, more: i64| (corner + more) as f64 * UNIT;
    let [west, south] = CORNER;
    Bbox::from([
        at(west, 0),
        at(south, 0),
        at(west, width),
        at(south, height),
    ])
}

/// So many features: of twenty sixteen are points, three short lines and one an area. Each has six to
/// eight properties, with Chinese text. Smaller cities are as dense as large ones.
pub fn synthetic(seed: u64, features: u32) -> Vec<u8> {
    let mut text = String::with_capacity(features as usize * 320 + 64);
    text.push_str("{\"type\":\"FeatureCollection\",\"features\":[\n");
    let mut chance = Chance(seed);
    let reach = reach(features);
    for n in 0..features {
        if n > 0 {
            text.push_str(",\n");
        }
        // Writing into a string never fails.
        let _ = feature(&mut text, n, reach, &mut chance);
    }
    text.push_str("\n]}\n");
    text.into_bytes()
}

fn reach(features: u32) -> [i64; 2] {
    let share = (f64::from(features) / 1e6).sqrt();
    REACH.map(|units| (units * share) as i64)
}

fn feature(out: &mut String, n: u32, reach: [i64; 2], chance: &mut Chance) -> Result {
    let at = [0, 1].map(|axis| CORNER[axis] + chance.below(reach[axis] as u64) as i64);
    let street = chance.one_of(&STREETS);
    let block = chance.below(400) + 1;
    out.push_str("{\"type\":\"Feature\",\"geometry\":{\"type\":");
    match chance.below(20) {
        0..16 => {
            out.push_str("\"Point\",\"coordinates\":");
            place(out, at)?;
            let (kind, name) = *chance.pick(&POINTS);
            let name = format!("{street}{block}号{name}");
            properties(out, kind, n, &name, street)?;
            let department = chance.one_of(&DEPARTMENTS);
            write!(out, ",\"DeptName1\":\"{department}\"")?;
            let (month, day) = (chance.below(12) + 1, chance.below(28) + 1);
            write!(out, ",\"ORDate\":\"2023-{month:02}-{day:02}\"")?;
            if chance.below(2) == 0 {
                let depth = chance.below(60);
                write!(out, ",\"depth\":{}.{}", depth / 10, depth % 10)?;
            }
        }
        16..19 => {
            out.push_str("\"LineString\",\"coordinates\":[");
            line(out, at, chance)?;
            out.push(']');
            properties(out, "pipe", n, street, street)?;
            let grade = chance.one_of(&GRADES);
            let width = (chance.below(12) + 2) * 100;
            write!(out, ",\"grade\":\"{grade}\",\"width_mm\":{width}")?;
        }
        _ => {
            out.push_str("\"Polygon\",\"coordinates\":[[");
            ring(out, at, chance)?;
            out.push_str("]]");
            let name = format!("{street}{block}号院");
            properties(out, "yard", n, &name, street)?;
            let department = chance.one_of(&DEPARTMENTS);
            write!(out, ",\"DeptName1\":\"{department}\"")?;
        }
    }
    let state = chance.one_of(&STATES);
    write!(out, ",\"ObjState\":\"{state}\"}}}}")
}

/// Ends the geometry and begins the properties.
fn properties(out: &mut String, kind: &str, n: u32, name: &str, street: &str) -> Result {
    write!(
        out,
        "}},\"properties\":{{\"kind\":\"{kind}\",\"ObjID\":\"220382{:010}\",\"ObjName\":\"{name}\",\"street\":\"{street}\"",
        u64::from(n) + 103_000_000
    )
}

/// Two to five places, some metres apart, on one way.
fn line(out: &mut String, mut at: [i64; 2], chance: &mut Chance) -> Result {
    let heading = [chance.around(1_500), chance.around(1_500)];
    place(out, at)?;
    for _ in 0..=chance.below(4) {
        at = [0, 1].map(|axis| at[axis] + heading[axis] + chance.around(400));
        out.push(',');
        place(out, at)?;
    }
    Ok(())
}

/// A closed, convex ring, counter-clockwise: an octagon with its corners cut by chance.
fn ring(out: &mut String, at: [i64; 2], chance: &mut Chance) -> Result {
    let (w, h) = (
        1_000 + chance.below(2_500) as i64,
        800 + chance.below(2_000) as i64,
    );
    let (dx, dy) = (w * 3 / 10, h * 3 / 10);
    let all = [
        [dx, 0],
        [w - dx, 0],
        [w, dy],
        [w, h - dy],
        [w - dx, h],
        [dx, h],
        [0, h - dy],
        [0, dy],
    ];
    let kept = &all[..4 + chance.below(5) as usize];
    for corner in kept.iter().chain(&all[..1]) {
        if !out.ends_with('[') {
            out.push(',');
        }
        place(out, [at[0] + corner[0], at[1] + corner[1]])?;
    }
    Ok(())
}

fn place(out: &mut String, [lon, lat]: [i64; 2]) -> Result {
    const ONE: i64 = 10_000_000;
    let (x, y) = (lon / ONE, lat / ONE);
    write!(out, "[{x}.{:07},{y}.{:07}]", lon % ONE, lat % ONE)
}

/// Numbers without an order, from a seed: a counter whose bits are mixed (SplitMix64; Steele, Lea and
/// Flood 2014).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Less than `bound`, by the upper bits.
    fn below(&mut self, bound: u64) -> u64 {
        ((self.next() >> 32) * bound) >> 32
    }

    /// From `-reach` to `reach`.
    fn around(&mut self, reach: i64) -> i64 {
        self.below(2 * reach as u64 + 1) as i64 - reach
    }

    fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len() as u64) as usize]
    }

    fn one_of(&mut self, of: &[&'static str]) -> &'static str {
        self.pick::<&'static str>(of)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{CATALOG, bounds, synthetic};
    use mendmap_core::catalog::Catalog;
    use mendmap_core::city::City;

    /// How far the longest reaches, in degrees.
    const LONGEST: f64 = 0.001;

    #[test]
    fn every_feature_is_read_and_nothing_is_mended() {
        let (catalog, problems) = Catalog::read(CATALOG.as_bytes()).unwrap();
        assert!(problems.is_empty(), "{problems:?}");
        let mut city = City::new(catalog.clone());
        let report = city.set_layer(&catalog.layers[0].id, synthetic(7, 2_000));
        assert_eq!((report.loaded, report.mended), (2_000, 0), "{report:?}");
        let (all, said) = (city.bounds().unwrap(), bounds(2_000));
        assert!(all.west > said.west - LONGEST && all.east < said.east + LONGEST);
        assert!(all.south > said.south - LONGEST && all.north < said.north + LONGEST);
    }

    #[test]
    fn a_seed_gives_the_same_bytes() {
        assert_eq!(synthetic(7, 500), synthetic(7, 500));
        assert_ne!(synthetic(7, 500), synthetic(8, 500));
    }
}
