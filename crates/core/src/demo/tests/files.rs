//! The committed files are what the seed makes.

use super::{OTHER_SEED, made};
use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn committed_files_are_what_the_seed_makes() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/city");
    let [city, _] = made();
    for (name, text) in city {
        let there = std::fs::read_to_string(dir.join(name)).unwrap_or_default();
        // Not assert_eq: nobody wants to read two megabytes of difference.
        assert!(there == *text, "{name} is stale: run `cargo xtask city`");
    }
    let expected: BTreeSet<String> = city.iter().map(|l| l.0.clone()).collect();
    let there: BTreeSet<String> = std::fs::read_dir(&dir)
        .expect("public/city is there")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".geojson"))
        .collect();
    assert_eq!(there, expected, "a layer nobody makes");
}

#[test]
fn the_same_seed_makes_the_same_bytes_and_another_makes_others() {
    let [city, other] = made();
    assert!(crate::demo::layers(OTHER_SEED) == *other);
    assert!(city != other);
}

#[test]
fn the_layers_stay_small_enough_to_carry_along() {
    let bytes: usize = made()[0].iter().map(|l| l.1.len()).sum();
    assert!(bytes < 8_000_000, "{bytes} bytes of layers");
}
