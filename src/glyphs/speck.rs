//! Specks: the smallest sign of a kind, for where a symbol finds no room. About nine
//! pixels wide, so the outline alone tells the kinds apart.
//!
//! Triangles and diamonds are left to the states of work.

use super::asset::GRID;
use super::picture::{Picture, Piece, Shape, Tone};

/// The speck of a symbol. A name such as `lid-sewage` that has none falls back to its
/// stem `lid`, and that to a plain one, which kinds nobody has drawn share.
pub fn speck(symbol: &str) -> Picture {
    let stem = symbol.split('-').next().unwrap_or(symbol);
    let shape = drawn(symbol)
        .or_else(|| drawn(stem))
        .unwrap_or(Shape::stroke(5.0, SQUARE));
    // The halo sets it off from streets and from its neighbours.
    let halo = match shape.paint {
        super::picture::Paint::Stroke(width) => Shape::stroke(width + 4.0, shape.d),
        super::picture::Paint::Fill => Shape::stroke(4.0, shape.d),
    };
    Picture {
        side: GRID,
        pieces: vec![
            Piece::path(halo, Tone::Surface),
            Piece::path(shape, Tone::Kind),
        ],
    }
}

const SQUARE: &str = "M5 5h14v14H5z";
const RING: &str = "M12 5a7 7 0 1 1 0 14a7 7 0 1 1 0-14z";

fn drawn(name: &str) -> Option<Shape> {
    Some(match name {
        // Lids are round: what flows beneath fills or empties them.
        "lid" => Shape::fill("M12 3a9 9 0 1 1 0 18a9 9 0 1 1 0-18zM10 5v14h4V5z"),
        "lid-sewage" => Shape::fill("M12 3a9 9 0 1 1 0 18a9 9 0 1 1 0-18z"),
        "lid-storm" => Shape::stroke(4.5, RING),
        "lid-lamp" => Shape::fill("M12 3a9 9 0 0 0 0 18z"),
        "lid-heat" => Shape::fill("M3 12a9 9 0 0 0 18 0z"),
        "lid-water" => Shape::fill("M3 12a9 9 0 0 1 18 0z"),
        "grate" => Shape::fill("M4 4h16v16H4z"),
        "lamp" => Shape::stroke(5.5, "M12 3.5v17M3.5 12h17"),
        "pump" => Shape::stroke(5.0, "M6 3.5v17M7 12h12"),
        "pump-sewage" => Shape::stroke(5.0, "M5.5 3.5v17M18.5 3.5v17M6 12h12"),
        "toilet" => Shape::stroke(6.0, "M6.5 4v16M17.5 4v16"),
        "outfall" => Shape::stroke(5.0, "M4 6.5h16M12 7v13"),
        "flood" => Shape::stroke(5.5, "M4 7.5h16M4 16.5h16"),
        "snow" => Shape::stroke(5.0, "M5 5l14 14M19 5 5 19"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_points_differ_in_outline() {
        let catalog: serde_json::Value =
            serde_json::from_str(include_str!("../../public/city/catalog.json")).unwrap();
        let mut seen: Vec<(String, Picture)> = Vec::new();
        for kind in catalog["asset_kinds"].as_array().unwrap() {
            if kind["geometry"] != "point" {
                continue;
            }
            let symbol = kind["symbol"].as_str().unwrap();
            let own = speck(symbol);
            for (other, picture) in &seen {
                assert!(other == symbol || *picture != own, "{symbol} and {other}");
            }
            seen.push((symbol.to_owned(), own));
        }
        assert!(seen.len() > 5);
    }

    #[test]
    fn a_kind_nobody_has_drawn_has_one_too() {
        assert_eq!(speck("canteen"), speck("police"));
        assert_eq!(speck("pump-storm"), speck("pump"));
    }
}
