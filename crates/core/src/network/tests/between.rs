//! The way between two taps.

use super::*;
use crate::demo::rng::Rng;

/// Two parallel streets 20 m apart and 300 m long, joined at both ends.
fn ladder() -> Network {
    network(&[
        &[[0.0, 0.0], [300.0, 0.0]],
        &[[0.0, 20.0], [300.0, 20.0]],
        &[[0.0, 0.0], [0.0, 20.0]],
        &[[300.0, 0.0], [300.0, 20.0]],
    ])
}

#[test]
fn a_way_turns_corners_and_says_what_it_runs_along() {
    let network = network(&[
        &[[0.0, 0.0], [100.0, 0.0], [200.0, 0.0]],
        &[[100.0, 80.0], [100.0, 0.0]],
    ]);
    let ways = network
        .between(at(30.0, 4.0), at(97.0, 50.0), 10.0)
        .unwrap();
    let [way] = &ways[..] else { panic!("{ways:?}") };
    assert_eq!(metres(&way.stretches), [(0, 30, 100), (1, 30, 80)]);
    assert!(way.length_mm.abs_diff(120_000) < 50, "{way:?}");
    assert_eq!(way.line.len(), 3);
    assert!((way.start.metres - 4.0).abs() < 0.01 && (way.end.metres - 3.0).abs() < 0.01);
    assert_eq!((way.start.asset, way.end.asset), (asset(0), asset(1)));
}

#[test]
fn clear_taps_mean_one_street() {
    let ways = ladder()
        .between(at(50.0, 1.0), at(250.0, -2.0), 15.0)
        .unwrap();
    assert_eq!(ways.len(), 1);
    assert_eq!(metres(&ways[0].stretches), [(0, 50, 250)]);
}

#[test]
fn taps_between_parallel_streets_ask_which() {
    let ways = ladder()
        .between(at(50.0, 9.0), at(250.0, 9.5), 15.0)
        .unwrap();
    let stretches: Vec<_> = ways.iter().map(|w| metres(&w.stretches)).collect();
    assert_eq!(stretches[..2], [vec![(0, 50, 250)], vec![(1, 50, 250)]]);
}

/// The taps lie on two streets: around the corner is what was tapped, and along one of them
/// what may have been meant.
#[test]
fn taps_on_both_streets_offer_the_detour_and_either_street() {
    let ways = ladder()
        .between(at(50.0, 6.0), at(200.0, 13.0), 20.0)
        .unwrap();
    let stretches: Vec<_> = ways.iter().map(|w| metres(&w.stretches)).collect();
    let around = vec![(0, 0, 50), (1, 0, 200), (2, 0, 20)];
    for wanted in [vec![(0, 50, 200)], vec![(1, 50, 200)], around] {
        assert!(stretches.contains(&wanted), "{wanted:?} {stretches:?}");
    }
}

#[test]
fn along_one_line_goes_before_a_short_cut() {
    let network = network(&[
        &[[0.0, 0.0], [0.0, 150.0], [100.0, 150.0], [100.0, 0.0]],
        &[[0.0, 0.0], [100.0, 0.0]],
    ]);
    let ways = network
        .between(at(0.0, 10.0), at(100.0, 10.0), 5.0)
        .unwrap();
    let stretches: Vec<_> = ways.iter().map(|w| metres(&w.stretches)).collect();
    let short_cut = vec![(0, 0, 10), (0, 390, 400), (1, 0, 100)];
    assert_eq!(stretches, [vec![(0, 10, 390)], short_cut]);
}

#[test]
fn what_is_not_there_is_said() {
    let network = network(&[&[[0.0, 0.0], [50.0, 0.0]], &[[0.0, 90.0], [50.0, 90.0]]]);
    let nothing = |tap| NoWay::NothingNear {
        tap,
        within_m: 20.0,
    };
    let between = |a, b| network.between(a, b, 20.0).unwrap_err();
    assert_eq!(between(at(0.0, 45.0), at(9.0, 0.0)), nothing(TapEnd::Start));
    assert_eq!(between(at(9.0, 0.0), at(0.0, 45.0)), nothing(TapEnd::End));
    let apart = NoWay::NotConnected {
        start: asset(1),
        end: asset(0),
    };
    assert_eq!(between(at(9.0, 91.0), at(9.0, 1.0)), apart);
}

#[test]
fn the_same_place_twice_is_a_way_without_length() {
    let ways = ladder().between(at(50.0, 1.0), at(50.0, 1.0), 8.0).unwrap();
    assert_eq!((ways[0].length_mm, ways[0].stretches.len()), (0, 0));
}

/// As people measure on the map of the demonstration city.
#[test]
fn the_streets_of_the_demonstration_city_are_connected() {
    let network = demo(&STREETS);
    let all = network.of_asset.len();
    let mut search = Search::new(&network);
    search.from(
        Spot {
            line: 0,
            along: 1.0,
        },
        f64::INFINITY,
        route::Only::Any,
    );
    let lines = 0..network.lines.len() as u32;
    let reached = lines.filter(|&line| search.metres_to(Spot { line, along: 1.0 }).is_some());
    assert_eq!((all, reached.count()), (160, 160));
}

/// Two taps a few metres beside one street, as a thumb does it: it is measured along that street,
/// and seldom is anything asked.
#[test]
fn along_the_demonstrations_streets_it_is_seldom_asked_which() {
    let network = demo(&STREETS);
    let mut rng = Rng::stream(4, "taps");
    let (mut right, mut ways) = (0, 0);
    for _ in 0..100 {
        let line = rng.below(network.lines.len()) as u32;
        let length = network.lines[line as usize].length();
        let ends = [rng.range(0.0, length), rng.range(0.0, length)];
        let taps = ends.map(|along| {
            let beside = [rng.range(-4.0, 4.0), rng.range(-4.0, 4.0)];
            Local::at(network.place(Spot { line, along })).place(beside)
        });
        let found = network.between(taps[0], taps[1], 15.0).unwrap();
        let metres = found[0].length_mm as f64 / 1000.0;
        right += usize::from((metres - (ends[0] - ends[1]).abs()).abs() < 12.0);
        ways += found.len();
    }
    println!("{right} of 100 as meant, {ways} ways");
    assert!(right >= 98 && ways <= 120, "{right} {ways}");
}
