//! In which order to go by many places, and how to cut them into runs that lie together. As the
//! crow flies: of streets and fences nothing is known here.

use super::local::{Metres, distance};
use super::{Bbox, Local, LonLat};
use crate::order::ranked;

/// The most places of which a way is looked for in one piece; it takes time with their square.
const AT_ONCE: usize = 500;

/// Shorter than this no way has become shorter; metres. So the search comes to an end.
const HAIR_M: f64 = 1e-6;

/// The numbers of some places in an order in which to go by all of them, from somewhere if that
/// is said, on no way that could be made shorter by going along a part of it backwards, or by
/// taking a place of it elsewhere.
///
/// Of more than 500 places this holds for each of the [`runs`] into which they are cut first. It
/// begins with the nearest, or westernmost, and of equal ones with the first.
pub fn walk(places: &[LonLat], from: Option<LonLat>) -> Vec<u32> {
    let Some(bbox) = Bbox::around(places.iter().copied()) else {
        return Vec::new();
    };
    let map = Local::at(bbox.center());
    let points: Vec<Metres> = places.iter().map(|at| map.metres(*at)).collect();
    let mut from = from.map(|at| map.metres(at));
    let mut way = Vec::with_capacity(points.len());
    for run in runs(places, AT_ONCE) {
        let part: Vec<Metres> = run.iter().map(|i| points[*i as usize]).collect();
        let mut part = Way::new(part, from);
        part.shorten();
        from = part.points.last().copied();
        way.extend(part.order.into_iter().map(|i| run[i as usize]));
    }
    way
}

/// The numbers of some places in the fewest runs of at most so many that are as long as each
/// other, but for one place: cut across where they reach farthest, so a street is cut along its
/// length. From west to east, as far as they reach that way.
pub fn runs(places: &[LonLat], most: usize) -> Vec<Vec<u32>> {
    let Some(bbox) = Bbox::around(places.iter().copied()) else {
        return Vec::new();
    };
    let map = Local::at(bbox.center());
    let points: Vec<Metres> = places.iter().map(|at| map.metres(*at)).collect();
    let parts = points.len().div_ceil(most.max(1));
    let mut runs = Vec::with_capacity(parts);
    cut(
        &points,
        (0..points.len() as u32).collect(),
        parts,
        &mut runs,
    );
    runs
}

fn cut(points: &[Metres], of: Vec<u32>, parts: usize, runs: &mut Vec<Vec<u32>>) {
    if parts < 2 {
        return runs.push(of);
    }
    let at = |i: usize| points[of[i] as usize];
    let axis = main_axis(of.len(), &at);
    let along = |i: usize| at(i)[0] * axis[0] + at(i)[1] * axis[1];
    let order = ranked(of.len(), &mut |a, b| along(a).total_cmp(&along(b)));
    let half = parts / 2;
    let (left, right) = order.split_at(of.len() * half / parts);
    let these = |part: &[u32]| -> Vec<u32> { part.iter().map(|i| of[*i as usize]).collect() };
    cut(points, these(left), half, runs);
    cut(points, these(right), parts - half, runs);
}

/// The direction in which some points vary most: their first principal component, eastwards.
fn main_axis(len: usize, at: &dyn Fn(usize) -> Metres) -> Metres {
    let mean = |axis: usize| (0..len).map(|i| at(i)[axis]).sum::<f64>() / len.max(1) as f64;
    let middle = [mean(0), mean(1)];
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for i in 0..len {
        let (x, y) = (at(i)[0] - middle[0], at(i)[1] - middle[1]);
        xx += x * x;
        xy += x * y;
        yy += y * y;
    }
    let half = (xx - yy) / 2.0;
    let root = (half * half + xy * xy).sqrt();
    // Of the two ways to write it the one that does not vanish.
    let axis = match half >= 0.0 {
        true => [half + root, xy],
        false => [xy, root - half],
    };
    let sign = match axis[0] < 0.0 {
        true => -1.0,
        false => 1.0,
    };
    [axis[0] * sign, axis[1] * sign]
}

