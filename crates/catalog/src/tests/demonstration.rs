//! What the demonstration city's file must hold.

use super::super::*;
use super::city;

#[test]
fn the_heart_comes_first() {
    let catalog = city();
    let heart: Vec<_> = catalog.layers.iter().map(|l| l.heart).collect();
    assert_eq!(heart.iter().filter(|h| **h).count(), 6);
    assert!(heart.is_sorted_by(|a, b| a >= b), "{heart:?}");
    let six: Vec<_> = catalog
        .layers
        .iter()
        .take(6)
        .map(|l| l.id.as_str())
        .collect();
    assert_eq!(
        six,
        [
            "roads",
            "manholes",
            "storm-drains",
            "pump-stations",
            "toilets",
            "communities"
        ]
    );

    let heart: Vec<_> = catalog.families.iter().map(|f| f.heart).collect();
    assert!(heart.is_sorted_by(|a, b| a >= b), "{heart:?}");
    let three: Vec<_> = catalog.families.iter().filter(|f| f.heart).collect();
    let three: Vec<_> = three.iter().map(|f| f.label.zh.as_str()).collect();
    assert_eq!(three, ["道路", "排水", "路灯"]);

    // Work follows its families and assets their layers, so every list opens with the heart.
    let family = |w: &WorkKind| catalog.families.iter().position(|f| f.id == w.family);
    assert!(catalog.work_kinds.is_sorted_by_key(family));
    let heart_kinds: Vec<_> = catalog
        .layers
        .iter()
        .take(6)
        .flat_map(|l| &l.kinds)
        .collect();
    let first: Vec<_> = catalog
        .asset_kinds
        .iter()
        .take(heart_kinds.len())
        .map(|k| &k.id)
        .collect();
    assert_eq!(first, heart_kinds);
}
