//! Colours are legible on the map's grounds.

use super::super::*;
use super::city;

/// Paper of the light and of the dark map.
const GROUNDS: [&str; 2] = ["#f6f5f1", "#1a211f"];

/// Relative luminance, WCAG 2.2.
fn luminance(colour: &str) -> f64 {
    let channel = |at: usize| {
        let c = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).expect("hex")) / 255.0;
        if c <= 0.04045 {
            c / 12.92
        } else {
            ((c + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

/// Contrast ratio, WCAG 2.2.
fn contrast(a: &str, b: &str) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn the_ratio_is_that_of_wcag() {
    assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
    assert!((contrast("#777777", "#ffffff") - 4.48).abs() < 0.01);
}

#[test]
fn symbols_keep_five_to_one_and_areas_can_be_seen() {
    for kind in city().asset_kinds {
        let least = match kind.geometry {
            GeometryType::Point => 5.0,
            // Lines and areas are quiet, but not invisible.
            GeometryType::Line | GeometryType::Polygon => 1.5,
        };
        for (ground, colour) in GROUNDS.iter().zip([&kind.colour.light, &kind.colour.dark]) {
            let ratio = contrast(colour, ground);
            assert!(
                ratio >= least,
                "{} {colour} on {ground}: {ratio:.2}",
                kind.id
            );
        }
    }
}

#[test]
fn no_two_kinds_of_one_layer_share_glyph_and_colour() {
    let catalog = city();
    for layer in &catalog.layers {
        let mut looks = std::collections::BTreeSet::new();
        for kind in layer.kinds.iter().filter_map(|k| catalog.asset_kind(k)) {
            assert!(
                looks.insert((&kind.symbol, &kind.colour.light)),
                "{}",
                kind.id
            );
        }
    }
}
