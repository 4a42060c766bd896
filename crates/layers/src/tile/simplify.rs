//! Fewer points for the same picture, after D. Douglas and T. Peucker (1973).

use super::grid::Point;

/// How far, in grid points, a line may move: a quarter of a pixel.
pub(super) const TOLERANCE: f64 = 2.0;

/// Keeps the ends and every point that the line would otherwise miss by more
/// than the tolerance. It is given the whole line, in points of the zoom's
/// grid, so that all tiles of a zoom keep the same points.
pub(super) fn simplify(line: &mut Vec<Point>, scratch: &mut Scratch) {
    line.dedup();
    if line.len() < 3 {
        return;
    }
    let last = line.len() - 1;
    let Scratch { keep, ranges } = scratch;
    keep.clear();
    keep.resize(line.len(), false);
    (keep[0], keep[last]) = (true, true);
    ranges.clear();
    ranges.push((0, last));
    while let Some((from, to)) = ranges.pop() {
        let mut worst = (TOLERANCE * TOLERANCE, 0);
        for (i, &p) in line.iter().enumerate().take(to).skip(from + 1) {
            let distance2 = distance2(p, line[from], line[to]);
            if distance2 > worst.0 {
                worst = (distance2, i);
            }
        }
        if worst.1 > 0 {
            keep[worst.1] = true;
            ranges.extend([(from, worst.1), (worst.1, to)]);
        }
    }
    let mut kept = keep.iter();
    line.retain(|_| kept.next() == Some(&true));
}

/// Buffers that are used again.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    keep: Vec<bool>,
    ranges: Vec<(usize, usize)>,
}

/// Square of the distance from a point to a segment. Differences of grid
/// points are exact in `f64`.
fn distance2(p: Point, a: Point, b: Point) -> f64 {
    let minus = |p: Point, q: Point| [(p[0] - q[0]) as f64, (p[1] - q[1]) as f64];
    let (ab, ap) = (minus(b, a), minus(p, a));
    let length2 = ab[0] * ab[0] + ab[1] * ab[1];
    let t = match length2 > 0.0 {
        true => ((ap[0] * ab[0] + ap[1] * ab[1]) / length2).clamp(0.0, 1.0),
        false => 0.0,
    };
    let (x, y) = (ap[0] - t * ab[0], ap[1] - t * ab[1]);
    x * x + y * y
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn line() -> impl Strategy<Value = Vec<Point>> {
        prop::collection::vec(prop::array::uniform2(0..60_i64), 1..40)
    }

    proptest! {
        /// Nothing moves by more than the tolerance, and the ends stay.
        #[test]
        fn the_picture_stays(line in line()) {
            let mut kept = line.clone();
            simplify(&mut kept, &mut Scratch::default());
            prop_assert_eq!((kept.first(), kept.last()), (line.first(), line.last()));
            for &p in &line {
                let nearest = match kept.as_slice() {
                    [only] => distance2(p, *only, *only),
                    _ => kept.windows(2).map(|w| distance2(p, w[0], w[1])).fold(f64::MAX, f64::min),
                };
                prop_assert!(nearest <= TOLERANCE * TOLERANCE + 1e-9);
            }
        }
    }

    #[test]
    fn what_adds_nothing_goes() {
        let simple = |mut line: Vec<Point>| {
            simplify(&mut line, &mut Scratch::default());
            line
        };
        let straight = (0..50).map(|i| [i * 3, i % 2]).collect();
        assert_eq!(simple(straight), [[0, 0], [147, 1]]);
        let corner = vec![[0, 0], [20, 1], [40, 0], [40, 0], [41, 30]];
        assert_eq!(simple(corner), [[0, 0], [40, 0], [41, 30]]);
        let ring = vec![[0, 0], [9, 0], [9, 9], [9, 10], [0, 9], [0, 0]];
        assert_eq!(simple(ring), [[0, 0], [9, 0], [9, 10], [0, 9], [0, 0]]);
    }
}
