//! Against the plain way: all places of a small town, and the shortest ways between all of
//! them (Floyd and Warshall, 1962).

use super::*;
use crate::geodesy::length_m;
use proptest::prelude::*;

/// How many metres a block is long.
const BLOCK: f64 = 60.0;

/// Lines over the crossings of a 6 × 6 town, straight and aslant.
fn town() -> impl Strategy<Value = Vec<Vec<[i32; 2]>>> {
    let steps = prop::collection::vec((-1i32..=1, -1i32..=1), 1..7);
    let line = ((0i32..6, 0i32..6), steps).prop_map(|((x, y), steps)| {
        let mut line = vec![[x, y]];
        for (dx, dy) in steps {
            let [x, y] = line[line.len() - 1];
            line.push([(x + dx).clamp(0, 5), (y + dy).clamp(0, 5)]);
        }
        line
    });
    prop::collection::vec(line, 1..9)
}

fn corner([x, y]: [i32; 2]) -> LonLat {
    at(f64::from(x) * BLOCK, f64::from(y) * BLOCK)
}

fn built(town: &[Vec<[i32; 2]>]) -> Network {
    let lines = town.iter().enumerate();
    Network::of(lines.map(|(n, line)| (asset(n), vec![line.iter().map(|&c| corner(c)).collect()])))
}

/// The shortest ways between all corners.
fn all_ways(town: &[Vec<[i32; 2]>]) -> Vec<Vec<f64>> {
    let id = |[x, y]: [i32; 2]| (x * 6 + y) as usize;
    let mut ways = vec![vec![f64::INFINITY; 36]; 36];
    for (n, row) in ways.iter_mut().enumerate() {
        row[n] = 0.0;
    }
    for w in town.iter().flat_map(|line| line.windows(2)) {
        let (a, b) = (id(w[0]), id(w[1]));
        let length = length_m(&[corner(w[0]), corner(w[1])]);
        ways[a][b] = length.min(ways[a][b]);
        ways[b][a] = ways[a][b];
    }
    for k in 0..36 {
        for i in 0..36 {
            for j in 0..36 {
                ways[i][j] = ways[i][j].min(ways[i][k] + ways[k][j]);
            }
        }
    }
    ways
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn corners_are_as_far_apart_as_the_plain_way_says(town in town(), from in any::<prop::sample::Index>()) {
        let network = built(&town);
        let ways = all_ways(&town);
        let ends: Vec<_> = town.iter().flatten().copied().collect();
        let from = *from.get(&ends);
        let spot = |corner_of: [i32; 2]| network.near(corner(corner_of), 0.01).first().map(|n| n.spot);
        let Some(start) = spot(from) else { return Ok(()) };
        let mut search = Search::new(&network);
        search.from(start, f64::INFINITY, route::Only::Any);
        for to in ends {
            let Some(end) = spot(to) else { continue };
            let plain = ways[(from[0] * 6 + from[1]) as usize][(to[0] * 6 + to[1]) as usize];
            let ours = search.metres_to(end).unwrap_or(f64::INFINITY);
            prop_assert!(ours == plain || (ours - plain).abs() < 0.01, "{from:?} {to:?} {ours} {plain}");
            // And the way itself is as long, and in one piece.
            let Some(way) = search.way_to(end) else { continue };
            let runs: Vec<_> = way.into_iter().map(|(_, run)| run).collect();
            let length: f64 = runs.iter().map(Run::length).sum();
            prop_assert!((length - ours).abs() < 0.01, "{length} {ours}");
            let line = way::drawn(&network, start, &runs);
            prop_assert!((length_m(&line) - ours).abs() < 0.05, "{line:?} {ours}");
        }
    }

    #[test]
    fn a_way_is_no_shorter_than_straight_and_the_same_from_both_ends(
        town in town(), taps in prop::array::uniform4(-30.0..330.0f64),
    ) {
        let network = built(&town);
        let (a, b) = (at(taps[0], taps[1]), at(taps[2], taps[3]));
        let (Ok(there), Ok(back)) = (network.between(a, b, 25.0), network.between(b, a, 25.0)) else {
            return Ok(());
        };
        prop_assert!(there[0].length_mm.abs_diff(back[0].length_mm) < 10, "{there:?} {back:?}");
        let straight = length_m(&[a, b]);
        for way in there.iter().chain(&back) {
            let metres = way.length_mm as f64 / 1000.0;
            prop_assert!(metres + way.start.metres + way.end.metres > straight - 0.1, "{way:?}");
            prop_assert!((length_m(&way.line) - metres).abs() < 0.05, "{way:?}");
            prop_assert_eq!(coverage_mm(way), u128::from(way.length_mm));
            for s in &way.stretches {
                let length = network.length_mm(s.asset);
                prop_assert!(s.from_mm < s.to_mm && Some(s.to_mm) <= length, "{s:?} {length:?}");
            }
        }
    }
}

fn coverage_mm(way: &Way) -> u128 {
    crate::coverage::length_mm(way.stretches.iter().copied())
}
