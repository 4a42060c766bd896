//! Glyphs for kinds of assets, on a 24-unit grid, legible at 16 pixels.

use super::picture::Shape;

/// Side of the grid glyphs are drawn on.
pub(super) const GRID: f32 = 24.0;

/// What stands for a kind of asset.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Glyph {
    /// A drawn glyph.
    Drawn(&'static [Shape]),
    /// First character of the label, where nobody has drawn a glyph.
    Letter(char),
    /// Nothing.
    None,
}

/// The glyph of this name. A name such as `pump-sewage` that is not drawn falls
/// back to its stem `pump`, and that to the first character of `label`.
pub fn glyph(symbol: &str, label: &str) -> Glyph {
    let stem = symbol.split('-').next().unwrap_or(symbol);
    drawn(symbol)
        .or_else(|| drawn(stem))
        .map(Glyph::Drawn)
        .or_else(|| {
            label
                .chars()
                .find(|c| c.is_alphanumeric())
                .map(Glyph::Letter)
        })
        .unwrap_or(Glyph::Drawn(GENERIC))
}

/// Names that have a glyph of their own.
pub const NAMES: &[&str] = &[
    "lid",
    "lid-sewage",
    "lid-storm",
    "lid-lamp",
    "lid-heat",
    "lid-water",
    "grate",
    "pump",
    "pump-sewage",
    "toilet",
    "house",
    "lamp",
    "outfall",
    "road",
    "pipe",
    "heat",
    "water",
    "rail",
    "flood",
    "snow",
    "park",
    "generic",
];

fn drawn(name: &str) -> Option<&'static [Shape]> {
    Some(match name {
        "lid" => LID,
        "lid-sewage" => LID_SEWAGE,
        "lid-storm" => LID_STORM,
        "lid-lamp" => LID_LAMP,
        "lid-heat" => LID_HEAT,
        "lid-water" => LID_WATER,
        "grate" => GRATE,
        "pump" => PUMP,
        "pump-sewage" => PUMP_SEWAGE,
        "toilet" => TOILET,
        "house" => HOUSE,
        "lamp" => LAMP,
        "outfall" => OUTFALL,
        "road" => ROAD,
        "pipe" => PIPE,
        "heat" => HEAT,
        "water" => WATER,
        "rail" => RAIL,
        "flood" => FLOOD,
        "snow" => SNOW,
        "park" => PARK,
        "generic" => GENERIC,
        _ => return None,
    })
}

const DISC: Shape = Shape::fill("M12 1.5a10.5 10.5 0 1 1 0 21a10.5 10.5 0 1 1 0-21z");

