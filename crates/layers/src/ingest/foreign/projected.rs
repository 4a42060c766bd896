//! Coordinates in metres → degrees: the zones of CGCS2000 and the web's Mercator.
//!
//! Gauss–Krüger by the series of Krüger in the third flattening n, to n⁴, which is exact to a
//! micrometre in a zone; the coefficients and the way back from the conformal latitude are those of
//! C. F. F. Karney, *Transverse Mercator with an accuracy of a few nanometers*, J. Geodesy 85 (2011),
//! equations 11, 14, 19–21 and 36. The parameters of the zones are those of the EPSG registry.

use crate::geodesy::LonLat;

/// A system of plane coordinates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Projection {
    /// Gauss–Krüger on the ellipsoid of CGCS2000, scale 1.
    GaussKruger {
        /// Central meridian, in degrees east.
        meridian: f64,
        /// Easting of that meridian, in metres.
        false_east: f64,
    },
    /// EPSG:3857: Mercator on a sphere.
    Mercator,
}

/// Half the long axis of WGS 84, CGCS2000 and the web's sphere, in metres.
const A: f64 = 6_378_137.0;
/// Flattening of CGCS2000.
const F: f64 = 1.0 / 298.257_222_101;
/// Farthest that a place lies from the meridian of its zone, in metres: 6° zones are 334 km wide to
/// either side, and cities at their borders keep to one of them.
const HALF_WIDTH: f64 = 480_000.0;
/// Northings that China has, in metres, and some more.
const NORTHINGS: std::ops::Range<f64> = 300_000.0..6_200_000.0;

impl Projection {
    /// The system of that name, in any of the ways to write an EPSG code.
    pub(super) fn named(name: &str) -> Option<Self> {
        let name = name.to_ascii_uppercase();
        let mut parts = name.rsplit([':', '/']).map(str::trim);
        let code: u32 = parts.next()?.parse().ok()?;
        match parts.find(|part| matches!(*part, "EPSG" | "ESRI"))? {
            "EPSG" => Projection::of_epsg(code),
            _ => (code == 102_100).then_some(Projection::Mercator),
        }
    }

    /// The system of that number in the EPSG registry.
    pub(super) fn of_epsg(code: u32) -> Option<Self> {
        let gauss_kruger = |meridian: u32, zone: u32| Projection::GaussKruger {
            meridian: f64::from(meridian),
            false_east: f64::from(zone) * 1e6 + 500_000.0,
        };
        Some(match code {
            // Zones of 6°, 13 to 23, with and without their number before the easting.
            4491..=4501 => gauss_kruger(75 + 6 * (code - 4491), 13 + code - 4491),
            4502..=4512 => gauss_kruger(75 + 6 * (code - 4502), 0),
            // Zones of 3°, 25 to 45, likewise.
            4513..=4533 => gauss_kruger(75 + 3 * (code - 4513), 25 + code - 4513),
            4534..=4554 => gauss_kruger(75 + 3 * (code - 4534), 0),
            3857 | 900_913 => Projection::Mercator,
            _ => return None,
        })
    }

    /// All numbers that are known, 3° before 6°.
    pub(super) fn codes() -> impl Iterator<Item = u32> {
        (4513..=4554).chain(4491..=4512).chain([3857])
    }

    /// The place of an easting and a northing, and whether they stood the other way round, as
    /// surveyors in China write them (x north, y east). None where they are not of this system.
    pub(super) fn place(self, x: f64, y: f64) -> Option<(LonLat, bool)> {
        match self {
            Projection::Mercator => {
                let place = LonLat::new((x / A).to_degrees(), (y / A).sinh().atan().to_degrees());
                // The square ends at 20 037 508 m.
                (place.is_valid() && y.abs() < 20_037_509.0).then_some((place, false))
            }
            Projection::GaussKruger {
                meridian,
                false_east,
            } => {
                let fits = |east: f64, north: f64| {
                    (east - false_east).abs() < HALF_WIDTH && NORTHINGS.contains(&north)
                };
                let (east, north, north_first) = match () {
                    () if fits(x, y) => (x, y, false),
                    () if fits(y, x) => (y, x, true),
                    () => return None,
                };
                Some((
                    from_gauss_kruger(meridian, east - false_east, north),
                    north_first,
                ))
            }
        }
    }
}

/// The place that lies so many metres east of a meridian and so many north of the equator.
fn from_gauss_kruger(meridian: f64, east: f64, north: f64) -> LonLat {
    let n = F / (2.0 - F);
    let [n2, n3, n4] = [n.powi(2), n.powi(3), n.powi(4)];
    let radius = A / (1.0 + n) * (1.0 + n2 / 4.0 + n4 / 64.0);
    let beta = [
        n / 2.0 - 2.0 / 3.0 * n2 + 37.0 / 96.0 * n3 - n4 / 360.0,
        n2 / 48.0 + n3 / 15.0 - 437.0 / 1440.0 * n4,
        17.0 / 480.0 * n3 - 37.0 / 840.0 * n4,
        4397.0 / 161_280.0 * n4,
    ];
    let (xi, eta) = (north / radius, east / radius);
    let (mut xi1, mut eta1) = (xi, eta);
    for (beta, j) in beta.into_iter().zip([2.0, 4.0, 6.0, 8.0]) {
        xi1 -= beta * (j * xi).sin() * (j * eta).cosh();
        eta1 -= beta * (j * xi).cos() * (j * eta).sinh();
    }
    let conformal = xi1.sin() / eta1.sinh().hypot(xi1.cos());
    let lon = eta1.sinh().atan2(xi1.cos());
    LonLat::new(
        meridian + lon.to_degrees(),
        geographic(conformal).atan().to_degrees(),
    )
}