/// A way through points.
struct Way {
    from: Option<Metres>,
    /// In the order of the way.
    points: Vec<Metres>,
    /// The number that each has.
    order: Vec<u32>,
}

impl Way {
    /// Always to the nearest that is left: from somewhere, else from the westernmost.
    fn new(mut points: Vec<Metres>, from: Option<Metres>) -> Way {
        let mut order: Vec<u32> = (0..points.len() as u32).collect();
        let mut here = from;
        for done in 0..points.len() {
            let left = done..points.len();
            let far = |i: usize| here.map_or(points[i][0], |here| distance(here, points[i]));
            let next = left.min_by(|a, b| {
                let nearer = far(*a).total_cmp(&far(*b));
                nearer.then_with(|| order[*a].cmp(&order[*b]))
            });
            let next = next.unwrap_or(done);
            points.swap(done, next);
            order.swap(done, next);
            here = Some(points[done]);
        }
        Way {
            from,
            points,
            order,
        }
    }

    /// Metres between the places `a` and `b` of the way, from 1 on; 0 is where it comes from, and
    /// to what is behind its end it is not far.
    fn leg(&self, a: usize, b: usize) -> f64 {
        let at = |place: usize| match place {
            0 => self.from,
            _ => self.points.get(place - 1).copied(),
        };
        at(a).zip(at(b)).map_or(0.0, |(a, b)| distance(a, b))
    }

    fn shorten(&mut self) {
        let len = self.points.len();
        let mut is_shorter = true;
        while is_shorter {
            is_shorter = false;
            for first in 1..=len {
                for last in first..=len {
                    is_shorter |= self.turn(first, last);
                    is_shorter |= self.shift(first, last);
                    is_shorter |= self.shift(last, first);
                }
            }
        }
    }

    /// Goes from one place to another backwards, if that is shorter.
    fn turn(&mut self, first: usize, last: usize) -> bool {
        let before = self.leg(first - 1, first) + self.leg(last, last + 1);
        let after = self.leg(first - 1, last) + self.leg(first, last + 1);
        let is_shorter = after < before - HAIR_M;
        if is_shorter {
            self.points[first - 1..last].reverse();
            self.order[first - 1..last].reverse();
        }
        is_shorter
    }

