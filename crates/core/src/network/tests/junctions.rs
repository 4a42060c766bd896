//! Where lines meet and where they do not.

use super::*;

/// Whether one comes from one place to another, and how far it is in whole metres.
fn way(network: &Network, a: LonLat, b: LonLat) -> Option<u64> {
    let ways = network.between(a, b, 5.0).ok()?;
    Some((ways[0].length_mm + 500) / 1000)
}

#[test]
fn lines_meet_where_they_share_a_vertex() {
    let cross = network(&[
        &[[-100.0, 0.0], [0.0, 0.0], [100.0, 0.0]],
        &[[0.0, -100.0], [0.0, 0.0], [0.0, 100.0]],
    ]);
    assert_eq!(way(&cross, at(-50.0, 0.0), at(0.0, 70.0)), Some(120));
    assert_eq!(cross.graph.nodes(), 5);
}

#[test]
fn a_bridge_meets_nothing() {
    let bridge = network(&[
        &[[-100.0, 0.0], [100.0, 0.0]],
        &[[0.0, -100.0], [0.0, 100.0]],
    ]);
    assert_eq!(way(&bridge, at(-50.0, 0.0), at(0.0, 70.0)), None);
    // Nor where one of them has a vertex, or both have not quite the same.
    let vertices = network(&[
        &[[-100.0, 0.0], [0.0, 0.0], [100.0, 0.0]],
        &[[0.0, -100.0], [0.0, 0.3], [0.0, 100.0]],
    ]);
    assert_eq!(way(&vertices, at(-50.0, 0.0), at(0.0, 70.0)), None);
}

#[test]
fn a_line_that_ends_on_another_meets_it() {
    for (short, meets) in [(0.0, true), (0.4, true), (-0.4, true), (0.7, false)] {
        let tee = network(&[
            &[[-100.0, 0.0], [100.0, 0.0]],
            &[[30.0, short], [30.0, 100.0]],
        ]);
        let way = way(&tee, at(-50.0, 0.0), at(30.0, 70.0));
        assert_eq!(way, meets.then_some(150), "{short}");
    }
}

#[test]
fn what_three_lines_share_is_one_node() {
    let star = network(&[
        &[[0.0, 0.0], [100.0, 0.0]],
        &[[0.2, 0.1], [0.0, 100.0]],
        &[[-100.0, 0.0], [-0.1, 0.2]],
    ]);
    assert_eq!(star.graph.nodes(), 4);
    assert_eq!(way(&star, at(50.0, 0.0), at(-60.0, 0.0)), Some(110));
}

#[test]
fn a_ring_is_gone_around_the_shorter_way() {
    let ring = network(&[&[
        [0.0, 0.0],
        [100.0, 0.0],
        [100.0, 100.0],
        [0.0, 100.0],
        [0.0, 0.0],
    ]]);
    assert_eq!(way(&ring, at(20.0, 0.0), at(0.0, 30.0)), Some(50));
    assert_eq!(way(&ring, at(20.0, 0.0), at(80.0, 0.0)), Some(60));
    let ways = ring.between(at(20.0, 0.0), at(0.0, 30.0), 5.0).unwrap();
    assert_eq!(metres(&ways[0].stretches), [(0, 0, 20), (0, 370, 400)]);
    // A lasso: the line ends on its own middle.
    let lasso = network(&[&[
        [-50.0, 0.0],
        [0.0, 0.0],
        [60.0, 0.0],
        [60.0, 60.0],
        [0.0, 0.0],
    ]]);
    assert_eq!(way(&lasso, at(-30.0, 0.0), at(50.0, 50.0)), Some(101));
}