/// The tangent of the latitude, from that of the conformal latitude, by Newton; each round doubles
/// the digits.
fn geographic(conformal: f64) -> f64 {
    let ee = F * (2.0 - F);
    let e = ee.sqrt();
    (0..4).fold(conformal / (1.0 - ee), |t, _| {
        let secant = t.hypot(1.0);
        let sigma = (e * (e * t / secant).atanh()).sinh();
        let guess = t * sigma.hypot(1.0) - sigma * secant;
        let slope = (1.0 + (1.0 - ee) * t * t) / ((1.0 - ee) * secant);
        t + (conformal - guess) / guess.hypot(1.0) * slope
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::length_m;
    use proj4rs::Proj;
    use proptest::prelude::*;

    /// Another's projection of a place, in metres.
    fn theirs(code: u32, place: LonLat) -> (f64, f64) {
        let to = match Projection::of_epsg(code).unwrap() {
            Projection::Mercator => {
                "+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m"
                    .to_owned()
            }
            Projection::GaussKruger {
                meridian,
                false_east,
            } => format!(
                "+proj=etmerc +lat_0=0 +lon_0={meridian} +k=1 +x_0={false_east} +y_0=0 +a=6378137 +rf=298.257222101 +units=m"
            ),
        };
        let from = Proj::from_proj_string("+proj=longlat +a=6378137 +rf=298.257222101").unwrap();
        let to = Proj::from_proj_string(&to).unwrap();
        let (lon, lat) = (place.lon.to_radians(), place.lat.to_radians());
        let (x, y, _) = proj4rs::adaptors::transform_xyz(&from, &to, lon, lat, 0.0).unwrap();
        (x, y)
    }

    #[test]
    fn names_are_known_in_every_way_they_are_written() {
        let at_123 = Projection::GaussKruger {
            meridian: 123.0,
            false_east: 500_000.0,
        };
        for name in [
            "EPSG:4550",
            "epsg:4510",
            "urn:ogc:def:crs:EPSG::4550",
            "http://www.opengis.net/def/crs/EPSG/0/4550",
        ] {
            assert_eq!(Projection::named(name), Some(at_123), "{name}");
        }
        let zone_41 = Projection::GaussKruger {
            meridian: 123.0,
            false_east: 41_500_000.0,
        };
        assert_eq!(Projection::of_epsg(4529), Some(zone_41));
        let zone_21 = Projection::GaussKruger {
            meridian: 123.0,
            false_east: 21_500_000.0,
        };
        assert_eq!(Projection::of_epsg(4499), Some(zone_21));
        assert_eq!(Projection::named("EPSG:3857"), Some(Projection::Mercator));
        assert_eq!(Projection::named("ESRI:102100"), Some(Projection::Mercator));
        for other in [
            "EPSG:2437",
            "EPSG:4490",
            "EPSG:4555",
            "4550",
            "ESRI:4550",
            "",
        ] {
            assert_eq!(Projection::named(other), None, "{other}");
        }
        assert_eq!(
            Projection::codes().filter_map(Projection::of_epsg).count(),
            65
        );
    }

    #[test]
    fn what_is_not_of_the_system_has_no_place() {
        let zone = Projection::of_epsg(4550).unwrap();
        for (x, y) in [
            (123.5, 43.5),
            (41_540_000.0, 4_820_000.0),
            (f64::NAN, 1.0),
            (1e300, 1e300),
        ] {
            assert_eq!(zone.place(x, y), None);
        }
        assert_eq!(Projection::Mercator.place(1e300, 0.0), None);
        assert_eq!(Projection::Mercator.place(0.0, 1e300), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        /// Against proj4rs, to a millimetre, in every zone, in either order of the axes.
        #[test]
        fn agrees_with_another_library(off in -3.2..3.2f64, lat in 3.5..54.0f64, swapped: bool) {
            for code in Projection::codes() {
                let projection = Projection::of_epsg(code).unwrap();
                let (lon, swapped) = match projection {
                    Projection::Mercator => (100.0 + off, false),
                    Projection::GaussKruger { meridian, .. } => (meridian + off, swapped && lat > 10.0),
                };
                let place = LonLat::new(lon, lat);
                let (x, y) = theirs(code, place);
                let ours = if swapped { projection.place(y, x) } else { projection.place(x, y) };
                let (ours, north_first) = ours.unwrap();
                prop_assert_eq!(north_first, swapped);
                prop_assert!(length_m(&[place, ours]) < 0.001, "{} {:?} {:?}", code, place, ours);
            }
        }
    }
}
