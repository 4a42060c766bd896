//! Warnings about where a file lies: each says what it may be instead.

use super::projected::Projection;
use super::remark::{Remark, Remarks};
use crate::geodesy::{Bbox, LonLat, from_gcj02, length_m, to_gcj02};
use crate::ingest::{Problem, Report};

/// Degrees that a city's surroundings reach beyond its bounds.
const AROUND: f64 = 0.5;
/// Of so many systems the likeliest are named.
const SUGGESTED: usize = 3;
/// So many assets are looked at before something is said of all.
const ENOUGH: usize = 20;
/// A layer lies right where half of it is so near to where it should, in metres.
const NEAR_M: f64 = 30.0;
/// How far the shift of GCJ-02 is from where it should, in metres.
const SHIFTED_M: std::ops::RangeInclusive<f64> = 300.0..=700.0;

/// Says in a report what may be wrong with all of a file.
#[inline(never)]
pub(in super::super) fn say_where_it_lies(
    report: &mut Report,
    loaded: Option<Bbox>,
    city: [f64; 4],
) {
    if let Some(remark) = where_it_lies(report, loaded, city) {
        Remarks::add(&mut report.remarks, remark);
    }
}

/// What may be wrong with all of a file, by its first places off the globe, or by the box around what was loaded
/// where it does not touch the city.
fn where_it_lies(report: &Report, loaded: Option<Bbox>, city: [f64; 4]) -> Option<Remark> {
    let [west, south, east, north] = city;
    let city = Bbox::from([west - AROUND, south - AROUND, east + AROUND, north + AROUND]);
    let off: Vec<[f64; 2]> = report
        .problems
        .iter()
        .flat_map(|tally| &tally.first)
        .filter_map(|example| match example.problem {
            Problem::OutOfRange { x, y } => Some([x, y]),
            _ => None,
        })
        .collect();
    let seen = match (off.is_empty(), loaded) {
        (false, _) => off,
        (true, Some(loaded)) if !loaded.touches(&city) => {
            vec![loaded.south_west().into(), loaded.north_east().into()]
        }
        _ => return None,
    };
    let all = |here: &dyn Fn(f64, f64) -> Option<LonLat>| {
        let is_here = |&[x, y]: &[f64; 2]| here(x, y).is_some_and(|place| city.contains(place));
        seen.iter().all(is_here)
    };
    if all(&|x, y| Some(LonLat::new(y, x))) {
        return Some(Remark::LooksSwapped);
    }
    let fits = |code: &u32| {
        Projection::of_epsg(*code)
            .is_some_and(|projection| all(&|x, y| projection.place(x, y).map(|(place, _)| place)))
    };
    let systems: Vec<u32> = Projection::codes().filter(fits).take(SUGGESTED).collect();
    (!systems.is_empty()).then_some(Remark::LooksProjected { systems })
}

/// Whether assets stand where GCJ-02 would put those that are known: half of them 300 to 700 m off, and within
/// 30 m once the shift is taken back. Pairs of a place in the file and where the same asset is known to be.
pub fn is_shifted(pairs: &[(LonLat, LonLat)]) -> Option<Remark> {
    let off = median(pairs.iter().map(|&(is, known)| length_m(&[is, known])))?;
    let left = median(
        pairs
            .iter()
            .map(|&(is, known)| length_m(&[from_gcj02(is), known])),
    )?;
    let is = pairs.len() >= ENOUGH && SHIFTED_M.contains(&off) && left <= NEAR_M;
    is.then(|| Remark::LooksShifted {
        metres: off.round() as u32,
    })
}

/// The same where no asset is known yet, by metres from each place to the nearest line of the city: half of
/// them are three times as near as they are and as they would be, shifted the other way.
pub fn is_shifted_from_lines(
    places: &[LonLat],
    nearest_m: &dyn Fn(LonLat) -> Option<f64>,
) -> Option<Remark> {
    let far = |moved: fn(LonLat) -> LonLat| {
        let metres = places
            .iter()
            .map(|&p| nearest_m(moved(p)).unwrap_or(f64::INFINITY));
        median(metres)
    };
    let (as_is, back, forth) = (far(|p| p)?, far(from_gcj02)?, far(to_gcj02)?);
    let shift = median(places.iter().map(|&p| length_m(&[p, from_gcj02(p)])))?;
    let is = places.len() >= ENOUGH
        && SHIFTED_M.contains(&shift)
        && back <= NEAR_M
        && back * 3.0 <= as_is.min(forth);
    is.then(|| Remark::LooksShifted {
        metres: shift.round() as u32,
    })
}

fn median(metres: impl Iterator<Item = f64>) -> Option<f64> {
    let mut metres: Vec<f64> = metres.collect();
    metres.sort_by(f64::total_cmp);
    metres.get(metres.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid() -> Vec<LonLat> {
        let at = |i: i32| {
            LonLat::new(
                123.5 + f64::from(i % 7) * 0.002,
                43.5 + f64::from(i / 7) * 0.003,
            )
        };
        (0..40).map(at).collect()
    }

    #[test]
    fn the_shift_is_known_by_what_stands_elsewhere() {
        let pairs = |moved: fn(LonLat) -> LonLat| -> Vec<_> {
            grid().into_iter().map(|p| (moved(p), p)).collect()
        };
        let shifted = pairs(to_gcj02);
        let said = is_shifted(&shifted);
        let Some(Remark::LooksShifted { metres }) = said else {
            panic!("{said:?}")
        };
        assert!((560..575).contains(&metres), "{metres}");
        assert_eq!(is_shifted(&shifted[..19]), None, "too few");
        assert_eq!(is_shifted(&pairs(|p| p)), None);
        assert_eq!(is_shifted(&pairs(from_gcj02)), None, "the other way");
        assert_eq!(
            is_shifted(&pairs(|p| LonLat::new(p.lon + 0.006, p.lat))),
            None,
            "moved otherwise"
        );
        assert_eq!(is_shifted(&[]), None);
    }

    /// Streets every 400 m or so, and lamps 5 m beside them.
    #[test]
    fn the_shift_is_known_by_lines() {
        let to_street = |p: LonLat| {
            let off = |degrees: f64, every: f64| {
                (degrees / every - (degrees / every).round()).abs() * every
            };
            let east = off(p.lon - 123.5, 0.005) * 80_800.0;
            let north = off(p.lat - 43.5, 0.0036) * 111_000.0;
            Some(east.min(north))
        };
        let lamps: Vec<LonLat> = (0..60)
            .map(|i| {
                LonLat::new(
                    123.5 + 0.00006 + f64::from(i / 10) * 0.005,
                    43.5 + f64::from(i) * 0.00071,
                )
            })
            .collect();
        let shifted: Vec<LonLat> = lamps.iter().map(|&p| to_gcj02(p)).collect();
        assert!(is_shifted_from_lines(&shifted, &to_street).is_some());
        assert_eq!(is_shifted_from_lines(&lamps, &to_street), None);
        assert_eq!(is_shifted_from_lines(&shifted, &|_| None), None);
    }
}
