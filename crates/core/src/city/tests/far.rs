//! A place far from the city is said to be far.

use crate::catalog::Catalog;
use crate::city::far_off_m;
use crate::geodesy::LonLat;

#[test]
fn what_is_typed_far_from_the_city_is_asked_about() {
    let bytes = include_bytes!("../../../../../public/city/catalog.json");
    let (catalog, _) = Catalog::read(bytes).expect("the demonstration's catalogue reads");
    let mut city = catalog.city;
    city.bounds = [123.0, 43.0, 124.0, 44.0];
    let off = |lon, lat| far_off_m(&city, LonLat::new(lon, lat));
    assert_eq!(off(123.5, 43.5), None, "inside");
    assert_eq!(off(123.5, 44.4), None, "44 km north: a village's round");
    // A degree of the meridian at 44.5 degrees is 111.1 km on WGS 84.
    let metres = off(123.5, 45.0).expect("a degree north is far");
    assert!((metres - 111_100.0).abs() < 200.0, "{metres}");
}