// A lid is a disc; what flows beneath is cut out of it.
const LID: &[Shape] = &[
    DISC,
    Shape::stroke(2.2, "M8.5 6.5v11M15.5 6.5v11M6.5 8.8h11M6.5 15.2h11").cut(),
];
const LID_SEWAGE: &[Shape] = &[
    DISC,
    Shape::stroke(
        2.4,
        "M5.8 9.6c2-2.4 4.1-2.4 6.2 0s4.2 2.4 6.2 0M5.8 15c2-2.4 4.1-2.4 6.2 0s4.2 2.4 6.2 0",
    )
    .cut(),
];
const LID_STORM: &[Shape] = &[
    DISC,
    Shape::fill("M12 4.6c3.2 3.9 4.8 6.4 4.8 8.9a4.8 4.8 0 0 1-9.6 0C7.2 11 8.8 8.5 12 4.6z").cut(),
];
const LID_LAMP: &[Shape] = &[
    DISC,
    Shape::fill("M13.6 4.2 6.9 13.2h4.1l-.9 6.6 6.9-9.2h-4.2z").cut(),
];
const LID_HEAT: &[Shape] = &[
    DISC,
    Shape::stroke(
        2.1,
        "M8 17c-2-3.3 2-6.2 0-10M12 17.5c-2-3.5 2-7 0-11M16 17c-2-3.3 2-6.2 0-10",
    )
    .cut(),
];
const LID_WATER: &[Shape] = &[
    DISC,
    Shape::stroke(2.4, "M6.5 7.5l2.7 9 2.8-7.5 2.8 7.5 2.7-9").cut(),
];
const GRATE: &[Shape] = &[
    Shape::fill("M4.5 2.5h15a2 2 0 0 1 2 2v15a2 2 0 0 1-2 2h-15a2 2 0 0 1-2-2v-15a2 2 0 0 1 2-2z"),
    Shape::stroke(2.4, "M7.5 7v10M12 7v10M16.5 7v10").cut(),
];
// The sign of a pump in process drawings: a circle and the way the water goes.
const PUMP: &[Shape] = &[
    Shape::stroke(2.4, "M12 2.5a9.5 9.5 0 1 1 0 19a9.5 9.5 0 1 1 0-19z"),
    Shape::fill("M8.5 6.6 18.3 12l-9.8 5.4z"),
];
const PUMP_SEWAGE: &[Shape] = &[DISC, Shape::fill("M8.3 6 19 12l-10.7 6z").cut()];
const TOILET: &[Shape] = &[
    Shape::fill("M6.5 2.2a2.3 2.3 0 1 1 0 4.6a2.3 2.3 0 1 1 0-4.6z"),
    Shape::fill("M4 7.8h5a1.2 1.2 0 0 1 1.2 1.2v6H8.6v7H4.4v-7H2.8V9A1.2 1.2 0 0 1 4 7.8z"),
    Shape::fill("M17.5 2.2a2.3 2.3 0 1 1 0 4.6a2.3 2.3 0 1 1 0-4.6z"),
    Shape::fill("M15.9 7.8h3.2l3 8.2h-2.4v6h-4.4v-6h-2.4z"),
];
const HOUSE: &[Shape] = &[
    Shape::fill("M12 2 1.5 11.2h3V21.5h15V11.2h3z"),
    Shape::fill("M9.8 21.5v-7h4.4v7z").cut(),
];
const LAMP: &[Shape] = &[
    Shape::stroke(2.4, "M7 21.5V7.5A4.5 4.5 0 0 1 11.5 3H14M3.5 21.5h7"),
    Shape::fill("M13 1.8h8l1.5 5.7H13z"),
    Shape::stroke(2.0, "M15 11v2.5M20 11v2.5"),
];
const OUTFALL: &[Shape] = &[
    Shape::fill("M1.5 3.5h7V1.8h3.5v11H8.5V11h-7z"),
    Shape::stroke(2.3, "M14 7.3c3.6 0 4.5 2 4.5 5.5"),
    Shape::stroke(
        2.3,
        "M2 18.5c2.2-2.6 4.4-2.6 6.6 0s4.5 2.6 6.7 0 4.5-2.6 6.7 0",
    ),
];
const ROAD: &[Shape] = &[
    Shape::stroke(2.6, "M7.5 2.5 3 21.5M16.5 2.5 21 21.5"),
    Shape::stroke(2.4, "M12 3.5v3M12 10.5v3.5M12 18v3.5"),
];
const PIPE: &[Shape] = &[
    Shape::stroke(2.2, "M1.5 8.2h21M1.5 15.8h21"),
    Shape::fill("M6 5h3.6v14H6zM14.4 5H18v14h-3.6z"),
];
const HEAT: &[Shape] = &[
    Shape::stroke(
        2.4,
        "M6.5 16c-3-4 2.5-7.5 0-12.5M12 16c-3-4 2.5-7.5 0-12.5M17.5 16c-3-4 2.5-7.5 0-12.5",
    ),
    Shape::stroke(2.6, "M3 20.8h18"),
];
const WATER: &[Shape] = &[Shape::stroke(
    2.4,
    "M2 6.5c2.2-2.6 4.4-2.6 6.6 0s4.5 2.6 6.7 0 4.5-2.6 6.7 0M2 12.5c2.2-2.6 4.4-2.6 6.6 0s4.5 2.6 6.7 0 4.5-2.6 6.7 0M2 18.5c2.2-2.6 4.4-2.6 6.6 0s4.5 2.6 6.7 0 4.5-2.6 6.7 0",
)];
const RAIL: &[Shape] = &[Shape::stroke(
    2.3,
    "M7.5 2v20M16.5 2v20M3.5 5.5h17M3.5 12h17M3.5 18.5h17",
)];
const FLOOD: &[Shape] = &[
    Shape::stroke(3.2, "M12 2.8v6.4"),
    Shape::fill("M12 11.3a1.9 1.9 0 1 1 0 3.8a1.9 1.9 0 1 1 0-3.8z"),
    Shape::stroke(
        2.4,
        "M2 19.5c2.2-2.6 4.4-2.6 6.6 0s4.5 2.6 6.7 0 4.5-2.6 6.7 0",
    ),
];
const SNOW: &[Shape] = &[Shape::stroke(
    2.0,
    "M12 1.8v20.4M3.2 6.9l17.6 10.2M20.8 6.9 3.2 17.1M9.3 3.5 12 6l2.7-2.5M9.3 20.5 12 18l2.7 2.5M3 10.5l3.5-1.1L5.7 5.8M21 10.5l-3.5-1.1.8-3.6M3 13.5l3.5 1.1-.8 3.6M21 13.5l-3.5 1.1.8 3.6",
)];
const PARK: &[Shape] = &[
    Shape::fill("M12 1.5 19 10h-3.2l4.7 6.5H3.5L8.2 10H5z"),
    Shape::stroke(2.4, "M12 16v6"),
];
const GENERIC: &[Shape] = &[
    Shape::stroke(2.4, "M12 3a9 9 0 1 1 0 18a9 9 0 1 1 0-18z"),
    Shape::fill("M12 8.5a3.5 3.5 0 1 1 0 7a3.5 3.5 0 1 1 0-7z"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_has_a_glyph_and_they_differ() {
        let mut seen: Vec<&[Shape]> = Vec::new();
        for name in NAMES {
            let shapes = drawn(name).unwrap_or_default();
            assert!(!shapes.is_empty(), "{name} is not drawn");
            assert!(!seen.contains(&shapes), "{name} looks like another");
            seen.push(shapes);
        }
    }

    #[test]
    fn paths_stay_on_the_grid() {
        for name in NAMES {
            for shape in drawn(name).unwrap_or_default() {
                // Absolute coordinates only: those behind M, H, V, L and C.
                for (command, numbers) in commands(shape.d) {
                    if "MLHVCA".contains(command) {
                        for n in numbers {
                            assert!((0.0..=GRID).contains(&n), "{name}: {n} in {}", shape.d);
                        }
                    }
                }
            }
        }
    }

    fn commands(d: &str) -> Vec<(char, Vec<f32>)> {
        let mut out: Vec<(char, Vec<f32>)> = Vec::new();
        let mut number = String::new();
        for c in d.chars().chain([' ']) {
            let splits = c == '-' || (c == '.' && number.contains('.'));
            if c.is_ascii_digit() || (c == '.' && !splits) {
                number.push(c);
                continue;
            }
            if let (Ok(n), Some(last)) = (number.parse(), out.last_mut()) {
                last.1.push(n);
            }
            number.clear();
            if splits {
                number.push(c);
            } else if c.is_ascii_alphabetic() {
                out.push((c, Vec::new()));
            }
        }
        out
    }

    #[test]
    fn every_kind_of_the_citys_own_catalogue_is_drawn() {
        let catalog: serde_json::Value =
            serde_json::from_str(include_str!("../../public/city/catalog.json"))
                .unwrap_or_default();
        let kinds = catalog["asset_kinds"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        assert!(kinds.len() > 10);
        for kind in kinds {
            let symbol = kind["symbol"].as_str().unwrap_or_default();
            assert!(NAMES.contains(&symbol), "{symbol} of {}", kind["id"]);
        }
    }

    #[test]
    fn an_unknown_symbol_falls_back() {
        assert_eq!(glyph("pump-storm", "雨水泵站"), Glyph::Drawn(PUMP));
        assert_eq!(glyph("canteen", "老年食堂"), Glyph::Letter('老'));
        assert_eq!(glyph("canteen", " · Canteen"), Glyph::Letter('C'));
        assert_eq!(glyph("canteen", ""), Glyph::Drawn(GENERIC));
    }
}