    /// Goes by a place where another is now, those between one earlier or later, if that is
    /// shorter.
    fn shift(&mut self, place: usize, to: usize) -> bool {
        if place == to {
            return false;
        }
        let (a, b) = match place < to {
            true => (to, to + 1),
            false => (to - 1, to),
        };
        let before = self.leg(place - 1, place) + self.leg(place, place + 1) + self.leg(a, b);
        let after = self.leg(place - 1, place + 1) + self.leg(a, place) + self.leg(place, b);
        let is_shorter = after < before - HAIR_M;
        if is_shorter {
            let (low, high) = (place.min(to) - 1, place.max(to));
            match place < to {
                true => {
                    self.points[low..high].rotate_left(1);
                    self.order[low..high].rotate_left(1);
                }
                false => {
                    self.points[low..high].rotate_right(1);
                    self.order[low..high].rotate_right(1);
                }
            }
        }
        is_shorter
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::length_m;
    use proptest::prelude::*;

    fn places(most: usize) -> impl Strategy<Value = Vec<LonLat>> {
        let place = (0..40u8, 0..40u8).prop_map(|(x, y)| at(x.into(), y.into()));
        prop::collection::vec(place, 0..most)
    }

    /// A place on a grid of some metres.
    fn at(x: f64, y: f64) -> LonLat {
        LonLat::new(123.5 + x / 1e4, 43.52 + y / 1e4)
    }

    fn length(places: &[LonLat], from: Option<LonLat>, order: &[u32]) -> f64 {
        let way: Vec<_> = from
            .into_iter()
            .chain(order.iter().map(|i| places[*i as usize]))
            .collect();
        length_m(&way)
    }

    fn sorted(mut numbers: Vec<u32>) -> Vec<u32> {
        numbers.sort_unstable();
        numbers
    }

    proptest! {
        #[test]
        fn a_walk_goes_by_each_place_once_and_no_part_of_it_is_better_backwards_or_elsewhere(
            places in places(30), from in prop::option::of((0..40u8, 0..40u8)),
        ) {
            let from = from.map(|(x, y)| at(x.into(), y.into()));
            let way = walk(&places, from);
            prop_assert_eq!(sorted(way.clone()), (0..places.len() as u32).collect::<Vec<_>>());
            let metres = length(&places, from, &way);
            for a in 0..way.len() {
                for b in 0..way.len() {
                    let mut moved = way.clone();
                    let place = moved.remove(a);
                    moved.insert(b, place);
                    let mut turned = way.clone();
                    turned[a.min(b)..=a.max(b)].reverse();
                    for other in [moved, turned] {
                        // The flat map is right to a thousandth.
                        prop_assert!(metres <= length(&places, from, &other) * 1.001 + 0.01);
                    }
                }
            }
        }

        #[test]
        fn of_few_places_it_is_nearly_the_shortest(places in places(7)) {
            fn best(places: &[LonLat], way: &mut Vec<u32>) -> f64 {
                if way.len() == places.len() {
                    return length(places, None, way);
                }
                let mut least = f64::INFINITY;
                for i in 0..places.len() as u32 {
                    if !way.contains(&i) {
                        way.push(i);
                        least = least.min(best(places, way));
                        way.pop();
                    }
                }
                least
            }
            let least = best(&places, &mut Vec::new());
            let ours = length(&places, None, &walk(&places, None));
            prop_assert!(ours <= least * 1.35 + 0.01, "{ours} {least}");
        }

        #[test]
        fn runs_are_few_even_and_hold_each_place_once(places in places(60), most in 1..20usize) {
            let runs = runs(&places, most);
            prop_assert_eq!(runs.len(), places.len().div_ceil(most));
            let all: Vec<u32> = runs.iter().flatten().copied().collect();
            prop_assert_eq!(sorted(all), (0..places.len() as u32).collect::<Vec<_>>());
            let lengths = || runs.iter().map(Vec::len);
            let (least, longest) = (lengths().min().unwrap_or(0), lengths().max().unwrap_or(0));
            prop_assert!(longest <= most && longest - least <= 1, "{least} {longest}");
        }
    }

    #[test]
    fn a_street_is_cut_along_its_length() {
        // Both sides of a street that runs to the north-east.
        let street: Vec<_> = (0..60)
            .map(|i| {
                let (along, side) = (f64::from(i / 2), f64::from(i % 2));
                at(along * 3.0 + side, along * 4.0 - side)
            })
            .collect();
        let runs = runs(&street, 20);
        let span = |run: &Vec<u32>| (run.iter().min().copied(), run.iter().max().copied());
        let spans: Vec<_> = runs.iter().map(span).collect();
        let from = |a, b| (Some(a), Some(b));
        assert_eq!(spans, [from(0, 19), from(20, 39), from(40, 59)]);
    }

    #[test]
    fn a_walk_begins_near_where_one_comes_from() {
        let row: Vec<_> = (0..9).map(|i| at(f64::from(i * 7 % 9), 0.0)).collect();
        let to_east: Vec<_> = walk(&row, None).iter().map(|i| row[*i as usize]).collect();
        let from_east = walk(&row, Some(at(20.0, 1.0)));
        let from_east: Vec<_> = from_east.iter().rev().map(|i| row[*i as usize]).collect();
        let expected: Vec<_> = (0..9).map(|i| at(f64::from(i), 0.0)).collect();
        assert_eq!((to_east, from_east), (expected.clone(), expected));
        assert_eq!(walk(&[], None), [0u32; 0]);
    }

    #[test]
    fn a_long_way_is_of_runs_one_behind_the_other() {
        let many: Vec<_> = (0..1200)
            .map(|i| at(f64::from(i % 40) * 9.0, f64::from(i / 40)))
            .collect();
        let way = walk(&many, None);
        assert_eq!(sorted(way.clone()), (0..1200).collect::<Vec<_>>());
        let metres = length(&many, None, &way);
        // Along the rows of 40 and a little back: 30 m a place at most.
        assert!(metres < 1200.0 * 30.0, "{metres}");
    }
}
