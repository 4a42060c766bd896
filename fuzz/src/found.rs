//! Everything that a city can be asked.

use mendmap_core::city::{City, Filter, TileId, tiles_touching};
use mendmap_core::geodesy::{Bbox, LonLat};

/// Whether each of the loaded assets is found again, at a valid place and by its uid, whatever way it
/// is asked for.
pub fn all_are_found(city: &City, loaded: usize) {
    let (at, all) = (LonLat::new(0.5, 0.5), Filter::all());
    let everything = Bbox::from([-180.0, -90.0, 180.0, 90.0]);
    assert_eq!(city.nearest(at, 0, Some(everything), &all).total, loaded);
    let near = city.nearest(at, usize::MAX, None, &all);
    assert_eq!((near.total, near.hits.len()), (loaded, loaded));
    for hit in &near.hits {
        let uid = &hit.asset.uid;
        assert!(hit.asset.at.is_valid() && hit.metres >= 0.0, "{hit:?}");
        let asset = city.asset(uid).expect("it is there");
        assert_eq!(asset.summary, hit.asset);
        let number = city.feature_id(uid).expect("it is drawn");
        assert_eq!(city.uid_of(number), Some(*uid));
        city.street_of(uid);
        city.inside(uid, &all);
        city.tap(hit.asset.at, 10.0, &[hit.asset.layer.clone()]);
        city.where_is(hit.asset.at);
    }
    for row in 0..loaded as u64 {
        assert!(city.uid_of(row).is_some());
    }
    assert_eq!(city.uid_of(loaded as u64), None);
    assert_eq!(city.bounds().is_some(), loaded > 0);
    city.along(&[at, LonLat::new(1.0, 1.0)], 1e4, &all);
    let ring = vec![at, LonLat::new(1.0, 1.0), LonLat::new(0.0, 1.0)];
    city.within(&[ring], &all);
    city.search("a", 5, Some(at));
}

/// Tiles at a few zooms, those around what is loaded among them.
pub fn tiles(city: &City) -> Vec<Vec<u8>> {
    let fixed = [
        (0, 0, 0),
        (1, 1, 0),
        (8, 128, 127),
        (22, 1 << 21, (1 << 21) - 1),
    ];
    let mut wanted: Vec<TileId> = fixed.map(|(z, x, y)| TileId { z, x, y }).into();
    if let Some(bounds) = city.bounds() {
        let corner = Bbox::from(LonLat::new(bounds.west, bounds.south));
        for zoom in [3, 14, 18] {
            wanted.extend(tiles_touching(corner, zoom).into_iter().take(4));
        }
    }
    wanted.into_iter().map(|id| city.tile(id)).collect()
}
