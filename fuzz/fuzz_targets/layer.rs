//! Any bytes as a layer. Nothing panics; loaded + refused = read; each asset is found again, and drawn;
//! and what is written of the layer as GeoJSON is read again with the same uids.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mendmap_core::city::City;
use mendmap_fuzz::{all_are_found, any, catalog, counts_add_up, tiles};

fuzz_target!(|bytes: &[u8]| {
    let mut city = City::new(catalog().clone());
    let report = city.set_layer(&any(), bytes.to_vec());
    assert_eq!(report.bytes, bytes.len());
    counts_add_up(&report, false);
    all_are_found(&city, report.loaded);
    tiles(&city);
    let Some(file) = city.geojson(&any()) else {
        return assert_eq!(report.loaded, 0);
    };
    let mut again = City::new(catalog().clone());
    let second = again.set_layer(&any(), file.clone().into_bytes());
    assert_eq!(
        (second.error.as_ref(), second.read),
        (None, report.loaded),
        "{file}"
    );
    counts_add_up(&second, false);
    // A kind that stands there without quotes is none; written with them it may be one of another shape.
    if second.refused == 0 {
        for row in 0..report.loaded as u64 {
            assert_eq!(city.uid_of(row), again.uid_of(row), "{file}");
        }
    } else {
        assert!(
            second.problems[0].kind == "wrong_geometry",
            "{second:?} {file}"
        );
    }
});
